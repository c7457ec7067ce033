"""Ribbons: what joins two layers where single edges would be too many. One for each filter, or each channel.

A ribbon stands for all weights between one channel that is read and one that is made: its width is their
mean size, its colour the sign of their sum. Where a layer has no weights, a plain line joins the channels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.snapshot import Probe, Snapshot
from nnsim.model.network import Network
from nnsim.model.parameters import Layout
from nnsim.ui.graph import edges as edge_sets
from nnsim.ui.graph.edges import Floats, Ints, source_of
from nnsim.ui.graph.geometry import layer_kind

MOST_RIBBONS = 200
MOST_LINKS = 64
"""Plain lines between two layers; of more channels one line stands for all."""
_COLUMNS = ("source_layer", "source_channel", "layer", "channel")
Pairs = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class RibbonSet:
    """Ribbons, one entry each.

    Attributes
    ----------
    source_layer, source_channel, layer, channel : arrays of int, shape (n,)
        Of features, a channel is one number. -1 stands for all channels together.
    """

    source_layer: Ints
    source_channel: Ints
    layer: Ints
    channel: Ints

    def __len__(self) -> int:
        return len(self.layer)

    def is_like(self, other: RibbonSet) -> bool:
        """Whether another set has the same ribbons."""
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in _COLUMNS)

    def some(self, places: Ints | NDArray[np.bool_]) -> RibbonSet:
        """Those at some places."""
        return replace(self, **{name: getattr(self, name)[places] for name in _COLUMNS})


def ribbons_of(network: Network) -> RibbonSet:
    """The ribbons of a network: where weights are shared, or an image is read number by number."""
    return _joined(network, [pair for pair in _others(network) if _has_weights(network, pair)], _every)


def links_of(network: Network) -> RibbonSet:
    """The plain lines between neighbouring layers without weights."""
    plain = [pair for pair in _others(network) if not _has_weights(network, pair)]
    return _joined(network, [(a, b) for a, b in plain if b - a == 1], _own)


def arcs_of(network: Network) -> list[tuple[int, int]]:
    """Connections that pass over other layers and whose edges are not drawn: residuals and branches."""
    return [(a, b) for a, b in _others(network) if b - a > 1]


def _others(network: Network) -> list[tuple[int, int]]:
    weighted = set(edge_sets.weighted(network))
    return [pair for pair in network.connections if pair not in weighted]


def _has_weights(network: Network, pair: tuple[int, int]) -> bool:
    return network.layers[pair[1]].kind in _VALUES


def _joined(
    network: Network, pairs: list[tuple[int, int]], between: Callable[[Network, int, int], Pairs]
) -> RibbonSet:
    columns = [np.zeros((4, 0), np.intp)]
    for source, layer in pairs:
        mine, own = between(network, source, layer).T
        columns.append(np.stack([np.full_like(mine, source), mine, np.full_like(own, layer), own]))
    return RibbonSet(*np.concatenate(columns, axis=1))


def _every(network: Network, source: int, layer: int) -> Pairs:
    """Each channel that is read with each that is made, by the latter."""
    made, read = network.shapes[layer].channels, network.shapes[source].channels
    return np.stack([np.tile(np.arange(read), made), np.repeat(np.arange(made), read)], axis=1)


def _own(network: Network, source: int, layer: int) -> Pairs:
    """Each channel with the one made of it alone."""
    read = network.shapes[source].channels
    if read > MOST_LINKS or "strip" in {layer_kind(network, source)} & {layer_kind(network, layer)}:
        return np.array([[-1, -1]], np.intp)
    before = 0
    if network.layers[layer].kind == "concat":
        before = sum(network.shapes[i].channels for i in network.sources(layer) if i < source)
    numbers = np.arange(read)
    return np.stack([numbers, numbers + before], axis=1)


def ribbon_values(
    layout: Layout, ribbons: RibbonSet, overlay: str, vector: Floats | None, probe: Probe | None
) -> Floats | None:
    """What each ribbon shows: the mean size of its weights, with the sign of their sum; None if unknown.

    Parameters
    ----------
    vector : array, shape (P,), or None
        What stands in the place of each weight.
    probe : Probe or None
        Of ``contribution``, whose activations the weights are multiplied by, place by place.
    """
    if vector is None or (overlay == "contribution" and probe is None):
        return None
    values = np.zeros(len(ribbons))
    for source, layer in sorted(set(zip(ribbons.source_layer.tolist(), ribbons.layer.tolist(), strict=True))):
        mine = (ribbons.source_layer == source) & (ribbons.layer == layer)
        read = probe.activations[source] if overlay == "contribution" and probe is not None else None
        sizes, sums = _VALUES[layout.network.layers[layer].kind](layout, vector, source, layer, read)
        signed = np.where(sums < 0, -sizes, sizes)
        values[mine] = signed[ribbons.channel[mine], ribbons.source_channel[mine]]
    return values


def snapshot_values(
    layout: Layout, ribbons: RibbonSet, overlay: str, snapshot: Snapshot | None
) -> Floats | None:
    """The same for an overlay of a snapshot."""
    if snapshot is None:
        return None
    return ribbon_values(layout, ribbons, overlay, source_of(overlay, snapshot), snapshot.probe)


Sizes = tuple[Floats, Floats]
"""Mean size and sum of the weights between two channels, both (made, read)."""


def _of_filters(layout: Layout, vector: Floats, source: int, layer: int, read: Floats | None) -> Sizes:
    weights = layout.view(vector, layer, "weight")
    assert weights is not None
    if read is None:
        return np.abs(weights).mean(axis=(2, 3)), weights.sum(axis=(2, 3))
    seen, sizes = (
        np.stack([window.sum(axis=(1, 2)) for window in _seen(layout.network, source, layer, image)], axis=-1)
        for image in (read, np.abs(read))
    )
    # Where the window looks at padding there is no edge, and so nothing to take the mean over.
    products = sum(int(window.sum()) for window in _seen(layout.network, source, layer, np.ones_like(read)))
    products //= layout.network.shapes[source].channels
    flat = weights.reshape(*weights.shape[:2], -1)
    return (np.abs(flat) * sizes).sum(axis=2) / max(products, 1), (flat * seen).sum(axis=2)


def _seen(network: Network, source: int, layer: int, read: Floats) -> list[Floats]:
    """For each place in the window all that it sees as the window slides, 0 where that is padding.

    Returns
    -------
    list of arrays, shape (channels, rows, columns)
    """
    described: Any = network.layers[layer]
    (tall, wide), (down, right), (top, left) = described.kernel, described.stride, described.padding
    image = np.pad(read.reshape(network.shapes[source].sizes), ((0, 0), (top, top), (left, left)))
    _, rows, columns = network.shapes[layer].sizes
    return [
        image[:, i : i + rows * down : down, j : j + columns * right : right][:, :rows, :columns]
        for i in range(tall)
        for j in range(wide)
    ]


def _of_units(layout: Layout, vector: Floats, source: int, layer: int, read: Floats | None) -> Sizes:
    block = layout.block(vector, source, layer)
    if read is not None:
        block = block * read
    channels = block.reshape(len(block), layout.network.shapes[source].channels, -1)
    return np.abs(channels).mean(axis=2), channels.sum(axis=2)


_VALUES: dict[str, Callable[[Layout, Floats, int, int, Floats | None], Sizes]] = {
    "conv2d": _of_filters,
    "dense": _of_units,
}
"""How weights are gathered, by the kind of layer that has them."""


def strongest(ribbons: RibbonSet, values: Floats | None) -> RibbonSet:
    """At most :data:`MOST_RIBBONS` of them: of each connection its share of the strongest."""
    if len(ribbons) <= MOST_RIBBONS:
        return ribbons
    pairs = np.stack([ribbons.source_layer, ribbons.layer])
    _, numbers, sizes = np.unique(pairs, axis=1, return_inverse=True, return_counts=True)
    strength = np.zeros(len(ribbons)) if values is None else np.abs(np.nan_to_num(values))
    kept = [
        np.flatnonzero(numbers == i)[np.argsort(-strength[numbers == i], kind="stable")[:share]]
        for i, share in enumerate(edge_sets.shares(sizes.tolist(), MOST_RIBBONS))
    ]
    return ribbons.some(np.sort(np.concatenate(kept)))
