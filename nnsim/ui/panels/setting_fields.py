"""The fields for a layer's settings, one for each sort, and what the settings are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from nnsim.model.layers import ACTIVATIONS, Layer, Setting
from nnsim.ui.names import name_of
from nnsim.ui.numbers import count, plain
from nnsim.ui.panels.choices import Choice, CountBox, NumberChoice

_CONTEXT = "LayerSettings"
_PRESETS: dict[str, tuple[float, ...]] = {
    "rate": (0.1, 0.2, 0.25, 0.3, 0.5),
    "momentum": (0.01, 0.05, 0.1, 0.3),
    "epsilon": (1e-6, 1e-5, 1e-3),
}
WORDS: dict[str, tuple[Any, Any]] = {
    "name": (
        QT_TRANSLATE_NOOP("LayerSettings", "Name"),
        QT_TRANSLATE_NOOP(
            "LayerSettings", "What the layer is called in files and in messages; Enter takes what was typed"
        ),
    ),
    "units": (
        QT_TRANSLATE_NOOP("LayerSettings", "Neurons"),
        QT_TRANSLATE_NOOP("LayerSettings", "Number of neurons; new ones start silent and change nothing yet"),
    ),
    "channels": (
        QT_TRANSLATE_NOOP("LayerSettings", "Filters"),
        QT_TRANSLATE_NOOP(
            "LayerSettings", "Number of filters, each of which makes one map; new ones change nothing yet"
        ),
    ),
    "kernel": (
        QT_TRANSLATE_NOOP("LayerSettings", "Window"),
        QT_TRANSLATE_NOOP("LayerSettings", "Height and width of the window in pixels"),
    ),
    "stride": (
        QT_TRANSLATE_NOOP("LayerSettings", "Stride"),
        QT_TRANSLATE_NOOP(
            "LayerSettings", "By how many pixels the window moves from place to place, down and across"
        ),
    ),
    "padding": (
        QT_TRANSLATE_NOOP("LayerSettings", "Padding"),
        QT_TRANSLATE_NOOP("LayerSettings", "Rows and columns of nothing put around the image on each side"),
    ),
    "activation": (
        QT_TRANSLATE_NOOP("LayerSettings", "Activation"),
        QT_TRANSLATE_NOOP("LayerSettings", "The activation function of this layer; weights are kept"),
    ),
    "function": (
        QT_TRANSLATE_NOOP("LayerSettings", "Function"),
        QT_TRANSLATE_NOOP("LayerSettings", "What is done to every number"),
    ),
    "bias": (
        QT_TRANSLATE_NOOP("LayerSettings", "Biases"),
        QT_TRANSLATE_NOOP("LayerSettings", "Each neuron or filter of this layer adds a number of its own"),
    ),
    "rate": (
        QT_TRANSLATE_NOOP("LayerSettings", "Rate"),
        QT_TRANSLATE_NOOP("LayerSettings", "Share of the numbers left out while training"),
    ),
    "momentum": (
        QT_TRANSLATE_NOOP("LayerSettings", "Momentum"),
        QT_TRANSLATE_NOOP(
            "LayerSettings", "How much of each batch goes into the running mean and variance: 0 none, 1 all"
        ),
    ),
    "epsilon": (
        QT_TRANSLATE_NOOP("LayerSettings", "ε"),
        QT_TRANSLATE_NOOP("LayerSettings", "Added to the variance, so that nothing is divided by 0"),
    ),
    "groups": (
        QT_TRANSLATE_NOOP("LayerSettings", "Groups"),
        QT_TRANSLATE_NOOP(
            "LayerSettings", "Into how many groups the channels are divided; each is normalised by itself"
        ),
    ),
}
"""What each setting is called, and what it does."""


def words_for(name: str) -> tuple[str, str]:
    """Name and tooltip of a setting."""
    name_words, tip = WORDS[name]
    return QCoreApplication.translate(_CONTEXT, name_words), QCoreApplication.translate(_CONTEXT, tip)


class PairField(QWidget):
    """Two whole numbers, down and across."""

    chosen = Signal(object)

    def __init__(self, low: int, high: int) -> None:
        super().__init__()
        self.boxes = CountBox(low, high), CountBox(low, high)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.boxes[0], 1)
        times = QLabel("×")
        times.setObjectName("formLabel")
        row.addWidget(times)
        row.addWidget(self.boxes[1], 1)
        self.setFocusProxy(self.boxes[0])
        for box in self.boxes:
            box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.valueChanged.connect(lambda _: self.chosen.emit(tuple(b.value() for b in self.boxes)))

    def show_value(self, value: tuple[int, int]) -> None:
        """Show both without emitting."""
        for box, number in zip(self.boxes, value, strict=True):
            box.show_value(number)

    def name_both(self, name: str, tip: str) -> None:
        """Tell who hears the fields, and who points at them, which is which."""
        ways = (
            QCoreApplication.translate(_CONTEXT, "{setting}, down"),
            QCoreApplication.translate(_CONTEXT, "{setting}, across"),
        )
        for box, way in zip(self.boxes, ways, strict=True):
            box.setAccessibleName(way.format(setting=name))
            box.setAccessibleDescription(tip)
            box.setToolTip(tip)


Field = QWidget
Made = tuple[Field, Callable[[Any], None], Any]
"""A field, how it shows a value, and the signal with the value that somebody chose."""


def _count(setting: Setting) -> Made:
    box = CountBox(int(setting.low), int(setting.high))
    box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return box, box.show_value, box.valueChanged


def _pair(setting: Setting) -> Made:
    pair = PairField(int(setting.low), int(setting.high))
    return pair, pair.show_value, pair.chosen


def _number(setting: Setting) -> Made:
    choice = NumberChoice(_PRESETS[setting.name], setting.low, setting.high)
    return choice, choice.show_value, choice.chosen


def _activation(setting: Setting) -> Made:
    choice = Choice()
    choice.offer((kind, name_of(kind)) for kind in ACTIVATIONS)
    return choice, choice.show_value, choice.chosen


def _flag(setting: Setting) -> Made:
    box = QCheckBox()
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return box, box.setChecked, box.clicked


_FIELDS: dict[str, Callable[[Setting], Made]] = {
    "count": _count,
    "pair": _pair,
    "number": _number,
    "activation": _activation,
    "flag": _flag,
}


def make_field(setting: Setting) -> Made:
    """The field for a setting."""
    made = _FIELDS[setting.sort](setting)
    if isinstance(made[0], PairField):
        made[0].name_both(*words_for(setting.name))
    return made


def summary(layer: Layer) -> str:
    """What is set, in short: ``8 · 5×5 · ReLU``; what is as usual is left out."""
    parts = (_SHORT[setting.sort](setting.name, getattr(layer, setting.name)) for setting in layer.form)
    return " · ".join(part for part in parts if part)


def _short_count(name: str, value: int) -> str:
    if name == "groups":
        return QCoreApplication.translate(_CONTEXT, "{number} groups").format(number=count(value))
    return count(value)


def _short_pair(name: str, value: tuple[int, int]) -> str:
    return "×".join(map(count, value)) if name == "kernel" else ""


def _short_number(name: str, value: float) -> str:
    return plain(value) if name == "rate" else ""


_SHORT: dict[str, Callable[[str, Any], str]] = {
    "count": _short_count,
    "pair": _short_pair,
    "number": _short_number,
    "activation": lambda name, value: "" if value == "identity" else name_of(value),
    "flag": lambda name, value: "",
}
