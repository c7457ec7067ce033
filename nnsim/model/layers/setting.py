"""What can be set of a layer by hand: the fields of its form."""

from __future__ import annotations

from dataclasses import dataclass

SORTS = ("count", "pair", "number", "activation", "flag")


@dataclass(frozen=True, slots=True)
class Setting:
    """One field of a layer.

    Attributes
    ----------
    name : str
        Of the field.
    sort : str
        One of :data:`SORTS`: a whole number, two of them, any number, an activation, or yes and no.
    low, high : float
        Ends of the range, both allowed, where it is a number.
    """

    name: str
    sort: str
    low: float = 0.0
    high: float = 0.0
