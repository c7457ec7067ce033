"""Numbers, vectors, matrices and sums as LaTeX, in which every quantity is marked with what it is.

A formula is written as LaTeX with marks around its quantities. :class:`Formula` gives the LaTeX without
them, or with a colour in their place, or the list of what they enclose.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnsim.lesson.focus import Item, code, decode
from nnsim.model.numerals import rounded
from nnsim.model.sentence import translatable

Vector = NDArray[np.floating[Any]]

ROLES = ("positive", "negative", "weight", "activation", "gradient", "update")
"""What a quantity can be, by the colours of the graph: a weight's number by its sign, its symbol not."""
LARGEST_TERMS = 5
"""Terms that are written of a sum with at least two more."""
WHOLE_SIDE = 6
"""Rows or columns up to which a vector or matrix is written out."""
RUN = 3
"""Neighbours that are written of a longer one."""
MORE = translatable("… {count} more")
_OPEN, _SPLIT, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{_OPEN}([a-z]+){_SPLIT}([^{_SPLIT}]*){_SPLIT}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
GAP = -1
"""Among places of entries: some that are left out."""


@dataclass(frozen=True, slots=True)
class Style:
    """How numbers are written.

    Attributes
    ----------
    digits : int
        Significant digits.
    decimal : str
        The decimal sign of the reader's language.
    more : str
        What stands for the terms left out of a sum, with ``{count}`` in it.
    whole, run : int
        Entries up to which the side of a vector or matrix is written out, and those of a longer one.
    terms : int
        Terms that are written of a sum with more than one above that.
    """

    digits: int = 4
    decimal: str = "."
    more: str = MORE
    whole: int = WHOLE_SIDE
    run: int = RUN
    terms: int = LARGEST_TERMS


PLAIN = Style()


class Quantity(NamedTuple):
    """One marked part of a formula.

    Attributes
    ----------
    role : str
        One of :data:`ROLES`.
    latex : str
    item : Node, Edge or None
        Where on the graph it comes from.
    """

    role: str
    latex: str
    item: Item | None


@dataclass(frozen=True, slots=True)
class Formula:
    """LaTeX whose quantities are marked."""

    markup: str

    @property
    def latex(self) -> str:
        """Without the marks."""
        return _MARK.sub(r"\3", self.markup)

    def coloured(self, palette: Mapping[str, str]) -> str:
        """With each quantity in its role's colour, such as ``#4da3ff``; roles not named stay plain."""

        def colour(match: re.Match[str]) -> str:
            found = palette.get(match[1])
            return match[3] if found is None else rf"\textcolor{{{found}}}{{{match[3]}}}"

        return _MARK.sub(colour, self.markup)

    def numbered(self, colour: Callable[[int], str]) -> str:
        """With each quantity in a colour of its own, made from its place in :attr:`quantities`."""
        places = itertools.count()
        return _MARK.sub(lambda m: rf"\textcolor{{{colour(next(places))}}}{{{m[3]}}}", self.markup)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """What is marked, in reading order."""
        return tuple(Quantity(m[1], m[3], decode(m[2])) for m in _MARK.finditer(self.markup))


def enclosed(symbol: str) -> str:
    """A symbol that something can be put above of: in brackets, if it has something there already."""
    return f"({symbol})" if "^" in symbol else symbol


def mark(role: str, latex: str, item: Item | None = None) -> str:
    """LaTeX marked as a quantity; marks do not nest."""
    return f"{_OPEN}{role}{_SPLIT}{'' if item is None else code(item)}{_SPLIT}{latex}{_CLOSE}"


def number(value: float, style: Style = PLAIN) -> str:
    """A number to some significant digits without trailing zeros; tiny and huge ones with a power of 10."""
    value = float(value)
    if value < 0:
        # In braces, so that the sign is not set apart like that of a difference.
        return f"{{-{number(-value, style)}}}"
    if not math.isfinite(value):
        return r"\text{NaN}" if math.isnan(value) else r"\infty"
    text, power = rounded(value, style.digits)
    if power is None:
        return _decimal(text, style)
    before = "" if text == "1" else rf"{_decimal(text, style)} \cdot "
    return rf"{before}10^{{{power}}}"


def _decimal(text: str, style: Style) -> str:
    # Braces keep TeX from setting a space after a comma.
    return text if style.decimal == "." else text.replace(".", f"{{{style.decimal}}}")


def factor(value: float, latex: str) -> str:
    """A number's LaTeX as it stands in a product or after a plus sign."""
    return f"({latex})" if value < 0 else latex


def base(value: float, latex: str) -> str:
    """A number's LaTeX as it stands below an exponent or after the name of a function."""
    return f"({latex})" if value < 0 or "10^" in latex else latex


class Term(NamedTuple):
    """One quantity: its symbol and its number, both marked, and its value."""

    symbol: str
    number: str
    value: float

    @property
    def factor(self) -> str:
        """The number as it stands in a product."""
        return factor(self.value, self.number)

    @property
    def base(self) -> str:
        """The number as it stands below an exponent or after ``ln``."""
        return base(self.value, self.number)


def shown(strengths: Vector, style: Style = PLAIN) -> tuple[int, ...]:
    """Places of a vector's entries that are written, in order, with :data:`GAP` for those left out.

    Of a long one a few neighbours, where it is strongest: the corners of a picture are dark.
    """
    count = len(strengths)
    if count <= style.whole:
        return tuple(range(count))
    sums = np.convolve(np.nan_to_num(np.abs(strengths)), np.ones(style.run), "valid")
    first = int(np.argmax(sums))
    before, after = (GAP,) if first else (), (GAP,) if first + style.run < count else ()
    return (*before, *range(first, first + style.run), *after)


def column(entries: Callable[[int], str], places: Sequence[int]) -> str:
    """A column vector; of one entry, that alone."""
    if len(places) == 1:
        return entries(places[0])
    return _pmatrix([r"\vdots" if i == GAP else entries(i) for i in places])


def row(entries: Callable[[int], str], places: Sequence[int]) -> str:
    """A vector on one line; of one entry, that alone."""
    if len(places) == 1:
        return entries(places[0])
    inside = r",\ ".join(r"\ldots" if i == GAP else entries(i) for i in places)
    return rf"\left({inside}\right)"


def matrix(entries: Callable[[int, int], str], rows: Sequence[int], columns: Sequence[int]) -> str:
    """A matrix; of a large one some of its rows and columns, of one entry that alone."""
    if len(rows) == len(columns) == 1:
        return entries(rows[0], columns[0])

    def line(i: int) -> str:
        if i == GAP:
            return " & ".join(r"\vdots" for _ in columns)
        return " & ".join(r"\cdots" if j == GAP else entries(i, j) for j in columns)

    return _pmatrix([line(i) for i in rows])


def _pmatrix(rows: list[str]) -> str:
    return r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"


def summand(values: Vector, latex: str) -> str:
    """A row, column or matrix as it stands after a plus sign."""
    return factor(float(values.ravel()[0]), latex) if values.size == 1 else latex


def applied(left: str, values: Vector, latex: str) -> str:
    """A number, column or matrix times a row or column; where one is a number, with a dot between."""
    between = r"\cdot" if values.size == 1 or "matrix" not in left else r"\,"
    return rf"{left} {between} {summand(values, latex)}"


def largest(values: Vector, style: Style = PLAIN) -> list[int]:
    """Places of the terms of a sum that are written, in their order."""
    if len(values) <= style.terms + 1:
        return list(range(len(values)))
    places = np.argpartition(-np.abs(values), style.terms)[: style.terms]
    return sorted(places.tolist())


def total(values: Vector, term: Callable[[int], str], style: Style, rest: Sequence[str] = ()) -> str:
    """A sum, of many terms the largest.

    Parameters
    ----------
    values : array, shape (n,)
    term : function
        From a place to its term's LaTeX.
    style : Style
    rest : sequence of str
        Terms that follow in any case.
    """
    return chosen(values, largest(values, style), term, style, rest)


def chosen(
    values: Vector, places: Sequence[int], term: Callable[[int], str], style: Style, rest: Sequence[str] = ()
) -> str:
    """A sum of which the terms at some places are written; else as :func:`total`."""
    terms = [term(place) for place in places]
    if len(places) < len(values):
        words = style.more.format(count=len(values) - len(places))
        terms.append(rf"\text{{{words}}}")
    return " + ".join([*terms, *rest]) or "0"
