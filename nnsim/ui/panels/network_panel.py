"""The layers: how many units, which activation."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from nnsim.model.change import Change, Part
from nnsim.model.layers import ACTIVATIONS, Dense
from nnsim.model.network import Edge, Network
from nnsim.session.session import Session
from nnsim.ui.letters import letters
from nnsim.ui.names import name_of
from nnsim.ui.panels.card import Card
from nnsim.ui.panels.choices import Choice, CountBox

_MOST_UNITS = 1024
_UNITS = 66


class NetworkPanel(Card):
    """One row for each layer; what was learned survives every change."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_heading(self.tr("Layers"))
        self._session = session
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self.body.addLayout(self._grid)
        self._rows: tuple[int, ...] = ()
        self.units: list[CountBox] = []
        self.activations: list[Choice] = []
        session.document_changed.connect(self._follow)
        self.refresh()

    def _follow(self, change: Change) -> None:
        if change.asks(Part.LAYERS):
            self.refresh()

    def refresh(self) -> None:
        """Show the document's layers."""
        network = self._session.document.network
        dense = _dense(network)
        if self._rows != dense:
            self._build(network)
        for row, index in enumerate(dense):
            layer = network.dense(index)
            self.units[row].show_value(layer.units)
            self.activations[row].show_value(layer.activation)

    def _build(self, network: Network) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                # A list that is still unfolded must not choose for a layer that is gone.
                widget.blockSignals(True)
                widget.deleteLater()
        self._rows = _dense(network)
        self.units, self.activations = [], []
        for index in self._rows:
            self._add_row(index, is_output=index == len(network.layers) - 1)

    def changeEvent(self, event: QEvent) -> None:
        """Fields have room for their letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "units"):
            for units in self.units:
                units.setFixedWidth(round(_UNITS * letters(self.font())))

    def _add_row(self, index: int, *, is_output: bool) -> None:
        name = self.tr("Output") if is_output else self.tr("Hidden {number}").format(number=index)
        label = QLabel(name)
        label.setObjectName("formLabel")
        units = CountBox(1, _MOST_UNITS)
        units.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        units.setEnabled(not is_output)
        units.setFixedWidth(round(_UNITS * letters(self.font())))
        units.setAccessibleName(self.tr("{layer}: units").format(layer=name))
        units.setToolTip(
            self.tr("The data decides the number of outputs")
            if is_output
            else self.tr("Number of neurons; new ones start silent and change nothing yet")
        )
        activation = Choice()
        activation.offer((kind, name_of(kind)) for kind in ACTIVATIONS)
        activation.setAccessibleName(self.tr("{layer}: activation").format(layer=name))
        activation.setToolTip(self.tr("The activation function of this layer; weights are kept"))
        units.valueChanged.connect(lambda value, i=index: self._set_units(i, value))
        activation.chosen.connect(lambda kind, i=index: self._set_activation(i, kind))
        for column, widget in enumerate((label, units, activation)):
            self._grid.addWidget(widget, index - 1, column)
        self.units.append(units)
        self.activations.append(activation)

    def _set_units(self, index: int, units: int) -> None:
        layer = replace(self._session.document.network.dense(index), units=units)
        self._exchange(self.tr("Units"), index, layer, f"units {index}")

    def _set_activation(self, index: int, kind: str) -> None:
        layer = replace(self._session.document.network.dense(index), activation=kind)
        self._exchange(self.tr("Activation"), index, layer)

    def _exchange(self, text: str, index: int, layer: Dense, gesture: str = "") -> None:
        document = self._session.document
        network = _without_lost_edges(document.network.with_layer(index, layer))
        self._session.edit(text, replace(document, network=network, start=()), gesture)


def _without_lost_edges(network: Network) -> Network:
    """Drop removed and frozen edges whose nodes are gone."""

    def exists(edge: Edge) -> bool:
        ends = ((edge.source_layer, edge.source_unit), (edge.layer, edge.unit))
        return all(unit < network.units(layer) for layer, unit in ends)

    return replace(
        network,
        removed_edges=frozenset(filter(exists, network.removed_edges)),
        frozen_edges=frozenset(filter(exists, network.frozen_edges)),
    )


def _dense(network: Network) -> tuple[int, ...]:
    """The layers that have a row: those of neurons."""
    return tuple(i for i, layer in enumerate(network.layers) if layer.kind == "dense")
