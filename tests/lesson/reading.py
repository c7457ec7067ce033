"""Reads a formula's plain text back: what its numbers come to, with the room that their rounding leaves."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from nnsim.engine.ops.operation import FIRES_ABOVE

_TOKENS = re.compile(r"\s*(\d+(?:\.\d+)?|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|[A-Za-zσ]+|.)", re.DOTALL)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_DIGITS = 4


class NotNumericError(Exception):
    """The text holds more than numbers."""


@dataclass(frozen=True)
class Range:
    """A number, row, column or matrix, each entry known to lie between two numbers."""

    low: np.ndarray
    high: np.ndarray

    @classmethod
    def of(cls, *ends):
        return cls(np.minimum.reduce(ends), np.maximum.reduce(ends))

    def __add__(self, other):
        return Range(self.low + other.low, self.high + other.high)

    def __neg__(self):
        return Range(-self.high, -self.low)

    def __sub__(self, other):
        return self + -other

    def times(self, other):
        """Entry by entry."""
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        low, high = np.minimum.reduce(ends), np.maximum.reduce(ends)
        return Range(np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high))

    def __mul__(self, other):
        """The product of matrices, or by a number."""
        if self.low.ndim == other.low.ndim == 2 and 1 not in (self.low.size, other.low.size):
            parts = [
                Range(self.low[:, [k]], self.high[:, [k]]).times(Range(other.low[[k]], other.high[[k]]))
                for k in range(self.low.shape[1])
            ]
            return Range(sum(part.low for part in parts), sum(part.high for part in parts))
        return self.times(other)

    def __truediv__(self, other):
        crosses = (other.low <= 0) & (other.high >= 0)
        inverse = Range(
            np.where(crosses, -np.inf, 1 / np.where(crosses, 1, other.high)),
            np.where(crosses, np.inf, 1 / np.where(crosses, 1, other.low)),
        )
        return self.times(inverse)

    def power(self, exponent):
        ends = [self.low**exponent, self.high**exponent]
        if exponent % 2 == 0 and exponent > 0 and (crosses := (self.low < 0) & (self.high > 0)).any():
            ends.append(np.where(crosses, 0.0, ends[0]))
        return Range.of(*ends)

    def map(self, function):
        """Through a function that nowhere falls."""
        return Range(function(self.low), function(self.high))

    def magnitude(self):
        ends = [np.abs(self.low), np.abs(self.high)]
        return Range.of(*ends, np.where((self.low < 0) & (self.high > 0), 0.0, ends[0]))

    def meets(self, other):
        """Whether both can be the same."""
        slack = 1e-9 * (np.abs(self.low) + np.abs(other.low))
        return bool(np.all((self.low <= other.high + slack) & (other.low <= self.high + slack)))


def _exp(x):
    with np.errstate(over="ignore"):
        return np.exp(x)


def _log(x):
    with np.errstate(divide="ignore"):
        return np.log(np.maximum(x, 0.0))


def _softmax(z):
    others = [np.delete(e, i, 1).sum(1) for e in (_exp(z.low), _exp(z.high)) for i in range(z.low.size)]
    high, low = others[: z.low.size], others[z.low.size :]
    ends = [
        np.array([[(e := math.exp(v)) / (e + float(o[0])) for v, o in zip(values[0], rest, strict=True)]])
        for values, rest in ((z.low, low), (z.high, high))
    ]
    return Range(*ends)


FUNCTIONS = {
    "ln": lambda x: x.map(_log),
    "max": lambda x: Range(x.low.max(keepdims=True), x.high.max(keepdims=True)),
    "sign": lambda x: x.map(np.sign),
    "tanh": lambda x: x.map(np.tanh),
    "σ": lambda x: x.map(lambda z: 1 / (1 + _exp(-z))),
    "ReLU": lambda x: x.map(lambda z: np.maximum(z, 0)),
    "ELU": lambda x: x.map(lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0)))),
    "id": lambda x: x,
    "step": lambda x: x.map(lambda z: np.where(z > FIRES_ABOVE, 1.0, 0.0)),
    "softmax": _softmax,
    "√": lambda x: x.map(lambda z: np.sqrt(np.maximum(z, 0))),
}


def number(text):
    """A printed number: its fourth digit is rounded."""
    value = float(text)
    room = 0.0 if value == 0 else 0.5 * 10.0 ** (math.floor(math.log10(value)) - _DIGITS + 1)
    return Range(np.array([[value - room]]), np.array([[value + room]]))


class Reader:
    """Sums of products, as people write them: factors side by side multiply."""

    def __init__(self, text):
        self._bars = 0
        self._tokens = [*(t for t in _TOKENS.findall(text.strip()) if t.strip()), ""]

    @property
    def _next(self):
        return self._tokens[0]

    def _take(self, *wanted):
        if wanted and self._next not in wanted:
            raise NotNumericError(self._next)
        return self._tokens.pop(0)

    def read(self):
        found = self.sum()
        self._take("")
        return found

    def sum(self):
        negative = self._next == "−" and self._take()
        found = self.product()
        found = -found if negative else found
        while self._next in ("+", "−"):
            found = found + self.product() if self._take() == "+" else found - self.product()
        return found

    def product(self):
        found = self.power()
        while True:
            if self._next in ("·", "/", "⊙"):
                sign, other = self._take(), self.power()
                found = {"·": found.__mul__, "/": found.__truediv__, "⊙": found.times}[sign](other)
            elif self._begins_a_factor():
                found = found * self.power()
            else:
                return found

    def _begins_a_factor(self):
        token = self._next
        return token in ("(", "[", "√") or (token == "|" and not self._bars) or token[:1].isalnum()

    def power(self):
        if self._next == "e":
            return self._exponent().map(_exp)
        if self._next == "10" and _POWER.fullmatch(self._tokens[1]):
            self._take()
            return number(f"1e{self._take().translate(_RAISED)}")
        found = self.atom()
        while _POWER.fullmatch(self._next):
            found = found.power(int(self._take().translate(_RAISED)))
        return found

    def _exponent(self):
        """Of e."""
        self._take("e")
        if self._next == "^":
            self._take()
            return self.atom()
        raised = self._take().translate(_RAISED)
        if not re.fullmatch(r"-?\d+", raised):
            raise NotNumericError(raised)
        return -number(raised[1:]) if raised.startswith("-") else number(raised)

    def atom(self):
        token = self._take()
        if token[:1].isdigit():
            return number(token)
        if token == "ln" and self._next == "e":
            return self._exponent()
        if token in FUNCTIONS:
            return FUNCTIONS[token](self.power())
        if token == "(":
            return self._list(")")
        if token == "[":
            return self._list("]")
        if token == "|":
            self._bars += 1
            inside = self.sum()
            self._bars -= 1
            self._take("|")
            return inside.magnitude()
        raise NotNumericError(token)

    def _list(self, end):
        rows = [[self.sum()]]
        while (sign := self._take(",", ";", end)) != end:
            if sign == ";":
                rows.append([])
            rows[-1].append(self.sum())
        if len(rows) == len(rows[0]) == 1:
            return rows[0][0]
        if len({len(row) for row in rows}) > 1:
            raise NotNumericError("rows of different lengths")
        return Range(
            np.array([[entry.low.item() for entry in row] for row in rows]),
            np.array([[entry.high.item() for entry in row] for row in rows]),
        )


BLEMISHES = {
    "a computer's exponent": r"\d[eE][-−+]\d",
    "two signs in a row": r"[+·/−] −|−−|\+ \+",
    "a minus before 0": r"(^|[^\d.⁻])−0(?![.\d])",
    "a sum or product after a function's name": r"ln [\d.]+ ·",
    "a power of a power of ten": r"10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+\^|10\^",
    "numbers side by side": r"[\d)] \d",
    "brackets in brackets": r"\(\(−?[\d.]+\)\)",
    "one number in the brackets of a row": r"(?<![A-Za-zσ′'])\((–|[\d.]+)\)|(?<![A-Za-z⁾])\[(–|−?[\d.]+)\]",
    "brackets that no sign asks for": r"[=←] \(−[\d.]+\)( =|$)|← \(−[\d.]+\) [+−]",
    "nothing in its place": r"\(\)|\[\]|= *$|= =",
    "1 times a power of ten": r"(?<![\d.])1 · 10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]",
}
"""What no formula may look like, as plain text."""


def blemishes(formula, plain):
    """What is ugly in a formula, by its LaTeX and its plain text."""
    found = [name for name, pattern in BLEMISHES.items() if re.search(pattern, plain)]
    bare = formula.replace(r"\mathsf{T}}", "T}").replace(r"\left", "").replace(r"\right", "")
    return found + (["raised twice"] if _raised_twice(bare) else [])


def _raised_twice(latex):
    return any(re.search(r"\^\{[^{}]*\}\}?$", latex[: m.start()]) for m in re.finditer(r"\^", latex))


def sides(text):
    """The sides of an equation that are numbers alone, in order."""
    found = []
    for side in re.split(r" = |←", text):
        try:
            with np.errstate(all="ignore"):
                found.append((side.strip(), Reader(side).read()))
        except (NotNumericError, OverflowError):
            continue
    return found
