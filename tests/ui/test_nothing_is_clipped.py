"""On the smallest screens of a school, every word that is seen can be read."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QStyle, QStyleOptionComboBox, QWidget

from nnsim.ui.demo import DemoWindow
from nnsim.ui.graph.backdrop import legend_area
from nnsim.ui.graph.texts import TextCache
from nnsim.ui.letters import letters
from nnsim.ui.plots.prediction_table import PredictionTable
from nnsim.ui.shortcuts_page import ShortcutsPage
from nnsim.ui.theme import DARK
from tests.session.driving import scene
from tests.ui.test_keys import press

SMALL, LAPTOP = (1024, 700), (1366, 768)
_ROUNDING = 2


def is_clipped(widget: QWidget) -> bool:
    """Whether a widget's words need more room than it has."""
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + _ROUNDING
        return widget.sizeHint().width() > widget.width() + _ROUNDING
    if isinstance(widget, QComboBox):
        if widget.isEditable():
            line = widget.lineEdit()
            words = line.fontMetrics().horizontalAdvance(line.text())
            return words > line.contentsRect().width() + _ROUNDING
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        field = QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField
        words = widget.fontMetrics().horizontalAdvance(widget.currentText())
        return words > widget.style().subControlRect(*field, widget).width() + _ROUNDING
    if isinstance(widget, QAbstractButton):
        return widget.text() != "" and widget.sizeHint().width() > widget.width() + _ROUNDING
    return False


def clipped(window: QWidget) -> dict[str, str]:
    """What cannot be read whole of the words that are seen."""
    kinds = (QLabel, QAbstractButton, QComboBox)
    seen = [w for w in window.findChildren(QWidget) if isinstance(w, kinds) and w.isVisibleTo(window)]
    return {words_of(w): type(w).__name__ for w in seen if words_of(w) and is_clipped(w)}


def words_of(widget: QWidget) -> str:
    return widget.currentText() if isinstance(widget, QComboBox) else widget.text()


def hidden_words(strip) -> int:
    """By how many pixels the words of a lesson scroll."""
    return strip._scroll.verticalScrollBar().maximum() if strip.isVisible() else 0


def unreadable_stage(window) -> list[str]:
    """What is wrong with the words on the canvas."""
    canvas = window.stage.canvas
    canvas.repaint()
    screen = canvas.screen_places
    viewport, wrong = screen.geometry.viewport, []
    lowest = float((screen.centres[:, 1] + screen.radii).max())
    if lowest > viewport.height - viewport.legend_room:
        wrong.append("the legend lies over a node")
    metrics = QFontMetricsF(canvas.font())
    if any(metrics.horizontalAdvance(entry.text) == 0 for entry in canvas.picture.legend.shown):
        wrong.append("an entry of the legend is empty")
    shown = canvas._painter.stage.legend_lines(canvas.picture.legend.shown, viewport)
    if shown > viewport.legend_lines:
        wrong.append("the legend does not fit")
    return wrong


@pytest.mark.parametrize("size", [SMALL, LAPTOP])
@pytest.mark.parametrize("name", ["xor", "scratch", "playground", "mnist", "curve", "neighbours"])
def test_in_the_window(qtbot, open_window, name, size):
    window = open_window(name)
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    qtbot.waitUntil(lambda: clipped(window) == {})
    assert unreadable_stage(window) == []
    readout = window.bar.readout.text()
    assert ">Epoch</span>" in readout
    assert any(f">{fact}</span>" in readout for fact in ("Loss", "Training loss"))
    assert window.bar._speed_label.isVisible()
    assert window.bar.speed_words.isVisible()


def scrolls(strip) -> bool:
    """Whether the formulas of a lesson need a scroll bar."""
    bars = strip.formula.verticalScrollBar(), strip.formula.horizontalScrollBar()
    return any(bar.maximum() > 0 for bar in bars)


@pytest.mark.parametrize(
    ("name", "grain"),
    [("xor", "phase"), ("xor", "operation"), ("xor", "neuron"), ("playground", "phase"), ("curve", "neuron")],
)
def test_in_a_lesson(qtbot, open_window, name, grain):
    window = open_window(name)
    window.resize(*SMALL)
    press(qtbot, window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None, timeout=10_000)
    window.lessons.set_grain(grain)
    for index in range(len(window.lessons.lesson.steps)):
        window.lessons.lesson.go(index)
        qtbot.waitUntil(lambda: clipped(window) == {})
        assert hidden_words(window.strip) == 0
        assert not scrolls(window.strip)
    assert unreadable_stage(window) == []
    timeline = window.strip.timeline
    metrics, places = QFontMetricsF(timeline._font()), timeline.places()
    assert places[-1].right() <= timeline.width() + 1.0
    if name != "xor":
        return
    with_letters = [metrics.horizontalAdvance(timeline._label(i)) <= p.width() for i, p in enumerate(places)]
    assert sum(with_letters) >= min(len(places), 8)


def test_in_a_demo(qtbot, open_window):
    demo = DemoWindow(scene("xor"), DARK, open_window("xor"))
    demo.resize(*SMALL)
    demo.show()
    qtbot.waitUntil(lambda: not demo.demo.busy, timeout=30_000)
    for _ in range(12):
        qtbot.wait(50)
        assert clipped(demo) == {}
        assert hidden_words(demo.strip) == 0
        press(qtbot, demo, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: not demo.demo.busy, timeout=30_000)
    demo.close()


@pytest.mark.parametrize("size", [SMALL, LAPTOP, (1440, 900)])
def test_drawing_reading_and_teaching_are_in_sight_at_once(qtbot, open_window, size):
    window = open_window("mnist")
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    digits = window.digits
    for part in (digits.draw.canvas, digits.draw.mistake, digits.bars, digits.teach.teach, digits.teach.keep):
        qtbot.waitUntil(lambda part=part: part.visibleRegion().boundingRect() == part.rect())
    assert clipped(digits) == {}
    # A window that is low for a while only: everything stands where it stood.
    window.resize(1440, 900)
    qtbot.waitUntil(digits.draw.preview.isVisible)
    assert digits.draw.random.text() == digits.draw.random.accessibleName()


def test_on_a_narrow_stage_the_legend_is_short_until_it_is_asked_for_whole(qtbot, open_window):
    window = open_window("playground")
    window.resize(*SMALL)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == SMALL)
    canvas = window.stage.canvas
    canvas.repaint()
    few = canvas._scene.viewport.legend_lines
    assert few <= 2
    assert canvas.picture.legend.is_short
    area = legend_area(canvas._scene.viewport)
    top = QPointF(area.x + 30, area.y + area.height - 19 * few + 8)
    assert canvas.picture.legend_text_at(top) == "positive weight"
    press(qtbot, window, Qt.Key.Key_G)
    canvas.repaint()
    assert not canvas.picture.legend.is_short
    assert canvas._scene.viewport.legend_lines > few
    press(qtbot, window, Qt.Key.Key_G)
    canvas.repaint()
    assert canvas._scene.viewport.legend_lines == few
    assert unreadable_stage(window) == []


@pytest.mark.parametrize("size", [SMALL, LAPTOP, (1440, 900), (1920, 1080)])
@pytest.mark.parametrize("name", ["playground", "mnist"])
def test_the_largest_letters_that_a_window_holds(qtbot, open_window, name, size):
    window = open_window(name)
    window.resize(*size)
    for _ in range(9):
        window.text_size.larger()
    largest = window.text_size.size
    assert largest >= 1.1
    qtbot.waitUntil(lambda: letters(window.stage.canvas.font()) > largest - 0.1)
    press(qtbot, window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None, timeout=20_000)
    # While everything is measured anew nothing is painted: neither is what is asked to be.
    qtbot.waitUntil(window.centralWidget().updatesEnabled)
    assert unreadable_stage(window) == []
    assert window.stage.canvas._scene.viewport.legend_room < window.stage.canvas.height() / 2
    assert ">Epoch</span>" in window.bar.readout.text()
    card = window.network_panel
    assert card.mapTo(window.left, card.rect().topRight()).x() <= window.left.width()
    assert window.bar.scene.geometry().right() < window.bar._starts[0].geometry().left()
    window.text_size.usual()


@pytest.mark.parametrize("size", [SMALL, LAPTOP, (1440, 900)])
def test_in_a_lesson_drawing_and_teaching_stay_in_sight(qtbot, open_window, size):
    window = open_window("mnist")
    window.resize(*size)
    press(qtbot, window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None, timeout=20_000)
    digits = window.digits
    for part in (digits.draw.canvas, digits.draw.mistake, digits.bars, digits.teach.teach, digits.teach.keep):
        qtbot.waitUntil(lambda part=part: part.visibleRegion().boundingRect() == part.rect())
    # With room again everything stands where it stood.
    window.lessons.leave()
    window.resize(1440, 900)
    qtbot.waitUntil(digits.draw.centre.isVisible)
    qtbot.waitUntil(lambda: digits.bars.height() > 150)


def test_a_heading_without_room_is_told_by_its_tooltip(qtbot, open_window):
    window = open_window()
    card = window.answer
    heading = card.findChild(QLabel, "heading")
    whole = heading.text()
    assert heading.toolTip() == ""
    heading.resize(60, heading.height())
    assert heading.text().endswith("…")
    assert heading.toolTip() == whole
    heading.resize(400, heading.height())
    assert (heading.text(), heading.toolTip()) == (whole, "")


def test_all_rows_of_a_small_table_are_told_apart(qtbot, open_window):
    window = open_window("scratch")
    window.resize(*SMALL)
    table = window.answer.findChild(PredictionTable)
    qtbot.waitUntil(lambda: table.columnWidth(0) >= table.sizeHintForColumn(0))


def test_every_shortcut_is_read_without_scrolling_sideways(qtbot, open_window):
    window = open_window()
    window.resize(*SMALL)
    window.actions_by_name["shortcuts"].trigger()
    page = window.findChild(ShortcutsPage)
    qtbot.waitUntil(page.isVisible)
    assert page.page.horizontalScrollBar().maximum() == 0
    page.close()


def written(window, monkeypatch, beginning: str) -> list[QRectF]:
    """Where texts with a beginning are written on the stage."""
    found: list[QRectF] = []
    write = TextCache.write_from

    def listen(texts, painter, x, y, text, size, bold, anchor):
        if text.startswith(beginning):
            wide = texts.width(text, bold) * size
            found.append(QRectF(x - anchor * wide, y - size / 2, wide, size))
        write(texts, painter, x, y, text, size, bold, anchor)

    monkeypatch.setattr(TextCache, "write_from", listen)
    window.stage.canvas.repaint()
    monkeypatch.undo()
    return found


def at_phase(qtbot, window, phase: str, size: tuple[int, int] = SMALL) -> None:
    """In a lesson phase by phase, at one of them."""
    window.resize(*size)
    press(qtbot, window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None, timeout=20_000)
    phases = [step.phase for step in window.lessons.lesson.steps]
    window.lessons.lesson.go(phases.index(phase))
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    # The strip is as high as the phase needs, and the stage has the rest.
    qtbot.wait(1)


def test_error_signals_touch_neither_nodes_nor_each_other(qtbot, open_window, monkeypatch):
    window = open_window("playground")
    at_phase(qtbot, window, "backward")
    deltas = written(window, monkeypatch, "δ")
    assert len(deltas) >= 5
    screen = window.stage.canvas.screen_places
    for place, other in combinations(deltas, 2):
        assert not place.intersects(other)
    for (x, y), radius in zip(screen.centres, screen.radii, strict=True):
        core = 0.7 * radius
        disc = QRectF(x - core, y - core, 2 * core, 2 * core)
        assert not any(place.intersects(disc) for place in deltas)


@pytest.mark.parametrize("size", [SMALL, LAPTOP, (1440, 900)])
def test_the_error_signals_of_outputs_touch_neither_names_nor_the_edge(qtbot, open_window, monkeypatch, size):
    window = open_window("shapes")
    at_phase(qtbot, window, "backward", size)
    canvas = window.stage.canvas
    names = [
        place
        for name in ("line", "cross", "circle", "corner")
        for place in written(window, monkeypatch, name)
    ]
    assert len(names) == 4
    for delta in written(window, monkeypatch, "δ"):
        assert delta.right() <= canvas.width()
        assert not any(delta.intersects(name) for name in names)


def test_the_loss_is_not_written_over_the_legend(qtbot, open_window, monkeypatch):
    window = open_window("mnist")
    at_phase(qtbot, window, "loss")
    (place,) = written(window, monkeypatch, "ℓ₁ =")
    canvas = window.stage.canvas
    assert place.right() <= canvas.width()
    x = place.left()
    while x < place.right():
        assert canvas.picture.legend_text_at(QPointF(x, place.bottom())) is None
        x += 4


@pytest.mark.parametrize(("batch_size", "name"), [(1, "L ="), (4, "ℓ₁ =")])
def test_the_loss_has_on_the_stage_the_name_that_its_formula_gives_it(
    qtbot, open_window, monkeypatch, batch_size, name
):
    window = open_window(scene("xor", batch_size=batch_size))
    at_phase(qtbot, window, "loss")
    assert len(written(window, monkeypatch, name)) == 1
