"""Drawing with mouse, pen, finger and keys on a canvas that is on the screen."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QInputDevice,
    QPainter,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QShortcut,
    QTabletEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from nnsim.data.centring import centred, shrunk
from nnsim.ui.digits.canvas import DrawingCanvas
from nnsim.ui.digits.example import EXAMPLE
from nnsim.ui.theme import DARK, LIGHT
from tests.counting import calls_of
from tests.ui.digits.conftest import Hand

LINE = ((0.2, 0.5), (0.4, 0.5), (0.6, 0.5), (0.8, 0.5))


def written(paper="white", ink="black"):
    """A picture with a black bar in its middle."""
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(paper))
    QPainter(image).fillRect(QRect(24, 10, 12, 40), QColor(ink))
    return image


def pixels_of(image):
    """The colours of an image, shape (rows, columns, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return flat[..., :3].astype(int)


def heard(signal):
    """What a signal says from now on."""
    said = []
    signal.connect(lambda *values: said.append(values))
    return said


# --- mouse


def test_a_drag_leaves_ink_where_it_went(canvas, hand):
    changes, ends = heard(canvas.changed), heard(canvas.finished)
    hand.draw(*LINE)
    assert [hand.ink_at(x, 0.5) for x in (0.2, 0.5, 0.8)] == [1.0, 1.0, 1.0]
    assert [hand.ink_at(0.5, y) for y in (0.3, 0.7)] == [0.0, 0.0]
    assert len(changes) == 4
    assert len(ends) == 1


def test_ink_comes_while_the_button_is_still_down(canvas, hand):
    ends = heard(canvas.finished)
    hand.press(0.2, 0.5)
    assert hand.ink_at(0.2, 0.5) == 1.0
    hand.move(0.8, 0.5)
    assert hand.ink_at(0.7, 0.5) == 1.0
    assert not ends
    assert canvas.pixels() is not None


def test_a_click_leaves_a_dot(canvas, hand):
    hand.draw((0.3, 0.6))
    assert hand.ink_at(0.3, 0.6) == 1.0
    assert 0.001 < canvas.ink().mean() < 0.01


def test_moving_without_a_button_draws_nothing(canvas, hand):
    for place in LINE:
        hand.move(*place)
    assert canvas.pixels() is None


def test_the_brush_has_a_width(canvas, hand):
    canvas.set_brush(0.04)
    hand.draw(*LINE)
    thin = canvas.ink().sum()
    canvas.clear()
    canvas.set_brush(0.12)
    hand.draw(*LINE)
    assert canvas.ink().sum() == pytest.approx(3.0 * thin, rel=0.25)


@pytest.mark.parametrize("way", ["right button", "eraser"])
def test_erasing(canvas, hand, way):
    hand.draw(*LINE)
    canvas.set_eraser(way == "eraser")
    button = Qt.MouseButton.LeftButton if way == "eraser" else Qt.MouseButton.RightButton
    hand.draw((0.5, 0.3), (0.5, 0.5), (0.5, 0.7), button=button)
    assert hand.ink_at(0.5, 0.5) == 0.0
    assert hand.ink_at(0.3, 0.5) == 1.0
    canvas.undo()
    assert hand.ink_at(0.5, 0.5) == 1.0
    canvas.set_eraser(False)
    hand.draw((0.5, 0.2))
    assert hand.ink_at(0.5, 0.2) == 1.0


def test_a_second_button_does_not_break_the_stroke(canvas, hand):
    hand.press(0.2, 0.5)
    hand.press(0.4, 0.5, Qt.MouseButton.RightButton)
    hand.release(0.4, 0.5, Qt.MouseButton.RightButton)
    hand.move(0.8, 0.5)
    hand.release(0.8, 0.5)
    assert len(canvas.drawing.strokes) == 1
    assert hand.ink_at(0.7, 0.5) == 1.0


# --- undo, clear, pictures


def test_each_stroke_and_each_clearing_is_one_step_back(canvas, hand):
    hand.draw(*LINE)
    one = canvas.ink()
    hand.draw((0.5, 0.1), (0.5, 0.9))
    two = canvas.ink()
    canvas.clear()
    assert canvas.pixels() is None
    canvas.undo()
    assert np.array_equal(canvas.ink(), two)
    canvas.undo()
    assert np.array_equal(canvas.ink(), one)
    canvas.undo()
    assert canvas.pixels() is None
    assert not canvas.can_undo
    canvas.redo()
    canvas.redo()
    assert np.array_equal(canvas.ink(), two)
    canvas.redo()
    assert not canvas.can_redo
    assert canvas.pixels() is None


def test_clearing_an_empty_canvas_is_nothing(canvas):
    changes = heard(canvas.changed)
    canvas.clear()
    assert not canvas.can_undo
    assert not changes


def test_undo_in_the_middle_of_a_stroke_takes_that_stroke(canvas, hand):
    hand.draw(*LINE)
    hand.press(0.5, 0.1)
    hand.move(0.5, 0.2)
    canvas.undo()
    hand.move(0.5, 0.3)
    hand.release(0.5, 0.3)
    assert len(canvas.drawing.strokes) == 1
    assert hand.ink_at(0.5, 0.15) == 0.0


@pytest.mark.parametrize(("paper", "ink"), [("white", "black"), ("black", "white")])
def test_a_pasted_picture_is_bright_ink_either_way(canvas, hand, paper, ink):
    hand.draw((0.1, 0.1))
    QGuiApplication.clipboard().setImage(written(paper, ink))
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert hand.ink_at(0.5, 0.5) == 1.0
    assert hand.ink_at(0.1, 0.5) == hand.ink_at(0.1, 0.1) == 0.0
    canvas.undo()
    assert hand.ink_at(0.1, 0.1) == 1.0


def test_pasting_nothing_says_what_to_do(canvas, hand):
    hand.draw(*LINE)
    said = heard(canvas.problem)
    QGuiApplication.clipboard().setText("seven")
    canvas.paste()
    assert "Copy a picture" in said[0][0]
    assert hand.ink_at(0.5, 0.5) == 1.0


def drop(canvas, data):
    """Let something fall on the canvas."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(canvas, enters)
    assert enters.isAccepted()
    QApplication.sendEvent(canvas, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_dropped_file(canvas, hand, tmp_path):
    path = tmp_path / "seven.png"
    written().save(str(path))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop(canvas, data)
    assert hand.ink_at(0.5, 0.5) == 1.0
    said = heard(canvas.problem)
    path.write_text("seven")
    drop(canvas, data)
    assert "seven.png cannot be read: it is damaged, or no PNG" in said[0][0]
    assert hand.ink_at(0.5, 0.5) == 1.0


def test_a_picture_may_be_an_array_or_an_image(canvas, hand):
    canvas.show_picture(np.eye(7))
    assert hand.ink_at(0.5, 0.5) == 1.0
    assert hand.ink_at(0.9, 0.1) == 0.0
    canvas.show_picture(written())
    assert hand.ink_at(0.5, 0.8) == 1.0


# --- what the network gets


def test_the_network_gets_the_ink_centred_or_as_it_is(canvas, hand):
    hand.draw((0.1, 0.1), (0.1, 0.3))
    assert np.array_equal(canvas.pixels(), centred(canvas.ink()))
    canvas.set_centring(False)
    assert np.array_equal(canvas.pixels(), shrunk(canvas.ink()))
    assert canvas.pixels()[12:].max() == 0.0


def test_a_datasets_digit_is_passed_on_as_it_is_until_someone_draws_on_it(canvas, hand):
    digit = np.random.default_rng(3).random((28, 28)).astype(np.float32)
    digit[:14] = 0.0
    canvas.show_digit(digit, 7)
    assert np.array_equal(canvas.pixels(), digit)
    assert canvas.label == 7
    hand.draw((0.5, 0.2), (0.5, 0.4))
    assert not np.array_equal(canvas.pixels(), digit)
    assert canvas.label is None
    canvas.undo()
    assert np.array_equal(canvas.pixels(), digit)
    assert canvas.label == 7


def test_the_first_stroke_replaces_the_example(canvas, hand):
    canvas.show_example(EXAMPLE)
    assert canvas.pixels() is not None
    assert hand.ink_at(0.5, 0.48) == 1.0
    hand.draw((0.1, 0.9))
    assert hand.ink_at(0.5, 0.48) == 0.0
    assert hand.ink_at(0.1, 0.9) == 1.0
    canvas.undo()
    assert hand.ink_at(0.5, 0.48) == 1.0


# --- pen and finger


@pytest.fixture(scope="module")
def screen(qapp):
    """A touch screen."""
    return QTest.createTouchDevice()


def test_a_finger_draws_and_the_palm_does_not(canvas, hand, screen):
    ends = heard(canvas.finished)
    QTest.touchEvent(canvas, screen).press(0, hand.at(0.2, 0.5), canvas).commit()
    QTest.touchEvent(canvas, screen).move(0, hand.at(0.4, 0.5), canvas).press(
        1, hand.at(0.5, 0.9), canvas
    ).commit()
    QTest.touchEvent(canvas, screen).move(0, hand.at(0.8, 0.5), canvas).move(
        1, hand.at(0.9, 0.9), canvas
    ).commit()
    assert not ends
    QTest.touchEvent(canvas, screen).release(0, hand.at(0.8, 0.5), canvas).release(
        1, hand.at(0.9, 0.9), canvas
    ).commit()
    assert [hand.ink_at(x, 0.5) for x in (0.2, 0.5, 0.75)] == [1.0, 1.0, 1.0]
    assert hand.ink_at(0.5, 0.9) == hand.ink_at(0.7, 0.9) == 0.0
    assert len(canvas.drawing.strokes) == len(ends) == 1


def tablet(canvas, kind, place, pressure, pointer=QPointingDevice.PointerType.Pen):
    """Use a tablet's pen."""
    device = QPointingDevice(
        "tablet", 1, QInputDevice.DeviceType.Stylus, pointer, QInputDevice.Capability.Pressure, 1, 2, "",
        QPointingDeviceUniqueId(),
    )  # fmt: skip
    at = QPointF(place)
    button = Qt.MouseButton.LeftButton
    event = QTabletEvent(
        kind, device, at, at, pressure, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, button, button
    )
    QApplication.sendEvent(canvas, event)
    return event.isAccepted()


def pen_stroke(canvas, hand, pressure, y=0.5, pointer=QPointingDevice.PointerType.Pen):
    """A line with a tablet's pen."""
    assert tablet(canvas, QEvent.Type.TabletPress, hand.at(0.2, y), pressure, pointer)
    for x in (0.4, 0.6, 0.8):
        assert tablet(canvas, QEvent.Type.TabletMove, hand.at(x, y), pressure, pointer)
    assert tablet(canvas, QEvent.Type.TabletRelease, hand.at(0.8, y), 0.0, pointer)


def test_pressing_harder_draws_wider(canvas, hand):
    pen_stroke(canvas, hand, 0.1)
    light = canvas.ink().sum()
    assert hand.ink_at(0.5, 0.5) == 1.0
    canvas.clear()
    pen_stroke(canvas, hand, 1.0)
    assert canvas.ink().sum() > 1.8 * light


def test_the_other_end_of_the_pen_erases(canvas, hand):
    pen_stroke(canvas, hand, 0.5)
    pen_stroke(canvas, hand, 1.0, pointer=QPointingDevice.PointerType.Eraser)
    assert canvas.ink().max() < 0.5
    assert [stroke.erases for stroke in canvas.drawing.strokes] == [False, True]


# --- keys


@pytest.fixture
def window(show):
    """A field and a canvas below it."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit())
    column.addWidget(DrawingCanvas(DARK))
    return show(window, 300, 340)


@pytest.fixture
def tabbed(window):
    """A canvas that the Tab key has reached."""
    field, canvas = window.findChild(QLineEdit), window.findChild(DrawingCanvas)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert canvas.hasFocus()
    return canvas


def test_keys_draw(tabbed):
    hand = Hand(tabbed)
    QTest.keyClick(tabbed, Qt.Key.Key_Left)
    assert tabbed.pixels() is None
    QTest.keyClick(tabbed, Qt.Key.Key_Space)
    for _ in range(7):
        QTest.keyClick(tabbed, Qt.Key.Key_Down)
    QTest.keyClick(tabbed, Qt.Key.Key_Space)
    for _ in range(5):
        QTest.keyClick(tabbed, Qt.Key.Key_Right)
    x = 0.5 - 1 / 28
    assert [hand.ink_at(x, y) for y in (0.5, 0.6, 0.74)] == [1.0, 1.0, 1.0]
    assert hand.ink_at(x + 4 / 28, 0.75) == 0.0
    assert len(tabbed.drawing.strokes) == 1


def test_shift_moves_the_pen_finely(tabbed):
    tabbed.set_brush(0.02)
    QTest.keyClick(tabbed, Qt.Key.Key_Space)
    QTest.keyClick(tabbed, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(tabbed, Qt.Key.Key_Space)
    first, last = tabbed.drawing.strokes[0].dots
    assert last.x - first.x == pytest.approx(1 / 112, abs=1e-6)


def test_the_pen_of_the_keys_is_seen(tabbed):
    blue = DARK.color("positive")

    def is_blue():
        image = tabbed.grab().toImage()
        side = range(tabbed.width() // 2 - 40, tabbed.width() // 2 + 40)
        return any(image.pixelColor(x, tabbed.height() // 2) == blue for x in side)

    assert is_blue()
    QTest.mouseClick(tabbed, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 20))
    assert not is_blue()


def test_leaving_lifts_the_pen(tabbed):
    QTest.keyClick(tabbed, Qt.Key.Key_Space)
    QTest.keyClick(tabbed, Qt.Key.Key_Right)
    QTest.keyClick(tabbed, Qt.Key.Key_Tab)
    assert not tabbed.hasFocus()
    assert len(tabbed.drawing.strokes) == 1


def is_left_to_shortcuts(canvas, key):
    """Whether the window's own shortcut would get a key."""
    taken = []
    shortcut = QShortcut(key, canvas.window(), lambda: taken.append(key))
    QTest.keyClick(canvas, key)
    shortcut.deleteLater()
    return bool(taken)


def test_after_the_mouse_space_and_arrows_stay_the_windows(canvas, hand):
    hand.draw(*LINE)
    assert canvas.hasFocus()
    assert is_left_to_shortcuts(canvas, Qt.Key.Key_Space)
    assert is_left_to_shortcuts(canvas, Qt.Key.Key_Right)
    assert len(canvas.drawing.strokes) == 1


def test_after_the_tab_key_they_are_the_canvas(tabbed):
    assert not is_left_to_shortcuts(tabbed, Qt.Key.Key_Space)
    assert not is_left_to_shortcuts(tabbed, Qt.Key.Key_Right)
    assert tabbed.pixels() is not None


def test_undo_redo_and_clear_by_keys(canvas, hand):
    hand.draw(*LINE)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(canvas, Qt.Key.Key_Z, control)
    assert canvas.pixels() is None
    QTest.keyClick(canvas, Qt.Key.Key_Z, control | shift)
    assert canvas.pixels() is not None
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.pixels() is None


# --- what is seen


@pytest.mark.parametrize(("width", "height"), [(300, 300), (500, 200), (180, 640), (701, 333)])
def test_it_is_square_in_any_size(canvas, hand, width, height):
    canvas.resize(width, height)
    board = canvas.board
    assert board.width() == board.height() == min(width, height)
    assert QRect(0, 0, width, height).contains(board.toRect())
    hand.draw((0.25, 0.75))
    row, column = (int(place.mean()) for place in np.nonzero(canvas.ink()))
    assert column / len(canvas.ink()) == pytest.approx(0.25, abs=0.01)
    assert row / len(canvas.ink()) == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_ink_is_painted_in_the_colours_of_the_theme(canvas, hand, theme):
    canvas.set_theme(theme)
    hand.draw(*LINE)
    image = canvas.grab().toImage()
    assert image.pixelColor(hand.at(0.5, 0.5)) == QColor(theme.ink)
    assert image.pixelColor(hand.at(0.5, 0.9)) == QColor(theme.board)


def test_a_frame_stands_round_the_ink_while_it_is_centred(canvas, hand):
    hand.draw((0.5, 0.2), (0.5, 0.8))

    def framed():
        image = canvas.grab().toImage()
        row = [image.pixelColor(hand.at(x / 100, 0.5)) for x in range(10, 40)]
        return any(color != QColor(DARK.board) for color in row)

    assert framed()
    canvas.set_centring(False)
    assert not framed()


def test_partial_painting_shows_what_full_painting_shows(canvas, hand):
    hand.press(0.2, 0.3)
    for place in ((0.5, 0.2), (0.7, 0.4), (0.6, 0.8), (0.3, 0.7)):
        hand.move(*place)
        QApplication.processEvents()
    shown, whole = (
        pixels_of(each.toImage()) for each in (canvas.screen().grabWindow(canvas.winId()), canvas.grab())
    )
    # Scaling rounds a little differently within a clip.
    assert np.abs(shown - whole).max() <= 2
    assert np.ptp(whole) > 200


def test_a_move_costs_little(canvas, hand):
    canvas.changed.connect(canvas.pixels)
    hand.press(0.1, 0.1)

    def moved(k):
        hand.move(0.5 + 0.4 * np.sin(k / 5), 0.5 + 0.4 * np.cos(k / 7))
        QApplication.processEvents()

    counts = [calls_of(lambda k=k: moved(k)) for k in range(20)]
    assert max(counts) < 2_000
