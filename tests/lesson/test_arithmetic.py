"""What is written is true, and well written: every formula of any lesson is read back."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnsim.lesson.plain import plain
from nnsim.lesson.steps import steps
from nnsim.model.layers import ACTIVATIONS, Dense, Input
from nnsim.model.network import Edge, Node, chain
from nnsim.model.training import LOSSES, OPTIMIZERS, Optimizer
from tests.engine.networks import document
from tests.lesson.lessons import foci, mixed, scattered, traced, traces
from tests.lesson.reading import blemishes, sides


def equations(text):
    """Checks one line; the number of sides that could be compared."""
    found = sides(text)
    for (_, left), (_, right) in itertools.pairwise(found):
        assert left.meets(right), text
    return len(found)


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("w ← 2 − 0.1 · 4 = 1.6", 2),
        ("z = 0.3 · 1 + (−0.2) · 2 = −0.1", 2),
        ("s = 2 · 10⁻⁷ + 4/√(2 + 2) = 2", 2),
        ("L = 1/2 (3 − 1)² = 2", 2),
        ("L = −1/2 [0.2 · ln 0.5 + 0.8 · ln (2 · 10⁻⁷)] = 6.24", 2),
        ("L = [50 · 0 − max(0, 50) − ln(1 + e^(−|50|))] = −50", 2),
        ("L = −1 · ln e⁻⁷⁵⁰ = 750", 2),
        ("a = tanh(−0.5) = −0.4621", 2),
        ("a = softmax(2, 1, 0.1) = (0.659, 0.2424, 0.09857)", 2),
        ("z = [1, 2; 3, 4] [1; −2] + [0.5; 1] = [−2.5; −4]", 2),
        ("∂L/∂W = [1; 2](3, 4) = [3, 4; 6, 8]", 2),
        ("δ = (1, 2) ⊙ [(1, 2) − 0.5] = (0.5, 3)", 2),
        ("v ← 0.999 · 0 + 0.001 · (2.414 · 10⁻⁵)² = 5.827 · 10⁻¹³", 2),
        ("L = 1 + … 3 more = 2", 1),
    ],
)
def test_the_reader_reads(text, compared):
    assert equations(text) == compared


@pytest.mark.parametrize(
    "text",
    [
        "z = 0.3 · 1 + 0.2 · 2 = −0.1",
        "δ = (−2) · 0.25 = −0.25",
        "v ← 0.999 · 0 + 0.001 · 2.414 · 10⁻⁵² = 5.827 · 10⁻¹³",
        "L = −[0.8 · ln 2 · 10⁻⁷] = 12.34",
        "∂L/∂W = [1; 2](3, 4) = [3, 6; 4, 8]",
        "w ← 2 − 0.1 · 4 = 1.603",
    ],
)
def test_the_reader_notices_what_is_untrue(text):
    with pytest.raises(AssertionError):
        equations(text)


@pytest.mark.parametrize(
    "text",
    [
        "w ← 2 − 3e−05 · 4",
        "L = … + −y₃ ln ŷ₃ + …",
        "L = (1 − 1) 0.4 = 0",
        "0.1 · −0.5 = −0.05",
        "L = −0 · 0.2189 = 0",
        "L = 0.8887 · ln 1 · 10⁻⁷",
        "L = ln (1 · 10⁻⁷)",
        "w ← 2 −",
        "L = ((−0.5)) · 2",
        "b ← (−0.7) + 0 = −0.7",
        "b ← −0.7 + (0) = −0.7",
        "b ← −0.7 + 0 = (−0.7)",
        "z = [0.3] + 0.1",
        "∂L/∂w₁ = (–)",
    ],
)
def test_the_reader_notices_what_is_ugly(text):
    assert blemishes("", text) or text.endswith("−")


def _compared(found, focus, grain, samples):
    count = 0
    for step in steps(found, grain):
        for sample in samples:
            for written in step.lines(focus, sample):
                for formula in (written.symbols, written.numbers):
                    text = "" if formula is None else plain(formula.latex)
                    assert formula is None or not blemishes(formula.latex, text), text
                count += written.numbers is not None and equations(plain(written.numbers.latex)) > 1
    return count


@settings(max_examples=30)
@given(st.one_of(scattered(), traces().map(lambda pair: pair[0])), st.data())
def test_every_equation_of_any_lesson_holds(found, data):
    network = found.network
    source, layer = data.draw(st.sampled_from(network.connections))
    unit = data.draw(st.integers(0, network.layers[layer].units - 1))
    start = data.draw(st.integers(0, network.layers[source].units - 1))
    grain = data.draw(st.sampled_from(("operation", "neuron")))
    last = (found.samples - 1,)
    assert _compared(found, Node(layer, unit), grain, last) > 0
    assert _compared(found, Edge(source, start, layer, unit), grain, last) > 0
    _compared(found, None, "operation", last)


@settings(max_examples=10)
@given(mixed(), st.data())
def test_every_equation_about_any_kind_of_layer_holds(found, data):
    grain = data.draw(st.sampled_from(("operation", "operation", "neuron", "phase")))
    for _ in range(2):
        assert _compared(found, data.draw(foci(found)), grain, (found.samples - 1,)) > 0


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("scale", [1e-4, 8.0, 60.0])
def test_tiny_and_saturated_numbers_are_written_as_well(loss, scale):
    random = np.random.default_rng(5)
    for i, output in enumerate(ACTIVATIONS):
        units = 1 + i % 5
        network = chain(Input((3,)), Dense(2, ACTIVATIONS[i - 1]), Dense(units, output))
        optimizer = Optimizer(OPTIMIZERS[i % len(OPTIMIZERS)], (0.0, 0.1, 1e-6)[i % 3])
        theta = random.normal(size=2 * 4 + units * 3 + (output == "prelu") + (ACTIVATIONS[i - 1] == "prelu"))
        y = np.eye(units)[random.integers(0, units, 2)] if units > 1 else random.integers(0, 2, (2, 1))
        told = document(network, optimizer, loss=loss, l2=(0.0, 1e-10)[i % 2])
        samples = 1 + i % 2
        found = traced(told, random.normal(size=(samples, 3)), y[:samples], theta * scale)
        for focus in (None, Edge(1, 0, 2, units - 1)):
            _compared(found, focus, "operation", (0,))
