"""Through a lens the image shows what each pixel adds to one unit, and never more than that."""

import numpy as np
from PySide6.QtCore import QLocale

from nnsim.model.network import Edge
from nnsim.ui.graph import frames
from nnsim.ui.graph.geometry import Node
from nnsim.ui.graph.lens import caption, lens_of
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.viewport import Viewport
from tests.ui.graph.factory import IMAGE, parameters, snapshot_of, unlabelled

WEIGHTS = np.zeros((3, 16))
WEIGHTS[0, :4] = 2.0, -3.0, 1.0, 5.0
X = np.zeros(16)
X[:3] = 1.0, 0.5, 0.25


def _scene(snapshot=None):
    scene = Scene(IMAGE, (), (), Viewport(900, 600))
    shown = snapshot_of(IMAGE, parameters(IMAGE, weight1=WEIGHTS), X, stepped=False)
    scene.show(snapshot or shown)
    return scene


def test_products_and_their_sums_by_hand():
    scene = _scene()
    lens = lens_of(scene, frames.still(scene), [Node(1, 0)])
    # 2·1, -3·0.5, 1·0.25; the fourth pixel is dark whatever its weight.
    assert lens.products[:5].tolist() == [2.0, -1.5, 0.25, 0.0, 0.0]
    assert lens.shares[:2].tolist() == [1.0, -0.75]
    lines = caption(lens, scene, QLocale("en_US"))
    assert lines[0] == (("text", "w·x into h₁, pixel by pixel"),)
    assert lines[1] == (("positive", "for +2.25"), ("negative", "against −1.50"))
    assert lines[2] == (("muted", "full colour ±2"),)


def test_the_first_unit_that_reads_the_image_counts():
    scene = _scene()
    frame = frames.still(scene)
    assert lens_of(scene, frame, [Node(0, 3), Node(1, 2)]).unit == Node(1, 2)
    assert lens_of(scene, frame, [Node(1, 1), Node(1, 2)]).unit == Node(1, 1)


def test_outputs_pixels_and_edges_have_none_nor_has_anything_before_it_is_computed():
    scene = _scene()
    frame = frames.still(scene)
    for item in (Node(2, 0), Node(0, 0), Edge(0, 1, 1, 0), None):
        assert lens_of(scene, frame, [item]) is None
    empty = Scene(IMAGE, (), (), Viewport(900, 600))
    assert lens_of(empty, frames.still(empty), [Node(1, 0)]) is None


def test_a_sample_without_a_target_has_contributions_too():
    scene = _scene(unlabelled(snapshot_of(IMAGE, parameters(IMAGE, weight1=WEIGHTS), X)))
    assert lens_of(scene, frames.still(scene), [Node(1, 0)]).full > 0


def test_where_nothing_speaks_nothing_is_coloured():
    scene = _scene()
    lens = lens_of(scene, frames.still(scene), [Node(1, 1)])
    assert not lens.shares.any()
