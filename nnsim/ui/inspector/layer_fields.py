"""Fields for the layer of what is selected: its activation, and whether training leaves it alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from nnsim.model.edits import freeze, freeze_filters, freeze_layers, set_activation
from nnsim.model.layers import ACTIVATIONS
from nnsim.session.session import Session
from nnsim.ui.graph.views.cell_words import is_frozen
from nnsim.ui.inspector.change import change
from nnsim.ui.inspector.selection import Selection
from nnsim.ui.names import name_of
from nnsim.ui.panels.card import Form
from nnsim.ui.panels.choices import Choice

_BENDING = frozenset({"activation", "function"})
"""Names of the field in which a layer says its activation."""


class LayerFields(QWidget):
    """Activation of the neurons' layers, and a box to freeze weights or layers."""

    leaving = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = Selection(session.document.network)
        self.activation = Choice()
        self.activation.offer((kind, name_of(kind)) for kind in ACTIVATIONS)
        self.frozen, self.filter_frozen = QCheckBox(), QCheckBox(self.tr("Filter frozen"))
        self.filter_frozen.setAccessibleName(self.filter_frozen.text())
        self.filter_frozen.setToolTip(self.tr("Training leaves the weights and the bias of the filter (K)"))
        for box in (self.frozen, self.filter_frozen):
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._form = Form()
        self._form.add(
            self.tr("Activation"),
            self.activation,
            self.tr("The activation function of the whole layer; weights are kept"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._form)
        column.addWidget(self.filter_frozen)
        column.addWidget(self.frozen)
        self.activation.chosen.connect(self._set_activation)
        self.frozen.clicked.connect(self._freeze)
        self.filter_frozen.clicked.connect(self._freeze_filters)

    def show_selection(self, selection: Selection) -> None:
        """Show how things stand with what is selected."""
        self._selection = selection
        network, layers = selection.network, selection.layers
        bend = all(not _BENDING.isdisjoint(network.layers[layer].fields) for layer in layers)
        self._form.setRowVisible(self.activation, bool(layers) and bend)
        kinds = {network.activation(layer) for layer in layers}
        self.activation.show_value(kinds.pop() if len(kinds) == 1 else None)
        learning = all("frozen" in network.layers[layer].fields for layer in layers)
        single = all(network.layers[edge.layer].kind == "dense" for edge in selection.edges)
        self.frozen.setVisible(bool(layers or selection.edges) and learning and single)
        filters = bool(layers) and all(network.layers[layer].kind == "conv2d" for layer in layers)
        self.filter_frozen.setVisible(filters)
        self.filter_frozen.setChecked(filters and all(is_frozen(network, node) for node in selection.neurons))
        self.filter_frozen.setEnabled(filters and not any(network.layers[layer].frozen for layer in layers))
        within = {edge.layer for edge in selection.edges}
        whole = bool(within) and not layers and all(network.layers[layer].frozen for layer in within)
        if layers:
            words = self.tr("Layer frozen") if len(layers) == 1 else self.tr("Layers frozen")
            tip = self.tr("Training leaves all weights and biases of the layer as they are")
            on = all(network.layers[layer].frozen for layer in layers)
        else:
            words = self.tr("Frozen")
            tip = self.tr("Training leaves the weight as it is; it is used all the same")
            on = whole or all(edge in network.frozen_edges for edge in selection.edges)
        self.frozen.setText(words)
        self.frozen.setAccessibleName(words)
        self.frozen.setToolTip(self.tr("The whole layer is frozen: thaw it first") if whole else tip)
        self.frozen.setChecked(on)
        self.frozen.setEnabled(not whole)

    def _set_activation(self, kind: str) -> None:
        self.leaving.emit()
        layers = self._selection.layers
        change(self._session, self.tr("Activation"), lambda network: set_activation(network, layers, kind))

    def _freeze_filters(self, on: bool) -> None:
        self.leaving.emit()
        nodes, words = self._selection.neurons, self.tr("Freeze") if on else self.tr("Thaw")
        change(self._session, words, lambda network: freeze_filters(network, nodes, on))

    def _freeze(self, on: bool) -> None:
        self.leaving.emit()
        selection, words = self._selection, self.tr("Freeze") if on else self.tr("Thaw")
        if selection.layers:
            change(self._session, words, lambda network: freeze_layers(network, selection.layers, on))
        else:
            change(self._session, words, lambda network: freeze(network, selection.edges, on))
