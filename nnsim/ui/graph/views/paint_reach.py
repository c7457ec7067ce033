"""Painting what a cell comes from and goes to: frames on pictures, and lines from them to the cell."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnsim.lesson.concern import Concern
from nnsim.model.connectivity import NO_PARAMETER, Cells
from nnsim.ui.graph.geometry import Node
from nnsim.ui.graph.reach import Window, windows, winner
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.views.paint_sheet import cell_box, filter_cell, map_box, map_of, picture_boxes
from nnsim.ui.theme import Theme

_FRAME, _GOES_TO = 1.8, 1.2
_LINES = 0.5
"""Opacity of the lines from a frame to the cell."""
_MOST_LINES = 3
"""Frames from which lines run to the cell; of more the eye would follow none."""


def paint_reach(painter: QPainter, theme: Theme, scene: Scene, screen: Screen, node: Node) -> None:
    """Frame what a cell reads and what reads it, and mark the one that a max pool took."""
    network = scene.network
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("text", 0.55), _GOES_TO, Qt.PenStyle.DotLine))
    for window in windows(network, scene.connectivity.out_of(node)):
        painter.drawRect(window_box(screen, window))
    read = windows(network, scene.connectivity.into(node))
    boxes = [window_box(screen, window) for window in read if not _is_whole(screen, window)]
    if screen.geometry.layers[node.layer].is_plane and len(boxes) <= _MOST_LINES:
        _paint_lines(painter, theme, boxes, _box(screen, node))
    painter.setPen(QPen(theme.color("text"), _FRAME))
    painter.drawRects(boxes)
    taken = winner(scene.connectivity, node, scene.snapshot)
    if taken is not None:
        painter.setPen(QPen(theme.color("positive"), _FRAME))
        painter.drawRect(_box(screen, taken).adjusted(-0.5, -0.5, 0.5, 0.5))


def reach_boxes(scene: Scene, screen: Screen, node: Node) -> list[QRectF]:
    """Where the picture of a cell is, and what it reads in others."""
    read = windows(scene.network, scene.connectivity.into(node))
    boxes = [window_box(screen, window) for window in read if not _is_whole(screen, window)]
    found = map_of(screen, node)
    return boxes if found is None else [map_box(screen, *found), *boxes]


def paint_concern(painter: QPainter, theme: Theme, scene: Scene, screen: Screen, concern: Concern) -> None:
    """Frame what a lesson is about: cells in pictures, whole maps, and weights in filters."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("text"), _FRAME))
    cells = sorted(concern.nodes)
    layers, units = np.array(cells, np.int64).reshape(-1, 2).T
    found = windows(scene.network, Cells(layers, units, np.full(len(cells), NO_PARAMETER)))
    painter.drawRects([window_box(screen, window) for window in found if not _is_whole(screen, window)])
    for layer, channel, _ in concern.channels:
        sheet = screen.geometry.layers[layer].sheet
        if sheet is not None:
            painter.drawRect(picture_boxes(screen, sheet)[channel].adjusted(-1, -1, 1, 1))
    for focus in concern.parameters:
        kernel = getattr(scene.network.layers[focus.layer], "kernel", None)
        box = None if kernel is None else filter_cell(screen, focus.layer, focus.at, kernel)
        if box is not None:
            painter.drawRect(box)


def _paint_lines(painter: QPainter, theme: Theme, boxes: list[QRectF], cell: QRectF) -> None:
    painter.setPen(QPen(theme.color("text", _LINES), 1.0))
    for box in boxes:
        painter.drawLine(box.topRight(), cell.topLeft())
        painter.drawLine(box.bottomRight(), cell.bottomLeft())


def window_box(screen: Screen, window: Window) -> QRectF:
    """Where a window is in the widget."""
    place = screen.geometry.layers[window.layer]
    if place.sheet is None:
        whole = screen.rect(place)
        corner, wide, tall = QPointF(whole.x, whole.y), whole.width / place.columns, whole.height / place.rows
    else:
        corner = picture_boxes(screen, place.sheet)[window.channel].topLeft()
        wide, tall = place.sheet.width * screen.view.scale, place.sheet.height * screen.view.scale
    left, top = corner.x() + wide * window.left, corner.y() + tall * window.top
    across, down = window.right - window.left + 1, window.bottom - window.top + 1
    return QRectF(left, top, wide * across, tall * down).adjusted(-0.5, -0.5, 0.5, 0.5)


def _is_whole(screen: Screen, window: Window) -> bool:
    """Whether a window is all of its picture, which then needs no frame."""
    place = screen.geometry.layers[window.layer]
    rows, columns = (
        (place.rows, place.columns) if place.sheet is None else (place.sheet.rows, place.sheet.columns)
    )
    return (window.bottom - window.top + 1, window.right - window.left + 1) == (rows, columns)


def _box(screen: Screen, node: Node) -> QRectF:
    place = screen.geometry.layers[node.layer]
    if place.sheet is not None:
        return cell_box(screen, node)
    row, column = divmod(node.unit, place.columns)
    return window_box(screen, Window(node.layer, 0, row, column, row, column))
