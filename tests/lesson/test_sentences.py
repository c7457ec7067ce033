"""What a lesson says is true of these numbers, this neuron and these settings."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnsim.engine.ops.operation import FIRES_ABOVE
from nnsim.lesson.grains import GRAINS
from nnsim.lesson.losses import LOSSES
from nnsim.lesson.plain import plain
from nnsim.lesson.steps import steps
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Network, Node, chain
from nnsim.model.training import Optimizer
from tests.engine.networks import document, problems, xor
from tests.lesson.lessons import scattered, shown, traced, traces


def said(step, focus=None, sample=0):
    return [sentence.english for sentence in step.text(focus, sample)]


def everything(found, focus=None, grain="operation"):
    return [text for step in steps(found, grain) for text in said(step, focus)]


def at(found, action, layer=None, grain="operation"):
    """The first step that does this."""
    return next(
        step
        for step in steps(found, grain)
        for part in step.cut.parts
        if part.action == action and layer in (None, part.layer)
    )


def one(activation="sigmoid", loss="bce", theta=(1.0, 0.0), x=1.0, y=1.0, **training):
    """One input, one neuron."""
    network = chain(Input((1,)), Dense(1, activation))
    return traced(document(network, loss=loss, **training), [[x]], [[y]], theta)


# --- counts


def cut_some(*edges):
    network = replace(chain(Input((4,)), Dense(4, "tanh")), removed_edges=frozenset(edges))
    return traced(document(network, loss="mae"), np.ones((5, 4)), np.zeros((5, 4)))


GONE = (Edge(0, 0, 1, 0), Edge(0, 1, 1, 0), Edge(0, 2, 1, 1), Edge(0, 2, 1, 3))


def test_a_neuron_is_told_of_its_own_edges_only():
    told = [step for step in steps(cut_some(*GONE), "neuron") if step.phase == "forward"]
    counts = [[text for text in said(step) if "taken out" in text] for step in told]
    assert counts == [
        ["2 edges into ŷ₁ are taken out: their weights are 0 and stay 0."],
        ["1 edge into ŷ₂ is taken out: its weight is 0 and stays 0."],
        [],
        ["1 edge into ŷ₄ is taken out: its weight is 0 and stays 0."],
    ]


def test_one_is_one_and_several_are_several():
    assert "1 edge is taken out: its weight is 0 and stays 0." in everything(cut_some(GONE[0]))
    assert "4 edges are taken out: their weights are 0 and stay 0." in everything(cut_some(*GONE))
    assert "1 parameter is frozen or taken out and stays as it is." in everything(cut_some(GONE[0]))
    assert "4 parameters are frozen or taken out and stay as they are." in everything(cut_some(*GONE))


def test_a_skip_edge_is_one_parameter_of_one_neuron():
    layers = Input((2,)), Dense(2, "tanh"), Dense(2, "sigmoid")
    skip = Edge(0, 1, 2, 0)
    for kind in ("removed_edges", "frozen_edges"):
        network = Network(layers, ((0, 1), (0, 2), (1, 2)), **{kind: frozenset({skip})})
        found = traced(document(network), [[1, 1]], [[0, 0]])
        updates = [step for step in steps(found, "neuron") if step.phase == "update"]
        counts = [[text for text in said(step) if "frozen or" in text] for step in updates]
        assert counts == [[], [], ["1 parameter of ŷ₁ is frozen or taken out and stays as it is."], []]
        assert "1 parameter is frozen or taken out and stays as it is." in said(steps(found)[-1])


def test_by_phase_only_layers_with_biases_have_one_on_top():
    network = chain(Input((2,)), Dense(2, "tanh", bias=False), Dense(1, "sigmoid"))
    forward = said(steps(traced(document(network), [[1, 0]], [[1]]), "phase")[0])
    assert "Layer 1: Each neuron multiplies what comes in by its weights and adds it up." in forward
    on_top = "Each neuron multiplies what comes in by its weights and adds it up, with its bias on top."
    assert f"Layer 2: {on_top}" in forward
    assert on_top not in forward


def test_a_neuron_that_is_frozen_does_not_learn():
    network = chain(Input((1,)), Dense(1, "tanh", frozen=True), Dense(1, "sigmoid"))
    titles = [step.title.english for step in steps(traced(document(network), [[1]], [[1]]), "neuron")]
    assert titles[-2:] == ["Neuron h is frozen", "Neuron ŷ learns"]


# --- titles


def test_an_input_in_focus_is_not_told_of_as_a_weight():
    found = traced(xor(), [[0, 1]], [[1]])
    last = at(found, "weight_gradient", 1)
    assert last.heading().english == "The share of each weight of layer 1"
    assert last.heading(Node(0, 1)).english == "Back to the input"
    assert plain(last.lines(Node(0, 1))[0].symbols.latex).startswith("∂L/∂x₂ = ")
    assert not any("A weight's gradient" in text for text in said(last, Node(0, 1)))


# --- settings


@pytest.mark.parametrize("kind", ["momentum", "nesterov"])
def test_without_momentum_nothing_is_kept(kind):
    with_it = said(steps(one(optimizer=Optimizer(kind, 0.1, momentum=0.5)))[-1])
    without = said(steps(one(optimizer=Optimizer(kind, 0.1, momentum=0.0)))[-1])
    assert "0.5 of the last one" in with_it[0]
    assert "The momentum is 0" in without[0]
    assert not any(re.search(r"\b0 of", text) for text in without)


def test_a_slope_of_zero_lets_nothing_through():
    network = chain(Input((1,)), Dense(1, "leaky_relu", negative_slope=0.0))
    found = traced(document(network), [[1]], [[1]], [-1.0, 0.0])
    assert "multiplied by 0." in said(at(found, "activation"))[0]
    assert "The slope of ŷ is 0 here: it lets nothing through." in said(at(found, "activation_gradient"))


def test_a_sum_is_not_called_a_mean():
    two = {"x": np.ones((2, 1)), "y": np.zeros((2, 1))}
    network = chain(Input((1,)), Dense(1, "identity"))
    for loss, words in (("sse", "sum over its 2"), ("mse", "mean over its 2")):
        found = traced(document(network, loss=loss), two["x"], two["y"], [1.0, 0.0])
        assert words in said(at(found, "loss"))[-1]
        factor = [text for text in said(at(found, "loss_gradient")) if "factor" in text]
        assert factor == ([] if loss == "sse" else ["The factor 1/2 is that of the mean over 2 samples."])


def test_the_factor_in_front_is_the_formulas():
    # 5 samples, 4 outputs: the formula has 1/20.
    found = cut_some()
    back = at(found, "loss_gradient")
    assert "The factor 1/20 is that of the mean over 5 samples and 4 outputs." in said(back)
    assert "1/20" in plain(back.lines()[0].symbols.latex)


# --- the perceptron


def perceptron(samples=1, hidden=(), **training):
    network = chain(Input((2,)), *hidden, Dense(1, "step"))
    theta = np.linspace(0.1, 0.9, 9) if hidden else np.array([0.5, 0.5, -0.7])
    told = document(network, loss="perceptron", **training)
    return traced(told, [[1, 1], [0, 0]][:samples], [[1], [1]][:samples], theta)


RULE = "The perceptron rule: each weight moves by η times the error e times its input."


def test_a_right_answer_does_not_stop_the_penalty():
    back = said(at(perceptron(l2=0.1), "loss_gradient"))
    assert "Only the penalty will move the weights." in back
    assert "Nothing will change." not in back
    assert "Nothing will change." in said(at(perceptron(), "loss_gradient"))


def test_the_perceptron_rule_is_told_where_it_holds():
    wrong = traced(perceptron().document, [[0, 0]], [[1]], [0.5, 0.5, -0.7])
    assert RULE in said(steps(wrong)[-1])
    for other in (
        perceptron(samples=2),
        perceptron(l2=0.1),
        perceptron(hidden=(Dense(2, "tanh"),), samples=2),
        perceptron(samples=2, optimizer=Optimizer("adam", 0.1)),
    ):
        assert RULE not in said(steps(other)[-1])
    assert any("mean, over the batch" in text for text in said(steps(perceptron(samples=2))[-1]))


@pytest.mark.parametrize("activation", ["step", "identity"])
def test_a_sum_that_may_be_rounding_is_told_as_what_it_counts_for(activation):
    found = one(activation, "perceptron", (5e-7, 0.0))
    formulas = " ".join(plain(line.symbols.latex) for step in steps(found) for line in step.lines())
    assert "> 10⁻⁶" in formulas
    assert "> 0" not in formulas
    assert shown(at(found, "loss_gradient"))[0] == "e = 1 − 0 = 1"
    assert "A sum of no more than a millionth counts as 0: that much may be rounding." in everything(found)
    plainly = one(activation, "perceptron", (0.5, 0.0))
    assert not any("millionth" in text for text in everything(plainly))


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize("brief", [True, False])
def test_a_sum_next_to_nothing_is_compared_with_the_true_threshold(grain, brief):
    found = one("step", "perceptron", (5e-7, 0.0))
    told = [text.english for step in steps(found, grain) for text in step.text(brief=brief)]
    assert "The sum of ŷ is not above 10⁻⁶: it is silent." in told
    assert brief or "The neuron fires, 1, if its sum is above 10⁻⁶, and else is silent, 0." in told
    assert not any("above 0" in text for text in told)
    plainly = everything(one("step", "perceptron", (0.5, 0.0)), grain=grain)
    assert "The neuron fires, 1, if its sum is above 0, and else is silent, 0." in plainly


@pytest.mark.parametrize("activation", ["identity", "sigmoid", "relu"])
@pytest.mark.parametrize(("w", "least"), [(5e-7, "10⁻⁶"), (-0.5, "0")])
def test_where_the_output_is_no_step_what_fires_is_told_and_not_the_answer(activation, w, least):
    found = one(activation, "perceptron", (w, 0.0))
    fires = f"1[z > {least}]"
    assert said(at(found, "loss"))[0] == f"What counts is {fires} = 0, its target 1."
    assert said(at(found, "loss_gradient"))[:2] == [
        f"{fires} = 0 is below its target 1: this sum should rise.",
        f"The threshold has no slope, so the perceptron rule takes {fires} − y, which is −e, for ∂L/∂z.",
    ]
    right = one(activation, "perceptron", (w, 0.0), y=0.0)
    assert (
        said(at(right, "loss_gradient"))[0]
        == "The sum is on the right side, e = 0: it sends no gradient back."
    )
    assert not any("answer is" in text for text in everything(right))
    other = one(activation, "perceptron", (w, 0.0), y=0.4)
    assert f"The perceptron's loss: each error {fires} − y times its sum." in said(at(other, "loss"))


@pytest.mark.parametrize("grain", ["phase", "operation"])
def test_e_is_named_where_it_is_written_alone(grain):
    network = chain(Input((1,)), Dense(2, "step"))
    for targets in ([[0, 0]], [[1, 1]]):
        found = traced(document(network, loss="perceptron"), [[1]], targets, [1.0, 2.0, 0.0, 0.0])
        step = at(found, "loss_gradient", grain=grain)
        assert any("the perceptron rule takes ŷ − y for ∂L/∂z" in text for text in said(step))
        assert not any(re.search(r"\be\b", text) for text in said(step))
        assert any("which is −e" in text for text in said(step, Node(1, 1)))


# --- an edge that is not there


def test_an_edge_that_is_taken_out_is_shown_no_gradient():
    network = chain(Input((3,)), Dense(3, "softmax"))
    gone = Edge(0, 0, 1, 0)
    network = replace(network, removed_edges=frozenset({gone}))
    found = traced(document(network, loss="cross_entropy", l2=0.1), [[2, 1, 0.1]], [[1, 0, 0]])
    step = at(found, "weight_gradient")
    whole, row = (plain(step.lines(focus)[0].numbers.latex) for focus in (None, Node(1, 0)))
    assert re.search(r"= \[–, −[\d.]+, −", whole)
    assert re.search(r"= \(–, −[\d.]+, −", row)
    for told in steps(found):
        for line in told.lines(gone):
            if line.numbers is not None and "w₁₁" in plain(line.symbols.latex) and told.phase == "backward":
                raise AssertionError(plain(line.numbers.latex))


@pytest.mark.parametrize("grain", GRAINS)
def test_an_edge_that_is_taken_out_is_told_so_once_and_moves_nowhere(grain):
    network = chain(Input((3,)), Dense(3, "softmax"))
    gone = Edge(0, 0, 1, 0)
    network = replace(network, removed_edges=frozenset({gone}))
    found = traced(document(network, loss="cross_entropy"), [[2, 1, 0.1]], [[1, 0, 0]])
    told = everything(found, gone, grain)
    assert sum(text.startswith("This edge is taken out") for text in told) == 1
    assert "The edge that is taken out gets no gradient." in told
    own = [step for step in steps(found, grain) if step.node in (None, Node(1, 0))]
    assert said(own[-1], gone) == ["The edge that is taken out has nothing to learn: its weight stays 0."]
    assert not any("this sum should" in text for step in own for text in said(step, gone))


def test_a_bias_is_told_of_where_its_gradient_is_shown():
    found = traced(xor(), [[1, 1]], [[1]])
    back, bias = at(found, "weight_gradient", 1), "The bias was multiplied by 1"
    assert any(text.startswith(bias) for text in said(back, Node(1, 0)))
    assert not any(text.startswith(bias) for text in said(back, Edge(0, 0, 1, 0)))


def test_an_answer_out_of_range_is_told_as_held_at_the_loss_and_has_its_case():
    found = one("identity", "bce", (-0.5, 0.0))
    assert "An answer below 10⁻⁷ or above 1 − 10⁻⁷ is held there" in said(at(found, "loss"))[-1]
    back = at(found, "loss_gradient")
    assert said(back) == [
        "An answer below 10⁻⁷ or above 1 − 10⁻⁷ is held there, where the loss has no slope in it."
    ]
    assert "0, y\u0302 < 10⁻⁷}" in plain(back.lines()[0].symbols.latex).replace("ŷ", "y\u0302")
    inside = one("identity", "bce", (0.5, 0.0))
    assert not any("held" in text for text in everything(inside))
    assert "{" not in plain(at(inside, "loss_gradient").lines()[0].symbols.latex)


# --- what happens here


def test_first_what_should_become_of_the_answer_then_why():
    found = one("sigmoid", "bce", (0.3640, 0.0), y=1.0)
    back = said(at(found, "loss_gradient"))
    assert back[0] == "0.59 is below its target 1: this sum should rise."
    assert "cancel" in back[1]
    assert said(at(one(y=0.0), "loss_gradient"))[0].endswith("this sum should fall.")
    assert said(at(one("identity", "mse", y=3.0), "loss_gradient"))[0].endswith("this answer should rise.")
    assert said(at(one("identity", "mse"), "loss_gradient"))[0].startswith("The answer is its target 1")


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        ([0, 0], "Both outputs should fall."),
        ([1, 1], "Both outputs should rise."),
        ([1, 0], "One output should rise, the other should fall."),
        ([0.5, 0], "1 of the 2 outputs should fall, the rest may stay as it is."),
        ([1, 0.5], "1 of the 2 outputs should rise, the rest may stay as it is."),
        ([0.5, 0.5], "Nothing pulls at any output."),
        ([1, 0, 0], "1 of the 3 outputs should rise, 2 should fall."),
        ([1, 0, 0.5], "1 of the 3 outputs should rise, 1 should fall, the rest may stay as it is."),
        ([0, 0, 0], "All 3 outputs should fall."),
        ([1, 1, 1], "All 3 outputs should rise."),
    ],
)
def test_how_many_outputs_should_rise_and_fall(targets, words):
    network = chain(Input((1,)), Dense(len(targets), "sigmoid"))
    found = traced(document(network, loss="mse"), [[1]], [targets], np.zeros(2 * len(targets)))
    assert said(at(found, "loss_gradient"))[0] == words


def test_a_batch_says_whose_numbers_are_shown():
    found = traced(xor(), [[1, 1], [0, 1]], [[0], [1]])
    assert said(steps(found)[0])[1:] == [
        "2 samples go through together. The numbers here are those of one of them.",
        "A sum over s adds up all 2 samples.",
    ]


def test_the_right_class_is_named():
    network = chain(Input((1,)), Dense(3, "softmax", bias=False))
    found = traced(document(network, loss="cross_entropy"), [[1]], [[0, 1, 0]], [0.0, 0.0, 0.0])
    assert said(at(found, "loss"))[0] == "The right class is ŷ₂: it has 0.3333."
    back = said(at(found, "loss_gradient"))
    assert back[0] == "ŷ₂ is right and has 0.3333: its sum should rise, the others should fall."


def test_targets_that_are_no_probabilities():
    network = chain(Input((1,)), Dense(3, "softmax", bias=False))
    found = traced(document(network, loss="cross_entropy"), [[1]], [[1, 1, 0]], [0.0, 0.0, 0.0])
    told = everything(found)
    assert not any("right class" in text or "one probability a class" in text for text in told)
    assert not any("plain error" in text for text in told)
    assert any("sum of the targets" in text for text in told)


def test_the_weight_in_focus_is_told_where_it_goes():
    found = traced(xor(), [[0, 1]], [[1]])
    silent, heard = Edge(0, 0, 1, 1), Edge(0, 1, 1, 1)
    back = at(found, "weight_gradient", 1)
    assert said(back, silent)[0] == "x₁ was 0: this weight had no part in the answer and gets no gradient."
    gradient = found.gradient[found.layout.edge_index(heard)]
    larger = "A larger weight would make the loss smaller."
    assert (said(back, heard)[0] == larger) == (gradient < 0)
    assert said(steps(found)[-1], silent)[0] == "This weight stays as it is."
    assert said(steps(found)[-1], heard)[0].startswith(
        "This weight rises" if gradient < 0 else "This weight falls"
    )


# --- any lesson at all


@st.composite
def telling(draw):
    """A lesson, a focus in it and a sample of its batch."""
    found = draw(st.one_of(scattered(), traces().map(lambda pair: pair[0])))
    network = found.network
    layer = draw(st.integers(1, found.last))
    source = draw(st.sampled_from(network.sources(layer)))
    unit = draw(st.integers(0, network.layers[layer].units - 1))
    start = draw(st.integers(0, network.layers[source].units - 1))
    focus = draw(st.sampled_from([None, Node(layer, unit), Node(0, 0), Edge(source, start, layer, unit)]))
    return found, draw(st.sampled_from(GRAINS)), focus, draw(st.integers(0, found.samples - 1))


def layers_of(step, action, text):
    """The layers that a sentence is about: the one it names, or all of the step's."""
    named = re.match(r"Layer (\d+): ", text)
    return [
        part
        for part in step.cut.parts
        if part.action == action and (named is None or part.layer == int(named[1]))
    ]


def check_bias(found, step, focus, sample, text):
    for part in layers_of(step, "affine", text):
        if not found.tape.ops[part.op].adds:
            assert found.network.dense(part.layer).bias


def check_removed(found, step, focus, sample, text):
    count = int(re.search(r"(\d+) edge", text)[1])
    meant = step.node if step.node is not None else focus
    parts = [p for action in ("affine", "weight_gradient") for p in layers_of(step, action, text)]
    assert parts
    for part in parts:
        source = found.tape.buffers[found.tape.ops[part.op].source].layer
        units = (
            {meant.unit}
            if isinstance(meant, Node | Edge) and meant.layer == part.layer
            else set(range(found.network.layers[part.layer].units))
        )
        gone = [
            edge
            for edge in found.network.removed_edges
            if (edge.source_layer, edge.layer) == (source, part.layer) and edge.unit in units
        ]
        if len(gone) == count:
            return
    raise AssertionError(text)


def output_unit(found, focus):
    return focus.unit if isinstance(focus, Node | Edge) and focus.layer == found.last else 0


def check_sum_pull(found, step, focus, sample, text):
    unit = output_unit(found, step.node or focus)
    delta = found.slope("z", found.last)[sample, unit]
    assert delta < 0 if text.endswith("rise.") else delta > 0


def check_answer_pull(found, step, focus, sample, text):
    unit = output_unit(found, step.node or focus)
    slope = found.slope("a", found.last)[sample, unit]
    assert slope < 0 if text.endswith("rise.") else slope > 0


def check_counts(found, step, focus, sample, text):
    part = layers_of(step, "loss_gradient", text)[0]
    gradient = found.passed(part.op)[sample]
    text = re.sub(r"^Layer \d+: ", "", text)
    rise, fall, size = int((gradient < 0).sum()), int((gradient > 0).sum()), len(gradient)
    if text.startswith(("Both", "All")):
        assert size == (rise if "rise" in text else fall)
        assert ("Both" in text) == (size == 2)
        assert text.startswith("Both") or int(re.findall(r"\d+", text)[0]) == size
    elif text.startswith("One"):
        assert (rise, fall, size) == (1, 1, 2)
    else:
        told = {
            way: int(n) for n, way in re.findall(r"(\d+)(?: of the \d+ outputs)? should (rise|fall)", text)
        }
        assert (told.get("rise", 0), told.get("fall", 0)) == (rise, fall)
        assert ("rest" in text) == (rise + fall < size)


def check_no_pull(found, step):
    assert not found.passed(step.cut.parts[0].op).any()


def check_weight_pull(found, step, focus, sample, text):
    place = found.layout.edge_index(focus)
    gradient = found.gradient[place] - found.penalty_gradient[place]
    assert gradient < 0 if "larger weight" in text else gradient > 0


def check_weight_moves(found, step, focus, sample, text):
    place = found.layout.edge_index(focus)
    change = found.after.theta[place] - found.before.theta[place]
    assert np.sign(change) == {"rises": 1, "falls": -1, "stays": 0}[text.split()[2]]


def check_nothing_changes(found, step, focus, sample, text):
    assert (found.after.theta == found.before.theta).all()


def check_penalty_alone(found, step, focus, sample, text):
    assert not (found.gradient - found.penalty_gradient).any()


def check_perceptron_rule(found, step, focus, sample, text):
    training = found.document.training
    fired = found.value("z", 1) > FIRES_ABOVE
    error = found.y - fired
    moved = found.layout.view(found.after.theta - found.before.theta, 1, "weight")
    free = found.layout.view(found.trainable.astype(float), 1, "weight")
    rate = training.optimizer.learning_rate
    assert moved == pytest.approx(free * rate * (error.T @ found.x) / found.samples, abs=1e-12)


def check_plain_error(found, step, focus, sample, text):
    part = layers_of(step, "loss_gradient", text)[0]
    loss = LOSSES[part.kind]
    count = found.samples * (found.y.shape[1] if loss.per_output else 1)
    error = found.value("a", found.last) - found.y
    assert found.passed(part.op) * count == pytest.approx(error, abs=1e-9)


def check_slopes(found, step, focus, sample, text):
    count, units = map(int, re.search(r"(\d+) of (\d+) neurons", text).groups())
    for part in layers_of(step, "activation_gradient", text):
        slopes = found.derivative(found.tape.ops[part.op])
        if (int((~slopes.any(axis=0)).sum()), slopes.shape[1]) == (count, units):
            return
    raise AssertionError(text)


def check_frozen(found, step, focus, sample, text):
    count = int(re.search(r"(\d+) parameter", text)[1])
    meant = step.node if step.node is not None else focus
    fixed = ~found.trainable
    if isinstance(meant, Node) and meant.layer:
        tensors = [found.layout.view(fixed.astype(float), meant.layer, role) for role in ("weight", "bias")]
        assert count == sum(
            np.atleast_1d(tensor[meant.unit]).sum() for tensor in tensors if tensor is not None
        )
    else:
        assert count == fixed.sum()


def check_silent(found, step, focus, sample, text):
    count, units = map(int, re.search(r"(\d+) of (\d+) neurons", text).groups())
    for part in layers_of(step, "activation", text):
        values = found.value("a", part.layer)[sample]
        if (int((values == 0.0).sum()), len(values)) == (count, units):
            return
    raise AssertionError(text)


def check_momentum(found, step, focus, sample, text):
    assert found.document.training.optimizer.momentum > 0.0


def check_factor(found, step, focus, sample, text):
    count = int(re.search(r"1/(\d+)", text)[1])
    back = [plain(line.symbols.latex) for line in step.lines(focus, sample)]
    assert any(f"1/{count}" in line for line in back)


def check_mean(found, step, focus, sample, text):
    assert (found.document.training.loss == "sse") == ("sum over its" in text)


def check_one_hot(found, step, focus, sample, text):
    assert (found.y.sum(axis=1) == 1.0).all()
    assert set(np.unique(found.y)) <= {0.0, 1.0}


CHECKS = {
    "bias on top": check_bias,
    r"\d+ edges? .*taken out": check_removed,
    "this sum should": check_sum_pull,
    "this answer should": check_answer_pull,
    r"outputs should (rise|fall)|One output should": check_counts,
    "Nothing pulls at any output": lambda found, step, *_: check_no_pull(found, step),
    "weight would make the loss smaller": check_weight_pull,
    r"^This weight (rises|falls|stays)": check_weight_moves,
    "Nothing will change|nothing moves": check_nothing_changes,
    "Only the penalty": check_penalty_alone,
    "The perceptron rule: each weight moves": check_perceptron_rule,
    "plain error": check_plain_error,
    r"\d+ of \d+ neurons (has|have) slope 0": check_slopes,
    "frozen or taken out": check_frozen,
    r"\d+ of \d+ neurons (is|are) silent": check_silent,
    "of the last one": check_momentum,
    "The factor 1/": check_factor,
    "of the batch is the": check_mean,
    "right class|one probability a class": check_one_hot,
}
"""By what a sentence says: whether that is so, reckoned in another way."""
WRONG_NUMBER = re.compile(
    r"(?<![\d.,])1 (edges|parameters|samples|neurons)\b|(?<![\d.,])1 of \d+ neurons (are|have)"
    r"|(?<![\d.,])(?!1 )\d+ (edge|parameter) |(?<![\d.,])(?!1 )\d+ of \d+ neurons (is|has)"
)


@settings(max_examples=150)
@given(telling())
def test_every_sentence_of_any_lesson_is_true(case):
    found, grain, focus, sample = case
    for step in steps(found, grain):
        for text in said(step, focus, sample):
            assert not WRONG_NUMBER.search(text), text
            assert "{" not in text
            for pattern, check in CHECKS.items():
                if re.search(pattern, text):
                    check(found, step, focus, sample, text)


@settings(max_examples=60)
@given(problems(), st.sampled_from(GRAINS))
def test_nothing_is_said_twice(problem, grain):
    told, dataset = problem
    found = traced(told, dataset.x, dataset.y)
    for step in steps(found, grain):
        texts = said(step)
        assert len(texts) == len(set(texts))
