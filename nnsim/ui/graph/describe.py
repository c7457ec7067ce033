"""The exact words on one node or edge: its values and where they come from."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLocale

from nnsim.engine.snapshot import Snapshot
from nnsim.model.connectivity import NO_PARAMETER, Connectivity
from nnsim.model.network import Edge, Network
from nnsim.model.parameters import Layout, Vector
from nnsim.ui.graph.geometry import Item, Node, layer_kind, plane_shape
from nnsim.ui.graph.views.cell_words import CellWords, is_frozen, place_words, weight_words
from nnsim.ui.graph.words import FUNCTIONS, Names, count, exact, fixed, translate

MOST_TERMS = 4
"""Terms of a sum that are written out; of a longer sum the largest."""


class Describer:
    """Puts the values of one snapshot into words; what has not been computed, None or NaN, is left out.

    Parameters
    ----------
    layout : Layout
    names : Names
    locale : QLocale
    """

    def __init__(self, layout: Layout, names: Names, locale: QLocale) -> None:
        self._layout = layout
        self._network: Network = layout.network
        self._names = names
        self._locale = locale
        self._cells = CellWords(Connectivity(layout.network), names, locale)

    def lines(self, item: Item, snapshot: Snapshot | None) -> list[str]:
        """One fact a line, the most important first."""
        if isinstance(item, Edge):
            return self._edge(item, snapshot)
        return self._node(item, snapshot)

    def _edge(self, edge: Edge, snapshot: Snapshot | None) -> list[str]:
        source = Node(edge.source_layer, edge.source_unit)
        ends = translate("GraphCanvas", "from %1 to %2").replace("%1", self._end(source))
        ends = ends.replace("%2", self._end(Node(edge.layer, edge.unit)))
        if snapshot is None:
            return [f"w {ends}"]
        place = self._cells.connectivity.parameter(edge)
        if place == NO_PARAMETER:
            return [ends]
        weight = float(snapshot.parameters[place])
        value = float(snapshot.probe.activations[source.layer][source.unit])
        lines = [f"w = {self._exact(weight)} {ends}"]
        if not math.isnan(value):
            factors = f"{self._factor_exactly(weight)}·{self._factor_exactly(value)}"
            product = f"{factors} = {self._exact(weight * value)}"
            lines.append(translate("GraphCanvas", "contribution w·x = %1").replace("%1", product))
        if edge in self._network.removed_edges:
            lines.append(translate("GraphCanvas", "removed: no gradient, no update"))
        else:
            lines += self._changes("w", snapshot, place)
        shared = self._cells.connectivity.weight_at(edge)
        if shared is not None:
            lines.append(weight_words(shared, self._locale))
        frozen = self._network.layers[edge.layer].frozen or is_frozen(self._network, edge)
        if frozen or edge in self._network.frozen_edges:
            lines.append(translate("GraphCanvas", "frozen"))
        return lines

    def _changes(self, symbol: str, snapshot: Snapshot, place: int) -> list[str]:
        lines = []
        if snapshot.last_gradient is not None and not math.isnan(snapshot.last_gradient[place]):
            words = translate("GraphCanvas", "gradient ∂L/∂%1 = %2").replace("%1", symbol)
            lines.append(words.replace("%2", self._exact(snapshot.last_gradient[place])))
        if snapshot.last_update is not None:
            words = translate("GraphCanvas", "last update Δ%1 = %2").replace("%1", symbol)
            lines.append(words.replace("%2", self._exact(snapshot.last_update[place])))
        return lines

    def _end(self, node: Node) -> str:
        """What one end of an edge is called: a cell of a picture by its place."""
        if layer_kind(self._network, node.layer) in ("maps", "strip"):
            return place_words(self._network, self._names, node, self._locale)
        return self._names.name(node)

    def _node(self, node: Node, snapshot: Snapshot | None) -> list[str]:
        if self._network.layers[node.layer].kind not in ("input", "dense"):
            return self._cells.lines(node, snapshot)
        title = f"{self._names.name(node)} · {self._title(node)}"
        if snapshot is None:
            return [title]
        activation = float(snapshot.probe.activations[node.layer][node.unit])
        if node.layer == 0:
            return [title, f"{self._names.name(node)} = {self._exact(activation)}"]
        lines = [title]
        kind = self._network.dense(node.layer).activation
        z = snapshot.probe.pre_activations[node.layer]
        if z is not None:
            lines.append(self._sum(node, snapshot, float(z[node.unit])))
        function = "z" if kind == "identity" else f"{FUNCTIONS.get(kind, kind)}(z)"
        if not math.isnan(activation):
            lines.append(f"{self._names.name(node)} = {function} = {self._exact(activation)}")
        target = snapshot.probe.y
        if target is not None and node.layer == len(self._network.layers) - 1:
            words = translate("GraphCanvas", "target y = %1")
            lines.append(words.replace("%1", self._exact(target[node.unit])))
        lines += self._bias(node, snapshot)
        delta = snapshot.probe.deltas[node.layer]
        if delta is not None:
            lines.append(f"δ = ∂L/∂z = {self._exact(delta[node.unit])}")
        return lines

    def _title(self, node: Node) -> str:
        """The layer of a node; of a pixel also its row and column, counted from 1 at the top left."""
        name = self._names.layer(node.layer)
        if layer_kind(self._network, node.layer) == "maps":
            return place_words(self._network, self._names, node, self._locale)
        if node.layer or layer_kind(self._network, 0) != "plane":
            return name
        row, column = divmod(node.unit, plane_shape(self._network, 0)[1])
        words = translate("GraphCanvas", "%1 · row %2, column %3").replace("%1", name)
        return words.replace("%2", count(self._locale, row + 1)).replace(
            "%3", count(self._locale, column + 1)
        )

    def _sum(self, node: Node, snapshot: Snapshot, z: float) -> str:
        weights, values = self._terms(node, snapshot.parameters, snapshot)
        order = np.sort(np.argsort(-np.abs(weights * values), kind="stable")[:MOST_TERMS])
        terms = [f"{self._factor(weights[i])}·{self._factor(values[i])}" for i in order]
        bias = self._layout.view(snapshot.parameters, node.layer, "bias")
        if len(weights) > len(order):
            terms.append(
                translate("GraphCanvas", "…\u00a0%1\u00a0more").replace(
                    "%1", count(self._locale, len(weights) - len(order))
                )
            )
        if bias is not None:
            terms.append(self._factor(bias[node.unit]))
        sign = "Σ w·x + b" if bias is not None else "Σ w·x"
        return f"z = {sign} = {' + '.join(terms)} = {self._exact(z)}"

    def _terms(self, node: Node, vector: Vector, snapshot: Snapshot) -> tuple[Vector, Vector]:
        weight = self._layout.view(vector, node.layer, "weight")
        assert weight is not None
        sources = self._network.sources(node.layer)
        return weight[node.unit], np.concatenate([snapshot.probe.activations[s] for s in sources])

    def _bias(self, node: Node, snapshot: Snapshot) -> list[str]:
        tensor = self._layout.find(node.layer, "bias")
        if tensor is None:
            return []
        place = tensor.offset + node.unit
        words = translate("GraphCanvas", "bias b = %1").replace("%1", self._exact(snapshot.parameters[place]))
        return [words, *self._changes("b", snapshot, place)]

    def _exact(self, value: float) -> str:
        return exact(self._locale, float(value))

    def _factor_exactly(self, value: float) -> str:
        text = self._exact(value)
        return f"({text})" if value < 0 else text

    def _factor(self, value: float) -> str:
        text = fixed(self._locale, float(value), 2)
        return f"({text})" if value < 0 else text
