"""Predictions beside their targets, for small datasets."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from nnsim.data.dataset import Dataset
from nnsim.ui.letters import letters
from nnsim.ui.numbers import plain, short
from nnsim.ui.theme import Theme

_ROW, _VERDICT = 27, 28
_MEASURED = 40
"""Rows that the widths of the columns are taken from."""
_Index = QModelIndex | QPersistentModelIndex


class PredictionModel(QAbstractTableModel):
    """Rows of (input, target, prediction, right or wrong)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.font = theme, QFont()
        self._dataset: Dataset | None = None
        self._predictions: np.ndarray | None = None

    def show_data(self, dataset: Dataset | None) -> None:
        """Take other samples, or none; predictions are absent until they come."""
        self.beginResetModel()
        self._dataset, self._predictions = dataset, None
        self.endResetModel()

    def show_predictions(self, predictions: np.ndarray | None) -> None:
        """Take the network's answers, shape (samples, outputs)."""
        if self._dataset is None or predictions is None or len(predictions) != self._dataset.samples:
            return
        self._predictions = predictions
        self.dataChanged.emit(self.index(0, 2), self.index(self.rowCount() - 1, 3))

    def rowCount(self, parent: _Index | None = None) -> int:
        """One row for each sample."""
        return (
            0 if self._dataset is None or (parent is not None and parent.isValid()) else self._dataset.samples
        )

    def columnCount(self, parent: _Index | None = None) -> int:
        """Input, target, prediction, verdict."""
        return 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """The columns' names."""
        if role == Qt.ItemDataRole.FontRole:
            return self.font
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Input"), self.tr("Target"), self.tr("Prediction"), "")[section]

    def data(self, index: _Index, role: int = 0) -> Any:
        """One cell."""
        if self._dataset is None:
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole or (role == Qt.ItemDataRole.ToolTipRole and column == 0):
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ForegroundRole and column == 3:
            right = self._is_right(row)
            return None if right is None else QColor(self.theme.update if right else self.theme.negative)
        return None

    def _text(self, row: int, column: int) -> str:
        dataset = self._dataset
        assert dataset is not None
        if column == 0:
            return "  ".join(plain(float(v)) for v in dataset.x[row])
        if column == 1:
            return "  ".join(plain(float(v)) for v in dataset.y[row])
        if self._predictions is None:
            return "–"
        if column == 2:
            return "  ".join(short(float(v)) for v in self._predictions[row])
        return {True: "✓", False: "✗", None: ""}[self._is_right(row)]

    def _is_right(self, row: int) -> bool | None:
        dataset, predictions = self._dataset, self._predictions
        if dataset is None or predictions is None or dataset.task == "regression":
            return None
        if dataset.task == "binary":
            return bool((predictions[row, 0] > 0.5) == (dataset.y[row, 0] > 0.5))
        return bool(predictions[row].argmax() == dataset.y[row].argmax())


class PredictionTable(QTableView):
    """The table as a quiet, read-only view."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PredictionModel(theme, self)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("Predictions beside their targets"))
        self.setToolTip(self.tr("What the network answers to each sample, beside what it should"))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(_VERDICT)
        # Every change of the window's style measures anew.
        header.setResizeContentsPrecision(_MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        # What is to spare goes to the inputs, which are the longest.
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._fit_letters()

    def changeEvent(self, event: QEvent) -> None:
        """Rows are as high as their letters need."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "rows"):
            self._fit_letters()

    def _fit_letters(self) -> None:
        # A header with a style sheet keeps the letters it was made with.
        self.rows.font = self.font()
        self.verticalHeader().setDefaultSectionSize(round(_ROW * letters(self.font())))

    def show_data(self, dataset: Dataset | None) -> None:
        """Take other samples, or none."""
        self.rows.show_data(dataset)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.rows.theme = theme
        self.viewport().update()
