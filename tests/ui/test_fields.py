"""Fields take numbers in the reader's language, and give the keys back to the stage."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolTip

from nnsim.model.network import Edge, Node
from nnsim.model.parameters import Layout
from tests.session.driving import wait_idle

Key = Qt.Key


@pytest.fixture(params=["en_US", "vi_VN", "de_DE"])
def language(request) -> Iterator[str]:
    """The language of the reader."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.fixture
def window(open_window):
    return open_window()


def type_anew(qtbot, field, text):
    """Replace what a field holds."""
    field.setFocus()
    field.selectAll() if hasattr(field, "selectAll") else field.lineEdit().selectAll()
    qtbot.keyClick(field, Key.Key_Backspace)
    qtbot.keyClicks(field, text)


def pick(qtbot, combo, place):
    """Unfold a list and click on an entry."""
    combo.setFocus()
    combo.showPopup()
    qtbot.waitUntil(combo.view().isVisible)
    entry = combo.view().visualRect(combo.model().index(place, 0)).center()
    qtbot.mouseClick(combo.view().viewport(), Qt.MouseButton.LeftButton, pos=entry)
    qtbot.waitUntil(lambda: not combo.view().isVisible())


@pytest.mark.parametrize("text", ["0.001", "0,001"])
def test_a_learning_rate_is_what_was_typed(language, open_window, qtbot, text):
    window = open_window()
    type_anew(qtbot, window.training_panel.rate, text)
    qtbot.keyClick(window.training_panel.rate, Key.Key_Return)
    assert window.session.document.training.optimizer.learning_rate == 0.001


@pytest.mark.parametrize("text", ["1.5e-5", "1,5e-05", "1.5E-5", "0,000015"])
def test_a_small_number_is_read_back_as_the_fields_show_it(language, open_window, qtbot, text):
    window = open_window()
    rate, bias = window.training_panel.rate, window.inspector.value
    window.stage.canvas.select(Node(1, 0))
    for field, line in ((rate, rate.lineEdit()), (bias, bias)):
        type_anew(qtbot, field, text)
        qtbot.keyClick(field, Key.Key_Return)
        shown = line.text()
        assert field.value == 1.5e-5
        assert "e" in shown
        type_anew(qtbot, field, "2")
        qtbot.keyClick(field, Key.Key_Return)
        # Pasted: no key types the minus that a field may show.
        QGuiApplication.clipboard().setText(shown)
        type_anew(qtbot, field, "")
        qtbot.keyClick(field, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(field, Key.Key_Return)
        assert field.value == 1.5e-5
        assert line.text() == shown


@pytest.mark.parametrize("text", ["1.25", "1,25"])
def test_a_weight_is_what_was_typed_beside_and_on_the_stage(language, open_window, qtbot, text):
    window, edge = open_window(), Edge(0, 0, 1, 1)
    session, place = window.session, Layout(window.session.document.network).edge_index(Edge(0, 0, 1, 1))
    window.stage.canvas.select(edge)
    type_anew(qtbot, window.inspector.value, text)
    qtbot.keyClick(window.inspector.value, Key.Key_Return)
    wait_idle(qtbot, session)
    assert session.snapshot.parameters[place] == 1.25
    qtbot.keyClicks(window.stage.canvas, "-")
    qtbot.keyClicks(window.editor.field.line, text)
    qtbot.keyClick(window.editor.field.line, Key.Key_Return)
    wait_idle(qtbot, session)
    assert session.snapshot.parameters[place] == -1.25


@pytest.mark.parametrize("text", ["1.000", "1,000", "2,5"])
def test_what_may_be_a_thousand_or_one_is_no_count(language, open_window, qtbot, text):
    window = open_window("playground")
    units, samples = window.network_panel.units[0], window.data_panel.samples
    before = window.session.document
    for field in (units, samples):
        type_anew(qtbot, field, text)
        qtbot.keyClick(field, Key.Key_Return)
        window.stage.canvas.setFocus()
    assert window.session.document == before
    assert units.value() == before.network.dense(1).units
    assert samples.currentText() == str(before.data.samples)


def test_a_large_count_is_shown_as_it_may_be_typed(language, open_window, qtbot):
    window = open_window("playground")
    samples = window.data_panel.samples
    type_anew(qtbot, samples, "2000")
    qtbot.keyClick(samples, Key.Key_Return)
    assert samples.currentText() == "2000"
    samples.setFocus()
    qtbot.keyClick(samples, Key.Key_Return)
    assert window.session.document.data.samples == 2000


def fields(window):
    """One field of each kind, with what can be typed into it."""
    window.stage.canvas.select(Node(1, 0))
    return {
        "rate": (window.training_panel.rate, "0.5"),
        "batch": (window.training_panel.batch, "2"),
        "units": (window.network_panel.units[0], "5"),
        "bias": (window.inspector.value, "0.5"),
    }


@pytest.mark.parametrize("name", ["rate", "batch", "units", "bias"])
def test_enter_takes_the_number_and_the_keys_are_the_stages(window, qtbot, name):
    field, text = fields(window)[name]
    before = window.session.document, window.session.undo_stack.count()
    type_anew(qtbot, field, text)
    qtbot.keyClick(window.focusWidget(), Key.Key_Return)
    assert window.focusWidget() is window.stage.canvas
    assert window.session.undo_stack.count() == before[1] + 1
    qtbot.keyClick(window.focusWidget(), Key.Key_R)
    assert window.session.undo_stack.undoText() == "Reset"


@pytest.mark.parametrize("name", ["rate", "batch", "units", "bias"])
def test_what_is_typed_after_a_click_replaces_the_number(window, qtbot, name):
    field, text = fields(window)[name]
    line = field if name == "bias" else field.lineEdit()
    before = window.session.undo_stack.count()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(window.focusWidget(), text)
    assert line.text() == text
    qtbot.keyClick(window.focusWidget(), Key.Key_Return)
    assert window.session.undo_stack.count() == before + 1


def test_a_second_click_puts_the_cursor_between_the_digits(window, qtbot):
    line = window.training_panel.rate.lineEdit()
    for _ in range(2):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() - 2, line.height() // 2))
    qtbot.keyClicks(window.focusWidget(), "5")
    assert line.text() == "0.15"


@pytest.mark.parametrize("name", ["rate", "batch", "units", "bias"])
def test_escape_leaves_a_field_as_it_was(window, qtbot, name):
    field, text = fields(window)[name]
    line = field if name == "bias" else field.lineEdit()
    before, shown = window.session.document, line.text()
    type_anew(qtbot, field, text)
    qtbot.keyClick(window.focusWidget(), Key.Key_Escape)
    assert window.focusWidget() is window.stage.canvas
    assert line.text() == shown
    assert window.session.document == before
    assert window.session.undo_stack.count() == 0


def test_enter_on_what_cannot_be_used_stays_in_the_field(window, qtbot):
    rate = window.training_panel.rate
    type_anew(qtbot, rate, "abc")
    qtbot.keyClick(rate, Key.Key_Return)
    assert window.focusWidget() is rate
    assert rate.property("invalid") is True


@pytest.mark.parametrize("name", ["rate", "optimizer"])
def test_a_choice_from_the_list_gives_the_keys_back(window, qtbot, name):
    combo = getattr(window.training_panel, name)
    pick(qtbot, combo, 4)
    assert window.focusWidget() is window.stage.canvas
    assert window.session.undo_stack.count() == 1
    qtbot.keyClick(window.focusWidget(), Key.Key_Space)
    assert window.session.running
    qtbot.keyClick(window.focusWidget(), Key.Key_Space)


def test_escape_folds_a_list_up_and_leaves(window, qtbot):
    combo = window.training_panel.optimizer
    combo.setFocus()
    combo.showPopup()
    qtbot.keyClick(combo.view(), Key.Key_Escape)
    assert not combo.view().isVisible()
    assert window.focusWidget() is window.stage.canvas
    combo.setFocus()
    qtbot.keyClick(combo, Key.Key_Escape)
    assert window.focusWidget() is window.stage.canvas
    assert window.session.undo_stack.count() == 0


def test_arrows_on_a_folded_list_walk_it_and_stay(window, qtbot):
    combo = window.training_panel.optimizer
    combo.setFocus()
    qtbot.keyClick(combo, Key.Key_Down)
    qtbot.keyClick(combo, Key.Key_Down)
    assert window.focusWidget() is combo
    assert window.session.document.training.optimizer.kind == combo.itemData(2)


def test_a_number_left_alone_is_not_rounded_to_what_is_shown(window, qtbot):
    window.session.edit_optimizer("Learning rate", learning_rate=0.123456789)
    rate = window.training_panel.rate
    rate.setFocus()
    qtbot.keyClick(rate, Key.Key_Return)
    rate.setFocus()
    window.stage.canvas.setFocus()
    assert window.session.document.training.optimizer.learning_rate == 0.123456789


def test_a_click_on_a_button_or_a_slider_leaves_the_keys_where_they_are(window, qtbot):
    window.stage.canvas.select(Node(1, 0))
    for widget in (window.inspector.buttons.by_name["zero"], window.inspector.layer.frozen, window.bar.speed):
        qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        assert window.focusWidget() is window.stage.canvas


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0.4", "A whole number from 2 to 100000 is needed here: “0.4” is none."),
        ("200000", "A whole number from 2 to 100000 is needed here: “200000” is none."),
    ],
)
def test_a_number_that_is_not_taken_is_refused_in_words(open_window, qtbot, text, words):
    window = open_window("playground")
    field = window.data_panel.samples
    before, told = window.session.document, field.accessibleDescription()
    type_anew(qtbot, field, text)
    qtbot.keyClick(field, Key.Key_Return)
    assert window.session.document is before
    assert QToolTip.text() == words
    assert window.statusBar().currentMessage() == words
    assert field.accessibleDescription() == words
    # The next key for the stage wipes nothing out.
    qtbot.keyClick(field, Key.Key_Space)
    assert field.lineEdit().text() == text
    qtbot.keyClicks(field, "300")
    assert window.statusBar().currentMessage() == ""
    assert field.accessibleDescription() == told
    qtbot.keyClick(field, Key.Key_Return)
    assert window.session.document.data.samples == 300


def test_a_weight_that_is_not_taken_is_refused_in_words(window, qtbot):
    window.stage.canvas.select(Edge(0, 0, 1, 1))
    field = window.inspector.value
    type_anew(qtbot, field, "2e6")
    qtbot.keyClick(field, Key.Key_Return)
    words = "A number from −1000000 to 1000000 is needed here: “2e6” is none."
    assert QToolTip.text() == window.statusBar().currentMessage() == words
    qtbot.keyClick(field, Key.Key_Escape)
    assert window.statusBar().currentMessage() != words
    assert field.accessibleDescription() != words


@pytest.mark.parametrize("text", ["0", "99999", "2,5", "many"])
def test_a_size_of_a_layer_that_is_not_taken_is_refused_in_words(window, qtbot, text):
    field = window.network_panel.units[0]
    before, most = window.session.document, field.maximum()
    type_anew(qtbot, field, text)
    qtbot.keyClick(field, Key.Key_Return)
    words = f"A whole number from 1 to {most} is needed here: “{text}” is none."
    assert QToolTip.text() == window.statusBar().currentMessage() == words
    assert field.property("invalid")
    assert window.session.document is before
    assert field.hasFocus()
    qtbot.keyClicks(field, "3")
    assert not field.property("invalid")
    qtbot.keyClick(field, Key.Key_Return)
    assert window.session.document.network.units(1) == 3


def test_what_cannot_be_a_size_is_taken_back_when_the_field_is_left(window, qtbot):
    field = window.network_panel.units[0]
    shown = field.text()
    type_anew(qtbot, field, "0")
    window.stage.canvas.setFocus()
    assert field.text() == shown
    assert not field.property("invalid")
