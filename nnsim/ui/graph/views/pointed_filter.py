"""The filter beside a map that is under the pointer, and the weight of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from nnsim.lesson.focus import ParameterFocus
from nnsim.model.network import Network, Node
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.views.paint_sheet import filter_boxes


def filter_at(screen: Screen, at: QPointF) -> tuple[int, int] | None:
    """Layer and number of the filter at a point of the widget."""
    x, y = screen.view.to_world(at.x(), at.y())
    for layer, place in enumerate(screen.geometry.layers):
        found = None if place.sheet is None else place.sheet.filter_at(x, y)
        if found is not None:
            return layer, found
    return None


def weight_at(scene: Scene, screen: Screen, at: QPointF, layer: int, number: int) -> ParameterFocus:
    """The weight of a filter that a point falls on."""
    sheet = scene.geometry.layers[layer].sheet
    tensor = scene.layout.weight(layer)
    assert sheet is not None
    box = filter_boxes(screen, sheet, *tensor.shape[2:])[number]
    rows, columns = tensor.shape[2:]
    row = int((at.y() - box.top()) / box.height() * rows)
    column = int((at.x() - box.left()) / box.width() * columns)
    place = number, 0, min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)
    return ParameterFocus(layer, "weight", place)


def cells_of(network: Network, layer: int, channel: int) -> list[Node]:
    """All cells of the map that a filter makes."""
    places = network.shapes[layer].places
    return [Node(layer, unit) for unit in range(channel * places, (channel + 1) * places)]
