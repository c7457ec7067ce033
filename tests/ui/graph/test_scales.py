"""Magnitudes become strengths by a scale that the legend can state."""

import numpy as np
import pytest

from nnsim.ui.graph.scales import LEVELS, Scale, ceiling, levels, top


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1, 1), (1.01, 1.5), (2.4, 3), (7.6, 10), (0.031, 0.05), (1234, 1500), (1e-9, 1e-9)],
)
def test_full_scale_is_the_next_round_number(value, expected):
    assert ceiling(value) == pytest.approx(expected)


def test_one_outlier_among_many_does_not_dwarf_the_rest():
    values = np.concatenate([np.ones(999), [100.0]])
    assert top(values) < 2
    assert top(values[-10:]) == 100
    assert top(np.array([np.nan, 2.0, np.inf])) == 2
    assert top(np.array([])) == 0


def test_a_scale_rises_at_once_and_falls_late():
    scale = Scale()
    assert scale.follow(np.zeros(3)) == 0
    assert scale.follow(np.array([0.9, -2.1])) == 3
    assert scale.follow(np.array([1.1])) == 3, "a little smaller: the picture keeps still"
    assert scale.follow(np.array([0.9])) == 1, "much smaller: it follows"
    assert scale.follow(np.array([40.0])) == 50


def test_among_values_in_quick_succession_one_small_one_changes_nothing():
    scale = Scale()
    scale.follow(np.array([2.1]))
    for value in (0.2, 0.1, 1.9, 0.1, 0.0):
        assert scale.follow(np.array([value]), patient=True) == 3
    # 1.9 fades by a tenth a look: below 1 the scale is 1, below a third of that 0.5, where 0.2 stays.
    for _ in range(30):
        scale.follow(np.array([0.2]), patient=True)
    assert scale.full == 0.5


def test_a_slow_scale_outlasts_many_small_values():
    scale = Scale(fade=0.995)
    for value in [2.0] + [0.01] * 100:
        assert scale.follow(np.array([value]), patient=True) == 2


def test_values_too_small_to_be_anything_count_as_nothing():
    assert Scale().follow(np.array([5e-324])) == 0


def test_shares_are_linear_signed_and_clipped():
    scale = Scale(2.0)
    assert scale.shares(np.array([1.0, -0.5, 5.0])) == pytest.approx([0.5, -0.25, 1.0])
    assert Scale().shares(np.array([1.0])) == pytest.approx([0.0])


def test_levels_never_hide_what_is_not_zero():
    assert levels(np.array([0.0, 1e-6, -1e-6, 1.0, -1.0, 0.5])).tolist() == [
        0, 1, -1, LEVELS, -LEVELS, LEVELS // 2,
    ]  # fmt: skip
