"""An edit after which a layer could not read what feeds it, and the nearest one after which it could."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from nnsim.model.errors import DocumentError
from nnsim.model.layers import Layer, Shape
from nnsim.model.network import Network

if TYPE_CHECKING:
    from nnsim.model.edits.edit import Edit


class Fit(NamedTuple):
    """One setting that was brought to the nearest value that fits.

    Attributes
    ----------
    layer, setting : str
        Names of the layer and of its setting.
    value : object
    """

    layer: str
    setting: str
    value: Any


class Fix(NamedTuple):
    """The edit with whatever settings it needs.

    Attributes
    ----------
    edit : Edit
    fits : tuple of Fit
    """

    edit: Edit
    fits: tuple[Fit, ...]


class MisfitError(DocumentError):
    """A layer could not read what would feed it.

    Attributes
    ----------
    number : int
        Of the layer in the network that was refused.
    layer, setting : str
        Its name and that of the setting; empty where none is to blame.
    fix : Fix or None
        What was asked for, with settings that fit; None where no value does.
    """

    def __init__(self, number: int, layer: str, setting: str, problem: str) -> None:
        super().__init__("", f"That does not fit. {layer}: {setting}{' ' if setting else ''}{problem}.")
        self.number, self.layer, self.setting = number, layer, setting
        self.fix: Fix | None = None


def nearest(
    old: Network, layers: tuple[Layer, ...], connections: Collection[tuple[int, int]], at: MisfitError
) -> Layer | None:
    """The layer with the one setting that does not fit as near as it can be; None where nothing is."""
    number = at.number
    found = _NEAREST.get(at.setting)
    if found is None:
        return None
    before = Network(layers[:number], tuple(sorted(pair for pair in connections if pair[1] < number)))
    source = next(source for source, to in connections if to == number)
    changed: Any = layers[number]
    former = old.layers[old.names.index(at.layer)] if at.layer in old.names else None
    value = found(changed, before.shapes[source], getattr(former, at.setting, None))
    fitting: Layer = replace(changed, **{at.setting: value})
    return fitting


def _kernel(layer: Any, fed: Shape, former: object) -> tuple[int, ...]:
    """As large as the image with its padding."""
    sides = zip(layer.kernel, fed.sizes[1:], layer.padding, strict=True)
    return tuple(min(k, n + 2 * p) for k, n, p in sides)


def _padding(layer: Any, fed: Shape, former: object) -> tuple[int, ...]:
    """Half of the window."""
    return tuple(min(p, k // 2) for k, p in zip(layer.kernel, layer.padding, strict=True))


def _groups(layer: Any, fed: Shape, former: object) -> int:
    """The divisor that is closest, other than the one before: that is no step from it."""
    divisors = [n for n in range(1, fed.channels + 1) if fed.channels % n == 0 and n != former]
    return min(divisors or [1], key=lambda n: abs(n - layer.groups))


_NEAREST: dict[str, Callable[[Any, Shape, object], Any]] = {
    "kernel": _kernel,
    "padding": _padding,
    "groups": _groups,
}
"""By the name of a setting that depends on the image or the channels."""
