"""The history as a list, walked by mouse and keys."""

import pytest
from PySide6.QtCore import Qt

from nnsim.ui.history_panel import PRESENT, SAVED, UNDONE
from tests.session.driving import parameters, wait_idle

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def window(open_window, qtbot):
    """A window with three entries, the second of them saved, and the history open."""
    window = open_window()
    session = window.session
    session.train_epochs(3)
    wait_idle(qtbot, session)
    session.edit_optimizer("Learning rate", learning_rate=0.3)
    session.undo_stack.setClean()
    session.train_epochs(2)
    wait_idle(qtbot, session)
    qtbot.keyClick(window.stage.canvas, Key.Key_H, CTRL)
    assert window.history.isVisible()
    return window


def rows(window, role=Qt.ItemDataRole.DisplayRole):
    entries = window.history.list
    return [entries.item(row).data(role) for row in range(entries.count())]


def click(qtbot, window, row):
    entries = window.history.list
    place = entries.visualItemRect(entries.item(row)).center()
    qtbot.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait_idle(qtbot, window.session)


def test_the_list_tells_what_was_done_and_where_one_is(window, qtbot):
    assert rows(window) == ["As opened", "3 epochs of training", "Learning rate", "2 epochs of training"]
    assert rows(window, PRESENT) == [False, False, False, True]
    assert rows(window, SAVED) == [False, False, True, False]
    assert not any(rows(window, UNDONE))
    spoken = rows(window, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[2:] == ["Learning rate, saved", "2 epochs of training, present"]
    assert window.focusWidget() is window.history.list
    qtbot.mouseClick(window.history.close_button, Qt.MouseButton.LeftButton)
    assert not window.history.isVisible()


def test_a_click_goes_there_and_back(window, qtbot):
    session, learned = window.session, parameters(window.session)
    click(qtbot, window, 0)
    assert session.snapshot.step == 0
    assert session.document.training.optimizer.learning_rate == 0.1
    assert rows(window, UNDONE) == [False, True, True, True]
    click(qtbot, window, 2)
    assert (session.snapshot.epoch, session.document.training.optimizer.learning_rate) == (3, 0.3)
    click(qtbot, window, 3)
    assert parameters(session) == learned


def test_arrows_and_enter_go_there_and_escape_leaves(window, qtbot):
    session, entries = window.session, window.history.list
    qtbot.keyClick(entries, Key.Key_Up)
    qtbot.keyClick(entries, Key.Key_Up)
    assert session.undo_stack.index() == 3
    qtbot.keyClick(entries, Key.Key_Return)
    wait_idle(qtbot, session)
    assert session.undo_stack.index() == 1
    assert session.snapshot.epoch == 3
    qtbot.keyClick(entries, Key.Key_Escape)
    assert not window.history.isVisible()
    assert window.data_panel.isVisible()
    assert not window.actions_by_name["history"].isChecked()
    assert window.focusWidget() is window.stage.canvas


def test_going_back_while_training_runs_ends_it_first(window, qtbot):
    session = window.session
    session.run()
    step = session.snapshot.step
    qtbot.waitUntil(lambda: session.snapshot.step > step + 3, timeout=20_000)
    click(qtbot, window, 1)
    assert not session.running
    assert session.undo_stack.count() == 4
    assert session.undo_stack.index() == 1
    assert session.snapshot.epoch == 3


def test_an_entry_that_training_has_replaced_cannot_be_gone_to(window, qtbot):
    session = window.session
    click(qtbot, window, 2)
    session.run()
    step = session.snapshot.step
    qtbot.waitUntil(lambda: session.snapshot.step > step + 3, timeout=20_000)
    click(qtbot, window, 3)
    assert session.undo_stack.index() == session.undo_stack.count() == 3
    assert session.snapshot.step > step


def test_a_new_edit_drops_what_was_undone(window, qtbot):
    click(qtbot, window, 1)
    window.session.edit_training("L2", l2=0.01)
    assert rows(window) == ["As opened", "3 epochs of training", "L2"]
    assert rows(window, SAVED) == [False] * 3


def test_a_full_history_does_not_claim_to_begin_at_the_beginning(open_window, qtbot):
    window = open_window()
    session = window.session
    session.undo_stack.clear()
    session.undo_stack.setUndoLimit(2)
    window.actions_by_name["history"].trigger()
    for penalty in (0.1, 0.2, 0.3):
        session.edit_training("L2", l2=penalty)
    assert rows(window) == ["Oldest state kept", "L2", "L2"]
