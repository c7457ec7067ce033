"""A short table of readings: what each is called, its number, and its colour where it has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from nnsim.ui.inspector.readings import Reading
from nnsim.ui.lesson.typesetting import palette
from nnsim.ui.numbers import count, short, signed
from nnsim.ui.theme import Theme

ABSENT = "–"
"""Stands for what has not been computed."""


@dataclass(frozen=True, slots=True)
class Words:
    """How a reading is told.

    Attributes
    ----------
    name, tip : str
        In English; translated when shown (marked by a function that Qt types as object).
    role : str
        ``signed``, ``activation``, ``gradient``, ``update``, ``count`` or empty.
    """

    name: Any
    tip: Any
    role: str = ""


WORDS: dict[str, Words] = {
    "contribution": Words(
        QT_TRANSLATE_NOOP("Facts", "Contribution w·x"),
        QT_TRANSLATE_NOOP("Facts", "What it adds to the next neuron's sum for the sample on the stage"),
        "signed",
    ),
    "gradient": Words(
        QT_TRANSLATE_NOOP("Facts", "Gradient ∂L/∂w, batch"),
        QT_TRANSLATE_NOOP("Facts", "Of the last batch: how the loss grows with this weight"),
        "gradient",
    ),
    "update": Words(
        QT_TRANSLATE_NOOP("Facts", "Last update Δw"),
        QT_TRANSLATE_NOOP("Facts", "By how much the last step changed it"),
        "update",
    ),
    "velocity": Words(
        QT_TRANSLATE_NOOP("Facts", "Velocity v"),
        QT_TRANSLATE_NOOP("Facts", "What momentum carries over from one step to the next"),
    ),
    "mean_square": Words(
        QT_TRANSLATE_NOOP("Facts", "Mean square"),
        QT_TRANSLATE_NOOP("Facts", "RMSprop's running mean of the squared gradient"),
    ),
    "first_moment": Words(
        QT_TRANSLATE_NOOP("Facts", "First moment"),
        QT_TRANSLATE_NOOP("Facts", "Adam's running mean of the gradient, corrected for its start at 0"),
    ),
    "second_moment": Words(
        QT_TRANSLATE_NOOP("Facts", "Second moment"),
        QT_TRANSLATE_NOOP(
            "Facts", "Adam's running mean of the squared gradient, corrected for its start at 0"
        ),
    ),
    "x": Words(
        QT_TRANSLATE_NOOP("Facts", "Value x"),
        QT_TRANSLATE_NOOP("Facts", "Of the sample on the stage"),
        "activation",
    ),
    "z": Words(
        QT_TRANSLATE_NOOP("Facts", "Sum z"),
        QT_TRANSLATE_NOOP("Facts", "Weighted inputs and bias, before the activation function"),
    ),
    "a": Words(
        QT_TRANSLATE_NOOP("Facts", "Activation"),
        QT_TRANSLATE_NOOP("Facts", "What the neuron passes on"),
        "activation",
    ),
    "target": Words(
        QT_TRANSLATE_NOOP("Facts", "Target y"),
        QT_TRANSLATE_NOOP("Facts", "What it should answer to the sample on the stage"),
    ),
    "delta": Words(
        QT_TRANSLATE_NOOP("Facts", "Error signal δ, sample"),
        QT_TRANSLATE_NOOP("Facts", "∂L/∂z for the sample on the stage"),
        "gradient",
    ),
    "bias_gradient": Words(
        QT_TRANSLATE_NOOP("Facts", "Gradient ∂L/∂b, batch"),
        QT_TRANSLATE_NOOP("Facts", "Of the last batch: how the loss grows with the bias"),
        "gradient",
    ),
    "bias_update": Words(
        QT_TRANSLATE_NOOP("Facts", "Last update Δb"),
        QT_TRANSLATE_NOOP("Facts", "By how much the last step changed the bias"),
        "update",
    ),
    "incoming": Words(
        QT_TRANSLATE_NOOP("Facts", "Edges in"),
        QT_TRANSLATE_NOOP("Facts", "Weights that enter the neuron"),
        "count",
    ),
    "outgoing": Words(
        QT_TRANSLATE_NOOP("Facts", "Edges out"),
        QT_TRANSLATE_NOOP("Facts", "Weights that it feeds"),
        "count",
    ),
    "neurons": Words(
        QT_TRANSLATE_NOOP("Facts", "Neurons"), QT_TRANSLATE_NOOP("Facts", "How many are selected"), "count"
    ),
    "weights": Words(
        QT_TRANSLATE_NOOP("Facts", "Weights"),
        QT_TRANSLATE_NOOP("Facts", "Those selected, and those that enter the selected neurons"),
        "count",
    ),
    "mean_size": Words(
        QT_TRANSLATE_NOOP("Facts", "Mean |w|"),
        QT_TRANSLATE_NOOP("Facts", "Mean size of these weights"),
    ),
    "gradient_norm": Words(
        QT_TRANSLATE_NOOP("Facts", "Gradient ‖∂L/∂w‖"),
        QT_TRANSLATE_NOOP("Facts", "Norm of the last batch's gradient over these weights"),
        "gradient",
    ),
    "update_norm": Words(
        QT_TRANSLATE_NOOP("Facts", "Update ‖Δw‖"),
        QT_TRANSLATE_NOOP("Facts", "Norm of what the last step changed in these weights"),
        "update",
    ),
}
_WRITERS = {"count": count, "update": signed}


class Facts(QWidget):
    """The table; its rows are made anew only when other things are told."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys: tuple[str, ...] = ()
        self._shown: tuple[Reading, ...] = ()
        self.values: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        shown, self._shown = self._shown, ()
        self.show_readings(shown)

    def show_readings(self, readings: tuple[Reading, ...]) -> None:
        """Tell these; what is not known is a dash."""
        keys = tuple(reading.key for reading in readings)
        if keys != self._keys:
            self._build(keys)
        if readings == self._shown:
            return
        self._shown = readings
        for reading in readings:
            self._write(reading)

    def _build(self, keys: tuple[str, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._keys, self._shown, self.values = keys, (), {}
        for row, key in enumerate(keys):
            words = WORDS[key]
            name, value = QLabel(_translated(words.name)), QLabel(ABSENT)
            name.setObjectName("formLabel")
            for label in (name, value):
                label.setToolTip(_translated(words.tip))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(value, row, 1)
            self.values[key] = value

    def _write(self, reading: Reading) -> None:
        label, words, value = self.values[reading.key], WORDS[reading.key], reading.value
        text = ABSENT if value is None else _WRITERS.get(words.role, short)(value)
        label.setText(text)
        label.setAccessibleName(f"{_translated(words.name)}: {text}")
        role = words.role
        if role == "signed" and value:
            role = "positive" if value > 0 else "negative"
        color = palette(self._theme).get(role, self._theme.text) if value is not None else self._theme.muted
        sheet = f"color: {color};"
        if label.styleSheet() != sheet:
            label.setStyleSheet(sheet)


def _translated(words: Any) -> str:
    return QCoreApplication.translate("Facts", words)
