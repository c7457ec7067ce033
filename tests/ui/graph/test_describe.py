"""The words on a node or edge say the exact values and where they come from."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QLocale

from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, chain
from nnsim.model.parameters import Layout
from nnsim.ui.graph.describe import Describer
from nnsim.ui.graph.geometry import Node
from nnsim.ui.graph.words import Names, exact, fixed, percent
from tests.ui.graph.factory import CLASSES, DIGITS, PLAYGROUND, XOR, parameters, random_snapshot, snapshot_of

# x = (2, 1), w = (3, -1), b = 0.5, identity, L = ½a²:
# z = a = 5.5, δ = 5.5, ∂L/∂w = (11, 5.5), ∂L/∂b = 5.5; at rate 0.1 the update is -0.1 of that.
NETWORK = chain(Input((2,)), Dense(1, "identity"))
THETA = parameters(NETWORK, weight1=[[3, -1]], bias1=[0.5])
FRESH = snapshot_of(NETWORK, THETA, np.array([2.0, 1.0]), stepped=False)
STEPPED = snapshot_of(NETWORK, THETA, np.array([2.0, 1.0]), rate=0.1)


def _lines(item, snapshot, network=NETWORK, language="en_US"):
    names = Names(network)
    return Describer(Layout(network), names, QLocale(language)).lines(item, snapshot)


def test_an_edge_before_any_step_has_a_weight_and_a_contribution_and_no_gradient():
    assert _lines(Edge(0, 1, 1, 0), FRESH) == ["w = −1 from x₂ to ŷ", "contribution w·x = (−1)·1 = −1"]


def test_an_edge_after_a_step_has_everything():
    # w₁ = 3 - 1.1 = 1.9, times 2.
    assert _lines(Edge(0, 0, 1, 0), STEPPED) == [
        "w = 1.9 from x₁ to ŷ",
        "contribution w·x = 1.9·2 = 3.8",
        "gradient ∂L/∂w = 11",
        "last update Δw = −1.1",
    ]


def test_a_node_shows_its_sum_with_the_numbers_in_it():
    assert _lines(Node(1, 0), FRESH) == [
        "ŷ · Output",
        "z = Σ w·x + b = 3.00·2.00 + (−1.00)·1.00 + 0.50 = 5.5",
        "ŷ = z = 5.5",
        "target y = 0",
        "bias b = 0.5",
        "δ = ∂L/∂z = 5.5",
    ]


def test_an_input_is_its_value():
    assert _lines(Node(0, 0), FRESH) == ["x₁ · Input", "x₁ = 2"]


def test_nothing_computed_says_only_the_names():
    assert _lines(Node(1, 0), None) == ["ŷ · Output"]
    assert _lines(Edge(0, 0, 1, 0), None) == ["w from x₁ to ŷ"]


def test_a_long_sum_shows_its_largest_terms_and_counts_the_rest():
    line = _lines(Node(1, 0), random_snapshot(DIGITS), DIGITS)[1]
    assert line.count("·") == 1 + 4
    assert "…\u00a0780\u00a0more" in line


def test_frozen_and_removed_edges_say_so():
    edge = Edge(0, 0, 1, 0)
    network = replace(NETWORK, frozen_edges=frozenset({edge}))
    assert _lines(edge, FRESH, network)[-1] == "frozen"
    network = replace(NETWORK, removed_edges=frozenset({edge}))
    assert _lines(edge, FRESH, network)[-1] == "removed: no gradient, no update"


def test_numbers_follow_the_locale():
    assert _lines(Edge(0, 0, 1, 0), STEPPED, language="vi_VN")[0] == "w = 1,9 from x₁ to ŷ"


def test_hidden_layers_are_told_apart():
    names = Names(PLAYGROUND)
    assert names.name(Node(2, 3)) == "h₄⁽²⁾"
    assert names.label(Node(2, 3)) == "h₄⁽²⁾"
    assert names.headings(1)[0] == "Hidden 1 · 6 · tanh"
    assert Names(XOR).headings(1)[0] == "Hidden · 4 · tanh"
    assert Names(DIGITS).headings(0)[0] == "Input · 28×28"
    assert Names(DIGITS).headings(2)[0] == "Hidden 2 · 16 · ReLU"


def test_names_of_the_data_take_precedence():
    names = Names(DIGITS, outputs=("zero", "", "two"))
    assert [names.label(Node(3, i)) for i in range(4)] == ["zero", "ŷ₂", "two", "ŷ₄"]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(0.314, 2, "0.31"), (-0.001, 2, "0.00"), (-1.5, 1, "−1.5"), (float("nan"), 2, "NaN"),
     (float("-inf"), 2, "−∞"), (12345.0, 2, "1.23\u202f·\u202f10⁴")],
)  # fmt: skip
def test_short_numbers(value, decimals, text):
    assert fixed(QLocale("C"), value, decimals) == text


def test_exact_numbers_have_five_digits():
    assert exact(QLocale("C"), 0.312344) == "0.31234"
    assert exact(QLocale("C"), -1.0445e-7) == "−1.0445\u202f·\u202f10⁻⁷"


def test_a_pixel_is_told_by_its_row_and_column():
    snapshot = snapshot_of(DIGITS, random_snapshot(DIGITS).parameters, np.full(784, 0.25), stepped=False)
    title, value = _lines(Node(0, 2 * 28 + 5), snapshot, DIGITS)
    assert title.endswith("Input · row 3, column 6")
    assert value.endswith(" = 0.25")


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.98765, "98.8"), (0.9999, "99.9"), (1.0, "100"), (0.0, "0"), (0.0004, "<0.1"), (0.0006, "0.1")],
)
def test_a_percentage_is_full_only_where_nothing_is_missing(share, text):
    assert percent(QLocale("en_US"), share) == f"{text}\u202f%"


def test_a_percentage_of_no_number_says_so():
    assert percent(QLocale("en_US"), float("nan")) == "NaN"


def test_classes_are_outputs_of_a_softmax_with_short_names_for_all():
    names = tuple("0123456789")
    assert Names(CLASSES, (), names).are_classes(3)
    assert not Names(CLASSES, (), names).are_classes(2)
    assert not Names(CLASSES, (), names[:9]).are_classes(3)
    assert not Names(CLASSES, (), (*names[:9], "nine")).are_classes(3)
    assert not Names(DIGITS, (), names).are_classes(3), "sigmoid: no shares of one whole"
