"""Ribbons in widget coordinates: drawn as edges are, from picture to picture."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnsim.ui.graph.curves import SLOPE, sample
from nnsim.ui.graph.edges import Ints
from nnsim.ui.graph.geometry import Geometry
from nnsim.ui.graph.place import FILTER_GAP, LayerPlace, Points
from nnsim.ui.graph.ribbons import RibbonSet
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.view import View

_WIDEST, _LEAST, _MOST = 0.011, 3.0, 9.0
"""Width of a ribbon at full scale: a share of the height, at least and at most."""
_PIECES, _MOST_PIECES = 18, 90
"""Straight pieces that a ribbon is drawn of where there are many; more where one looks closely."""
_FEW, _OF_MANY = 60, 0.7
"""Of more than so many ribbons each is narrower, by that share."""


class RibbonScreen(Screen):
    """As :class:`Screen`, of ribbons.

    Parameters
    ----------
    geometry : Geometry
    ribbons : RibbonSet
    view : View
    """

    def __init__(self, geometry: Geometry, ribbons: RibbonSet, view: View) -> None:
        self.geometry = geometry
        self.edges = ribbons  # type: ignore[assignment]
        self.view = view
        self._ribbons = ribbons

    @cached_property
    def curves(self) -> Points:
        out = np.zeros((len(self._ribbons), 4, 2))
        out[:, 0] = ends(self.geometry, self._ribbons.source_layer, self._ribbons.source_channel, right=True)
        out[:, 3] = ends(self.geometry, self._ribbons.layer, self._ribbons.channel, right=False)
        reach = SLOPE * np.abs(out[:, 3, 0] - out[:, 0, 0])
        out[:, 1], out[:, 2] = out[:, 0], out[:, 3]
        out[:, 1, 0] += reach
        out[:, 2, 0] -= reach
        return self.view.to_screen(out)

    @cached_property
    def polylines(self) -> Points:
        return sample(self.curves, min(round(_PIECES * max(self.view.scale, 1.0)), _MOST_PIECES))

    @cached_property
    def shown(self) -> NDArray[np.bool_]:
        return np.ones(self.segments.shape[:2], np.bool_)

    @cached_property
    def thickest(self) -> float:
        room = min(max(_WIDEST * self.geometry.viewport.height, _LEAST), _MOST)
        room *= 1.0 if len(self._ribbons) <= _FEW else _OF_MANY
        return min(room * self.view.scale, 2 * _MOST)


def ends(geometry: Geometry, layers: Ints, channels: Ints, right: bool) -> Points:
    """Where ribbons leave, or reach, the channels of layers: shape (n, 2)."""
    out = np.zeros((len(layers), 2))
    for layer in set(layers.tolist()):
        mine = layers == layer
        out[mine] = _sides(geometry.layers[layer], channels[mine], right)
    return out


def _sides(place: LayerPlace, channels: Ints, right: bool) -> Points:
    x = place.rect.x + (place.rect.width if right else 0.0)
    whole = np.broadcast_to((x, place.rect.middle[1]), (len(channels), 2))
    if place.kind == "plane" or (channels < 0).all():
        return whole
    if place.kind == "maps" and place.sheet is not None:
        corners, (width, height) = place.sheet.corners[channels], place.sheet.size
        lead = place.sheet.filter_side + FILTER_GAP if place.sheet.filter_side else 0.0
        return np.add(corners, (width if right else -lead, height / 2))
    if place.kind == "strip":
        return np.stack([np.full(len(channels), x), _along(place, channels)], axis=1)
    return np.add(place.centres[channels], (place.radius if right else -place.radius, 0.0))


def _along(place: LayerPlace, channels: Ints) -> Points:
    """Heights at which channels lie in a thin column, each an equal part of it."""
    count = max(int(channels.max()) + 1, 1)
    return place.rect.y + place.rect.height * (channels + 0.5) / count
