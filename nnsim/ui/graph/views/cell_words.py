"""The exact words on a cell of a layer that is not dense: where it is, and what it is made of."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QLocale

from nnsim.engine.snapshot import Snapshot
from nnsim.model.connectivity import Cells, Connectivity, WeightPlace
from nnsim.model.layers import AvgPool2d
from nnsim.model.network import Edge, Network, Node
from nnsim.ui.graph.words import FUNCTIONS, Names, activation_of, count, exact, fixed, percent, translate

MOST_TERMS = 4
"""Terms of a sum that are written out; of a longer sum the largest."""


def place_words(network: Network, names: Names, node: Node, locale: QLocale) -> str:
    """A cell's layer and its place in it, counted from 1 at the top left: `Convolution · map 4 · row 9 …`."""
    shape, name = network.shapes[node.layer], names.kind(node.layer)
    if not shape.is_image:
        words = translate("GraphCanvas", "%1 · number %2")
        return words.replace("%1", name).replace("%2", count(locale, node.unit + 1))
    channel, place = divmod(node.unit, shape.places)
    row, column = divmod(place, shape.sizes[2])
    numbers = [count(locale, number + 1) for number in (channel, row, column)]
    words = translate("GraphCanvas", "%1 · map %2 · row %3, column %4")
    if node.layer == 0:
        words = translate("GraphCanvas", "%1 · channel %2 · row %3, column %4")
        if shape.channels == 1:
            words = translate("GraphCanvas", "%1 · row %3, column %4")
    for number, text in zip(("%1", "%2", "%3", "%4"), (name, *numbers), strict=True):
        words = words.replace(number, text)
    return words


def is_frozen(network: Network, node: Node | Edge) -> bool:
    """Whether the filter that makes a cell, or has an edge's weight, is frozen by itself."""
    filters = getattr(network.layers[node.layer], "frozen_filters", ())
    return node.unit // network.shapes[node.layer].places in filters


def weight_words(weight: WeightPlace, locale: QLocale) -> str:
    """Which weight of which filter, counted from 1 at the top left, and how many places share it."""
    words = translate("GraphCanvas", "filter %1 · channel %2 · row %3, column %4 · used at %5 places")
    if weight.places == 1:
        words = translate("GraphCanvas", "filter %1 · channel %2 · row %3, column %4 · used at one place")
    for i, number in enumerate(weight[:4], 1):
        words = words.replace(f"%{i}", count(locale, number + 1))
    return words.replace("%5", count(locale, weight.places))


@dataclass(frozen=True, slots=True)
class CellWords:
    """Puts one cell into words.

    Attributes
    ----------
    connectivity : Connectivity
    names : Names
    locale : QLocale
    """

    connectivity: Connectivity
    names: Names
    locale: QLocale

    def lines(self, node: Node, snapshot: Snapshot | None) -> list[str]:
        """One fact a line, the first the cell's place."""
        network = self.connectivity.network
        title = place_words(network, self.names, node, self.locale)
        if snapshot is None:
            return [title]
        value = float(snapshot.probe.activations[node.layer][node.unit])
        made = (
            [] if math.isnan(value) else _MADE[network.layers[node.layer].kind](self, node, snapshot, value)
        )
        lines = [title, *made]
        if is_frozen(network, node):
            lines.append(translate("GraphCanvas", "filter frozen"))
        delta = snapshot.probe.deltas[node.layer]
        if delta is not None:
            by = "z" if snapshot_sums(network, node, snapshot) is not None else "a"
            lines.append(f"δ = ∂L/∂{by} = {self.exact(delta[node.unit])}")
        return lines

    def exact(self, value: float) -> str:
        """A number to five digits."""
        return exact(self.locale, float(value))

    def factor(self, value: float) -> str:
        """A number inside a sum or product."""
        text = fixed(self.locale, float(value), 2)
        return f"({text})" if value < 0 else text

    def read(self, cells: Cells, snapshot: Snapshot) -> np.ndarray[Any, Any]:
        """The numbers that a cell reads."""
        values = [snapshot.probe.activations[i][j] for i, j in zip(cells.layers, cells.units, strict=True)]
        return np.array(values, float)

    def at(self, node: Node) -> str:
        """Where a cell is in its layer."""
        shape = self.connectivity.network.shapes[node.layer]
        if not shape.is_image:
            return self.names.name(node)
        row, column = divmod(node.unit % shape.places, shape.sizes[2])
        words = translate("GraphCanvas", "row %1, column %2").replace("%1", count(self.locale, row + 1))
        return words.replace("%2", count(self.locale, column + 1))

    def more(self, left: int) -> str:
        """How many terms are left out."""
        return translate("GraphCanvas", "…\u00a0%1\u00a0more").replace("%1", count(self.locale, left))


def snapshot_sums(network: Network, node: Node, snapshot: Snapshot) -> float | None:
    """z of a cell; None for a layer that makes no sums of its own."""
    sums = snapshot.probe.pre_activations[node.layer]
    return None if sums is None or network.layers[node.layer].kind != "conv2d" else float(sums[node.unit])


def _filtered(words: CellWords, node: Node, snapshot: Snapshot, value: float) -> list[str]:
    network, layout = words.connectivity.network, words.connectivity.layout
    cells = words.connectivity.into(node)
    weights, read = snapshot.parameters[cells.parameters], words.read(cells, snapshot)
    order = np.sort(np.argsort(-np.abs(weights * read), kind="stable")[:MOST_TERMS])
    terms = [f"{words.factor(weights[i])}·{words.factor(read[i])}" for i in order]
    if len(cells) > len(order):
        terms.append(words.more(len(cells) - len(order)))
    bias = layout.view(snapshot.parameters, node.layer, "bias")
    channel = node.unit // network.shapes[node.layer].places
    if bias is not None:
        terms.append(words.factor(bias[channel]))
    z = snapshot_sums(network, node, snapshot)
    sign = "Σ w·x + b" if bias is not None else "Σ w·x"
    function = activation_of(network.layers[node.layer])
    lines = [] if z is None else [f"z = {sign} = {' + '.join(terms)} = {words.exact(z)}"]
    applied = "z" if function == "identity" else f"{FUNCTIONS.get(function, function)}(z)"
    lines.append(f"a = {applied} = {words.exact(value)}")
    if bias is not None:
        bias_words = translate("GraphCanvas", "bias b = %1, shared by the whole map")
        lines.append(bias_words.replace("%1", words.exact(bias[channel])))
    return lines


def _largest(words: CellWords, node: Node, snapshot: Snapshot, value: float) -> list[str]:
    cells = words.connectivity.into(node)
    winner = cells.node(int(np.argmax(words.read(cells, snapshot))))
    text = translate("GraphCanvas", "the largest of %1 numbers: %2, from %3")
    text = text.replace("%1", count(words.locale, len(cells))).replace("%2", words.exact(value))
    return [text.replace("%3", words.at(winner))]


def _mean(words: CellWords, node: Node, snapshot: Snapshot, value: float) -> list[str]:
    cells = words.connectivity.into(node)
    pool = words.connectivity.network.layers[node.layer]
    assert isinstance(pool, AvgPool2d)
    text = translate("GraphCanvas", "the mean of %1 numbers: %2 / %1 = %3")
    text = text.replace("%1", count(words.locale, pool.kernel[0] * pool.kernel[1]))
    return [
        text.replace("%2", words.factor(words.read(cells, snapshot).sum())).replace("%3", words.exact(value))
    ]


def _passed_on(words: CellWords, node: Node, snapshot: Snapshot, value: float) -> list[str]:
    source = words.connectivity.into(node).node(0)
    text = translate("GraphCanvas", "a = %1, the number of %2")
    network = words.connectivity.network
    where = place_words(network, words.names, source, words.locale)
    return [text.replace("%1", words.exact(value)).replace("%2", where)]


def _dropped(words: CellWords, node: Node, snapshot: Snapshot, value: float) -> list[str]:
    layer: Any = words.connectivity.network.layers[node.layer]
    read = float(words.read(words.connectivity.into(node), snapshot)[0])
    if value == 0 and read != 0:
        text = translate("GraphCanvas", "left out: 0 instead of %1")
        return [text.replace("%1", words.exact(read))]
    if value != read:
        factor = words.factor(1.0 - layer.rate)
        text = translate("GraphCanvas", "kept: a = %1 / %2 = %3").replace("%1", words.exact(read))
        return [text.replace("%2", factor).replace("%3", words.exact(value))]
    text = translate("GraphCanvas", "off while it predicts; in training %1 of the numbers become 0")
    share = percent(words.locale, layer.rate)
    return [*_passed_on(words, node, snapshot, value), text.replace("%1", share)]


def _added(words: CellWords, node: Node, snapshot: Snapshot, value: float) -> list[str]:
    read = words.read(words.connectivity.into(node), snapshot)
    return [f"a = {' + '.join(words.factor(each) for each in read)} = {words.exact(value)}"]


def _bent(words: CellWords, node: Node, snapshot: Snapshot, value: float) -> list[str]:
    function = activation_of(words.connectivity.network.layers[node.layer])
    read = words.read(words.connectivity.into(node), snapshot)[0]
    return [f"a = {FUNCTIONS.get(function, function)}({words.exact(read)}) = {words.exact(value)}"]


def _normalised(words: CellWords, node: Node, snapshot: Snapshot, value: float) -> list[str]:
    read = float(words.read(words.connectivity.into(node), snapshot)[0])
    layout, shape = words.connectivity.layout, words.connectivity.network.shapes[node.layer]
    scale, shift = (layout.view(snapshot.parameters, node.layer, role) for role in ("weight", "bias"))
    lines = [translate("GraphCanvas", "x = %1 becomes %2").replace("%1", words.exact(read))]
    lines[0] = lines[0].replace("%2", words.exact(value))
    if scale is not None and shift is not None:
        own = node.unit if scale.size == shape.size else node.unit // shape.places
        gamma, beta = words.exact(scale.ravel()[own]), words.exact(shift.ravel()[own])
        lines.append(f"γ·(x − μ) / √(σ² + ε) + β · γ = {gamma} · β = {beta}")
    else:
        lines.append("(x − μ) / √(σ² + ε)")
    over = translate("GraphCanvas", _OVER[words.connectivity.network.layers[node.layer].kind])
    return [*lines, over.replace("%1", count(words.locale, len(words.connectivity.group(node))))]


_OVER: dict[str, Any] = {
    "batch_norm": QT_TRANSLATE_NOOP(
        "GraphCanvas", "μ and σ² while it predicts: the running mean and variance of its channel"
    ),
    "layer_norm": QT_TRANSLATE_NOOP("GraphCanvas", "μ and σ² of all %1 numbers of the layer"),
    "instance_norm": QT_TRANSLATE_NOOP("GraphCanvas", "μ and σ² of the %1 numbers of its map"),
    "group_norm": QT_TRANSLATE_NOOP("GraphCanvas", "μ and σ² of the %1 numbers of its group of channels"),
}
"""What mean and variance are taken over."""


_MADE: dict[str, Callable[[CellWords, Node, Snapshot, float], list[str]]] = {
    "conv2d": _filtered,
    "max_pool2d": _largest,
    "avg_pool2d": _mean,
    "flatten": _passed_on,
    "concat": _passed_on,
    "dropout": _dropped,
    "add": _added,
    "activation": _bent,
    "batch_norm": _normalised,
    "layer_norm": _normalised,
    "instance_norm": _normalised,
    "group_norm": _normalised,
}
"""What a cell is made of, by the kind of its layer."""
