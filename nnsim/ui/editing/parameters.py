"""The number behind a node or an edge: where it stands, what it is, and setting it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal

from nnsim.engine.initialize import draw_parameters, initial_parameters
from nnsim.engine.snapshot import Sample
from nnsim.model.connectivity import Connectivity
from nnsim.model.network import Edge, Network, Node
from nnsim.model.own_parameters import bias_of, own_parameters, weight_of
from nnsim.model.parameters import Layout
from nnsim.session.session import Session
from nnsim.ui.graph.geometry import Item

translate = QCoreApplication.translate


class Parameters(QObject):
    """Reads and sets what can be set by hand: weights of edges, biases of neurons, values of inputs.

    Parameters
    ----------
    session : Session

    Signals
    -------
    beginning
        A number is about to be changed.
    """

    beginning = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._layout = Layout(session.document.network)
        self._random = np.random.Generator(np.random.PCG64())

    @property
    def layout(self) -> Layout:
        """Of the open network."""
        network = self._session.document.network
        if self._layout.network is not network:
            self._layout = Layout(network)
        return self._layout

    def symbol(self, item: Item) -> str:
        """How the number is written in formulas: w, b or x."""
        if isinstance(item, Edge):
            return "w"
        return "x" if item.layer == 0 else "b"

    def refusal(self, items: Iterable[Item]) -> str:
        """Why none of some items has a number to set; empty if one has."""
        if any(is_input(item) or self.place(item) is not None for item in items):
            return ""
        return translate("GraphEditor", "Neurons of this layer have no bias, so there is no number to set.")

    def place(self, item: Item) -> int | None:
        """Where its parameter stands in the flat vector; None for an input and where there is no bias."""
        if isinstance(item, Edge):
            return weight_of(self.layout, item)
        return bias_of(self.layout, item)

    def read(self, item: Item) -> float | None:
        """The number as it is now; None where there is none, or none has been computed yet."""
        snapshot = self._session.snapshot
        if snapshot is None or len(snapshot.parameters) != self.layout.size:
            return None
        if is_input(item):
            return float(snapshot.probe.x[item.unit])
        place = self.place(item)
        return None if place is None else float(snapshot.parameters[place])

    def settable(self, items: Iterable[Item]) -> dict[Item, float]:
        """Those of some items that have a number, each with it."""
        values = {item: self.read(item) for item in sorted(items, key=tuple)}
        return {item: value for item, value in values.items() if value is not None}

    def write(self, values: dict[Item, float], gesture: str = "") -> None:
        """Set numbers; weights and biases undoably, inputs by looking at another input."""
        self.beginning.emit()
        inputs = {item: value for item, value in values.items() if is_input(item)}
        if inputs:
            self._show_input(inputs)
        places = {item: self.place(item) for item in values if item not in inputs}
        known = {item: place for item, place in places.items() if place is not None}
        if known:
            numbers = np.array([values[item] for item in known], np.float32)
            self._session.set_values(_title(known), np.array(list(known.values())), numbers, gesture)

    def _show_input(self, values: dict[Item, float]) -> None:
        snapshot = self._session.snapshot
        if snapshot is None:
            return
        x = np.array(snapshot.probe.x, copy=True)
        for item, value in values.items():
            x[item.unit] = value
        self._session.follow(Sample(x))

    def zero(self, items: Iterable[Item]) -> None:
        """Make weights and biases 0; of neurons all that enters them."""
        self._overwrite(
            translate("GraphEditor", "Set to zero"), items, np.zeros(self.layout.size, np.float32)
        )

    def randomise(self, items: Iterable[Item]) -> None:
        """Draw weights anew, as the document's initialiser draws them."""
        training = self._session.document.training
        seed = int(self._random.integers(1, 2**31))
        drawn = draw_parameters(self.layout.network, training.initializer, seed)
        self._overwrite(translate("GraphEditor", "Randomise"), items, drawn)

    def restart(self, items: Iterable[Item]) -> None:
        """Let weights and biases begin again where a reset would put them."""
        start = initial_parameters(self._session.document)
        self._overwrite(translate("GraphEditor", "Re-initialise"), items, start)

    def _overwrite(self, text: str, items: Iterable[Item], vector: np.ndarray) -> None:
        places = self._places_of(list(items))
        if len(places):
            self.beginning.emit()
            self._session.set_values(text, places, vector[places])
        else:
            self._session.problem.emit(
                translate("GraphEditor", "Inputs have no weights of their own. Select a neuron or an edge.")
            )

    def _places_of(self, items: Sequence[Item]) -> np.ndarray:
        """Of edges their weights, of neurons their weights in and biases; removed edges left out."""
        chosen = np.zeros(self.layout.size, np.bool_)
        for item in items:
            place = self.place(item)
            if place is not None:
                chosen[place] = True
            if isinstance(item, Node) and item.layer > 0:
                chosen[own_parameters(self.layout, item, "weight")] = True
        return np.flatnonzero(chosen & ~self.layout.removed())


def is_input(item: Item) -> bool:
    """Whether an item is a node of the input layer."""
    return isinstance(item, Node) and item.layer == 0


def edges_into(network: Network, node: Node) -> list[Edge]:
    """The edges that enter a node."""
    cells = Connectivity(network).into(node)
    return [
        Edge(source, unit, *node)
        for source, unit in zip(cells.layers.tolist(), cells.units.tolist(), strict=True)
    ]


def _title(items: Iterable[Item]) -> str:
    found = list(items)
    if all(isinstance(item, Edge) for item in found):
        return translate("GraphEditor", "Weight") if len(found) == 1 else translate("GraphEditor", "Weights")
    if all(isinstance(item, Node) for item in found):
        return translate("GraphEditor", "Bias") if len(found) == 1 else translate("GraphEditor", "Biases")
    return translate("GraphEditor", "Weights and biases")
