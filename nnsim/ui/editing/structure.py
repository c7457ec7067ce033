"""Changes of the network itself, each applied to what is selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from nnsim.model import edits
from nnsim.model.edits import Edit
from nnsim.model.errors import DocumentError
from nnsim.model.layers import Conv2d
from nnsim.model.network import Edge, Network, Node
from nnsim.model.origin import Origin, cells_of
from nnsim.session.session import Session
from nnsim.ui.editing.parameters import edges_into
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.geometry import Item
from nnsim.ui.graph.views.cell_words import is_frozen


class Structure(QObject):
    """Adds, removes, connects and freezes; what was selected stays so under its new numbers.

    Parameters
    ----------
    session : Session
    canvas : GraphCanvas

    Signals
    -------
    beginning
        The network is about to be changed.
    """

    beginning = Signal()

    def __init__(self, session: Session, canvas: GraphCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._canvas = session, canvas
        self._copied: frozenset[Node] = frozenset()

    @property
    def network(self) -> Network:
        """The one that is edited."""
        return self._session.document.network

    @property
    def nodes(self) -> list[Node]:
        """The selected neurons."""
        return sorted(item for item in self._canvas.selection if isinstance(item, Node))

    @property
    def edges(self) -> list[Edge]:
        """The selected edges."""
        return sorted(item for item in self._canvas.selection if isinstance(item, Edge))

    @property
    def layers(self) -> list[int]:
        """The layers of the selected neurons; without any, those that the selected edges enter."""
        return sorted({node.layer for node in self.nodes} or {edge.layer for edge in self.edges})

    def say(self, words: str) -> None:
        """Tell the user why something is not done."""
        self._session.problem.emit(words)

    # Neurons and layers

    def add_neuron(self) -> None:
        """One more in the selected layer."""
        if not self.layers:
            self.say(self.tr("Select a neuron first: the new one goes into its layer."))
            return
        self.add_neuron_to(self.layers[-1])

    def add_neuron_to(self, layer: int) -> None:
        """One more in a layer, which is selected then."""
        is_filter = self.network.layers[layer].kind == "conv2d"
        text = self.tr("Add filter") if is_filter else self.tr("Add neuron")
        self._apply(text, lambda: edits.add_units(self.network, layer), _new_units)

    def insert_layer(self) -> None:
        """A layer behind the selected one."""
        if not self.layers:
            self.say(self.tr("Select a neuron first: the new layer goes behind its layer."))
            return
        source = self.layers[-1]
        after = [layer for begin, layer in self.network.connections if begin == source]
        if after:
            self.insert_layer_between(source, after[0])
        else:
            self.say(self.tr("Nothing comes behind the output. Select an earlier layer."))

    def insert_layer_between(self, source: int, destination: int) -> None:
        """A layer on a connection, of which the first neuron is selected then."""
        self._apply(
            self.tr("Insert layer"),
            lambda: edits.insert_usual(self.network, source, destination),
            lambda edit: [Node(destination, 0)],
        )

    def insert_kind(self, source: int, destination: int, kind: str) -> None:
        """A layer of any kind on a connection; its first cell is selected then."""
        self._apply(
            self.tr("Insert layer"),
            lambda: edits.insert_kind(self.network, source, destination, kind),
            lambda edit: [Node(destination, 0)],
        )

    def why_not(self, source: int, destination: int, kind: str) -> DocumentError | None:
        """Why a layer of a kind does not fit between two; None where it does."""
        try:
            edits.insert_kind(self.network, source, destination, kind)
        except DocumentError as error:
            return error
        return None

    def duplicate(self) -> None:
        """Copies of the selected neurons."""
        self._duplicate(self.tr("Duplicate neurons"), self.nodes)

    def copy(self) -> None:
        """Remember the selected neurons."""
        if self.nodes:
            self._copied = frozenset(self.nodes)
        else:
            self.say(self.tr("Select the neurons to copy first."))

    def paste(self) -> None:
        """Copies of the remembered neurons, as they are now, in their layers."""
        network = self.network
        layers = len(network.layers)
        kept = [n for n in self._copied if n.layer < layers and n.unit < network.units(n.layer)]
        if kept:
            self._duplicate(self.tr("Paste neurons"), kept)
        else:
            self.say(self.tr("There are no copied neurons. Select some and copy them first."))

    def _duplicate(self, text: str, nodes: Iterable[Node]) -> None:
        chosen = list(nodes)
        if not chosen:
            self.say(self.tr("Select the neurons to duplicate first."))
            return
        self._apply(text, lambda: edits.duplicate_units(self.network, chosen), _copies)

    def remove(self) -> None:
        """Remove the selected neurons and cut the selected edges."""
        nodes, edges = self.nodes, self.edges
        if not nodes and not edges:
            self.say(self.tr("Select what to remove first."))
        elif not nodes:
            text = self.tr("Cut edge") if len(edges) == 1 else self.tr("Cut edges")
            self._apply(text, lambda: edits.cut(self.network, edges), lambda edit: [])
        else:
            text = self.tr("Remove neuron") if len(nodes) == 1 else self.tr("Remove neurons")
            if all(self.network.layers[node.layer].kind == "conv2d" for node in nodes):
                text = self.tr("Remove filters")
            self._apply(text, lambda: self._removed(nodes, edges), lambda edit: [])

    def _removed(self, nodes: list[Node], edges: list[Edge]) -> Edit:
        """Edges keep their layers and units, so that the second edit's origin holds for both."""
        network = edits.cut(self.network, edges).network if edges else self.network
        return edits.remove_units(network, nodes)

    def remove_layer(self) -> None:
        """Remove the selected layer."""
        if len(self.layers) != 1:
            self.say(self.tr("Select a neuron of the one layer to remove."))
            return
        layer = self.layers[0]
        self._apply(self.tr("Remove layer"), lambda: edits.remove_layer(self.network, layer), lambda edit: [])

    def select_hidden(self) -> None:
        """Select every neuron between input and output."""
        last = len(self.network.layers) - 1
        self.select_layers(range(1, last))

    def select_layers(self, layers: Iterable[int]) -> None:
        """Select all neurons of some layers."""
        self._canvas.select_all(
            Node(layer, unit) for layer in layers for unit in range(self.network.units(layer))
        )

    # Edges

    def join_selected(self) -> None:
        """Join the two selected neurons, the earlier one with the later one."""
        if len(self.nodes) != 2:
            self.say(self.tr("Select the two neurons to connect: the second one with Shift."))
            return
        self.join(*self.nodes)

    def join(self, source: Node, target: Node) -> None:
        """Join two neurons by an edge, which is selected then."""
        self._apply(
            self.tr("Connect"),
            lambda: edits.connect(self.network, source, target),
            lambda edit: [Edge(*source, *target)],
        )

    def freeze(self) -> None:
        """Freeze the selected weights, or thaw them if all are frozen."""
        network = self.network
        of_filters = [node for node in self.nodes if isinstance(network.layers[node.layer], Conv2d)]
        others = (edges_into(network, node) for node in self.nodes if node not in of_filters)
        edges = frozenset(self.edges).union(*others)
        if not edges and not of_filters:
            self.say(self.tr("Select the edges to freeze first, or a neuron for all that enter it."))
            return
        on = not (edges <= network.frozen_edges and all(is_frozen(network, node) for node in of_filters))
        text = self.tr("Freeze") if on else self.tr("Thaw")

        def frozen() -> Edit:
            with_edges = edits.freeze(network, edges, on).network if edges else network
            return edits.freeze_filters(with_edges, of_filters, on)

        self._apply(text, frozen)

    def freeze_layers(self) -> None:
        """Freeze the selected layers, or thaw them if all are frozen."""
        layers = [layer for layer in self.layers if layer > 0]
        if not layers:
            self.say(self.tr("Select a neuron of the layer to freeze; the input has nothing to learn."))
            return
        on = not all(self.network.layers[layer].frozen for layer in layers)
        text = self.tr("Freeze layer") if on else self.tr("Thaw layer")
        self._apply(text, lambda: edits.freeze_layers(self.network, layers, on))

    def set_activation(self, layers: Iterable[int], kind: str) -> None:
        """Give layers another activation."""
        chosen = list(layers)
        self._apply(self.tr("Activation"), lambda: edits.set_activation(self.network, chosen, kind))

    def rename(self, layer: int, name: str) -> None:
        """Give a layer another name."""
        self._apply(self.tr("Name"), lambda: edits.rename_layer(self.network, layer, name))

    def set_bias(self, layer: int, on: bool) -> None:
        """Give a layer biases, or take them away."""
        text = self.tr("Biases") if on else self.tr("No biases")
        self._apply(text, lambda: edits.set_bias(self.network, layer, on))

    # Inside

    def _apply(
        self,
        text: str,
        make: Callable[[], Edit],
        chosen: Callable[[Edit], Iterable[Item]] | None = None,
    ) -> None:
        """Make an edit, or say why not; then select what it is about, or what was selected."""
        try:
            edit = make()
        except DocumentError as error:
            self._session.refuse(text, error)
            return
        selected, first = self._canvas.selection, self._canvas.first_selected
        follow = partial(moved, origin=edit.origin, old=self.network, new=edit.network)
        names = [
            self.network.names[layer] for layer in edit.origin.bridged if edits.forgets(self.network, layer)
        ]
        self.beginning.emit()
        self._session.edit_network(text, edit)
        if self.network != edit.network:
            return
        if names:
            self.say(
                self.tr(
                    "What {layers} had learned went with it: what is behind now reads what fed it, and the "
                    "network answers otherwise until it has been trained again. Undo brings it back."
                ).format(layers=", ".join(names))
            )
        self._copied = frozenset(n for n in (follow(c) for c in self._copied) if isinstance(n, Node))
        if chosen is not None:
            self._canvas.select_all(chosen(edit))
            return
        kept = {item: follow(item) for item in selected}
        self._canvas.select_all(
            (item for item in kept.values() if item is not None), kept.get(first) if first else None
        )


def moved(item: Item, origin: Origin, old: Network, new: Network) -> Item | None:
    """What a node or edge is called after an edit; None if it is gone."""
    if isinstance(item, Edge):
        ends = (
            moved(Node(item.source_layer, item.source_unit), origin, old, new),
            moved(Node(item.layer, item.unit), origin, old, new),
        )
        return None if ends[0] is None or ends[1] is None else Edge(*ends[0], *ends[1])
    if item.layer not in origin.layers:
        return None
    layer = origin.layers.index(item.layer)
    cells = np.flatnonzero(cells_of(origin, old, new, layer) == item.unit)
    return Node(layer, int(cells[0])) if len(cells) else None


def _new_units(edit: Edit) -> list[Item]:
    places = [shape.places for shape in edit.network.shapes]
    layers = enumerate(edit.origin.units)
    return [
        Node(layer, i * places[layer])
        for layer, units in layers
        for i, unit in enumerate(units)
        if unit is None and edit.network.layers[layer].kind in edits.SIZES
    ]


def _copies(edit: Edit) -> list[Item]:
    """Of each unit that is there twice the second."""
    return [
        Node(layer, i * edit.network.shapes[layer].places)
        for layer, units in enumerate(edit.origin.units)
        for i in range(1, len(units))
        if units[i] is not None and units[i] == units[i - 1]
        if edit.network.layers[layer].kind in edits.SIZES
    ]
