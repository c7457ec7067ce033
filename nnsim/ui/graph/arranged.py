"""The network where hands have put it: offsets on top of automatic places, and the view that holds it all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnsim.model.arrangement import WHOLE, Arrangement
from nnsim.ui.graph.geometry import Geometry, LayerPlace, Points
from nnsim.ui.graph.view import View

_LEFT = 8.0
_RIGHT, _RIGHT_OF_CLASSES = 44.0, 72.0
"""Room left and right within which everything counts as in sight; beside classes their shares are written."""
_SIDE = 84.0
"""Room left and right of a picture that had to be made smaller: names and targets stand there."""
_GAP = 18.0
"""The same above and below."""


def arranged(geometry: Geometry, arrangement: Arrangement) -> Geometry:
    """Move nodes and layers by the offsets of an arrangement.

    The units of an image or a grid are not moved one by one: it would no longer be one.
    """
    if not arrangement:
        return geometry
    units = np.zeros_like(geometry.centres)
    layers = np.zeros((len(geometry.layers), 2))
    for layer, unit, dx, dy in arrangement:
        if unit == WHOLE:
            layers[layer] = dx, dy
        elif geometry.layers[layer].moves_by_unit:
            units[geometry.offsets[layer] + unit] = dx, dy
    places = tuple(
        _shifted(place, layers[i], units[geometry.span(i)]) for i, place in enumerate(geometry.layers)
    )
    return replace(geometry, layers=places, centres=np.concatenate([place.centres for place in places]))


def _shifted(place: LayerPlace, whole: Points, units: Points) -> LayerPlace:
    """A layer moved, and its units in it; an image goes by whole pixels, so that its grid stays sharp."""
    dx, dy = np.round(whole) if place.is_plane else whole
    x, y = place.rect.middle
    there = place.moved_to(x + float(dx), y + float(dy))
    return replace(there, centres=there.centres + units)


def view_of_all(geometry: Geometry) -> View:
    """The view in which nothing is out of sight: the plain one where that is so already."""
    reach = geometry.radii[:, None]
    low, high = (geometry.centres - reach).min(axis=0), (geometry.centres + reach).max(axis=0)
    width, top = geometry.viewport.width, geometry.viewport.heading_room
    bottom = geometry.viewport.height - geometry.viewport.legend_room
    right = width - (_RIGHT_OF_CLASSES if geometry.reads_image else _RIGHT)
    if low[0] >= _LEFT and high[0] <= right and low[1] >= top - 1 and high[1] <= bottom + 1:
        return View()
    room = np.maximum((width - 2 * _SIDE, bottom - top - 2 * _GAP), 40.0)
    scale = min(1.0, float((room / np.maximum(high - low, 1.0)).min()))
    dx, dy = np.array([width / 2, (top + bottom) / 2]) - scale * (low + high) / 2
    return View(scale, float(dx), float(dy))
