"""A thin column: numbers that a layer passes on one after the other, each a pixel as wide as the column."""

from __future__ import annotations

import numpy as np

from nnsim.ui.graph.place import LayerPlace, Rect, Sheet

KINDS = ("flatten", "dropout", "batch_norm", "layer_norm", "instance_norm", "group_norm")
"""Layers of features that are drawn so."""
_WIDTH, _LEAST_WIDTH = 15.0, 7.0
_TALLEST_CELL = 15.0
_HEIGHT = 0.92
"""Of the stage, at most."""


def place(units: int, source: LayerPlace, stage: Rect) -> LayerPlace:
    """A thin column about the origin; beside a column of discs each cell is level with its disc."""
    rows = source.pitch if source.kind == "column" else _TALLEST_CELL
    height = min(rows * units, source.rect.height if source.kind == "column" else _HEIGHT * stage.height)
    cell, width = height / units, max(min(_WIDTH, 0.04 * stage.width), _LEAST_WIDTH)
    sheet = Sheet(np.array([[-width / 2, -height / 2]]), units, 1, width, cell)
    rect = Rect(-width / 2, -height / 2, width, height)
    return LayerPlace("strip", sheet.centres(), min(width, cell) / 2, rect, units, 1, sheet)
