"""The filters that stand beside maps: what the edges show, as one picture each."""

from __future__ import annotations

import numpy as np

from nnsim.ui.graph.edges import Floats, source_of
from nnsim.ui.graph.frames import Frame
from nnsim.ui.graph.scene import Scene


def filters_of(scene: Scene, layer: int, frame: Frame) -> Floats | None:
    """What stands in a layer's filters over its one source picture: weights, or what edges show of them.

    Returns
    -------
    array of shape (filters, rows, columns), or None
        None where no filter is drawn, or nothing is known.
    """
    sheet = scene.geometry.layers[layer].sheet
    if sheet is None or not sheet.filter_side:
        return None
    style = frame.edges[0].style
    vector = source_of(style, scene.snapshot) if style in ("gradient", "update") else frame.parameters
    if vector is None:
        return None
    weights = scene.layout.view(vector, layer, "weight")
    assert weights is not None
    return np.nan_to_num(weights[:, 0], posinf=0.0, neginf=0.0)


def full_of(filters: Floats) -> float:
    """The magnitude that has the full colour: the largest; 0 where all are 0."""
    return float(np.abs(filters).max(initial=0.0))


def first_full(scene: Scene, frame: Frame) -> float:
    """That of the first layer that shows filters; 0 without one."""
    found = (filters_of(scene, layer, frame) for layer in range(1, len(scene.network.layers)))
    return next((full_of(filters) for filters in found if filters is not None), 0.0)
