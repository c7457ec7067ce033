"""One row of the Layers panel: what a layer is, and its settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from nnsim.model.layers import ACTIVATIONS, Layer
from nnsim.ui.letters import letters
from nnsim.ui.names import name_of
from nnsim.ui.panels.card import Form
from nnsim.ui.panels.choices import Choice, CountBox
from nnsim.ui.panels.name_line import NameLine
from nnsim.ui.panels.setting_fields import make_field, summary, words_for

translate = QCoreApplication.translate
_MOST_UNITS = 1024
_UNITS = 66

Change = Callable[[int, str, Any], None]
"""Number of a layer, name of a setting, its new value."""


class DenseRow:
    """Neurons and activation side by side: most networks consist of these."""

    def __init__(self, name: str, number: int, change: Change, *, is_output: bool) -> None:
        self.label = _label(name)
        self.units, self.activation = CountBox(1, _MOST_UNITS), Choice()
        self.units.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.units.setEnabled(not is_output)
        self.units.setAccessibleName(translate("NetworkPanel", "{layer}: units").format(layer=name))
        self.units.setToolTip(
            translate("NetworkPanel", "The data decides the number of outputs")
            if is_output
            else translate("NetworkPanel", "Number of neurons; new ones start silent and change nothing yet")
        )
        self.activation.offer((kind, name_of(kind)) for kind in ACTIVATIONS)
        self.activation.setAccessibleName(translate("NetworkPanel", "{layer}: activation").format(layer=name))
        self.activation.setToolTip(
            translate("NetworkPanel", "The activation function of this layer; weights are kept")
        )
        self.units.valueChanged.connect(lambda value: change(number, "units", value))
        self.activation.chosen.connect(lambda kind: change(number, "activation", kind))
        self.fit_letters()

    def place(self, grid: QGridLayout, line: int) -> int:
        """Stand in a grid from a line on; the number of lines."""
        for column, widget in enumerate((self.label, self.units, self.activation)):
            grid.addWidget(widget, line, column)
        return 1

    def show(self, layer: Any, size: str) -> None:
        """Show how the layer stands."""
        self.units.show_value(layer.units)
        self.activation.show_value(layer.activation)

    def fit_letters(self) -> None:
        """The field has room for its letters."""
        self.units.setFixedWidth(round(_UNITS * letters(self.units.font())))


class KindRow:
    """A layer of any kind: its settings in short on a button, which unfolds their fields.

    Attributes
    ----------
    button : QPushButton
    fields : dict of str to QWidget
        By the names of the settings.
    """

    def __init__(self, name: str, number: int, change: Change, layer: Layer, *, is_output: bool) -> None:
        self.label = _label(name)
        self.button = QPushButton()
        self.button.setObjectName("unfold")
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name = name
        self.form = QWidget()
        lines = Form()
        self.form.setLayout(lines)
        lines.setContentsMargins(0, 0, 0, 4)
        self.fields: dict[str, QWidget] = {}
        self._shows: dict[str, Callable[[Any], None]] = {}
        for setting in layer.form:
            field, show, chosen = make_field(setting)
            lines.add(*_ordered(words_for(setting.name), field))
            chosen.connect(lambda value, name=setting.name: change(number, name, value))
            self.fields[setting.name], self._shows[setting.name] = field, show
        if is_output and "units" in self.fields:
            self.fields["units"].setEnabled(False)
        line = NameLine()
        lines.add(*_ordered(words_for("name"), line))
        line.chosen.connect(lambda value: change(number, "name", value))
        self.fields["name"], self._shows["name"] = line, line.show_value
        self.form.hide()
        self.button.toggled.connect(self.form.setVisible)

    @property
    def is_unfolded(self) -> bool:
        """Whether its fields are in sight."""
        return self.button.isChecked()

    def place(self, grid: QGridLayout, line: int) -> int:
        """Stand in a grid from a line on; the number of lines."""
        grid.addWidget(self.label, line, 0)
        grid.addWidget(self.button, line, 1, 1, 2)
        grid.addWidget(self.form, line + 1, 0, 1, 3)
        return 2

    def show(self, layer: Layer, size: str) -> None:
        """Show how the layer stands."""
        words = summary(layer) or size
        self.button.setText(words)
        self.button.setAccessibleName(f"{self._name}: {words}")
        tip = translate("NetworkPanel", "Puts out {size}. Click, or press Space, to change its settings")
        only = translate("NetworkPanel", "Puts out {size}. Click, or press Space, to change its name")
        self.button.setToolTip((tip if layer.form else only).format(size=size))
        for name, show in self._shows.items():
            show(getattr(layer, name))

    def fit_letters(self) -> None:
        """The button is as wide as the panel leaves it."""


Row = DenseRow | KindRow


def _label(name: str) -> QLabel:
    label = QLabel(name)
    label.setObjectName("formLabel")
    return label


def _ordered(words: tuple[str, str], field: QWidget) -> tuple[str, QWidget, str]:
    return words[0], field, words[1]
