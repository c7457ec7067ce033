"""Formulas: each can be typeset, says what the trace computed, and follows a focus."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnsim.lesson.focus import ChannelFocus, LayerFocus, ParameterFocus
from nnsim.lesson.grains import GRAINS
from nnsim.lesson.notation import Formula, Style, mark, number
from nnsim.lesson.plain import plain
from nnsim.lesson.steps import steps
from nnsim.model.layers import ACTIVATIONS, Dense, Input
from nnsim.model.network import Edge, Node, chain
from nnsim.model.parameters import Layout
from nnsim.model.sentence import sentence
from nnsim.model.training import LOSSES, OPTIMIZERS, Optimizer
from nnsim.ui.lesson.engraving import engrave
from tests.engine.networks import crossed, document, pictures, xor
from tests.lesson.lessons import foci, mixed, scattered, shown, traced


def small(activation="tanh", loss="mse", optimizer="sgd", *, units=2, samples=1, l2=0.0):
    """Skips, a frozen and a removed edge, several outputs."""
    network = crossed(activation, units=units)
    network = replace(
        network,
        removed_edges=frozenset({Edge(0, 1, 1, 2)}),
        frozen_edges=frozenset({Edge(1, 0, 3, 0)}),
    )
    random = np.random.default_rng(3)
    x, y = random.normal(size=(samples, 3)), np.eye(units)[random.integers(0, units, samples)]
    return traced(document(network, Optimizer(optimizer), loss=loss, l2=l2, initializer="he_normal"), x, y)


FOCI = (
    None,
    Node(0, 1),
    Node(1, 2),
    Node(3, 0),
    Edge(0, 0, 1, 2),
    Edge(0, 1, 1, 2),
    Edge(1, 0, 3, 0),
    Edge(2, 1, 3, 0),
    LayerFocus(2),
)
seen: set[str] = set()
"""What has been typeset already; the same formula need not be twice."""


def form_of(latex):
    """Formulas that differ only in numbers, indices and how often a term is repeated are typeset alike."""
    form = re.sub(r"\{-([\d.]+)\}", r"\1", latex)
    form = re.sub(r"(?<!left)(?<!big)\(([\d.]+)\)", r"\1", form)
    form = re.sub(r"[\d.]+", "0", form)
    return re.sub(r"(0[^+=&]*?)((?: \+ | - | & | \\\\ |, |,\\ |; )\1)+(?![\d^_{])", r"\1\2", form)


def check(found, foci=FOCI, grains=GRAINS):
    for grain in grains:
        for step in steps(found, grain):
            for focus in foci:
                lines = step.lines(focus)
                for formula in (f for line in lines for f in (line.symbols, line.numbers) if f is not None):
                    assert "\\" not in plain(formula.latex)
                    form = form_of(formula.latex)
                    if form not in seen:
                        seen.add(form)
                        assert engrave(formula.latex)
                assert step.title.english
                assert all("{" not in said.english for said in step.text(focus))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_can_be_typeset(activation):
    check(small(activation, units=1), grains=("operation",))
    check(small(activation, samples=2), FOCI[::4], ("operation", "neuron"))


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("output", ["sigmoid", "softmax", "step"])
def test_every_loss_can_be_typeset(loss, output):
    for units, samples in ((1, 1), (2, 3), (5, 1)):
        network = chain(Input((2,)), Dense(units, output))
        y = np.eye(units)[[0] * samples]
        found = traced(document(network, loss=loss), np.ones((samples, 2)), y)
        check(found, (None, Node(1, units - 1), Edge(0, 1, 1, 0)), ("operation",))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimiser_can_be_typeset(optimizer):
    check(small(optimizer=optimizer, l2=0.01), grains=("operation",))


@settings(max_examples=40)
@given(scattered(), st.sampled_from(GRAINS), st.data())
def test_every_step_of_any_lesson_can_be_written(found, grain, data):
    network = found.network
    layer = data.draw(st.integers(1, found.last))
    source = data.draw(st.sampled_from(network.sources(layer)))
    unit = data.draw(st.integers(0, network.layers[layer].units - 1))
    start = data.draw(st.integers(0, network.layers[source].units - 1))
    focus = data.draw(
        st.sampled_from(
            [None, Node(layer, unit), Node(0, 0), Edge(source, start, layer, unit), LayerFocus(layer)]
        )
    )
    sample = data.draw(st.integers(0, found.samples - 1))
    for step in steps(found, grain):
        lines = step.lines(focus, sample)
        assert lines
        written = [f for line in lines for f in (line.symbols, line.numbers) if f is not None]
        assert all("\\" not in plain(formula.latex) for formula in written)
        assert all(formula.latex.count("{") == formula.latex.count("}") for formula in written)
        assert step.text(focus)
        assert step.values
        lit = step.concern(focus)
        assert lit.layers or lit.nodes


@settings(max_examples=10)
@given(mixed(), st.sampled_from(GRAINS), st.data())
def test_every_step_about_any_kind_of_layer_can_be_written(found, grain, data):
    focus = data.draw(foci(found))
    for step in steps(found, grain):
        for line in step.lines(focus):
            for formula in line.written:
                assert "\\" not in plain(formula.latex)
        said = step.text(focus)
        assert said
        assert all("{" not in sentence.english for sentence in said)
        assert step.digest(focus)
        assert set(step.writes) <= set(step.values)
        lit = step.concern(focus)
        assert lit.layers or lit.nodes or lit.channels
        assert step.chip or grain == "phase"


@pytest.mark.parametrize("window", ["plain", "strided"])
def test_formulas_about_any_kind_of_layer_can_be_typeset(window):
    settings = {"l2": 0.01, "clip_norm": 0.1, "max_norm": 0.5}
    told = document(pictures(window), loss="mse", **settings)
    found = traced(told, np.random.default_rng(4).normal(size=(2, 84)), np.zeros((2, 2)))
    weight = ParameterFocus(1, "weight", (0, 0, 0, 0))
    check(
        found,
        (None, Node(2, 5), weight, ParameterFocus(2, "weight", (1,)), ChannelFocus(7, 1)),
        ("operation",),
    )


def test_numbers_out_of_all_bounds_can_be_written():
    found = traced(xor(loss="mse"), [[1, 1]], [[0]], np.full(17, 1e200))
    assert not np.isfinite(found.value("z", 2)).all() or found.value("z", 1).max() > 1e199
    for step in steps(found):
        assert step.lines(Edge(0, 0, 1, 0))
        assert step.text()


def test_a_deep_network_writes_a_few_of_its_tensors():
    deep = chain(Input((1,)), *(Dense(1, "tanh") for _ in range(12)))
    update = steps(traced(document(deep), [[1]], [[0]]))[-1]
    # One weight's gradient and its step, and eight of 24 tensors.
    assert len(update.lines()) == 10
    assert len(update.lines(LayerFocus(12))) == 3


def test_large_layers_are_written_in_part():
    network = chain(Input((784,)), Dense(30, "relu"), Dense(10, "softmax"))
    found = traced(document(network, loss="cross_entropy"), np.ones((1, 784)), np.eye(10)[[3]])
    check(found, (None, Node(1, 5), Edge(0, 300, 1, 5)), ("operation", "phase"))


def test_a_long_sum_names_its_five_largest_terms():
    network = chain(Input((784,)), Dense(1, "identity"))
    x, theta = np.zeros((1, 784)), np.ones(785)
    x[0, [3, 50, 100, 200, 300, 400]] = (2, -3, 4, 5, 6, 1)
    theta[-1] = 0.5
    found = traced(document(network), x, [[0]], theta)
    # 2 − 3 + 4 + 5 + 6 + 1 + 0.5 = 15.5; 1 is not among the five largest.
    assert shown(steps(found)[1]) == [
        "z = 1 · 2 + 1 · (−3) + 1 · 4 + 1 · 5 + 1 · 6 + … 779 more + 0.5 = 15.5"
    ]
    words = steps(found)[1].numbers(style=Style(more="… còn {count}"))
    assert "… còn 779" in words


def test_a_focus_makes_it_one_scalar():
    # z₂ = 0.31·1 + (−0.82)·0 + 0.10 = 0.41
    network = chain(Input((2,)), Dense(2, "tanh"), Dense(1, "sigmoid"))
    theta = [0.5, 0.5, 0.31, -0.82, 0.0, 0.1, 1, 1, 0]
    found = traced(document(network, loss="bce"), [[1, 0]], [[1]], theta)
    affine = steps(found)[1]
    assert shown(affine, Node(1, 1)) == ["z₂⁽¹⁾ = 0.31 · 1 + (−0.82) · 0 + 0.1 = 0.41"]
    assert shown(affine, Edge(0, 0, 1, 1))[1] == "w₂₁⁽¹⁾ x₁ = 0.31 · 1 = 0.31"
    assert shown(affine, Node(2, 0)) == shown(affine)


def test_the_fused_loss_shows_both_factors():
    network = chain(Input((1,)), Dense(1, "sigmoid"))
    found = traced(document(network, loss="bce"), [[1]], [[1]], [0.0, 0.0])
    # ŷ = 0.5: ∂L/∂ŷ = (0.5 − 1)/(0.5·0.5) = −2, σ′ = 0.25, product −0.5 = ŷ − y
    step = next(step for step in steps(found) if step.phase == "backward")
    assert shown(step) == ["δ = 0.5 − 1 = −0.5", "δ = (−2) · 0.25 = −0.5"]
    assert step.op == "bce_logits"
    assert "together" in step.text()[1].english


def test_the_fused_softmax_sums_over_the_outputs():
    network = chain(Input((1,)), Dense(2, "softmax", bias=False))
    found = traced(document(network, loss="cross_entropy"), [[1]], [[0, 1]], [0.0, 0.0])
    step = next(step for step in steps(found) if step.phase == "backward")
    # ŷ = (0.5, 0.5): ∂L/∂ŷ₂ = −1/0.5 = −2; ∂ŷ₂/∂z₁ = −0.5·0.5; ∂ŷ₂/∂z₂ = 0.5·0.5
    assert shown(step, Node(1, 0)) == ["δ₁ = 0.5 − 0 = 0.5", "δ₁ = (−2) · (−0.25) = 0.5"]
    assert shown(step, Node(1, 1)) == ["δ₂ = 0.5 − 1 = −0.5", "δ₂ = (−2) · 0.25 = −0.5"]


def test_the_factors_of_a_fused_loss_hold_the_mean_of_the_batch():
    sigmoid = chain(Input((1,)), Dense(1, "sigmoid"))
    found = traced(document(sigmoid, loss="bce"), [[1], [1]], [[1], [1]], [0.0, 0.0])
    step = next(step for step in steps(found) if step.phase == "backward")
    assert shown(step) == ["δ = 1/2 (0.5 − 1) = −0.25", "δ = (−1) · 0.25 = −0.25"]
    softmax = chain(Input((1,)), Dense(2, "softmax", bias=False))
    found = traced(document(softmax, loss="cross_entropy"), [[1], [1]], [[0, 1], [0, 1]], [0.0, 0.0])
    step = next(step for step in steps(found) if step.phase == "backward")
    assert shown(step, Node(1, 0)) == ["δ₁ = 1/2 (0.5 − 0) = 0.25", "δ₁ = (−1) · (−0.25) = 0.25"]


def test_an_answer_held_at_the_edge_has_no_slope():
    network = chain(Input((1,)), Dense(1, "identity", bias=False))
    found = traced(document(network, loss="bce"), [[1]], [[0]], [-2.0])
    step = next(step for step in steps(found) if step.phase == "backward")
    assert shown(step) == ["∂L/∂y\u0302 = 0"]
    assert "held" in step.text()[-1].english


def test_a_mean_of_negative_terms_keeps_its_sign_in_front():
    network = chain(Input((1,)), Dense(1, "identity", bias=False))
    found = traced(document(network, loss="cross_entropy"), [[0.5], [0.5]], [[1], [1]], [1.0])
    step = next(step for step in steps(found) if step.phase == "backward")
    # −1/0.5 for each of two samples
    assert shown(step) == ["∂L/∂y\u0302 = −1/2 · 1/0.5 = −1"]


def test_saturated_outputs_are_written_by_z():
    network = chain(Input((1,)), Dense(1, "sigmoid", bias=False))
    found = traced(document(network, loss="bce"), [[1]], [[0]], [50.0])
    loss = next(step for step in steps(found) if step.phase == "loss")
    # max(0, 50) − 50·0 + ln(1 + e^−50) = 50
    assert shown(loss)[0].endswith("= 50")
    assert "max" in shown(loss)[0]


def test_a_skip_adds_to_the_sum_so_far():
    network = replace(
        chain(Input((1,)), Dense(1, "identity", bias=False), Dense(1, "identity", bias=False)),
        connections=((0, 1), (0, 2), (1, 2)),
    )
    # x = 2, a = 3·2 = 6, z = 5·2 = 10, then + 7·6 = 52; y = 51, L = 1, ∂L/∂ŷ = 2
    found = traced(document(network, loss="sse"), [[2]], [[51]], [3, 5, 7])
    told = [shown(step) for step in steps(found)]
    assert ["z⁽²⁾ = 5 · 2 = 10"] in told
    assert ["z⁽²⁾ ← 10 + 7 · 6 = 52"] in told
    # On the way back x gets 7·2·3 = 42 through the hidden unit on top of 5·2 = 10.
    back = next(s for s in reversed(steps(found)) if s.phase == "backward")
    assert shown(back, Node(0, 0)) == ["∂L/∂x ← 10 + 3 · 14 = 52"]


def test_one_number_is_no_row():
    network = chain(Input((1,)), Dense(2, "tanh"), Dense(1, "sigmoid"))
    found = traced(document(network, loss="bce"), [[-0.9]], [[1]], [0.1, -0.2, 0, 0, 0.5, -0.6, 0.3])
    told = [text for step in steps(found, "neuron") for text in shown(step)]
    assert [text for text in told if text.startswith("w₁⁽¹⁾ ←")] == ["w₁⁽¹⁾ ← 0.1 − 0.1 · 0.2067 = 0.07933"]
    assert "∂L/∂w₁⁽¹⁾ = (−0.2296) · (−0.9) = 0.2067" in told
    whole = steps(found)
    assert shown(whole[1])[0].startswith("z⁽¹⁾ = [0.1; −0.2] · (−0.9) + [0; 0] = ")
    assert any(re.search(r"^b⁽²⁾ ← 0\.3 \+ 0\.0\d+ = 0\.3\d+$", text) for text in shown(whole[-1]))
    gone = traced(document(replace(network, removed_edges=frozenset({Edge(0, 0, 1, 1)}))), [[-0.9]], [[1]])
    back = next(s for s in steps(gone) if s.cut.parts[0].action == "weight_gradient" and s.layer == 1)
    assert shown(back, Node(1, 1))[0] == "∂L/∂w₂⁽¹⁾ = –"


def test_the_perceptrons_rule_is_its_update_and_no_other_stands_beside_it():
    network = chain(Input((2,)), Dense(1, "step"))
    found = traced(document(network, Optimizer("sgd", learning_rate=0.1), loss="perceptron"), [[0, 1]], [[0]])
    found = traced(found.document, [[0, 1]], [[0]], [0.2, 0.3, -0.1])
    update = steps(found)[-1]
    assert shown(update, Edge(0, 1, 1, 0)) == ["w₂ ← 0.3 + 0.1 · (−1) · 1 = 0.2"]
    assert shown(update)[0] == "w₂ ← 0.3 + 0.1 · (−1) · 1 = 0.2"
    assert shown(update, Node(1, 0))[-1] == "b ← −0.1 + 0.1 · (−1) = −0.2"
    for focus in (None, Node(1, 0), Edge(0, 1, 1, 0), LayerFocus(1)):
        assert not any(text.startswith("g =") for text in shown(update, focus))


def test_a_neuron_without_any_gradient_shows_no_row_of_zeros():
    network = chain(Input((28, 28)), Dense(2, "relu"), Dense(3, "softmax"))
    x = np.zeros((1, 784))
    x[0, 400:410] = 1.0
    theta = np.full(Layout(network).size, -0.1)
    theta[:784] = 0.1
    theta[-9:-3] = (0.3, 0, -0.2, 0, 0.1, 0)
    adam = document(network, Optimizer("adam"), loss="cross_entropy")
    found = traced(adam, x, [[0, 1, 0]], theta)
    learns, rests = (s for s in steps(found, "neuron") if s.phase == "update" and s.layer == 1)
    assert any(", 0.1, 0.1, 0.1, …) + (…, −0.1, −0.1, −0.1, …)" in text for text in shown(learns))
    assert shown(rests) == ["w₂⁽¹⁾ ← (…, −0.1, −0.1, −0.1, …)", "b₂⁽¹⁾ ← −0.1"]
    assert rests.title.english == "Neuron h₂ stays as it is"
    assert [text.english for text in rests.text()] == ["Every gradient of h₂ is 0 here: it stays as it is."]


def test_a_batch_shows_the_share_of_every_sample():
    network = chain(Input((1,)), Dense(1, "identity", bias=False))
    # w = 1: ŷ = x = (1, 2), y = (0, 0); L = (1 + 4)/2; ∂L/∂w = (2·1·1 + 2·2·2)/2 = 1 + 4
    found = traced(document(network, loss="mse"), [[1], [2]], [[0], [0]], [1.0])
    told = {step.phase + step.op: step for step in steps(found)}
    assert shown(told["lossmse"], sample=1) == ["ℓ₂ = 1/2 (2 − 0)² = 2", "L = 0.5 + 2 = 2.5"]
    assert shown(told["backwardaffine"], Edge(0, 0, 1, 0))[0] == "∂L/∂w = 1 · 1 + 2 · 2 = 5"


def loss_of(units, loss, y, focus, output="identity"):
    network = chain(Input((1,)), Dense(units, output, bias=False))
    found = traced(document(network, loss=loss), [[1.0]], [y], np.linspace(0.2, 0.8, units))
    return next(step for step in steps(found) if step.phase == "loss"), focus


def test_one_output_of_several_has_its_result_and_its_place_in_the_sum():
    step, focus = loss_of(3, "mse", [0, 0, 1], Node(1, 2))
    # ŷ = (0.2, 0.5, 0.8): squares 0.04, 0.25, 0.04, each over 3
    assert shown(step, focus) == [
        "1/3 (ŷ₃ − y₃)² = 1/3 (0.8 − 1)² = 0.01333",
        "L = 0.01333 + 0.08333 + 0.01333 = 0.11",
    ]
    step, focus = loss_of(3, "cross_entropy", [0, 0, 1], Node(1, 2))
    written = [plain(line.symbols.latex) for line in step.lines(focus)]
    assert written == ["−y₃ ln ŷ₃", "L = … − y₃ ln ŷ₃ − …"]
    assert shown(step, Node(1, 0))[0].endswith("= 0 · ln 0.2 = 0")


def test_a_sum_of_outputs_is_enclosed_only_behind_a_factor():
    assert shown(loss_of(2, "sse", [0, 0], None)[0]) == ["L = (0.2 − 0)² + (0.8 − 0)² = 0.68"]
    assert shown(loss_of(2, "mse", [0, 0], None)[0]) == ["L = 1/2 ((0.2 − 0)² + (0.8 − 0)²) = 0.34"]


def test_a_logarithm_encloses_a_power_of_ten_and_factors_have_their_sign():
    step, _ = loss_of(1, "bce", [0.25], None)
    step = steps(replace_theta(step, [-3.0]))[step.index]
    assert shown(step) == ["L = −[0.25 · ln (10⁻⁷) + 0.75 · ln 1] = 4.03"]
    step, _ = loss_of(1, "perceptron", [1], None, "step")
    assert shown(step) == ["L = (1 − 1) · 0.2 = 0"]


def replace_theta(step, theta):
    trace = step.trace
    return traced(trace.document, trace.x, trace.y, theta)


def test_powers_of_numbers_with_a_power_of_ten_are_bracketed():
    network = chain(Input((1,)), Dense(1, "tanh", bias=False), Dense(1, "identity", bias=False))
    settings = document(network, Optimizer("adam"), loss="mse", l2=0.5)
    found = traced(settings, [[1]], [[0]], [2e-5, -3e-5])
    edge = Edge(0, 0, 1, 0)
    texts = [text for step in steps(found) for text in shown(step, edge)]
    assert "λ (w⁽¹⁾)² = 0.5 · (2 · 10⁻⁵)² = 2 · 10⁻¹⁰" in texts
    assert any("(1 − (2 · 10⁻⁵)²)" in text for text in texts)
    assert any(re.match(r"v ← 0.999 · 0 \+ 0.001 · \([\d.]+ · 10⁻⁵\)² = ", text) for text in texts)
    for step in steps(found):
        assert not re.search(r"\^\{[^{}]*\}\}?\^", step.formula(edge) + step.numbers(edge))


def test_the_penalty_is_told_once():
    found = traced(xor(l2=0.1), [[1, 0]], [[1]])
    edge = Edge(0, 0, 1, 0)
    symbols = [plain(line.symbols.latex) for step in steps(found) for line in step.lines(edge)]
    assert sum("2 λ" in text for text in symbols) == 1
    assert "g = ∂L/∂w₁₁⁽¹⁾" in symbols


def test_a_prelu_tells_its_slope():
    network = chain(Input((1,)), Dense(1, "prelu", bias=False))
    found = traced(document(network, loss="mse"), [[1]], [[0]], [-2.0, 0.25])
    told = {step.phase + step.op: step for step in steps(found)}
    assert shown(told["forwardprelu"]) == ["ŷ = PReLU(−2) = 0.25 · (−2) = −0.5"]
    # ∂L/∂ŷ = −1; ∂L/∂α = −1 · (−2)
    assert shown(told["backwardprelu"], Node(1, 0))[-1] == "∂L/∂α = 2"
    assert "g = ∂L/∂α = 2" in shown(told["updatesgd"], Node(1, 0))


def test_targets_that_do_not_add_up_to_1_keep_their_sum():
    network = chain(Input((1,)), Dense(2, "softmax", bias=False))
    found = traced(document(network, loss="cross_entropy"), [[1]], [[1, 1]], [0.0, 0.0])
    told = [step for step in steps(found) if step.phase in ("loss", "backward")][:2]
    assert plain(told[1].lines()[0].symbols.latex) == "δ = ∂L/∂z = ŷ Σₖ yₖ − y"
    assert shown(told[1]) == ["δ = ∂L/∂z = (0.5, 0.5) · 2 − (1, 1) = (0, 0)"]
    words = [said.english for step in told for said in step.text()]
    assert not any("right class" in said or "what is left of both is the plain" in said for said in words)
    assert any("Their sum is not 1 here" in said for said in words)


def test_of_a_picture_what_is_lit_is_written():
    network = chain(Input((784,)), Dense(2, "relu"), Dense(10, "softmax"))
    x = np.zeros((1, 784))
    x[0, [300, 301, 302, 303]] = (0.5, 0.9, 1.0, 0.8)
    found = traced(document(network, loss="cross_entropy"), x, np.eye(10)[[7]])
    told = steps(found)
    assert shown(told[0])[0].startswith("x = (…, 0.9, 1, 0.8, …), y = (…")
    assert "1" in shown(told[0])[0].split("y = ")[1]
    assert "[⋮; 0.9; 1; 0.8; ⋮]" in shown(told[1])[0]
    assert [q.item for q in told[0].lines()[0].numbers.quantities][:3] == [
        Node(0, i) for i in (301, 302, 303)
    ]


@pytest.mark.parametrize("value", [3e-5, -3e-5, 1e-8, 0.25, -0.0, 12.0, 2.5e7])
def test_a_sentence_writes_numbers_as_a_formula_does(value):
    assert sentence("{it}", it=value).english == plain(number(value))


def test_rmsprop_says_how_it_differs_from_pytorch():
    words = [said.english for said in steps(small(optimizer="rmsprop"))[-1].text()]
    assert any("PyTorch" in said and "0.99" in said for said in words)
    assert not any("PyTorch" in said.english for said in steps(small(optimizer="adam"))[-1].text())


def test_what_a_frozen_edge_says():
    network = replace(chain(Input((1,)), Dense(1, "identity")), frozen_edges=frozenset({Edge(0, 0, 1, 0)}))
    found = traced(document(network, loss="mse"), [[1]], [[0]], [2.0, 0.0])
    update = steps(found)[-1]
    assert shown(update, Edge(0, 0, 1, 0)) == ["w ← 2"]
    assert "frozen" in update.text(Edge(0, 0, 1, 0))[0].english


# --- notation


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (1.0, "1"),
        (-0.7, "{-0.7}"),
        (0.1 + 0.2, "0.3"),
        (0.0002345678, "0.0002346"),
        (2.5e-7, r"2.5 \cdot 10^{-7}"),
        (123456.0, r"1.235 \cdot 10^{5}"),
        (1500.0, "1500"),
        (99999.0, "99999"),
        (1e-8, "10^{-8}"),
        (float("inf"), r"\infty"),
        (float("nan"), r"\text{NaN}"),
    ],
)
def test_numbers(value, written):
    assert number(value) == written


def test_the_decimal_sign_is_the_readers():
    assert number(0.31, Style(decimal=",")) == "0{,}31"
    assert engrave(number(0.31, Style(decimal=",")))


def test_quantities_are_marked_with_role_and_place():
    found = traced(xor(), [[1, 0]], [[1]])
    affine = steps(found)[1]
    line = affine.lines(Node(1, 0))[0]
    roles = {(quantity.role, quantity.item) for quantity in line.symbols.quantities}
    assert ("weight", Edge(0, 1, 1, 0)) in roles
    assert ("activation", Node(0, 0)) in roles
    signs = {q.item: q.role for q in line.numbers.quantities if isinstance(q.item, Edge)}
    theta = found.before.theta
    for i in (0, 1):
        assert signs[Edge(0, i, 1, 0)] == ("negative" if theta[i] < 0 else "positive")


def test_a_palette_colours_what_it_names():
    formula = Formula(f"{mark('gradient', 'g', Node(1, 2))} + {mark('update', 'u')}")
    assert formula.latex == "g + u"
    assert formula.coloured({"gradient": "#ff00aa"}) == r"\textcolor{#ff00aa}{g} + u"
    assert [q.item for q in formula.quantities] == [Node(1, 2), None]
    assert "#ff00aa" in engrave(formula.coloured({"gradient": "#ff00aa"}))
