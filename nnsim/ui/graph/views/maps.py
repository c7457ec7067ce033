"""Feature maps: each channel of a layer is a small picture, with its filter beside it where it has one."""

from __future__ import annotations

import math

import numpy as np

from nnsim.model.network import Network
from nnsim.ui.graph.place import FILTER_GAP, LayerPlace, Rect, Sheet

MOST_ROWS = 8
"""Pictures one below the other; more stand in several columns."""
_LEAST_PITCH, _CLOSER = 42.0, 0.7
"""Height that a row of pictures has at least, before another column begins; and the share of their size from
which on rows stand closer, so that columns are fewer."""
_FULL, _THUMBNAIL = 0.9, 0.42
"""Side of a picture, as a share of the height of its row: of maps, and of layers that only pass them on."""
_LARGEST_THUMBNAIL = 30.0
_WIDEST = 0.22
"""Side of a picture at most, as a share of the stage's width."""
_BETWEEN = 0.14
"""Gap between two columns of pictures, as a share of their side."""
_FILTER, _SMALLEST_FILTER, _LARGEST_FILTER = 0.32, 12.0, 44.0
_WHOLE, _HALF = 4.0, 1.5
"""Sides of a pixel from which they are whole, and half, numbers, so that pixels are even."""
_TALLEST = 170.0
"""Height of a row of pictures at most."""
THUMBNAILS = ("dropout", "batch_norm", "layer_norm", "instance_norm", "group_norm")
"""Kinds that pass pictures on much as they are: they are drawn small, as a thin column."""


def place(network: Network, layer: int, stage: Rect, shrink: float) -> LayerPlace:
    """A layer of pictures about the origin.

    Parameters
    ----------
    stage : Rect
    shrink : float
        Share of their size that pictures keep where there are many layers.
    """
    shape = network.shapes[layer]
    channels, height, width = shape.sizes
    rows, columns = grid_of(channels, stage.height / min(shrink / _CLOSER, 1.0))
    pitch = min(stage.height / rows, _TALLEST)
    is_small = network.layers[layer].kind in THUMBNAILS
    side = (_THUMBNAIL if is_small else _FULL * _size_share(network, layer)) * pitch * shrink
    side = min(side, _LARGEST_THUMBNAIL if is_small else _WIDEST * stage.width)
    pixel = _even(max(side, 6.0) / max(height, width))
    filters = has_filters(network, layer) and not is_small
    filter_side = _filter_side(pixel * max(height, width)) if filters else 0.0
    # A filter stands before its map: in the columns that follow the first, between two maps.
    between = filter_side + 2 * FILTER_GAP if filters else 0.0
    across, gap = pixel * width, max(_BETWEEN * pixel * width, between, 4.0)
    x = (np.arange(columns) - (columns - 1) / 2) * (across + gap) - across / 2
    y = (np.arange(rows) - (rows - 1) / 2) * pitch - pixel * height / 2
    corners = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)[:channels]
    sheet = Sheet(corners, height, width, pixel, pixel, filter_side=filter_side)
    wide = columns * across + (columns - 1) * gap
    rect = Rect(-wide / 2, -pitch * rows / 2, wide, pitch * rows)
    return LayerPlace("maps", sheet.centres(), pixel / 2, rect, rows, columns, sheet)


def grid_of(channels: int, height: float) -> tuple[int, int]:
    """Rows and columns in which the pictures of so many channels stand."""
    most = min(MOST_ROWS, max(int(height / _LEAST_PITCH), 2))
    columns = math.ceil(channels / most)
    return math.ceil(channels / columns), columns


def has_filters(network: Network, layer: int) -> bool:
    """Whether each channel is made by one filter over one picture, which is drawn beside it."""
    sources = network.input_shapes(layer) if layer else ()
    return network.layers[layer].kind == "conv2d" and sources[0].channels == 1


def lead(place: LayerPlace) -> float:
    """Room at the left of a layer that its filters take."""
    return (
        place.sheet.filter_side + FILTER_GAP if place.sheet is not None and place.sheet.filter_side else 0.0
    )


def _size_share(network: Network, layer: int) -> float:
    """A picture of fewer pixels is smaller, though not in proportion: its pixels grow."""
    sides = [max(shape.sizes[1:]) for shape in network.shapes[1:] if shape.is_image]
    return math.sqrt(max(network.shapes[layer].sizes[1:]) / max(sides))


def _even(pixel: float) -> float:
    if pixel >= _WHOLE:
        return float(math.floor(pixel))
    return math.floor(2 * pixel) / 2 if pixel >= _HALF else pixel


def _filter_side(side: float) -> float:
    return min(max(_FILTER * side, _SMALLEST_FILTER), _LARGEST_FILTER)
