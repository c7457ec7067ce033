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


def face_images(theme: Theme, network: Network, maps: Sequence[Floats | None]) -> list[list[QImage] | None]:
    """The faces of all layers; None for a layer without maps."""
    palette = face_colors(theme)
    return [
        None if values is None else [face_image(palette, each) for each in shares(layer, values)]
        for layer, values in zip(network.layers, maps, strict=False)
    ]


def shares(layer: Layer, values: Floats) -> Floats:
    """Activations as signed shares: about ½ where they lie in [0, 1], else about 0; full at the extreme."""
    if isinstance(layer, Dense) and layer.activation in BETWEEN_0_AND_1:
        return 2.0 * values - 1.0
    largest = float(np.nanmax(np.abs(values), initial=0.0))
    return values / largest if largest else np.zeros_like(values)


def face_colors(theme: Theme, roles: tuple[str, str] = ("positive", "negative")) -> NDArray[np.uint32]:
    """255 colours as 0xAARRGGBB: for -1 the second role's, for 0 the silent node's, for 1 the first's."""
    stops = [theme.color(role) for role in (roles[1], "node_off", roles[0])]
    at = np.linspace(-1.0, 1.0, 255)
    channels = [
        np.rint(np.interp(at, (-1.0, 0.0, 1.0), [getattr(stop, name)() for stop in stops])).astype(np.uint32)
        for name in ("red", "green", "blue")
    ]
    return np.uint32(0xFF000000) | channels[0] << 16 | channels[1] << 8 | channels[2]


def face_image(palette: NDArray[np.uint32], face: Floats) -> QImage:
    """A heat map of shares in [-1, 1], (n, n), its first row at the bottom."""
    steps = np.rint(np.clip(np.nan_to_num(face[::-1]), -1.0, 1.0) * 127 + 127).astype(np.intp)
    pixels = palette[steps]
    rows, columns = face.shape
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
