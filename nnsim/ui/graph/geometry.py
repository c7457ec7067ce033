"""Where every layer and node of the drawn network stands. Plain arrays, no painting.

Coordinates are logical pixels of a viewport of the given size, y downwards. A layer is a `column` of
discs, a `grid` of discs when one column would not hold them, a `plane` of pixels, a set of `maps`, one
picture a channel, or a thin `strip` of pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nnsim.model.network import Edge, Network
from nnsim.model.network import Node as Node
from nnsim.ui.graph.place import PIXELS
from nnsim.ui.graph.place import LayerPlace as LayerPlace
from nnsim.ui.graph.place import Points as Points
from nnsim.ui.graph.place import Rect as Rect
from nnsim.ui.graph.viewport import Viewport
from nnsim.ui.graph.views import maps, strip

TALLEST_COLUMN = 24
MOST_INPUT_DISCS = 64
MOST_DISCS = 1000
_ROOMY_PITCH = 56.0
_NUMBER_RADIUS, _NAME_GAP = 20.5, 11.0
"""Radius that holds a sign and two decimals, and the gap that a name at its corner needs."""
_DISC = 0.36
"""Radius of a disc in a crowded layer, as a share of the distance to the next."""
_PICTURE = 0.42
"""The same in a network that reads an image: its discs hold pictures, and touch their neighbours' light."""
_ROOMIER = 1.3
"""How much larger the discs of a short column may be beside an image than those of the longest."""
_WHOLE = 3.0
"""Side of a pixel from which it is a whole number, so that the grid of an image is even."""
_WIDEST_GAP = 1.25
"""Of two layers, as a share of the height: in a wider one edges would be flat lines."""
_LEAST_GAP = 0.085
"""Room that edges need between two layers, as a share of the viewport's width."""
_MIXED_IMAGE = 0.25
"""Side of the input image among layers of other kinds, as a share of the stage's width."""
_LEAST_MIXED_GAP, _LEAST_SHARE, _WIDEST_MIXED_GAP = 26.0, 0.05, 0.32
"""Between two such layers in pixels, or if that is less as a share of the width; at most, of the height."""
_CROSSED, _STRAIGHT, _THIN, _THIN_WIDTH = 1.35, 0.75, 0.6, 32.0
"""Shares of a gap: where ribbons cross, where they do not, and beside a layer of that width at most."""
_SHRINKS = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.45, 0.38, 0.32)
LARGEST_RADIUS = 0.046
"""Of a disc, as a share of the viewport's shorter side."""
_READABLE_RADIUS = 24.0
"""Of a disc in which its value is easily read, with letters of the usual size."""


Item = Node | Edge
"""What can be hovered and selected."""


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """Where the whole network stands; nodes of all layers are numbered through.

    Attributes
    ----------
    layers : tuple of LayerPlace
    offsets : array of int, shape (layers + 1,)
        Number of each layer's first node.
    centres : array, shape (nodes, 2)
    radii : array, shape (nodes,)
    viewport : Viewport
        What it was arranged for.
    """

    layers: tuple[LayerPlace, ...]
    offsets: NDArray[np.intp]
    centres: Points
    radii: Points
    viewport: Viewport

    @property
    def reads_image(self) -> bool:
        """Whether the input is drawn as an image."""
        return self.layers[0].is_plane

    def number(self, node: Node) -> int:
        """The node's number through all layers."""
        return int(self.offsets[node.layer]) + node.unit

    def node(self, number: int) -> Node:
        """The node of that number."""
        layer = int(np.searchsorted(self.offsets, number, side="right")) - 1
        return Node(layer, number - int(self.offsets[layer]))

    def span(self, layer: int) -> slice:
        """The numbers of one layer's nodes."""
        return slice(int(self.offsets[layer]), int(self.offsets[layer + 1]))


def layer_kind(network: Network, layer: int) -> str:
    """How a layer is drawn: ``column``, ``grid``, ``plane``, ``maps`` or ``strip``."""
    shape = network.shapes[layer]
    if shape.is_image and (layer or shape.channels > 1):
        return "maps"
    if network.layers[layer].kind in strip.KINDS:
        return "strip"
    if shape.is_image or shape.size > (MOST_DISCS if layer else MOST_INPUT_DISCS):
        return "plane"
    return "column" if shape.size <= TALLEST_COLUMN else "grid"


def _kinds(network: Network) -> list[str]:
    return [layer_kind(network, layer) for layer in range(len(network.layers))]


def arrange(network: Network, viewport: Viewport) -> Geometry:
    """Place a network in a viewport; headings and legend get their room from it."""
    stage = _stage(network, viewport)
    radius = _disc_radius(network, stage, viewport)
    if is_mixed(network):
        places, xs = _mixed(network, radius, stage)
    else:
        rooms, share = _grid_rooms(network, radius, stage, viewport.width), _disc_share(network)
        places = [_place(network, layer, radius, stage, room, share) for layer, room in enumerate(rooms)]
        xs = _spread([place.rect.width for place in places], stage)
    middle = stage.middle[1]
    moved = tuple(_moved(place, x, middle) for place, x in zip(places, xs, strict=True))
    units = [shape.size for shape in network.shapes]
    return Geometry(
        layers=moved,
        offsets=np.concatenate(([0], np.cumsum(units))).astype(np.intp),
        centres=np.concatenate([place.centres for place in moved]),
        radii=np.repeat([place.radius for place in moved], units),
        viewport=viewport,
    )


def _stage(network: Network, viewport: Viewport) -> Rect:
    width, height = viewport.width, viewport.height
    image = reads_image(network)
    left, right = (
        (max(20.0, 0.03 * width), max(74.0, 0.1 * width)) if image else 2 * (max(46.0, 0.11 * width),)
    )
    skips = any(layer - source > 1 for source, layer in network.connections)
    top = viewport.heading_room
    room = max(height - top - viewport.legend_room, 40.0)
    bend = 0.11 * room if skips else 0.0
    return Rect(left, top + bend, max(width - left - right, 40.0), room - 2 * bend)


def _disc_radius(network: Network, stage: Rect, viewport: Viewport) -> float:
    sizes = zip(network.shapes, _kinds(network), strict=True)
    discs = [min(shape.size, TALLEST_COLUMN) for shape, kind in sizes if kind not in PIXELS]
    most = LARGEST_RADIUS * min(stage.width * 1.1, stage.height * 1.2)
    most = max(most, _READABLE_RADIUS * viewport.letters)
    if is_mixed(network):
        most = _READABLE_RADIUS * viewport.text_scale
    across = 0.2 * stage.width / (len(network.layers) - 1)
    pitch = stage.height / max(discs, default=1)
    crowded = _disc_share(network) * pitch
    below = (pitch - viewport.name_room) / 2
    has_room = pitch >= _ROOMY_PITCH * viewport.letters
    if not reads_image(network):
        readable = min(_NUMBER_RADIUS, (pitch / viewport.letters - _NAME_GAP) / 2) * viewport.letters
        crowded = max(crowded, readable)
        # A number that is easily read comes before a name below it: the name has other places.
        has_room = has_room and below >= readable
    tall = below if has_room else crowded
    return min(most, across, tall, crowded)


def reads_image(network: Network) -> bool:
    """Whether the input is drawn as an image."""
    return layer_kind(network, 0) in ("plane", "maps")


def is_mixed(network: Network) -> bool:
    """Whether there are layers of other kinds than dense ones."""
    return any(layer.kind not in ("input", "dense") for layer in network.layers)


def _disc_share(network: Network) -> float:
    return _PICTURE if reads_image(network) else _DISC


def _grid_rooms(network: Network, radius: float, stage: Rect, width: float) -> list[float]:
    """Width that each layer may take if it is a grid: of what image, columns and edges leave."""
    kinds = _kinds(network)
    usual = 0.62 * stage.width / len(kinds)
    if kinds[0] != "plane" or "grid" not in kinds:
        return [usual] * len(kinds)
    taken = _plane(network, 0, stage).rect.width + 2 * radius * kinds.count("column")
    gaps = (len(kinds) - 1) * max(_LEAST_GAP * width, 44.0)
    sizes = [math.sqrt(shape.size) for shape in network.shapes]
    whole = sum(size for size, kind in zip(sizes, kinds, strict=True) if kind == "grid")
    return [max((stage.width - taken - gaps) * size / whole, 0.5 * usual) for size in sizes]


def _place(network: Network, layer: int, radius: float, stage: Rect, room: float, share: float) -> LayerPlace:
    """A layer about the origin."""
    kind, units = layer_kind(network, layer), network.units(layer)
    if kind == "plane":
        return _plane(network, layer, stage)
    if kind == "maps":
        return maps.place(network, layer, stage, 1.0)
    if kind == "grid":
        return _grid(units, radius, stage, room, share)
    if share == _PICTURE:
        radius = min(_ROOMIER * radius, share * stage.height / units)
    return _column(units, radius, stage)


def _moved(place: LayerPlace, x: float, y: float) -> LayerPlace:
    """A layer with its middle at a point; an image begins at a whole pixel, so that its grid is sharp."""
    if place.is_plane:
        x = round(x - place.rect.width / 2) + place.rect.width / 2
        y = round(y - place.rect.height / 2) + place.rect.height / 2
    return place.moved_to(x, y)


def _column(units: int, radius: float, stage: Rect) -> LayerPlace:
    pitch = min(stage.height / units, 7 * radius)
    y = (np.arange(units) - (units - 1) / 2) * pitch
    rect = Rect(-radius, -pitch * units / 2, 2 * radius, pitch * units)
    return LayerPlace("column", np.stack([np.zeros_like(y), y], axis=1), radius, rect, units, 1)


def _cells(rows: int, columns: int, pitch: float) -> tuple[Points, Rect]:
    x = (np.arange(columns) - (columns - 1) / 2) * pitch
    y = (np.arange(rows) - (rows - 1) / 2) * pitch
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    width, height = columns * pitch, rows * pitch
    return grid, Rect(-width / 2, -height / 2, width, height)


def _grid(units: int, radius: float, stage: Rect, room: float, share: float) -> LayerPlace:
    def pitch_of(columns: int) -> float:
        return min(room / columns, stage.height / math.ceil(units / columns))

    best = max(pitch_of(columns) for columns in range(1, units + 1))
    enough = min((0.8 if share < _PICTURE else 0.97) * best, 2.6 * radius)
    columns = next(columns for columns in range(1, units + 1) if pitch_of(columns) >= enough)
    rows = math.ceil(units / columns)
    pitch = min(pitch_of(columns), 3 * radius)
    grid, rect = _cells(rows, columns, pitch)
    centres = grid.transpose(1, 0, 2).reshape(-1, 2)[:units]
    return LayerPlace("grid", centres, share * pitch, rect, rows, columns)


def plane_shape(network: Network, layer: int) -> tuple[int, int]:
    """Rows and columns in which a layer's units are drawn as pixels."""
    shape = network.shapes[layer]
    if shape.is_image:
        return shape.size // shape.sizes[-1], shape.sizes[-1]
    rows = math.isqrt(shape.size)
    return rows, math.ceil(shape.size / rows)


def _mixed(network: Network, radius: float, stage: Rect) -> tuple[list[LayerPlace], list[float]]:
    """The layers about the origin, so small that all fit beside one another, and the middle of each."""
    for shrink in _SHRINKS:
        places: list[LayerPlace] = []
        for layer in range(len(network.layers)):
            places.append(_among_others(network, layer, radius, stage, shrink, places))
        leads = [maps.lead(place) for place in places]
        weights = [_gap_share(network, i + 1, *pair) for i, pair in enumerate(pairwise(places))]
        free = stage.width - sum(place.rect.width for place in places) - sum(leads)
        gap = free / sum(weights)
        if gap >= min(_LEAST_MIXED_GAP, _LEAST_SHARE * stage.width):
            break
    gap = min(gap, _WIDEST_MIXED_GAP * stage.height)
    taken = sum(place.rect.width for place in places) + sum(leads) + gap * sum(weights)
    x, xs = stage.middle[0] - taken / 2, []
    for place, before, weight in zip(places, leads, [*weights, 0.0], strict=True):
        xs.append(x + before + place.rect.width / 2)
        x += before + place.rect.width + gap * weight
    return places, xs


def _gap_share(network: Network, layer: int, before: LayerPlace, place: LayerPlace) -> float:
    """How much of the room between layers goes to the left of one: most where ribbons cross."""
    if network.layers[layer].kind in ("conv2d", "dense"):
        return _CROSSED
    return _THIN if _is_thin(before, place) else _STRAIGHT


def _is_thin(one: LayerPlace, other: LayerPlace) -> bool:
    """Whether less room is needed between two layers: no edge but their own cell's joins a cell."""
    widths = [place.rect.width / place.columns for place in (one, other)]
    return min(widths) <= _THIN_WIDTH and "column" not in (one.kind, other.kind)


def _among_others(
    network: Network, layer: int, radius: float, stage: Rect, shrink: float, before: list[LayerPlace]
) -> LayerPlace:
    kind = layer_kind(network, layer)
    if kind == "maps":
        return maps.place(network, layer, stage, shrink)
    if kind == "strip":
        return strip.place(network.units(layer), before[network.sources(layer)[0]], stage)
    if kind == "plane":
        return _plane(network, layer, stage, max(_MIXED_IMAGE * shrink, 0.1))
    return _place(network, layer, radius, stage, 0.62 * stage.width / len(network.layers), _DISC)


def _plane(network: Network, layer: int, stage: Rect, share: float | None = None) -> LayerPlace:
    rows, columns = plane_shape(network, layer)
    share = (min(0.3, 1.2 / len(network.layers)) if share is None else share) * stage.width
    pitch = min(share / columns, 0.6 * stage.height / rows)
    if pitch >= _WHOLE:
        pitch = math.floor(pitch)
    grid, rect = _cells(rows, columns, pitch)
    return LayerPlace("plane", grid.reshape(-1, 2)[: network.units(layer)], pitch / 2, rect, rows, columns)


def _spread(widths: list[float], stage: Rect) -> list[float]:
    """Middles of the layers: equal gaps between them, none so wide that edges become flat lines."""
    gaps = len(widths) - 1
    gap = min((stage.width - sum(widths)) / gaps, _WIDEST_GAP * stage.height)
    x = stage.middle[0] - (sum(widths) + gaps * gap) / 2
    out = []
    for width in widths:
        out.append(x + width / 2)
        x += width + gap
    return out
