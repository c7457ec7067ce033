"""A network that is built wrong says so, and can be mended at a click."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt

from nnsim.data.scenes import shipped_names
from nnsim.model.edits import cut
from nnsim.model.layers import Dense
from nnsim.model.network import Edge, Node
from nnsim.model.parameters import Layout
from nnsim.model.warnings import FIXES, KINDS, Warning, warnings_of
from nnsim.ui import warning_words
from nnsim.ui.graph.words import Names
from nnsim.ui.warning_words import fix_words, sentence
from tests.session.driving import scene, wait_idle

LEFT = Qt.MouseButton.LeftButton
NOWHERE = Edge(1, 1, 2, 0)
DEAF = (Edge(0, 0, 1, 2), Edge(0, 1, 1, 2))


def broken(*edges, **training):
    """XOR with edges cut and settings that do not fit."""
    document = scene("xor", **training)
    return replace(document, network=cut(document.network, edges).network) if edges else document


def test_nothing_is_wrong_with_what_ships(open_window):
    assert not any(warnings_of(scene(name)) for name in shipped_names())
    assert open_window(settle=False, shown=False).stage.warnings.isHidden()


def test_a_neuron_that_leads_nowhere_is_ringed_and_removed(open_window, qtbot):
    window = open_window(broken(NOWHERE))
    bar, session = window.stage.warnings, window.session
    assert bar.isVisible()
    assert bar.text == "h₂ reaches no output: nothing uses what it computes."
    assert not bar.next_button.isVisible()
    assert window.stage.canvas.marking.warned == {Node(1, 1)}
    qtbot.mouseClick(bar.fix_button, LEFT)
    wait_idle(qtbot, session)
    assert session.document.network.dense(1).units == 3
    assert not bar.isVisible()
    assert window.stage.canvas.marking.warned == frozenset()
    assert session.undo_stack.undoText() == "Remove neuron"
    session.undo()
    wait_idle(qtbot, session)
    assert bar.isVisible()
    assert session.document == broken(NOWHERE)


def test_several_are_told_one_after_the_other(open_window, qtbot):
    window = open_window(broken(NOWHERE, *DEAF, loss="cross_entropy"))
    bar = window.stage.warnings
    assert bar.next_button.text() == "1 of 3"
    told = []
    for _ in range(3):
        told.append(bar.warning.kind)
        bar.next_button.setFocus()
        qtbot.keyClick(bar.next_button, Qt.Key.Key_Space)
    assert told == ["leads_nowhere", "hears_nothing", "cross_entropy_without_softmax"]
    assert bar.next_button.text() == "1 of 3"
    assert window.stage.canvas.marking.warned == {Node(1, 1), Node(1, 2)}


def test_the_one_that_is_told_stays_told_when_another_is_mended(open_window, qtbot):
    window = open_window(broken(NOWHERE, loss="cross_entropy"))
    bar, session = window.stage.warnings, window.session
    qtbot.mouseClick(bar.next_button, LEFT)
    assert bar.warning.kind == "cross_entropy_without_softmax"
    session.edit("Whole again", scene("xor", loss="cross_entropy"))
    assert bar.warning.kind == "cross_entropy_without_softmax"
    qtbot.mouseClick(bar.fix_button, LEFT)
    wait_idle(qtbot, session)
    assert session.document.training.loss == "bce"
    assert not bar.isVisible()


def test_the_neuron_it_tells_of_is_pointed_at_while_the_mouse_is_there(open_window, qtbot):
    window = open_window(broken(*DEAF))
    bar, canvas = window.stage.warnings, window.stage.canvas
    qtbot.mouseMove(bar.fix_button)
    qtbot.waitUntil(lambda: canvas.marking.hinted == Node(1, 2), timeout=5_000)
    qtbot.mouseMove(window.bar)
    qtbot.waitUntil(lambda: canvas.marking.hinted is None, timeout=5_000)


def test_a_narrow_stage_cuts_neither_words_nor_button(open_window, qtbot):
    window = open_window(broken(loss="perceptron"))
    window.resize(window.minimumSize())
    bar = window.stage.warnings
    qtbot.waitUntil(lambda: bar.width() < 500, timeout=5_000)
    assert bar.fix_button.width() >= bar.fix_button.minimumSizeHint().width()
    assert bar.text == "The perceptron rule is made for a step output."
    assert bar.rect().contains(bar.fix_button.geometry())
    assert bar.words.height() >= bar.words.heightForWidth(bar.words.width())


def test_there_are_words_for_every_kind_and_every_fix():
    names = Names(scene("xor").network)
    assert set(warning_words._SENTENCES) == set(KINDS)
    for kind in KINDS:
        for where in (Node(1, 0), 1):
            told = sentence(Warning(kind, where, "connect"), names)
            assert told
            assert "{" not in told
    assert all(fix_words(Warning("leads_nowhere", 1, fix)) for fix in FIXES)


# --- what training has done


def rectified():
    """XOR with rectified hidden units."""
    document = scene("xor")
    return replace(document, network=document.network.with_layer(1, Dense(4, "relu")))


def put(qtbot, session, **tensors):
    """Overwrite tensors of a layer, such as ``bias1=-9``, and wait for what comes of it."""
    layout = Layout(session.document.network)
    for name, value in tensors.items():
        span = layout.find(int(name[-1]), name[:-1]).span
        places = np.arange(span.start, span.stop)
        values = np.broadcast_to(np.asarray(value, float).ravel(), places.shape)
        session.set_values("By hand", places, values)
    wait_idle(qtbot, session)


def test_dead_units_are_named_ringed_and_woken(open_window, qtbot):
    window = open_window(rectified())
    bar, session = window.stage.warnings, window.session
    put(qtbot, session, weight1=1.0, bias1=0.5)
    assert not bar.isVisible()
    put(qtbot, session, bias1=(0.5, -99, 0.5, 0.5))
    assert bar.isVisible()
    assert bar.text.startswith("h₂ passes on 0 for every sample")
    assert window.stage.canvas.marking.warned == {Node(1, 1)}
    put(qtbot, session, bias1=(0.5, -99, 0.5, -99))
    assert bar.text.startswith("Hidden: 2 of 4 neurons pass on 0")
    assert window.stage.canvas.marking.warned == {Node(1, 1), Node(1, 3)}
    assert bar.fix_button.text() == "Use leaky ReLU"
    qtbot.mouseClick(bar.fix_button, LEFT)
    wait_idle(qtbot, session)
    assert session.document.network.dense(1).activation == "leaky_relu"
    assert not bar.isVisible()
    session.undo()
    wait_idle(qtbot, session)
    assert bar.isVisible()


def test_saturation_is_named_with_what_to_try_and_no_button(open_window, qtbot):
    window = open_window("xor")
    bar, session = window.stage.warnings, window.session
    put(qtbot, session, weight1=90.0, bias1=45.0)
    assert bar.text.startswith("Hidden: every neuron is at an end of its range for every sample")
    assert "Try a new start with smaller weights" in bar.text
    assert not bar.fix_button.isVisible()
    session.reset()
    wait_idle(qtbot, session)
    assert not bar.isVisible()


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("what", ["dead", "saturated"])
def test_what_to_try_is_readable_whole(open_window, qtbot, size, what):
    window = open_window(rectified() if what == "dead" else "xor")
    bar, canvas = window.stage.warnings, window.stage.canvas
    put(qtbot, window.session, **({"bias1": -99.0} if what == "dead" else {"weight1": 90.0, "bias1": 45.0}))
    window.resize(*size)
    qtbot.waitUntil(lambda: window.size() == QSize(*size) and bar.geometry().bottom() < canvas.y())
    words = bar.words
    needed = words.fontMetrics().boundingRect(words.contentsRect(), Qt.TextFlag.TextWordWrap, bar.text)
    assert "rate." in words.text()
    assert words.contentsRect().contains(needed)
    assert bar.rect().contains(words.geometry())


def test_while_training_runs_the_bar_stands_still(open_window, qtbot):
    window = open_window(rectified())
    bar, session = window.stage.warnings, window.session
    put(qtbot, session, bias1=-99.0)
    shown = [bar.text]
    looks = []
    bar.marked.connect(lambda _: shown.append(bar.text))
    session.health_changed.connect(looks.append)
    session.run()
    qtbot.waitUntil(lambda: len(looks) >= 4, timeout=30_000)
    session.pause()
    wait_idle(qtbot, session)
    assert bar.isVisible()
    assert shown == [bar.text]


def test_on_a_narrow_stage_words_have_the_width_and_buttons_stand_below(qtbot, open_window):
    bar = open_window("xor").stage.warnings
    bar.words.setText("Some neurons pass on 0 for every sample. Try leaky ReLU, or a new start.")
    for part in (bar, bar.next_button, bar.fix_button):
        part.show()
    bar.setParent(None)
    qtbot.addWidget(bar)
    for width, is_below in ((700, False), (380, True)):
        bar.resize(width, 90)
        bar.show()
        qtbot.waitUntil(lambda below=is_below: (bar.fix_button.y() > bar.words.geometry().bottom()) == below)
    assert bar.words.width() > 0.8 * bar.width()
