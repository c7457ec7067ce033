"""What can be done with a selection at the press of a button."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from nnsim.engine.initialize import draw_parameters
from nnsim.model.edits import SIZES, Edit, add_units, cut, insert_usual, remove_units
from nnsim.model.network import Network
from nnsim.model.parameters import Layout
from nnsim.model.training import LARGEST_SEED
from nnsim.session.session import Session
from nnsim.ui.inspector.change import change
from nnsim.ui.inspector.selection import Selection


class Buttons(QWidget):
    """Zero, randomise, cut, remove; a neuron or a layer more.

    Attributes
    ----------
    by_name : dict of str to QPushButton
    """

    leaving = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = Selection(session.document.network)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 0)
        self._grid.setSpacing(6)
        self.by_name: dict[str, QPushButton] = {}
        self._add("zero", self.tr("Zero"), self.tr("Set the weights to 0"), self._zero)
        self._add(
            "randomise",
            self.tr("Randomise"),
            self.tr("Draw the weights anew, as the start does"),
            self._randomise,
        )
        self._add("cut", self.tr("Cut"), self.tr("Take the edge out of the network"), self._cut)
        self._add(
            "remove",
            self.tr("Remove"),
            self.tr("Take these neurons out; the others keep their weights"),
            self._remove,
        )
        self._add(
            "neuron",
            self.tr("+ Neuron"),
            self.tr("Add a neuron to this layer; it changes nothing yet"),
            self._add_neuron,
        )
        self._add(
            "layer",
            self.tr("+ Layer"),
            self.tr("Insert a layer behind this one (before the output); it begins by passing values on"),
            self._add_layer,
        )

    def show_selection(self, selection: Selection) -> None:
        """Offer what makes sense for what is selected."""
        self._selection = selection
        network, layers = selection.network, selection.layers
        last = len(network.layers) - 1
        weights = bool(selection.edges or layers)
        hidden = bool(layers) and last not in layers
        hidden = hidden and all(network.layers[layer].kind in SIZES for layer in layers)
        filters = bool(layers) and all(network.layers[layer].kind == "conv2d" for layer in layers)
        self.by_name["neuron"].setText(self.tr("+ Filter") if filters else self.tr("+ Neuron"))
        single = all(network.layers[edge.layer].kind == "dense" for edge in selection.edges)
        offered = {
            "zero": weights,
            "randomise": weights,
            "cut": bool(selection.edges) and not layers and single,
            "remove": hidden and not selection.edges and selection.neurons == selection.nodes,
            "neuron": hidden and len(layers) == 1,
            "layer": bool(selection.nodes) and len({node.layer for node in selection.nodes}) == 1,
        }
        self._arrange([name for name in self.by_name if offered[name]])

    def _add(self, name: str, text: str, tip: str, call: Callable[[], None]) -> None:
        button = QPushButton(text, self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        button.clicked.connect(self.leaving)
        button.clicked.connect(call)
        button.hide()
        self.by_name[name] = button

    def _arrange(self, names: list[str]) -> None:
        """What is done to values in one row, what is added in the next."""
        while self._grid.takeAt(0) is not None:
            pass
        rows = [name for name in names if name not in _MORE], [name for name in names if name in _MORE]
        for row, members in enumerate(rows):
            for place, name in enumerate(members):
                share = _COLUMNS // len(members)
                self._grid.addWidget(self.by_name[name], row, place * share, 1, share)
        for name, button in self.by_name.items():
            button.setVisible(name in names)

    def _zero(self) -> None:
        places = self._selection.parameters(Layout(self._selection.network))
        self._session.set_values(self.tr("Zero weights"), places, np.zeros(len(places)))

    def _randomise(self) -> None:
        network, training = self._selection.network, self._session.document.training
        places = self._selection.parameters(Layout(network))
        drawn = draw_parameters(network, training.initializer, random.randint(0, LARGEST_SEED))
        self._session.set_values(self.tr("Random weights"), places, drawn[places])

    def _cut(self) -> None:
        edges = self._selection.edges
        self._change(self.tr("Cut edges") if len(edges) > 1 else self.tr("Cut edge"), lambda n: cut(n, edges))

    def _remove(self) -> None:
        nodes = self._selection.nodes
        words = self.tr("Remove neurons") if len(nodes) > 1 else self.tr("Remove neuron")
        self._change(words, lambda network: remove_units(network, nodes))

    def _add_neuron(self) -> None:
        layer = self._selection.layers[0]
        self._change(self.tr("Add neuron"), lambda network: add_units(network, layer))

    def _add_layer(self) -> None:
        layer = self._selection.nodes[0].layer
        self._change(self.tr("Insert layer"), lambda network: _layer_beside(network, layer))

    def _change(self, text: str, edit: Callable[[Network], Edit]) -> None:
        change(self._session, text, edit)


_MORE = ("neuron", "layer")
_COLUMNS = 12


def _layer_beside(network: Network, layer: int) -> Edit:
    """Behind a layer; before it, where it is the output."""
    behind = [pair for pair in network.connections if pair[0] == layer]
    before = [pair for pair in network.connections if pair[1] == layer]
    return insert_usual(network, *(behind[0] if behind else before[-1]))
