"""A network as an edit wants it, whether its layers fit or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from nnsim.model.layers import Layer, named
from nnsim.model.network import Network
from nnsim.model.origin import Origin, passes_channels

Pair = tuple[int, int]
Units = tuple[int | None, ...]
SIZES = {"dense": "units", "conv2d": "channels"}
"""What says how many units, or channels, a layer of a kind has that decides it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an edit wants.

    Attributes
    ----------
    old : Network
        The one that is edited.
    layers : tuple of Layer
        All have names.
    connections : frozenset of (int, int)
    origin : Origin
    """

    old: Network
    layers: tuple[Layer, ...]
    connections: frozenset[Pair]
    origin: Origin

    def before(self, number: int) -> Network:
        """The layers before one, all of which fit."""
        pairs = tuple(sorted(pair for pair in self.connections if pair[1] < number))
        return Network(self.layers[:number], pairs)

    def sources(self, number: int) -> tuple[int, ...]:
        """The layers that feed one, in the order in which it sees them."""
        return tuple(sorted(source for source, to in self.connections if to == number))

    def was_fed(self, source: int, number: int) -> bool:
        """Whether a connection was there before."""
        was = self.origin.layers[source], self.origin.layers[number]
        return was in self.old.connections

    def with_layer(self, number: int, units: Units | None = None, /, **settings: Any) -> Plan:
        """One layer with other settings, and where its units come from."""
        layers: list[Any] = list(self.layers)
        layers[number] = replace(layers[number], **settings)
        origin = self.origin if units is None else self.origin.with_units(number, units)
        return replace(self, layers=tuple(layers), origin=origin)

    def with_inserted(
        self, layer: Layer, sources: tuple[int, ...], place: int, carries: int | None, units: Units
    ) -> Plan:
        """A layer between some others and the one that stands at `place`.

        Parameters
        ----------
        layer : Layer
        sources : tuple of int
            Feed it, and no longer that one.
        place : int
            Its number; that of the layer that it feeds is one more.
        carries : int or None
            Number of the old layer whose values it carries.
        units : tuple of (int or None)
            Where its units come from.
        """
        layers, origin = list(self.layers), self.origin
        layers.insert(place, layer)
        gains = origin.gains and (*origin.gains[:place], 1.0, *origin.gains[place:])
        kept = self.connections - {(source, place) for source in sources}
        moved = {(s + (s >= place), d + (d >= place)) for s, d in kept}
        return Plan(
            self.old,
            named(layers),
            frozenset(moved | {(source, place) for source in sources} | {(place, place + 1)}),
            Origin(
                (*origin.layers[:place], carries, *origin.layers[place:]),
                (*origin.units[:place], units, *origin.units[place:]),
                gains,
                origin.bridged,
            ),
        )


def decider(network: Network, layer: int) -> int | None:
    """The layer whose settings say how many channels another one has; None where the data does."""
    while passes_channels(network.layers[layer].kind):
        layer = network.sources(layer)[0]
    return layer if network.layers[layer].kind in SIZES else None
