"""Where the layers and units of an edited network come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nnsim.model.layers import Shape
from nnsim.model.network import Network

Numbers = NDArray[np.int64]
NEW = -1
"""Stands for an old number where there is none."""
_RESAMPLED = 1.5
"""Sides that differ by this factor show the same picture in another size; others are cut or widened."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What an edited network owes to the one before it.

    Two layers of the new network may name the same old one. Where one of them feeds the other, the
    second repeats the first: its weights are the identity and its biases 0. Units of one layer that
    name the same old unit are copies, and share its outgoing weights evenly.

    Attributes
    ----------
    layers : tuple of (int or None)
        For each new layer the number of the old one whose values it carries; None where it is new.
    units : tuple of tuples of (int or None)
        Likewise for the units of each new layer, numbers within that old layer; of an image for its
        channels, which are then numbers of channels.
    gains : tuple of float
        For each new layer, what its weights and biases are multiplied by and the weights that leave it
        divided by; empty where all are 1.
    bridged : tuple of int
        Old layers that are gone and whose weights are folded into those around them.
    """

    layers: tuple[int | None, ...]
    units: tuple[tuple[int | None, ...], ...]
    gains: tuple[float, ...] = ()
    bridged: tuple[int, ...] = ()

    @classmethod
    def same(cls, network: Network) -> Origin:
        """Every layer and unit is what it was."""
        return cls(
            tuple(range(len(network.layers))),
            tuple(tuple(range(shape.channels)) for shape in network.shapes),
        )

    @classmethod
    def by_number(cls, old: Network, new: Network) -> Origin:
        """Layers of the same kind and units that keep their numbers; what there was not before is new."""
        kinds = [layer.kind for layer in old.layers]
        layers = tuple(
            i if i < len(kinds) and layer.kind == kinds[i] else None for i, layer in enumerate(new.layers)
        )
        units = tuple(
            tuple(
                j if origin is not None and j < old.shapes[origin].channels else None
                for j in range(shape.channels)
            )
            for origin, shape in zip(layers, new.shapes, strict=True)
        )
        return cls(layers, units)

    def gain(self, layer: int) -> float:
        """What the weights and biases of a new layer are multiplied by."""
        return self.gains[layer] if self.gains else 1.0

    def repeats(self, source: int, layer: int) -> bool:
        """Whether a new layer, fed by another one, repeats it."""
        return self.layers[layer] is not None and self.layers[source] == self.layers[layer]

    def with_units(self, layer: int, units: tuple[int | None, ...]) -> Origin:
        """The same with other units in one new layer."""
        return replace(self, units=(*self.units[:layer], units, *self.units[layer + 1 :]))

    def without_layers(self, layers: tuple[int, ...]) -> Origin:
        """The same with some new layers left out, and those bridged that were old."""
        kept = [i for i in range(len(self.layers)) if i not in layers]
        gone = (self.layers[i] for i in layers)
        return Origin(
            tuple(self.layers[i] for i in kept),
            tuple(self.units[i] for i in kept),
            tuple(self.gains[i] for i in kept) if self.gains else (),
            tuple(sorted({*self.bridged, *(i for i in gone if i is not None)})),
        )


def cells_of(origin: Origin, old: Network, new: Network, layer: int) -> Numbers:
    """For each cell of a new layer the old cell that it comes from; :data:`NEW` where there is none.

    The places of an image that has grown or shrunk by a little are kept about its middle; one of another
    size altogether is seen as the same picture drawn larger or smaller.

    Returns
    -------
    array of int, shape (units of the layer,)
    """
    was, shape = origin.layers[layer], new.shapes[layer]
    channels = np.array([NEW if unit is None else unit for unit in origin.units[layer]], np.int64)
    if was is None:
        return np.full(shape.size, NEW, np.int64)
    if not shape.is_image:
        return channels
    places = places_of(old.shapes[was], shape)
    cells: Numbers = channels[:, None] * old.shapes[was].places + places
    cells[(channels < 0)[:, None] | (places < 0)] = NEW
    return cells.ravel()


def places_of(old: Shape, new: Shape) -> Numbers:
    """For each place of one channel the old place that it comes from, or :data:`NEW`."""
    before, after = old.sizes[1:] or (1, 1), new.sizes[1:] or (1, 1)
    if before == after or len(before) != len(after):
        return np.arange(new.places) if before == after else np.full(new.places, NEW, np.int64)
    rows, columns = (_along(n, m) for n, m in zip(before, after, strict=True))
    places: Numbers = rows[:, None] * before[1] + columns
    places[(rows < 0)[:, None] | (columns < 0)] = NEW
    return places.ravel()


def _along(before: int, after: int) -> Numbers:
    """The same along one side."""
    at = np.arange(after)
    if max(before, after) >= _RESAMPLED * min(before, after):
        return (2 * at + 1) * before // (2 * after)
    at = at + (before - after) // 2
    return np.where((at >= 0) & (at < before), at, NEW)


def followed(origin: Origin, old: Network, new: Network) -> Origin:
    """The same with the units of layers that pass on what feeds them, each with what it passes on."""
    for layer in range(1, len(new.layers)):
        follow, was = _FOLLOW.get(new.layers[layer].kind), origin.layers[layer]
        repeats = any(origin.repeats(source, layer) for source in new.sources(layer))
        if (
            follow is not None
            and was is not None
            and not repeats
            and old.layers[was].kind == new.layers[layer].kind
        ):
            units = follow(origin, old, new, layer)
            origin = origin.with_units(layer, tuple(None if unit < 0 else unit for unit in units.tolist()))
    return origin


def _channels(origin: Origin, old: Network, new: Network, layer: int) -> Numbers:
    """Of the layer that feeds it; by number where that is another one than before."""
    return _of_source(origin, old, new, layer, new.sources(layer)[0], 0, per_cell=False)


def _cells(origin: Origin, old: Network, new: Network, layer: int) -> Numbers:
    return _of_source(origin, old, new, layer, new.sources(layer)[0], 0, per_cell=True)


def _joined(origin: Origin, old: Network, new: Network, layer: int) -> Numbers:
    """Of all layers that feed it, one after the other, as they stood before."""
    was = origin.layers[layer]
    assert was is not None
    before = old.sources(was)
    starts = dict(zip(before, np.cumsum([0, *(old.shapes[s].channels for s in before)]), strict=False))
    return np.concatenate(
        [
            _of_source(origin, old, new, layer, s, starts.get(_number(origin.layers[s])), per_cell=False)
            for s in new.sources(layer)
        ]
    )


def _number(layer: int | None) -> int:
    return NEW if layer is None else layer


def _of_source(
    origin: Origin, old: Network, new: Network, layer: int, source: int, start: int | None, *, per_cell: bool
) -> Numbers:
    was, fed = origin.layers[layer], origin.layers[source]
    assert was is not None
    if per_cell:
        found = cells_of(origin, old, new, source)
    else:
        found = np.array([NEW if unit is None else unit for unit in origin.units[source]], np.int64)
    if start is None:
        return np.full(len(found), NEW, np.int64)
    if fed not in old.sources(was):
        found = np.arange(len(found))
    found = np.where(found < 0, NEW, found + start)
    return np.where(found < old.shapes[was].channels, found, NEW)


def passes_channels(kind: str) -> bool:
    """Whether each channel of a layer of a kind comes from the same one of what feeds it."""
    return _FOLLOW.get(kind) is _channels


Follow = Callable[[Origin, Network, Network, int], Numbers]
_FOLLOW: dict[str, Follow] = {
    "activation": _channels,
    "max_pool2d": _channels,
    "avg_pool2d": _channels,
    "dropout": _channels,
    "add": _channels,
    "batch_norm": _channels,
    "layer_norm": _channels,
    "instance_norm": _channels,
    "group_norm": _channels,
    "flatten": _cells,
    "concat": _joined,
}
"""Where the units of a kind come from that has none of its own."""
