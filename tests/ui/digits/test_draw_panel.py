"""The panel: what is drawn goes to the network, and digits of the dataset come to the canvas."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox

from nnsim.data.centring import centred, shrunk
from nnsim.ui.digits.draw_panel import DrawPanel
from nnsim.ui.theme import DARK, LIGHT
from tests.counting import calls_of
from tests.ui.digits.conftest import Hand

STROKE = ((0.2, 0.2), (0.3, 0.3), (0.2, 0.5))


@pytest.fixture
def panel(show):
    """The panel as wide as its column."""
    return show(DrawPanel(DARK), 300, 400)


@pytest.fixture
def hand(panel):
    """A hand over its canvas."""
    return Hand(panel.canvas)


def heard(signal):
    """The values that a signal brings from now on."""
    said = []
    signal.connect(lambda *values: said.extend(values))
    return said


def click(button):
    """Press a button with the mouse."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_every_move_says_what_the_network_gets(panel, hand):
    inputs = heard(panel.input_changed)
    hand.draw(*STROKE)
    assert len(inputs) == 3
    assert inputs[-1].dtype == np.float32
    assert np.array_equal(inputs[-1], centred(panel.canvas.ink()))
    click(panel.tools.clear)
    assert inputs[-1] is None


def test_the_preview_shows_the_same(panel, hand):
    hand.draw(*STROKE)
    assert np.array_equal(panel.preview._pixels, np.rint(panel.canvas.pixels() * 255))


def test_centring_may_be_switched_off(panel, hand):
    inputs = heard(panel.input_changed)
    hand.draw(*STROKE)
    click(panel.centre)
    assert np.array_equal(inputs[-1], shrunk(panel.canvas.ink()))
    click(panel.centre)
    assert np.array_equal(inputs[-1], centred(panel.canvas.ink()))


def test_a_datasets_digit_goes_through_unchanged(panel, hand):
    inputs = heard(panel.input_changed)
    digit = np.random.default_rng(5).random((28, 28)).astype(np.float32)
    panel.show_digit(digit, 4)
    assert inputs[-1] is digit
    assert panel.label == 4
    click(panel.centre)
    assert inputs[-1] is digit
    hand.press(0.5, 0.5)
    assert panel.label is None
    assert not np.array_equal(inputs[-1], digit)


def test_digits_are_asked_for_by_label(panel):
    random, mistakes = heard(panel.random_wanted), heard(panel.mistake_wanted)
    click(panel.random)
    panel.label_filter.setFocus()
    QTest.keyClick(panel.label_filter, Qt.Key.Key_7)
    click(panel.random)
    click(panel.mistake)
    assert random == [None, 7]
    assert mistakes == [7]
    panel.offer_digits(False)
    click(panel.random)
    assert len(random) == 2


def test_the_tools(panel, hand):
    assert not panel.tools.undo.isEnabled()
    assert not panel.tools.clear.isEnabled()
    hand.draw(*STROKE)
    click(panel.tools.eraser)
    hand.draw(*STROKE)
    assert [stroke.erases for stroke in panel.canvas.drawing.strokes] == [False, True]
    click(panel.tools.undo)
    assert len(panel.canvas.drawing.strokes) == 1
    click(panel.tools.redo)
    assert len(panel.canvas.drawing.strokes) == 2
    click(panel.tools.clear)
    assert panel.canvas.pixels() is None
    assert not panel.tools.clear.isEnabled()


def test_the_widths_of_the_pen_come_round(panel, hand):
    widths = []
    for _ in range(4):
        hand.draw((0.5, 0.5))
        widths.append(panel.canvas.drawing.strokes[-1].dots[0].width)
        click(panel.tools.brush)
    assert len(set(widths)) == 3
    assert widths[3] == widths[0]


def test_a_picture_that_cannot_be_taken_is_told(panel):
    said = heard(panel.problem)
    QGuiApplication.clipboard().setText("no picture")
    click(panel.tools.paste)
    assert len(said) == 1


def test_every_control_has_a_name_and_a_tip_and_is_reached_by_keys(panel):
    controls = [*panel.findChildren(QAbstractButton), *panel.findChildren(QComboBox)]
    assert len(controls) >= 10
    for control in controls:
        name = control.accessibleName() or control.text()
        assert name, control
        assert control.toolTip(), name
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, name


@pytest.mark.parametrize("width", [280, 296, 312])
def test_it_fits_the_column(panel, width):
    panel.resize(width, 900)
    QApplication.processEvents()
    assert panel.width() == width
    assert panel.minimumSizeHint().width() <= 280
    assert panel.height() <= 420
    assert panel.canvas.board.width() >= width - 80
    for control in (panel.random, panel.mistake, panel.label_filter, panel.centre):
        assert panel.rect().contains(control.geometry())


def test_a_low_panel_has_a_smaller_canvas(panel):
    before = panel.canvas.board.width()
    panel.resize(300, panel.minimumSizeHint().height())
    QApplication.processEvents()
    assert 150 <= panel.canvas.board.width() < before
    assert panel.preview.isVisible()


def test_the_theme_reaches_all_of_it(panel, hand):
    hand.draw((0.5, 0.5))
    panel.set_theme(LIGHT)
    image = panel.canvas.grab().toImage()
    assert image.pixelColor(hand.at(0.5, 0.5)).name() == LIGHT.ink
    assert image.pixelColor(hand.at(0.2, 0.8)).name() == LIGHT.board


def test_a_move_costs_little_all_in_all(panel, hand):
    hand.press(0.1, 0.1)

    def moved(k):
        hand.move(0.5 + 0.4 * np.sin(k / 5), 0.5 + 0.4 * np.cos(k / 7))
        QApplication.processEvents()

    counts = [calls_of(lambda k=k: moved(k)) for k in range(20)]
    assert max(counts) < 2_000
