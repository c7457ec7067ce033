"""A trace against what it stands for: finite differences, the engines, and the sum over all paths."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnsim.engine.ops import OPERATIONS
from nnsim.engine.reference import new_buffers
from nnsim.engine.trainer import Trainer
from nnsim.lesson.paths import MOST_PATHS, paths
from nnsim.lesson.steps import steps
from nnsim.lesson.trace import trace
from nnsim.model.layers import Conv2d, Dense, Input, MaxPool2d
from nnsim.model.network import Edge, Node, chain
from nnsim.model.training import Optimizer
from tests.counting import calls_of
from tests.engine.networks import crossed, dataset, document, problems, xor
from tests.lesson.lessons import mixed, scattered, start, traced, traces, upcoming

H = 1e-5
MARGIN = 1e-3
PROBABILITY_MARGIN = 0.03


def _objective(found, theta):
    values = new_buffers(found.tape, found.samples)
    values[0][...], values[found.tape.expected][...] = found.x, found.y
    with np.errstate(over="ignore"):
        for op in found.tape.ops:
            OPERATIONS[op.kind].forward(op, theta, values)
    penalty = values[found.tape.buffer("penalty", found.last)][0, 0] if found.penalty else 0.0
    return values[found.tape.loss].sum() + penalty


def _near_a_kink(found):
    """Whether H might carry a number across a kink; an exact 0 comes of nothing that H moves."""
    z = np.concatenate([found.value("z", layer).ravel() for layer in range(1, found.last + 1)])
    p, y = found.value("a", found.last), found.y
    loss = found.document.training.loss
    near = np.any((np.abs(z) < MARGIN) & (z != 0.0)) or np.any(np.abs(p - y) < MARGIN)
    if loss in ("bce", "cross_entropy"):
        edges = np.minimum(np.abs(p), np.abs(1.0 - p))
        near |= bool(np.any((edges < PROBABILITY_MARGIN) & (edges > 1e-12)))
    return near or np.abs(z).max() > 30.0


@settings(max_examples=80)
@given(scattered())
def test_the_gradient_is_the_slope_of_the_loss(found):
    assume(not _near_a_kink(found))
    theta = found.before.theta
    present = np.flatnonzero(~found.layout.removed())
    slope = np.zeros_like(theta)
    for i in present:
        sides = []
        for h in (H, -H):
            moved = theta.copy()
            moved[i] += h
            sides.append(_objective(found, moved))
        slope[i] = (sides[0] - sides[1]) / (2 * H)
    np.testing.assert_allclose(found.gradient, slope, rtol=1e-4, atol=1e-6 * (1.0 + np.abs(slope).max()))


@settings(max_examples=80)
@given(traces())
def test_the_update_is_the_one_that_training_makes(pair):
    found, trainer = pair
    trained = trainer.run_steps(1)
    assume(not trained.diverged)
    state = trainer.state
    assert found.after.count == state.count
    for mine, theirs in (
        (found.after.theta, state.theta),
        (found.after.m, state.m),
        (found.after.v, state.v),
        (found.gradient, trained.last_gradient),
    ):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-12)
    still = ~found.layout.trainable()
    np.testing.assert_array_equal(found.after.theta[still], found.before.theta[still])


@settings(max_examples=10)
@given(mixed())
def test_of_any_kind_of_layer_the_update_is_the_one_that_training_makes(found):
    data = dataset(found.x, found.y)
    told = found.document
    full = replace(told, training=replace(told.training, batch_size=0))
    trainer = Trainer(full, data, engine="reference", parameters=found.before.theta)
    trainer.run_steps(data.samples)
    made = trace(full, trainer.state, data.x, data.y)
    trained = trainer.run_steps(1)
    assume(not trained.diverged)
    np.testing.assert_allclose(made.clipped, trained.last_gradient, rtol=1e-9, atol=1e-12)
    # Limited lengths, running statistics and the masks of that step included.
    np.testing.assert_allclose(made.after.theta, trainer.state.theta, rtol=1e-9, atol=1e-12)


@settings(max_examples=60, derandomize=True)
@given(problems())
def test_the_compiled_engine_makes_the_same_update_to_float32_precision(problem):
    trainer = Trainer(*problem, engine="jit")
    trainer.run_steps(2)
    found = upcoming(trainer)
    trained = trainer.run_steps(1)
    assume(not trained.diverged)
    scale = 1.0 + np.abs(found.after.theta).max()
    np.testing.assert_allclose(trained.parameters, found.after.theta, rtol=1e-5, atol=1e-5 * scale)


@settings(max_examples=60)
@given(scattered())
def test_the_paths_add_up_to_the_gradient(found):
    network, layout = found.network, found.layout
    data = found.gradient - found.penalty_gradient
    scale = 1e-9 * (1.0 + np.abs(data).max())
    for source, layer in network.connections:
        edge = Edge(source, 0, layer, network.layers[layer].units - 1)
        ways = paths(found, edge)
        if ways.count <= MOST_PATHS:
            assert len(ways.paths) == ways.count
            assert ways.total == pytest.approx(data[layout.edge_index(edge)], rel=1e-9, abs=scale)
    for layer in range(found.last):
        slope = found.slope("a", layer)
        ways = paths(found, Node(layer, 0))
        if ways.total is not None:
            expected = 0.0 if slope is None else slope[:, 0].sum()
            assert ways.total == pytest.approx(expected, rel=1e-9, abs=1e-9 * (1.0 + abs(expected)))


@settings(max_examples=15)
@given(mixed(), st.data())
def test_through_any_kind_of_layer_the_paths_add_up_to_the_gradient(found, data):
    layer = data.draw(st.integers(0, found.last - 1))
    node = Node(layer, data.draw(st.integers(0, found.network.units(layer) - 1)))
    ways, slope = paths(found, node), found.slope("a", layer)
    if ways.mixes:
        assert found.samples > 1
        assert any(layer.kind == "batch_norm" for layer in found.network.layers)
        return
    expected = 0.0 if slope is None else slope[:, node.unit].sum()
    if ways.count <= MOST_PATHS:
        assert len(ways.paths) == ways.count
        assert ways.total == pytest.approx(expected, rel=1e-9, abs=1e-9 * (1.0 + abs(expected)))
        for way in ways.paths:
            assert way.nodes[0] == node
            assert way.nodes[-1].layer == found.last


def test_paths_through_a_filter_and_a_pool_by_hand():
    layers = Input((2, 3)), Conv2d(1, (2, 2), activation="relu"), MaxPool2d((1, 2)), Dense(1, "identity")
    # Patches (1, 2; 0, 1) and (2, 0; 1, 3) under the filter (1, 2; 3, −1): 4 and 2 − 0 + 3 − 3 = 2. The first
    # wins: ŷ = 2·4 + 1 = 9, y = 8, ∂L/∂ŷ = 2.
    found = traced(document(chain(*layers), loss="sse"), [[1, 2, 0, 0, 1, 3]], [[8]], [1, 2, 3, -1, 0, 2, 1])
    # The pixel [1,2] is seen by both; by the one that won, at K[1,2] = 2: 2 · 2 · 1 · 2
    ways = paths(found, Node(0, 1))
    assert [(way.nodes, way.product) for way in ways.paths] == [
        ((Node(0, 1), Node(1, 0), Node(2, 0), Node(3, 0)), 8.0)
    ]
    # Its weight's edge: 2 · 1 · 1 · 2 · x, which is all of ∂L/∂K[1,2] as no other place counts.
    edge = paths(found, Edge(0, 1, 1, 0))
    assert (edge.count, edge.total) == (1, 2 * 2 * 2)
    assert found.gradient[1] == edge.total


def test_paths_by_hand():
    network = chain(Input((1,)), Dense(2, "identity", bias=False), Dense(1, "identity", bias=False))
    # x = 3, a = (2·3, −1·3) = (6, −3), ŷ = 0.5·6 + 4·(−3) = −9, y = −8, ∂L/∂ŷ = 2·(−9 + 8) = −2
    found = traced(document(network, loss="sse"), [[3]], [[-8]], [2, -1, 0.5, 4])
    ways = paths(found, Node(0, 0))
    # −2 · 1 · 0.5 · 1 · 2 = −2 by the first neuron, −2 · 1 · 4 · 1 · (−1) = 8 by the second
    assert [way.product for way in ways.paths] == [-2.0, 8.0]
    assert ways.total == 6.0
    assert ways.paths[0].nodes == (Node(0, 0), Node(1, 0), Node(2, 0))
    assert [f.values.tolist() for f in ways.paths[1].factors] == [[-2], [1], [4], [1], [-1]]
    edge = paths(found, Edge(0, 0, 1, 1))
    # −2 · 1 · 4 · 1 · x
    assert (edge.count, edge.total) == (1, -24.0)


def test_too_many_paths_are_counted_and_not_listed():
    wide = chain(Input((3,)), Dense(20, "tanh"), Dense(20, "tanh"), Dense(1, "sigmoid"))
    ways = paths(traced(document(wide, loss="bce"), [[1, 2, 3]], [[1]]), Node(0, 0))
    assert (ways.count, ways.paths, ways.total) == (400, (), None)


def test_a_softmax_counts_its_outputs_by_the_edges_that_lead_on():
    layers = chain(Input((1,)), Dense(2, "softmax"), Dense(2, "identity"), Dense(1, "identity"))
    network = replace(layers, removed_edges=frozenset({Edge(1, 0, 2, 0), Edge(2, 1, 3, 0)}))
    # z₁ moves both shares; the first leads on by one edge, to a neuron that leads nowhere, the second by
    # two, one of them there.
    ways = paths(traced(document(network, loss="mse"), [[1]], [[1]]), Edge(0, 0, 1, 0))
    assert ways.count == 1
    assert ways.total is not None


def test_a_removed_edge_has_no_path_and_no_gradient():
    edge = Edge(0, 0, 1, 0)
    network = replace(chain(Input((2,)), Dense(1, "identity")), removed_edges=frozenset({edge}))
    found = traced(document(network, loss="sse"), [[1, 1]], [[5]])
    assert paths(found, edge).count == 0
    assert found.gradient[0] == 0.0
    assert found.gradient[1] != 0.0


def test_shares_of_a_batch_add_up_to_its_loss():
    found = traced(xor(), [[0, 0], [0, 1], [1, 1]], [[0], [1], [0]])
    alone = [traced(xor(), [x], [y]).loss for x, y in (([0, 0], [0]), ([0, 1], [1]), ([1, 1], [0]))]
    # The mean over three samples.
    np.testing.assert_allclose(found.shares, np.array(alone) / 3, rtol=1e-12)
    assert found.loss == pytest.approx(sum(alone) / 3)


def test_each_operation_keeps_what_it_wrote():
    found = traced(document(crossed("tanh"), loss="mse"), [[1, 2, 3]], [[0, 0, 0]])
    numbers = [i for i, op in enumerate(found.tape.ops) if op.kind == "affine" and op.layer == 3]
    theta, layout = found.before.theta, found.layout
    running = layout.view(theta, 3, "bias")
    for number, source in zip(numbers, (0, 1, 2), strict=True):
        running = running + layout.block(theta, source, 3) @ found.value("a", source)[0]
        np.testing.assert_allclose(found.results[number][0], running, rtol=1e-12)


def test_what_the_backward_pass_does_not_reach_is_absent():
    from nnsim.model.network import Network

    layers = (Input((1,)), Dense(2, "tanh"), Dense(1, "sigmoid"))
    found = traced(document(Network(layers, ((0, 1), (0, 2))), loss="bce"), [[1]], [[1]])
    assert found.slope("z", 1) is None
    assert found.slope("z", 2) is not None
    # Sigmoid and cross-entropy are taken together: ∂L/∂ŷ is never computed.
    assert found.slope("a", 2) is None


def test_samples_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        trace(xor(), start(xor()), np.zeros((1, 3)), np.zeros((1, 1)))
    with pytest.raises(ValueError, match="do not fit"):
        trace(xor(), start(xor()), np.zeros((0, 2)), np.zeros((0, 1)))
    with pytest.raises(ValueError, match="parameters"):
        trace(xor(), start(xor(), np.zeros(5)), np.zeros((1, 2)), np.zeros((1, 1)))


def test_the_state_given_stays_as_it_is():
    state = start(xor(optimizer=Optimizer("adam")))
    before = state.theta.copy()
    trace(xor(optimizer=Optimizer("adam")), state, np.ones((1, 2)), np.ones((1, 1)))
    np.testing.assert_array_equal(state.theta, before)
    assert (state.m.any(), state.v.any(), state.count) == (False, False, 0)


def test_a_lesson_on_a_digit_handles_no_pixel_by_itself():
    network = chain(Input((28, 28)), Dense(128, "relu"), Dense(10, "softmax"))
    digits = document(network, Optimizer("adam", 0.001), loss="cross_entropy", l2=1e-4)
    x, y = np.random.default_rng(0).random((1, 784)), np.eye(10)[[3]]
    state = start(digits)
    count = calls_of(lambda: steps(trace(digits, state, x, y), "neuron"))
    assert count < 8_000
    found = trace(digits, state, x, y)
    edge = Edge(0, 300, 1, 5)
    for focus in (None, edge):
        for step in steps(found):

            def look(step=step, focus=focus):
                return step.lines(focus), step.text(focus), step.concern(focus), step.values

            count = calls_of(look)
            assert count < 2_000
            assert sum(len(line.symbols.latex) for line in step.lines(focus)) < 4_000
    count = calls_of(lambda: paths(found, edge))
    assert count < 1_500
