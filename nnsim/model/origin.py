"""Where the layers and units of an edited network come from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nnsim.model.network import Network


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
        Likewise for the units of each new layer, numbers within that old layer.
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
            tuple(range(len(network.layers))), tuple(tuple(range(shape.size)) for shape in network.shapes)
        )

    @classmethod
    def by_number(cls, old: Network, new: Network) -> Origin:
        """Layers and units that keep their numbers; those beyond what there was are new."""
        layers = tuple(i if i < len(old.layers) else None for i in range(len(new.layers)))
        units = tuple(
            tuple(j if origin is not None and j < old.units(origin) else None for j in range(shape.size))
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
