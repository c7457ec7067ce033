"""Heat maps for the faces of the nodes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from nnsim.model.layers import Dense, Layer
from nnsim.model.network import Network
from nnsim.ui.graph.edges import Floats
from nnsim.ui.theme import Theme

BETWEEN_0_AND_1 = ("step", "sigmoid", "softmax")
"""Activations whose undecided value is a half, not 0."""


def face_images(
    theme: Theme, network: Network, maps: Sequence[NDArray[np.floating] | None]
) -> list[list[QImage] | None]:
    """The faces of all layers; None for a layer without maps."""
    return [
        None if values is None else [face_image(theme, each) for each in shares(layer, values)]
        for layer, values in zip(network.layers, maps, strict=False)
    ]


def shares(layer: Layer, values: Floats) -> Floats:
    """Activations as signed shares: about ½ where they lie in [0, 1], else about 0; full at the extreme."""
    if isinstance(layer, Dense) and layer.activation in BETWEEN_0_AND_1:
        return 2.0 * values - 1.0
    largest = float(np.nanmax(np.abs(values), initial=0.0))
    return values / largest if largest else np.zeros_like(values)


def face_image(theme: Theme, face: Floats) -> QImage:
    """A heat map of shares in [-1, 1], (n, n) with its first row at the bottom: blue up, orange down."""
    clipped = np.clip(np.nan_to_num(face[::-1]), -1.0, 1.0)
    ground = _bgr(theme, "node_off")
    warm = _bgr(theme, "positive") - ground, _bgr(theme, "negative") - ground
    colors = (
        ground
        + np.maximum(clipped, 0.0)[..., None] * warm[0]
        + np.maximum(-clipped, 0.0)[..., None] * warm[1]
    )
    out = np.full((*face.shape, 4), 255, np.uint8)
    out[..., :3] = np.rint(colors)
    rows, columns = face.shape
    return QImage(out.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32).copy()


def _bgr(theme: Theme, role: str) -> Floats:
    color = theme.color(role)
    return np.array([color.blue(), color.green(), color.red()], float)
