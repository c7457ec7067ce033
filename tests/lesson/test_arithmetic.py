"""What is written is true: both sides of every equation are worked out again from its text."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnsim.lesson.steps import steps
from nnsim.model.network import Edge, Node
from tests.lesson.lessons import scattered, shown, traces

_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUMERIC = re.compile(r"[\d.+\-*/() ]+")
ROUNDING = 2e-3
"""Four digits a number, and some of them multiplied."""


def as_python(text):
    """An expression as Python would write it; whatever else the text holds stays."""
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda power: f"**({power[0].translate(_DIGITS)})", text)
    text = text.replace("·", "*").replace("−", "-").replace("[", "(").replace("]", ")")
    # Factors side by side, as in ``2 (ŷ − y)`` or ``1/2 (ŷ − y)``.
    text = re.sub(r"([\d)]) +(?=[\d(])", r"\1 * ", text)
    return re.sub(r"√(\d[\d.]*|\([^()]*\))", r"(\1)**0.5", text)


def sides(text):
    """The values of an equation's numeric sides, and how large the numbers in each are altogether."""
    found = []
    for side in re.split(" = |←", text):
        python = as_python(side)
        if _NUMERIC.fullmatch(python) and any(c.isdigit() for c in python):
            size = re.sub(r"(?<!\*\()-", "+", python)
            found.append((eval(python), abs(eval(size))))
    return found


def equations(text):
    """Checks one line; the number of sides that could be compared."""
    found = sides(text)
    for (left, size), (right, other) in itertools.pairwise(found):
        tolerance = ROUNDING * max(size, other) + 1e-12
        assert left == pytest.approx(right, abs=tolerance), text
    return len(found)


def test_the_reading_would_notice():
    assert sides("w ← 2 − 0.1 · 4 = 1.6") == [(1.6, 2.4), (1.6, 1.6)]
    assert equations("z = 0.3 · 1 + (−0.2) · 2 = −0.1") == 2
    assert equations("s = 2 · 10⁻⁷ + 4/√(2 + 2) = 2") == 2
    assert equations("L = 1/2 (3 − 1)² = 2") == 2
    with pytest.raises(AssertionError):
        equations("z = 0.3 · 1 + 0.2 · 2 = −0.1")
    with pytest.raises(AssertionError):
        equations("δ = (−2) · 0.25 = −0.25")


def _compared(found, focus, grain):
    sample = found.samples - 1
    return sum(equations(text) > 1 for step in steps(found, grain) for text in shown(step, focus, sample))


@settings(max_examples=100)
@given(st.one_of(scattered(), traces().map(lambda pair: pair[0])), st.data())
def test_every_equation_of_any_lesson_holds(found, data):
    network = found.network
    source, layer = data.draw(st.sampled_from(network.connections))
    unit = data.draw(st.integers(0, network.layers[layer].units - 1))
    start = data.draw(st.integers(0, network.layers[source].units - 1))
    grain = data.draw(st.sampled_from(("operation", "neuron")))
    assert _compared(found, Node(layer, unit), grain) > 0
    assert _compared(found, Edge(source, start, layer, unit), grain) > 0
