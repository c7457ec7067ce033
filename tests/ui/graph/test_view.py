"""Pan and zoom are exact."""

import numpy as np
import pytest

from nnsim.ui.graph.view import LARGEST, SMALLEST, View


def test_zoom_keeps_the_point_under_the_pointer():
    view = View(1.5, 20, -10)
    before = view.to_world(300, 200)
    after = view.zoomed(1.7, 300, 200)
    assert after.to_world(300, 200) == pytest.approx(before)
    assert after.scale == pytest.approx(2.55)


def test_zoom_has_ends():
    assert View().zoomed(1e9, 5, 5).scale == LARGEST
    assert View().zoomed(1e-9, 5, 5).scale == SMALLEST


def test_screen_and_world_are_inverse():
    view = View(2.0, 7.0, -3.0).panned(1.0, 1.0)
    assert view.to_screen(np.array([[1.0, 2.0]])) == pytest.approx(np.array([[10.0, 2.0]]))
    assert view.to_world(10.0, 2.0) == pytest.approx((1.0, 2.0))


def test_half_way_between_two_views():
    assert View(1, 0, 0).towards(View(3, 10, -10), 0.5) == View(2, 5, -5)
