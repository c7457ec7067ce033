"""Norms, dropout, residuals, limits: what is written is worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.engine.lowering import Mode
from nnsim.engine.ops.dropout import Chance, mask
from nnsim.lesson.focus import ParameterFocus
from nnsim.lesson.steps import steps
from nnsim.lesson.trace import trace
from nnsim.model.layers import (
    Add,
    AvgPool2d,
    BatchNorm,
    Concat,
    Dense,
    Dropout,
    GroupNorm,
    Input,
    InstanceNorm,
    LayerNorm,
)
from nnsim.model.network import Network, Node, chain
from tests.engine.networks import document
from tests.lesson.lessons import shown, traced
from tests.lesson.test_explain import at, said


def normed(layer, x, y, *learned):
    """x – norm – one output that is the sum of all, squared error summed; ε is 0 as good as."""
    network = chain(Input((len(x[0]),)), replace(layer, epsilon=1e-12), Dense(1, "identity", bias=False))
    return traced(document(network, loss="sse"), x, y, learned)


def test_layer_norm_by_hand():
    # Mean 4, variance ((−3)² + (−1)² + 4²)/3 = 26/3, root 2.944
    found = normed(LayerNorm(), [[1, 3, 8]], [[0]], 1, 1, 1, 0, 0, 0, 1, 0, 0)
    step = at(found, "normalize")
    assert shown(step, Node(1, 2)) == [
        "mean⁽¹⁾ = 1/3 (1 + 3 + 8) = 4",
        "var⁽¹⁾ = 1/3 ((1 − 4)² + (3 − 4)² + (8 − 4)²) = 8.667",
        "x\u0302₃⁽¹⁾ = (8 − 4)/(√(8.667 + 10⁻¹²)) = 1.359",
    ]
    assert "all 3 numbers of this sample alone" in said(step)
    # ŷ = x̂₁ = −3/2.944 = −1.019, ∂L/∂ŷ = −2.038, so g = (−2.038, 0, 0)
    # mean(g) = −0.6794, mean(g x̂) = −2.038·(−1.019)/3 = 0.6923
    # ∂L/∂x₃ = (0 + 0.6794 − 1.359·0.6923)/2.944 = −0.0888
    assert shown(at(found, "normalize_gradient"), Node(0, 2)) == [
        "mean(g) = 1/3 ((−2.038) + 0 + 0) = −0.6794",
        "mean(g x\u0302⁽¹⁾) = 1/3 ((−2.038) · (−1.019) + 0 · (−0.3397) + 0 · 1.359) = 0.6923",
        "∂L/∂x₃ = (0 − (−0.6794) − 1.359 · 0.6923)/(√(8.667 + 10⁻¹²)) = −0.08876",
    ]


def test_batch_norm_is_over_the_batch_and_says_so():
    # The first number: 1 and 5, mean 3, variance 4; the second: 2 and 2, so nothing is left of it.
    found = normed(BatchNorm(), [[1, 2], [5, 2]], [[0], [0]], 1, 1, 0, 0, 0, 0, 1, 1, 1, 1)
    step = at(found, "normalize")
    assert shown(step, Node(1, 0)) == [
        "mean₁⁽¹⁾ = 1/2 (1 + 5) = 3",
        "var₁⁽¹⁾ = 1/2 ((1 − 3)² + (5 − 3)²) = 4",
        "x\u0302₁⁽¹⁾ = (1 − 3)/(√(4 + 10⁻¹²)) = −1",
    ]
    assert "over the 2 samples of the batch" in said(step)
    assert "no sample can be walked by itself" in said(step)
    assert "running statistics" in said(step)
    track = at(found, "track")
    # 0.9 · 0 + 0.1 · 3;  0.9 · 1 + 0.1 · 2/1 · 4
    assert shown(track, Node(1, 0)) == [
        "M₁⁽¹⁾ ← 0.9 · 0 + 0.1 · 3 = 0.3",
        "V₁⁽¹⁾ ← 0.9 · 1 + 0.1 · 2/1 · 4 = 1.7",
    ]
    assert track.values["norm1.running_mean.new"] == pytest.approx([0.3, 0.2])


def test_alone_in_its_batch_a_number_is_its_own_mean():
    found = normed(BatchNorm(), [[1, 2]], [[0]], 1, 1, 0, 0, 0, 0, 1, 1, 1, 1)
    step = at(found, "normalize")
    assert "its own mean" in said(step)
    assert "walked by itself" not in said(step)
    assert shown(step, Node(1, 1))[0] == "mean₂⁽¹⁾ = 2"


def test_a_prediction_is_normalised_by_running_statistics():
    found = normed(BatchNorm(), [[1, 2]], [[1]], 2, 1, 0, 0, 3, 0, 4, 1, 1, 1)
    told = trace(found.document, found.before, found.x, found.y, mode=Mode.EVAL)
    # (1 − 3)/2 = −1, times γ = 2; x̂₂ = 2: ŷ = −2 + 2 = 0, ∂L/∂ŷ = 2 (0 − 1) = −2, g₁ = 2 · (−2)
    step, back = at(told, "normalize"), at(told, "normalize_gradient")
    assert step.op == "normalize_running"
    assert shown(step, Node(1, 0)) == ["x\u0302₁⁽¹⁾ = (1 − 3)/(√(4 + 10⁻¹²)) = −1"]
    assert "running statistics stand for mean and variance" in said(step)
    assert shown(back, Node(0, 0)) == ["∂L/∂x₁ = (−4)/(√(4 + 10⁻¹²)) = −2"]
    assert told.answers_after().shape == (1, 1)


def image_norm(layer):
    """Two 1 × 2 maps: (1, 3) and (0, 4)."""
    network = chain(Input((2, 1, 2)), replace(layer, epsilon=1e-12), Dense(1, "identity", bias=False))
    theta = [1, 1, 0, 0, 1, 1, 1, 1]
    return traced(document(network, loss="sse"), [[1, 3, 0, 4]], [[1]], theta)


def test_instance_norm_is_over_one_map():
    step = at(image_norm(InstanceNorm()), "normalize")
    # Mean 2, variance 1
    assert shown(step, Node(1, 1)) == [
        "mean₁⁽¹⁾ = 1/2 (1 + 3) = 2",
        "var₁⁽¹⁾ = 1/2 ((1 − 2)² + (3 − 2)²) = 1",
        "x\u0302⁽¹⁾[1,1,2] = (3 − 2)/(√(1 + 10⁻¹²)) = 1",
    ]
    assert "the 2 places of map 1, of this sample alone" in said(step, Node(1, 1))


def test_group_norm_is_over_its_maps():
    step = at(image_norm(GroupNorm(1)), "normalize")
    # Mean 2, variance (1 + 1 + 4 + 4)/4 = 2.5
    assert shown(step, Node(1, 3))[:2] == [
        "mean⁽¹⁾ = 1/4 (1 + 3 + 0 + 4) = 2",
        "var⁽¹⁾ = 1/4 ((1 − 2)² + (3 − 2)² + (0 − 2)² + (4 − 2)²) = 2.5",
    ]
    assert "over all 4 numbers of this sample alone" in said(step)


def test_gamma_and_beta_by_hand():
    found = image_norm(InstanceNorm())
    assert shown(at(found, "scale"), Node(1, 1)) == ["h[1,1,2] = 1 · 1 + 0 = 1"]
    step, gamma = at(found, "scale_gradient"), ParameterFocus(1, "weight", (0,))
    # ŷ = −1 + 1 − 1 + 1 = 0, ∂L/∂ŷ = −2, which each number gets: γ₁ has −2·(−1) − 2·1 = 0, β₁ −4
    assert shown(step, gamma) == ["∂L/∂γ₁⁽¹⁾ = (−2) · (−1) + (−2) · 1 = 0"]
    assert said(step, gamma).startswith("This γ gets no gradient.")
    beta = ParameterFocus(1, "bias", (0,))
    assert shown(step, beta) == ["∂L/∂β₁⁽¹⁾ = (−2) + (−2) = −4"]
    assert said(step, beta).startswith("A larger β would make the loss smaller.")
    assert shown(at(found, "scale_source_gradient"), Node(1, 1)) == ["∂L/∂x\u0302⁽¹⁾[1,1,2] = 1 · (−2) = −2"]
    # 0 − 0.1 · (−4)
    assert shown(steps(found)[-1], beta) == ["g = ∂L/∂β₁⁽¹⁾ = −4", "β₁⁽¹⁾ ← 0 − 0.1 · (−4) = 0.4"]
    assert "This β rises by 0.4." in said(steps(found)[-1], beta)


def test_what_is_frozen_is_called_by_its_name():
    found = image_norm(InstanceNorm(frozen=True))
    assert said(steps(found)[-1], ParameterFocus(1, "weight", (0,))).startswith("This γ is frozen")
    assert said(steps(found)[-1], ParameterFocus(1, "bias", (0,))).startswith("This β is frozen")
    network = chain(Input((1,)), Dense(1, "identity", frozen=True))
    found = traced(document(network, loss="sse"), [[1]], [[0]], [1, 0])
    assert said(steps(found)[-1], ParameterFocus(1, "bias", (0,))).startswith("This bias is frozen")


def test_dropout_tells_its_mask_and_what_it_does_when_it_predicts():
    network = chain(Input((4,)), Dropout(0.5), Dense(1, "identity", bias=False))
    found = traced(document(network, loss="sse", seed=3), [[1, 2, 3, 4]], [[0]], [1, 1, 1, 1])
    drawn = mask(Chance(0.5, 3, 1), 0, 4)
    kept, gone = int(np.flatnonzero(drawn)[0]), int(np.flatnonzero(drawn == 0.0)[0])
    step, back = at(found, "dropout"), at(found, "dropout_gradient")
    assert shown(step, Node(1, kept)) == [f"h{'₁₂₃₄'[kept]} = {kept + 1} · 1/(1 − 0.5) = {2 * (kept + 1)}"]
    assert shown(step, Node(1, gone)) == [f"h{'₁₂₃₄'[gone]} = {gone + 1} · 0/(1 − 0.5) = 0"]
    assert "is left out." in said(step, Node(1, gone))
    assert "stays." in said(step, Node(1, kept))
    assert f"{int((drawn == 0).sum())} of 4" in said(step)
    assert "When the network predicts, nothing is left out" in said(step)
    assert shown(back, Node(0, gone))[0].endswith("· 0/(1 − 0.5) = 0")
    # It answers without dropout: w · x after the update.
    assert found.answers_after()[0, 0] == pytest.approx(found.after.theta @ found.x[0])


def test_a_residual_passes_the_gradient_both_ways():
    layers = (Input((1,)), Dense(1, "identity", bias=False), Add(), Dense(1, "identity", bias=False))
    network = Network(layers, ((0, 1), (0, 2), (1, 2), (2, 3)))
    # x = 2, h¹ = 3·2 = 6, h² = 2 + 6 = 8, ŷ = 8, ∂L/∂ŷ = 2 (8 − 7) = 2; x gets 2 by the sum and 3·2 on top
    found = traced(document(network, loss="sse"), [[2]], [[7]], [3, 1])
    told = [shown(step) for step in steps(found)]
    assert ["h⁽²⁾ = x = 2"] in told
    assert ["h⁽²⁾ ← 2 + 6 = 8"] in told
    assert "each of the 2 layers" in said(at(found, "add_gradient"))
    assert found.slope("a", 0)[0, 0] == 8.0
    back = [step for step in steps(found) if step.phase == "backward"]
    assert ["∂L/∂x = 2"] in [shown(step) for step in back]
    assert shown(back[-1], Node(0, 0)) == ["∂L/∂x ← 2 + 3 · 2 = 8"]


def test_side_by_side_each_has_its_own_part():
    layers = (Input((1,)), Dense(1, "identity", bias=False), Concat(), Dense(1, "identity", bias=False))
    found = traced(
        document(Network(layers, ((0, 1), (0, 2), (1, 2), (2, 3))), loss="sse"), [[2]], [[0]], [3, 1, 1]
    )
    joined = [step for step in steps(found) if step.op == "concat"]
    assert [shown(step) for step in joined[:2]] == [["h₁⁽²⁾ = x = 2"], ["h₂⁽²⁾ = h⁽¹⁾ = 6"]]
    assert "stand at places 2 to 2" in said(joined[1])


def test_an_average_pool_by_hand():
    network = chain(Input((2, 2)), AvgPool2d((2, 2), (2, 2)), Dense(1, "identity", bias=False))
    found = traced(document(network, loss="sse"), [[1, 2, 3, 6]], [[2]], [1])
    # (1 + 2 + 3 + 6)/4 = 3; ∂L/∂h = 2 (3 − 2) = 2, a quarter for each
    assert shown(at(found, "avg_pool")) == ["h[1,1] = 1/4 (1 + 2 + 3 + 6) = 3"]
    assert shown(at(found, "avg_pool_gradient"), Node(0, 1)) == ["∂L/∂x[1,2] = 1/4 · 2 = 0.5"]


def plain(**training):
    """ŷ = 3·1 + 4·1 = 7, y = 6: ∂L/∂ŷ = 2, ∂L/∂w = (6, 8), of length 10."""
    network = chain(Input((2,)), Dense(1, "identity", bias=False))
    return traced(document(network, loss="sse", **training), [[3, 4]], [[6]], [1, 1])


def test_a_gradient_that_is_too_long_is_shortened_before_the_step():
    found = plain(clip_norm=5.0)
    clip, update = steps(found)[-2:]
    assert shown(clip) == ["‖∇L‖ = √(6² + 8²) = 10", "c/‖∇L‖ = 5/10 = 0.5"]
    assert "multiplied by 0.5" in said(clip)
    # w₁: 1 − 0.1 · 5/10 · 6
    assert found.after.theta == pytest.approx([0.7, 0.6])
    assert "g = 5/10 · 8 = 4" in shown(update)
    short = plain(clip_norm=11.0)
    assert shown(steps(short)[-2]) == ["‖∇L‖ = √(6² + 8²) = 10"]
    assert "stay as they are" in said(steps(short)[-2])


def test_weights_that_are_too_long_are_shortened_after_the_step():
    found = plain(max_norm=0.2)
    # The step leaves (1 − 0.6, 1 − 0.8) = (0.4, 0.2), of length 0.4472.
    assert shown(steps(found)[-1]) == ["‖w‖ = √(0.4² + 0.2²) = 0.4472", "w₁ ← 0.4 · 0.2/0.4472 = 0.1789"]
    assert "1 of 1 is shortened." in said(steps(found)[-1])
    assert found.updated == pytest.approx([0.4, 0.2])
    assert np.linalg.norm(found.after.theta) == pytest.approx(0.2)
    assert "nothing changes" in said(steps(plain(max_norm=3.0))[-1])


def test_the_penalty_says_what_it_leaves_alone():
    found = image_norm(InstanceNorm())
    told = replace(found.document, training=replace(found.document.training, l2=0.1))
    penalty = at(traced(told, found.x, found.y, found.before.theta), "penalty")
    assert "biases, γ and β are left as they are" in said(penalty)
    # γ = (1, 1) counts nothing; λΣw² = 0.1 · 4
    assert shown(penalty)[0] == "λ Σ w² = 0.1 · 4 = 0.4"
