"""The incoming weights of units that read an image, as images of the same shape."""

from __future__ import annotations

from time import monotonic

import numpy as np
from PySide6.QtCore import QLocale
from PySide6.QtGui import QImage

from nnsim.model.network import Network
from nnsim.model.parameters import Layout, Vector
from nnsim.ui.graph.edges import Floats
from nnsim.ui.graph.faces import face_colors, face_image
from nnsim.ui.graph.geometry import MOST_DISCS, Item, Node, layer_kind, plane_shape
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.words import brief, translate
from nnsim.ui.theme import Theme

REFRESH_SECONDS = 0.125
"""Between two looks at weights that change all the time."""
FAINTEST = 0.05
"""Share of the layer's largest |w| that a unit's own scale never goes below: the noise in a unit that has
next to no weight left must not look like a pattern."""


def image_source(network: Network, layer: int) -> int | None:
    """The layer drawn as an image that a layer of discs reads, and nothing else; None if it does not."""
    if not 0 < layer < len(network.layers) or network.units(layer) > MOST_DISCS:
        return None
    if network.layers[layer].kind != "dense":
        return None
    sources = network.sources(layer)
    if len(sources) == 1 and layer_kind(network, sources[0]) == "plane":
        return sources[0]
    return None


def incoming(layout: Layout, vector: Vector, node: Node) -> Floats | None:
    """One unit's weights in the shape of the image that it reads, (rows, columns); None if it reads none."""
    source = image_source(layout.network, node.layer)
    if source is None:
        return None
    return _in_shape(layout, layout.block(vector, source, node.layer)[node.unit], source)


def incoming_picture(theme: Theme, scene: Scene, item: Item, locale: QLocale) -> tuple[QImage, str] | None:
    """The picture for the card of a unit that reads an image, and its caption."""
    if scene.snapshot is None or not isinstance(item, Node):
        return None
    weights = incoming(scene.layout, scene.snapshot.parameters, item)
    if weights is None:
        return None
    image, largest = weight_image(theme, weights)
    return image, translate("GraphCanvas", "full colour ±%1").replace("%1", brief(locale, largest))


def weight_image(theme: Theme, weights: Floats) -> tuple[QImage, float]:
    """One unit's weights as an image, and the |w| that has the full colour."""
    weights = _finite(weights)
    largest = float(_largest(weights[None])[0])
    return face_image(face_colors(theme), weights[::-1] / largest), largest


class WeightImages:
    """The faces of all units that read an image, each to its own scale; next to no weight stays pale.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme) -> None:
        self._palette = face_colors(theme)
        self._layout: Layout | None = None
        self._vector: Vector | None = None
        self._made: list[list[QImage] | None] = []
        self._fresh_until = 0.0

    def images(
        self, layout: Layout, vector: Vector | None, hurried: bool
    ) -> list[list[QImage] | None] | None:
        """The faces by layer; None where a layer has none, or nothing has been computed.

        Parameters
        ----------
        hurried : bool
            Other weights follow at once: images of a moment ago will do.
        """
        layers = range(len(layout.network.layers))
        if vector is None or all(image_source(layout.network, layer) is None for layer in layers):
            self._layout = self._vector = None
            return None
        if layout is self._layout and (
            vector is self._vector or (hurried and monotonic() < self._fresh_until)
        ):
            return self._made
        if layout is not self._layout or not _same(layout, vector, self._vector):
            self._made = [self._layer(layout, vector, layer) for layer in layers]
            self._fresh_until = monotonic() + REFRESH_SECONDS
        self._layout, self._vector = layout, vector
        return self._made

    def _layer(self, layout: Layout, vector: Vector, layer: int) -> list[QImage] | None:
        source = image_source(layout.network, layer)
        if source is None:
            return None
        weights = _finite(layout.block(vector, source, layer))
        largest = _largest(weights)
        shares = weights / np.maximum(largest, FAINTEST * largest.max())[:, None]
        return [face_image(self._palette, _in_shape(layout, each, source)[::-1]) for each in shares]


def _same(layout: Layout, vector: Vector, before: Vector | None) -> bool:
    """Whether the weights that are drawn as images are what they were."""
    if before is None:
        return False
    layers = range(1, len(layout.network.layers))
    spans = [layout.weight(layer).span for layer in layers if image_source(layout.network, layer) is not None]
    return all(np.array_equal(vector[span], before[span]) for span in spans)


def _finite(weights: Floats) -> Floats:
    """Weights with 0 for what is no number any more."""
    return np.nan_to_num(weights, posinf=0.0, neginf=0.0)


def _largest(weights: Floats) -> Floats:
    """The largest |w| of each unit, (units,); 1 where all are 0."""
    largest = np.abs(weights).reshape(len(weights), -1).max(axis=1)
    return np.where(largest > 0, largest, 1.0)


def _in_shape(layout: Layout, values: Floats, source: int) -> Floats:
    rows, columns = plane_shape(layout.network, source)
    out = np.zeros(rows * columns)
    out[: len(values)] = values
    return out.reshape(rows, columns)
