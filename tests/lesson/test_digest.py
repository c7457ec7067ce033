"""A phase is told in a digest: of each layer its result, of layers alike the rule once."""

import numpy as np

from nnsim.data.scenes import find_scene
from nnsim.lesson.plain import plain
from nnsim.lesson.steps import Step, steps
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Node, chain
from nnsim.model.training import OPTIMIZERS, Optimizer
from tests.engine.networks import document
from tests.lesson.lessons import traced

DEEP = traced(
    document(chain(Input((2,)), *(Dense(3, "tanh") for _ in range(3)), Dense(1, "sigmoid")), loss="bce"),
    [[0.5, -1.0]],
    [[1.0]],
)


def written(step: Step, focus=None) -> list[str]:
    return [plain(formula.latex) for line in step.digest(focus) for formula in line.written]


def phase(name: str) -> Step:
    return next(step for step in steps(DEEP, "phase") if step.phase == name)


def test_a_rule_is_written_once_and_every_layers_result():
    found = written(phase("forward"))
    assert sum("W" in text for text in found) == 1
    for layer in (1, 2, 3):
        assert (
            sum(text.startswith(f"h{'⁽¹⁾⁽²⁾⁽³⁾'[3 * layer - 3 : 3 * layer]} = tanh(") for text in found) >= 1
        )
    assert len(found) < len([f for line in phase("forward").lines() for f in line.written])


def test_on_the_way_back_the_signal_comes_first_and_then_all_shares_side_by_side():
    found = written(phase("backward"))
    shares = [text.startswith(("∂L/∂W", "∂L/∂w")) for text in found]
    assert shares == sorted(shares) or not any(text.startswith("δ") for text in found[shares.index(True) :])
    for above in "⁽¹⁾", "⁽²⁾", "⁽³⁾":
        assert any(text.startswith(f"∂L/∂W{above} = [") for text in found)
        assert any(text.startswith(f"δ{above} = (") for text in found)


def test_what_is_in_focus_is_worked_out_in_full():
    for name, focus in (("forward", Node(2, 1)), ("backward", Edge(1, 0, 2, 1))):
        step = phase(name)
        found, brief = written(step, focus), written(step)
        own = [line for line in step.lines(focus) if line not in step.lines()]
        assert own
        for line in own:
            assert plain(line.numbers.latex) in found
            assert plain(line.numbers.latex) not in brief


def test_one_sentence_on_each_thing_that_is_done():
    step = phase("backward")
    assert set(step.text(brief=True)) < set(step.text())
    # The error, shares of weights, back along edges, back through activations.
    assert len(step.text(brief=True)) == 4
    assert step.text(Node(2, 1), brief=True) == step.text(Node(2, 1))


def test_an_operation_is_no_phase():
    for step in steps(DEEP, "operation"):
        assert step.digest() == step.lines()
        assert step.text(brief=True) == step.text()


def test_the_update_is_worked_out_for_the_steepest_weight_before_the_matrices():
    for kind in sorted(OPTIMIZERS):
        xor = find_scene("xor").document
        found = traced(document(xor.network, Optimizer(kind, learning_rate=0.5), loss="bce"), [[1, 1]], [[0]])
        update = steps(found)[-1]
        edges = [
            Edge(s, i, t, u) for s, t in ((0, 1), (1, 2)) for i in range((2, 4)[s]) for u in range((4, 1)[s])
        ]
        steepest = max(edges, key=lambda edge: abs(found.gradient[found.layout.edge_index(edge)]))
        one = [plain(line.numbers.latex) for line in update.lines(steepest)]
        every = [plain(line.numbers.latex) for line in update.lines()]
        assert every[: len(one)] == one
        assert any(text.startswith("W⁽¹⁾ ← ") for text in every[len(one) :])


def test_without_a_gradient_the_update_is_a_rule():
    network = chain(Input((2,)), Dense(1, "step"))
    found = traced(document(network, loss="perceptron"), np.array([[1.0, 1.0]]), [[1.0]], [1.0, 1.0, 0.0])
    assert written(steps(found)[-1])[0].startswith("θ ← ")
