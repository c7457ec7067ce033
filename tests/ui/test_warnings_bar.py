"""A network that is built wrong says so, and can be mended at a click."""

from dataclasses import replace

from PySide6.QtCore import Qt

from nnsim.data.scenes import shipped_names
from nnsim.model.edits import cut
from nnsim.model.network import Edge, Node
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
    assert window.stage.canvas._warned == {Node(1, 1)}
    qtbot.mouseClick(bar.fix_button, LEFT)
    wait_idle(qtbot, session)
    assert session.document.network.dense(1).units == 3
    assert not bar.isVisible()
    assert window.stage.canvas._warned == frozenset()
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
    assert window.stage.canvas._warned == {Node(1, 1), Node(1, 2)}


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
    qtbot.waitUntil(lambda: canvas._hinted == Node(1, 2), timeout=5_000)
    qtbot.mouseMove(window.bar)
    qtbot.waitUntil(lambda: canvas._hinted is None, timeout=5_000)


def test_a_narrow_stage_cuts_the_words_not_the_button(open_window, qtbot):
    window = open_window(broken(loss="perceptron"))
    window.resize(window.minimumSize())
    bar = window.stage.warnings
    qtbot.waitUntil(lambda: bar.width() < 500, timeout=5_000)
    assert bar.fix_button.width() >= bar.fix_button.minimumSizeHint().width()
    assert bar.text == "The perceptron rule is made for a step output."
    assert bar.rect().contains(bar.fix_button.geometry())
    assert bar.words.text().endswith("…")
    assert bar.words.fontMetrics().horizontalAdvance(bar.words.text()) <= bar.words.width()


def test_there_are_words_for_every_kind_and_every_fix():
    names = Names(scene("xor").network)
    assert set(warning_words._SENTENCES) == set(KINDS)
    for kind in KINDS:
        for where in (Node(1, 0), 1):
            told = sentence(Warning(kind, where, "connect"), names)
            assert told
            assert "{" not in told
    assert all(fix_words(Warning("leads_nowhere", 1, fix)) for fix in FIXES)
