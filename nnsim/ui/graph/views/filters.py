"""The filters that stand beside maps: what the edges show, as one picture each."""

from __future__ import annotations

import numpy as np

from nnsim.ui.graph.edges import Floats
from nnsim.ui.graph.frames import Frame
from nnsim.ui.graph.scene import Scene


def filter_shares(scene: Scene, layer: int, frame: Frame) -> Floats | None:
    """A layer's filters over its one source picture, as signed shares of the layer's largest weight.

    Returns
    -------
    array of shape (filters, rows, columns), or None
        None where no filter is drawn, or nothing is known.
    """
    sheet = scene.geometry.layers[layer].sheet
    if sheet is None or not sheet.filter_side or frame.parameters is None:
        return None
    weights = scene.layout.view(frame.parameters, layer, "weight")
    assert weights is not None
    weights = np.nan_to_num(weights[:, 0], posinf=0.0, neginf=0.0)
    largest = float(np.abs(weights).max())
    return weights / largest if largest else weights
