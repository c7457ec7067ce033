"""The cards of an exam, with the mouse and with keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnsim.data.dataset import Dataset
from nnsim.session.exam import examine
from nnsim.ui.digits.class_accuracy import ClassAccuracy
from nnsim.ui.digits.confusion import ConfusionMatrix
from nnsim.ui.digits.exam_panels import ExamPanels
from nnsim.ui.digits.gallery import Gallery
from nnsim.ui.panels.column import Column
from nnsim.ui.theme import DARK, LIGHT
from tests.counting import calls_of

NAMES = tuple("0123456789")
LEFT = Qt.MouseButton.LeftButton


def dataset(labels, classes=10) -> Dataset:
    """Digits kept back; the image of sample i is as bright as i over all of them."""
    x = np.repeat(np.linspace(0.0, 1.0, len(labels), dtype=np.float32)[:, None], 784, axis=1)
    y = np.eye(classes, dtype=np.float32)[list(labels)]
    return Dataset(x[:1], y[:1], x, y, "multiclass", tuple(map(str, range(classes))))


def exam_of(labels, answers, sureness=0.9, step=0, classes=10):
    """An exam with given answers, and its dataset."""
    data = dataset(labels, classes)
    shares = np.full((len(labels), classes), 0.01)
    shares[np.arange(len(labels)), list(answers)] = sureness
    return examine(shares, data, step), data


@pytest.fixture
def sevens():
    """Five digits: 7 read as 1 twice, 4 read as 9, two right ones."""
    return exam_of([7, 7, 4, 7, 0], [1, 1, 9, 7, 0], [0.6, 0.8, 0.95, 0.9, 0.9], step=1200)


def shown(qtbot, widget, width, height):
    """A widget on the screen, with the focus."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow, timeout=10_000)
    widget.setFocus()
    return widget


@pytest.fixture
def matrix(qtbot, application, sevens):
    widget = ConfusionMatrix(DARK)
    widget.show_confusion(sevens[0].confusion, NAMES)
    return shown(qtbot, widget, 290, 312)


@pytest.fixture
def panels(qtbot, application, sevens):
    panels = ExamPanels(DARK)
    column = Column((panels.accuracy, 0), (panels.confusion, 0), (panels.mistakes, 1))
    shown(qtbot, column, 312, 740)
    panels.show_exam(*sevens)
    yield panels
    column.close()


def centre(matrix, label, answer) -> QPoint:
    return matrix.place_of(label, answer).center().toPoint()


# --- the matrix


def test_hovering_reads_a_cell_out(matrix, qtbot):
    assert matrix.line() == "2 of 5 read rightly"
    qtbot.mouseMove(matrix, centre(matrix, 7, 1))
    assert matrix.pointed == (7, 1)
    assert matrix.line() == matrix.accessibleDescription() == "7 read as 1: 2 of 3"
    qtbot.mouseMove(matrix, centre(matrix, 7, 7))
    assert matrix.line() == "7 read rightly: 1 of 3"
    qtbot.mouseMove(matrix, QPoint(3, 3))
    assert matrix.pointed is None


def test_a_click_chooses_a_cell_and_a_second_one_leaves_it(matrix, qtbot):
    with qtbot.waitSignal(matrix.cell_chosen) as said:
        qtbot.mouseClick(matrix, LEFT, pos=centre(matrix, 7, 1))
    assert said.args == [7, 1]
    with qtbot.waitSignal(matrix.cell_cleared):
        qtbot.mouseClick(matrix, LEFT, pos=centre(matrix, 7, 1))
    assert matrix.chosen is None


def test_a_cell_without_samples_cannot_be_chosen(matrix, qtbot):
    with qtbot.assertNotEmitted(matrix.cell_chosen):
        qtbot.mouseClick(matrix, LEFT, pos=centre(matrix, 1, 7))
    assert matrix.line() == "1 read as 7: 0 of 0"


def test_arrows_walk_enter_chooses_escape_leaves(matrix, qtbot):
    qtbot.mouseMove(matrix, centre(matrix, 8, 0))
    qtbot.keyClick(matrix, Qt.Key.Key_Up)
    qtbot.keyClick(matrix, Qt.Key.Key_Left)
    qtbot.keyClick(matrix, Qt.Key.Key_Right)
    assert matrix.pointed == (7, 1)
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert matrix.chosen == (7, 1)
    with qtbot.waitSignal(matrix.cell_cleared):
        qtbot.keyClick(matrix, Qt.Key.Key_Escape)
    for _ in range(12):
        qtbot.keyClick(matrix, Qt.Key.Key_Down)
    assert matrix.pointed == (9, 1)


def test_tab_brings_the_keyboard_to_a_cell(qtbot, application, sevens):
    home, first, matrix = QWidget(), QWidget(), ConfusionMatrix(DARK)
    first.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    matrix.show_confusion(sevens[0].confusion, NAMES)
    row = QHBoxLayout(home)
    row.addWidget(first)
    row.addWidget(matrix)
    shown(qtbot, home, 500, 312)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert matrix.hasFocus()
    assert matrix.pointed == (0, 0)


def test_a_chosen_cell_stays_chosen_in_the_next_exam(matrix, qtbot):
    qtbot.mouseClick(matrix, LEFT, pos=centre(matrix, 7, 1))
    matrix.show_confusion(np.eye(10, dtype=np.intp), NAMES)
    assert matrix.chosen == (7, 1)
    matrix.show_confusion(np.eye(3, dtype=np.intp), NAMES[:3])
    assert matrix.chosen is None


@pytest.mark.parametrize("size", [(240, 262), (262, 500), (700, 722), (900, 400)])
def test_cells_are_square_and_inside_at_every_size(qtbot, application, size):
    matrix = shown(qtbot, ConfusionMatrix(LIGHT), *size)
    first, last = matrix.place_of(0, 0), matrix.place_of(9, 9)
    assert first.width() == first.height() == last.width() >= 20.0
    assert matrix.rect().contains(first.united(last).toRect())
    assert last.right() - first.left() == 10 * first.width()


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_mistakes_are_orange_by_the_root_of_their_count(qtbot, application, theme):
    confusion = np.zeros((10, 10), np.intp)
    confusion[0, 1], confusion[0, 2], confusion[3, 3] = 100, 25, 50
    matrix = ConfusionMatrix(DARK)
    matrix.show_confusion(confusion, NAMES)
    matrix.set_theme(theme)
    picture = shown(qtbot, matrix, 400, 422).grab().toImage()

    def ground(label, answer):
        corner = matrix.place_of(label, answer).topLeft().toPoint() + QPoint(4, 4)
        color = picture.pixelColor(corner)
        return np.array([color.red(), color.green(), color.blue()])

    empty, full = (np.array(QColor(c).getRgb()[:3]) for c in (theme.field, theme.negative))
    assert np.abs(ground(9, 9) - empty).max() <= 1
    assert np.abs(ground(0, 1) - full).max() <= 1
    assert np.abs(ground(0, 2) - (empty + full) / 2).max() <= 2, "a quarter of the count, half the colour"
    assert np.abs(ground(3, 3) - empty).max() > 20, "right answers are coloured too"


# --- the gallery


@pytest.fixture
def gallery(qtbot, application):
    """Forty mistakes: 7 read as 1, less and less sure."""
    count = 40
    exam, data = exam_of([7] * count, [1] * count, np.linspace(0.99, 0.5, count))
    widget = Gallery(DARK)
    widget.show_samples(data.validation_x, exam.labels, exam.answers, exam.sureness, exam.mistakes)
    return shown(qtbot, widget, 272, 200)


def test_a_click_on_a_picture_chooses_its_sample(gallery, qtbot):
    with qtbot.waitSignal(gallery.sample_chosen) as said:
        qtbot.mouseClick(gallery.viewport(), LEFT, pos=gallery.place_of(5).center())
    assert said.args == [gallery.shown[5]]


def test_hovering_tells_how_sure_the_answer_was(gallery, qtbot):
    qtbot.mouseMove(gallery.viewport(), gallery.place_of(0).center())
    assert gallery.pointed == 0
    assert gallery.accessibleDescription() == gallery.words(0) == "7 read as 1, 99.0 % sure"


def test_keys_walk_through_the_pictures_and_scroll(gallery, qtbot):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        qtbot.keyClick(gallery, key)
    assert gallery.pointed == 4, "first the first, then one on, a row of four down, one back"
    qtbot.keyClick(gallery, Qt.Key.Key_End)
    assert gallery.pointed == 39
    assert gallery.viewport().rect().contains(gallery.place_of(39))
    with qtbot.waitSignal(gallery.sample_chosen) as said:
        qtbot.keyClick(gallery, Qt.Key.Key_Return)
    assert said.args == [39]
    qtbot.keyClick(gallery, Qt.Key.Key_Home)
    assert gallery.viewport().rect().contains(gallery.place_of(0))


def test_only_pictures_in_sight_are_drawn(qtbot, application):
    count = 10_000
    exam, data = exam_of([7] * count, [1] * count)
    gallery = shown(qtbot, Gallery(DARK), 272, 200)
    gallery.show_samples(data.validation_x, exam.labels, exam.answers, exam.sureness, exam.mistakes)
    gallery.grab()
    assert 8 <= gallery.drawn <= 16
    gallery.verticalScrollBar().setValue(gallery.verticalScrollBar().maximum())
    gallery.grab()
    assert 8 <= gallery.drawn <= 16
    assert gallery.viewport().rect().contains(gallery.place_of(count - 1))


def test_pixels_keep_their_brightness_and_place(qtbot, application):
    image = np.zeros((1, 28, 28), np.float32)
    image[0, 3, 5] = 1.0
    gallery = shown(qtbot, Gallery(LIGHT), 272, 100)
    one = np.zeros(1, np.intp)
    gallery.show_samples(image.reshape(1, 784), one, one, np.ones(1), one)
    picture, corner = gallery.grab().toImage(), gallery.place_of(0).topLeft()
    assert picture.pixelColor(corner + QPoint(10, 6)) == QColor(LIGHT.ink)
    assert picture.pixelColor(corner + QPoint(11, 7)) == QColor(LIGHT.ink)
    assert picture.pixelColor(corner + QPoint(12, 6)) == QColor(LIGHT.board)
    assert picture.pixelColor(corner + QPoint(10, 8)) == QColor(LIGHT.board)


# --- accuracy by digit


def test_the_weakest_digit_is_named(qtbot, application, sevens):
    bars = shown(qtbot, ClassAccuracy(DARK), 260, 140)
    bars.show_exam(sevens[0], NAMES)
    assert bars.weakest == 4
    assert bars.words(7) == "7: 1 of 3 read rightly, 33.3 %"
    assert bars.words(4) == "4: 0 of 1 read rightly, 0 % · the weakest"
    assert bars.words(3) == "3: none examined"


def test_none_is_the_weakest_where_all_are_alike(application, qtbot):
    bars = shown(qtbot, ClassAccuracy(DARK), 260, 140)
    bars.show_exam(exam_of(range(10), range(10))[0], NAMES)
    assert bars.weakest is None


def test_bars_begin_at_zero(qtbot, application):
    bars = shown(qtbot, ClassAccuracy(DARK), 300, 200)
    bars.show_exam(exam_of([0, 0, 1, 1, 2], [0, 1, 1, 1, 0])[0], NAMES)
    picture, accent = bars.grab().toImage(), QColor(DARK.accent)

    def length(row):
        return sum(picture.pixelColor(x, row * 20 + 10) == accent for x in range(picture.width()))

    assert length(1) > 150
    assert length(0) == pytest.approx(length(1) / 2, abs=3), "half of the zeros, all of the ones"


# --- together


def test_the_cards_show_an_exam(panels):
    assert panels.accuracy.accessibleName() == "Accuracy by digit · 40.0 %"
    assert panels.mistakes.accessibleName() == "Worst mistakes · 3"
    assert panels.gallery.shown.tolist() == [2, 1, 0]
    assert not panels.all_mistakes.isVisible()


def test_a_cell_fills_the_gallery_and_a_button_brings_all_mistakes_back(panels, qtbot):
    qtbot.mouseClick(panels.matrix, LEFT, pos=centre(panels.matrix, 7, 1))
    assert panels.mistakes.accessibleName() == "7 read as 1 · 2 digits"
    assert panels.gallery.shown.tolist() == [1, 0]
    with qtbot.waitSignal(panels.sample_chosen) as said:
        qtbot.mouseClick(panels.gallery.viewport(), LEFT, pos=panels.gallery.place_of(1).center())
    assert said.args == [0]
    qtbot.mouseClick(panels.all_mistakes, LEFT)
    assert panels.matrix.chosen is None
    assert panels.gallery.shown.tolist() == [2, 1, 0]
    qtbot.mouseClick(panels.matrix, LEFT, pos=centre(panels.matrix, 4, 9))
    assert panels.mistakes.accessibleName() == "4 read as 9 · 1 digit"


def test_the_button_moves_nothing(panels, qtbot):
    before = panels.gallery.geometry()
    qtbot.mouseClick(panels.matrix, LEFT, pos=centre(panels.matrix, 7, 1))
    qtbot.wait(10)
    assert panels.all_mistakes.isVisible()
    assert panels.gallery.geometry() == before


def test_a_chosen_cell_follows_the_exams(panels, qtbot):
    qtbot.mouseClick(panels.matrix, LEFT, pos=centre(panels.matrix, 7, 1))
    panels.show_exam(*exam_of([7, 7, 4, 7, 0], [1, 7, 9, 7, 0], step=1300))
    assert panels.gallery.shown.tolist() == [0]
    panels.show_exam(*exam_of([7, 7, 4, 7, 0], [7, 7, 9, 7, 0], step=1400))
    assert panels.gallery.accessibleDescription() == "No digit is read like this any more."


def test_an_empty_gallery_has_friendly_words(panels):
    panels.show_exam(*exam_of(range(10), range(10)))
    assert panels.gallery.accessibleDescription() == "No mistakes among these: well done."
    panels.clear()
    assert panels.gallery.accessibleDescription() == "Nothing examined yet."
    assert panels.matrix.line() == "Nothing examined yet."
    assert panels.accuracy.accessibleName() == "Accuracy by digit"


def test_an_exam_of_earlier_says_so(panels, sevens):
    assert not panels.age.isVisible()
    panels.set_stale(True)
    assert panels.age.isVisible()
    assert panels.age.text() in ("from step 1,200", "from step 1200")
    panels.show_exam(*sevens)
    assert not panels.age.isVisible()


def test_showing_an_exam_of_ten_thousand_is_cheap(panels):
    rng = np.random.default_rng(0)
    exam, data = exam_of(rng.integers(0, 10, 10_000), rng.integers(0, 10, 10_000))
    count = calls_of(lambda: panels.show_exam(exam, data))
    assert count < 6_000


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("classes", [2, 20])
def test_any_number_of_classes_in_both_themes(panels, theme, classes):
    panels.set_theme(theme)
    panels.show_exam(*exam_of(range(classes), [0] * classes, classes=classes))
    for card in panels.cards:
        assert not card.grab().isNull()
    assert panels.matrix.place_of(classes - 1, classes - 1).width() > 5
