"""Reading JSON that came from outside: every value is checked before it is used.

A :class:`Fields` wraps one JSON object, knows its path, and complains about what is missing, of
the wrong type, out of range or unknown, in words that name the field.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from nnsim.model.errors import DocumentError, one_of
from nnsim.model.sentence import Sentence, sentence, translatable

_MISSING: Any = object()
_LARGEST_NUMBER = 1e30
"""Well inside float32, in which the engine computes."""
_NUMBERS = {int, float}


_NUMBER = sentence(translatable("a number"))
_TYPES: dict[type, Sentence] = {
    bool: sentence(translatable("true or false")),
    int: _NUMBER,
    float: _NUMBER,
    str: sentence(translatable("text")),
    list: sentence(translatable("a list")),
    type(None): sentence("null"),
}
_OBJECT = sentence(translatable("an object"))
_ABOVE = translatable("above {low} and at most {high}")
_FROM_TO = translatable("from {low} to {high}")
_TO = translatable("{low} to {high}")


def _type_name(value: object) -> Sentence:
    return _TYPES.get(type(value), _OBJECT)


class Fields:
    """One JSON object being read.

    Parameters
    ----------
    value
        What the JSON holds; anything but an object is refused.
    path
        Where it stands in the document, for the error messages.
    known
        Every field name allowed here; others are refused, so that a misspelt one is noticed.
    """

    def __init__(self, value: object, path: str, known: Iterable[str]) -> None:
        if not isinstance(value, Mapping):
            raise DocumentError(path, "must be an object, not {found}", found=_type_name(value))
        # A document may hold hundreds of thousands of names: each is looked up once.
        allowed = dict.fromkeys(known)
        for name in value:
            if name not in allowed:
                raise DocumentError(
                    self._join(path, str(name)), "is not known here; {allowed}", allowed=one_of(allowed)
                )
        self._value = value
        self.path = path

    @staticmethod
    def _join(path: str, name: str) -> str:
        return f"{path}.{name}" if path else name

    def at(self, name: str) -> str:
        """Path of one of this object's fields."""
        return self._join(self.path, name)

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._value

    def raw(self, name: str, default: Any = _MISSING) -> Any:
        """The field as it stands; `default`, if given, when it is absent."""
        value = self._value.get(name, default)
        if value is _MISSING:
            raise DocumentError(self.at(name), "is missing")
        return value

    def text(self, name: str, default: Any = _MISSING, *, allowed: Iterable[str] | None = None) -> str:
        """A string, from a list of allowed ones if such a list is given."""
        value = self.raw(name, default)
        if not isinstance(value, str):
            raise DocumentError(self.at(name), "must be text, not {found}", found=_type_name(value))
        if allowed is not None:
            names = list(allowed)
            if value not in names:
                raise DocumentError(
                    self.at(name),
                    "{value} is not known; {allowed}",
                    value=repr(value[:40]),
                    allowed=one_of(names),
                )
        return value

    def flag(self, name: str, default: Any = _MISSING) -> bool:
        """True or false."""
        value = self.raw(name, default)
        if not isinstance(value, bool):
            raise DocumentError(self.at(name), "must be true or false, not {found}", found=_type_name(value))
        return value

    def integer(self, name: str, default: Any = _MISSING, *, low: int, high: int) -> int:
        """A whole number with ``low <= value <= high``."""
        return as_integer(self.raw(name, default), self.at(name), low=low, high=high)

    def number(
        self, name: str, default: Any = _MISSING, *, low: float, high: float, open_low: bool = False
    ) -> float:
        """A finite number in ``[low, high]``, or ``(low, high]`` with `open_low`."""
        value = as_number(self.raw(name, default), self.at(name))
        if not low <= value <= high or (open_low and value == low):
            allowed = sentence(_ABOVE if open_low else _FROM_TO, low=float(low), high=float(high))
            raise DocumentError(
                self.at(name),
                "{value} is out of range; allowed: {allowed}",
                value=float(value),
                allowed=allowed,
            )
        return value

    def items(self, name: str, default: Any = _MISSING, *, longest: int) -> list[Any]:
        """A list of at most `longest` items."""
        return as_list(self.raw(name, default), self.at(name), longest=longest)


def as_list(value: object, path: str, *, longest: int) -> list[Any]:
    """`value` as a list of at most `longest` items, or a :class:`DocumentError`."""
    if not isinstance(value, list | tuple):
        raise DocumentError(path, "must be a list, not {found}", found=_type_name(value))
    if len(value) > longest:
        raise DocumentError(
            path, "has {count} items; allowed: at most {longest}", count=len(value), longest=longest
        )
    return list(value)


def as_integer(value: object, path: str, *, low: int, high: int) -> int:
    """`value` as a whole number in ``[low, high]``, or a :class:`DocumentError`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        found = float(value) if isinstance(value, float) else _type_name(value)
        raise DocumentError(path, "must be a whole number, not {found}", found=found)
    if not low <= value <= high:
        allowed = sentence(_TO, low=low, high=high) if low < high else low
        raise DocumentError(path, "is out of range; allowed: {allowed}", allowed=allowed)
    return value


def as_numbers(values: list[Any], path: str, *, counted: bool = True) -> tuple[float, ...]:
    """`values` as finite floats, or a :class:`DocumentError` that names the wrong one if `counted`."""
    numbers = _plain_numbers(values)
    if numbers is None:
        paths = (f"{path}[{i}]" if counted else path for i in range(len(values)))
        numbers = tuple(map(as_number, values, paths))
    return numbers


def _plain_numbers(values: list[Any]) -> tuple[float, ...] | None:
    """All of them checked together: there may be millions, and hardly ever a wrong one to be named."""
    if not values or not _NUMBERS.issuperset(map(type, values)):
        return None
    try:
        numbers = tuple(map(float, values))
    except OverflowError:
        return None
    bounded = min(numbers) >= -_LARGEST_NUMBER and max(numbers) <= _LARGEST_NUMBER
    return numbers if bounded and all(map(math.isfinite, numbers)) else None


def as_number(value: object, path: str) -> float:
    """`value` as a finite float, or a :class:`DocumentError`."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise DocumentError(path, "must be a number, not {found}", found=_type_name(value))
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise DocumentError(path, "must be a finite number")
    if abs(number) > _LARGEST_NUMBER:
        raise DocumentError(
            path,
            "is too large; allowed: at most {largest_number} either side of 0",
            largest_number=float(_LARGEST_NUMBER),
        )
    return number
