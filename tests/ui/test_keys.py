"""Every key does what the menus say, and nothing while one types."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from nnsim.session.pace import PACES
from nnsim.ui.actions import MENUS, SPECS
from nnsim.ui.plots.late_plot import make_plots_in
from nnsim.ui.shortcuts_page import ShortcutsPage
from nnsim.ui.theme import DARK, LIGHT
from tests.counting import calls_of
from tests.session.driving import parameters, wait_idle

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key, where the keyboard focus is."""
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def test_space_runs_and_pauses(open_window, qtbot):
    window = open_window()
    press(qtbot, window, Key.Key_Space)
    assert window.session.running
    assert window.actions_by_name["run"].text() == "Pause"
    qtbot.waitUntil(lambda: window.session.snapshot.step > 2, timeout=20_000)
    press(qtbot, window, Key.Key_Space)
    assert not window.session.running
    assert window.actions_by_name["run"].text() == "Run"


def test_right_steps_and_the_readout_tells(open_window, qtbot):
    window = open_window()
    before = window.bar.readout.text()
    press(qtbot, window, Key.Key_Right)
    wait_idle(qtbot, window.session)
    assert window.session.snapshot.step == 1
    assert "0/4" in before
    # The numbers follow once the stage has shown the step.
    qtbot.waitUntil(lambda: "1/4" in window.bar.readout.text(), timeout=10_000)


def test_r_resets_and_n_takes_another_start(open_window, qtbot):
    window = open_window()
    session = window.session
    start = parameters(session)
    press(qtbot, window, Key.Key_Right)
    wait_idle(qtbot, session)
    assert parameters(session) != start
    press(qtbot, window, Key.Key_R)
    wait_idle(qtbot, session)
    assert parameters(session) == start
    press(qtbot, window, Key.Key_N)
    wait_idle(qtbot, session)
    assert parameters(session) != start


def test_the_view_is_zoomed_and_f_fits_it(open_window, qtbot):
    window = open_window()
    canvas = window.stage.canvas
    whole = canvas._camera.view
    press(qtbot, window, Key.Key_Plus)
    press(qtbot, window, Key.Key_Equal)
    assert canvas._camera.view.scale == pytest.approx(1.25**2)
    press(qtbot, window, Key.Key_Minus)
    press(qtbot, window, Key.Key_F)
    qtbot.waitUntil(lambda: canvas._camera.view == whole, timeout=10_000)


@pytest.mark.parametrize("place", range(4))
def test_one_to_four_choose_what_edges_show(open_window, qtbot, place):
    overlays = ("weight", "contribution", "gradient", "update")
    window = open_window()
    press(qtbot, window, Key.Key_4 if place != 3 else Key.Key_1)
    press(qtbot, window, Qt.Key(Key.Key_1 + place))
    on = [name for name in overlays if window.actions_by_name[name].isChecked()]
    assert on == [overlays[place]]
    assert window.stage.canvas.showing.overlay == overlays[place]


def test_m_shows_maps(open_window, qtbot):
    window = open_window()
    assert window.stage.canvas._painter.maps is None
    press(qtbot, window, Key.Key_M)
    assert window.stage.canvas._painter.maps is window.session.field.layers
    press(qtbot, window, Key.Key_M)
    assert window.stage.canvas._painter.maps is None


def test_t_changes_the_theme(open_window, qtbot, application):
    window = open_window()
    press(qtbot, window, Key.Key_T)
    assert window.theme is LIGHT
    assert window.palette().window().color() == LIGHT.color("window")
    press(qtbot, window, Key.Key_T)
    assert window.theme is DARK


def test_brackets_change_the_speed_and_stop_at_its_ends(open_window, qtbot):
    window = open_window()
    place = PACES.index(window.session.pace)
    press(qtbot, window, Key.Key_BracketRight)
    assert window.session.pace == PACES[place + 1]
    assert window.bar.speed.value() == place + 1
    for _ in PACES:
        press(qtbot, window, Key.Key_BracketLeft)
    assert window.session.pace == PACES[0]
    assert window.bar.speed.value() == 0


def test_the_slowest_run_shows_one_sample_in_five_seconds(open_window, qtbot):
    window = open_window()
    for _ in PACES:
        press(qtbot, window, Key.Key_BracketLeft)
    played = []
    window.session.stepped.connect(lambda snapshot, seconds: played.append(seconds))
    assert window.bar.speed_words.text() == "every 5 s"
    assert window.session.step_unit == "sample"
    press(qtbot, window, Key.Key_Space)
    qtbot.waitUntil(lambda: played == [5.0])
    assert window.session._step_timer.interval() == 5000
    press(qtbot, window, Key.Key_Space)


def test_shifted_digits_choose_what_a_step_is(open_window, qtbot):
    window = open_window()
    for key, unit in ((Key.Key_2, "batch"), (Key.Key_3, "epoch"), (Key.Key_1, "sample")):
        press(qtbot, window, key, SHIFT)
        assert window.session.step_unit == unit
        assert window.bar.unit.currentData() == unit


@pytest.mark.parametrize("redo", [(Key.Key_Y, CTRL), (Key.Key_Z, CTRL | SHIFT)])
def test_edits_are_undone_and_made_again(open_window, qtbot, redo):
    window = open_window()
    undo = window.actions_by_name["undo"]
    assert not undo.isEnabled()
    window.session.edit_training("Batch size", batch_size=4)
    assert "batch size" in undo.text()
    press(qtbot, window, Key.Key_Z, CTRL)
    assert window.session.document.training.batch_size == 1
    assert window.training_panel.batch.currentText() == "1 (stochastic)"
    assert undo.text() == "Undo"
    press(qtbot, window, *redo)
    assert window.session.document.training.batch_size == 4
    assert window.training_panel.batch.currentText() == "4"


def test_f1_lists_every_key(open_window, qtbot):
    window = open_window()
    press(qtbot, window, Key.Key_F1)
    (page,) = window.findChildren(ShortcutsPage)
    for spec in SPECS.values():
        for keys in spec.shortcuts.split():
            assert keys in page.page.toPlainText()
    page.close()


def test_f11_uses_the_whole_screen(open_window, qtbot):
    window = open_window()
    press(qtbot, window, Key.Key_F11)
    assert window.isFullScreen()
    press(qtbot, window, Key.Key_F11)
    assert not window.isFullScreen()


def test_ctrl_q_closes(open_window, qtbot):
    window = open_window()
    press(qtbot, window, Key.Key_Q, CTRL)
    assert not window.isVisible()


def state(window):
    session = window.session
    return (
        session.running,
        session.document,
        session.pace,
        window.theme,
        window.stage.canvas.showing.overlay,
        window.stage.canvas._painter.maps,
        window.stage.canvas._camera.view,
        session.snapshot.step,
    )


@pytest.mark.parametrize("field", ["rate", "batch", "units"])
def test_keys_typed_into_a_number_are_no_shortcuts(open_window, qtbot, field):
    window = open_window()
    widget = {
        "rate": window.training_panel.rate,
        "batch": window.training_panel.batch,
        "units": window.network_panel.units[0],
    }[field]
    widget.setFocus()
    before = state(window)
    for key in "rnmtfd 3][+=-":
        qtbot.keyClicks(window.focusWidget(), key)
    press(qtbot, window, Key.Key_Right)
    wait_idle(qtbot, window.session)
    assert state(window) == before


def test_keys_work_wherever_else_the_focus_is(open_window, qtbot):
    window = open_window()
    for widget in (window.bar.scene, window.stage.canvas, window.training_panel.optimizer):
        widget.setFocus()
        step = window.session.snapshot.step
        press(qtbot, window, Key.Key_Right)
        wait_idle(qtbot, window.session)
        assert window.session.snapshot.step == step + 1


def test_a_button_and_a_slider_keep_their_own_keys(open_window, qtbot):
    window = open_window()
    window.bar.speed.setFocus()
    place = window.bar.speed.value()
    press(qtbot, window, Key.Key_Right)
    assert window.bar.speed.value() == place + 1
    press(qtbot, window, Key.Key_Space)
    assert window.session.running
    press(qtbot, window, Key.Key_Space)
    wait_idle(qtbot, window.session)
    window.stage._switch["gradient"].setFocus()
    press(qtbot, window, Key.Key_Space)
    assert window.stage.canvas.showing.overlay == "gradient"
    assert not window.session.running


def test_menus_list_every_action(open_window):
    window = open_window()
    listed = [name for names in MENUS.values() for name in names if name]
    assert sorted(listed) == sorted(SPECS)
    shown = [action for menu in window.menuBar().actions() for action in menu.menu().actions()]
    assert [action.objectName() for action in shown if not action.isSeparator()] == listed
    keys = [key for spec in SPECS.values() for key in spec.shortcuts.split()]
    assert len(keys) == len(set(keys))


def test_a_theme_changes_the_windows_own_widgets_and_asks_nobody_about_every_event(open_window, qapp, qtbot):
    class Outside(QWidget):
        styled = 0

        def changeEvent(self, event):
            self.styled += event.type() == QEvent.Type.StyleChange

    window, outside = open_window(), Outside()
    qtbot.addWidget(outside)
    make_plots_in(window)
    # The first time, the icons and pens of the other theme are made.
    for _ in range(2):
        press(qtbot, window, Key.Key_T)
        qapp.processEvents()
    outside.styled = 0
    count = calls_of(lambda: (press(qtbot, window, Key.Key_T), qapp.processEvents()))
    assert outside.styled == 0
    assert count < 40_000
