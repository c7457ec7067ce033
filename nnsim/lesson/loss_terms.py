"""How each loss is written: its term for one output, and the term's derivative."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnsim.engine.ops.losses import CLAMP
from nnsim.engine.ops.operation import FIRES_ABOVE
from nnsim.lesson.forward import fires_above
from nnsim.lesson.notation import Formula, Term
from nnsim.lesson.writer import Vector, Writer
from nnsim.model.network import Node

Five = tuple[str, str, str, str, str]
"""ŷ, y, 1 − ŷ, 1 − y and z of one output, as LaTeX."""


@dataclass(frozen=True, slots=True)
class Loss:
    """How one loss is written.

    Attributes
    ----------
    term : function
        From the LaTeX of ŷ, y, 1 − ŷ, 1 − y and z of one output to its term, without a leading minus.
    numbers : function
        The same from their numbers.
    value : function
        The term's value, from ŷ and y and z, arrays of all outputs of the sample.
    slope, slope_numbers : function
        The term's derivative, likewise.
    negative : bool
        Whether a minus stands before all of it.
    slope_negative : bool
        Whether one stands before the derivative.
    per_output : bool
        Whether it averages over the outputs too.
    averages : bool
        Whether it averages over the samples.
    """

    term: Callable[[str, str, str, str, str], str]
    numbers: Callable[[Term, Term, Term, Term, Term], str]
    value: Callable[[Vector, Vector, Vector], Vector]
    slope: Callable[[str, str, str, str, str], str]
    slope_numbers: Callable[[Term, Term, Term, Term, Term], str]
    negative: bool = False
    slope_negative: bool = False
    per_output: bool = True
    averages: bool = True


_SQUARE = (
    lambda p, y, _p, _y, z: rf"({p} - {y})^2",
    lambda p, y, _p, _y, z: rf"({p.number} - {y.factor})^2",
    lambda p, y, z: (p - y) ** 2,
    lambda p, y, _p, _y, z: rf"2 \, ({p} - {y})",
    lambda p, y, _p, _y, z: rf"2 \, ({p.number} - {y.factor})",
)
_BCE = (
    lambda p, y, p_rest, y_rest, z: rf"\left[{y} \ln {p} + {y_rest} \ln {p_rest}\right]",
    lambda p, y, p_rest, y_rest, z: (
        rf"\left[{y.factor} \cdot \ln {p.base} + {y_rest.factor} \cdot \ln {p_rest.base}\right]"
    ),
)
_BCE_SLOPE = (
    lambda p, y, p_rest, y_rest, z: rf"\frac{{{p} - {y}}}{{{p} \, {p_rest}}}",
    lambda p, y, p_rest, y_rest, z: rf"\frac{{{p.number} - {y.factor}}}{{{p.factor} \cdot {p_rest.factor}}}",
)
_CROSS_ENTROPY = (
    lambda p, y, p_rest, y_rest, z: rf"{y} \ln {p}",
    lambda p, y, p_rest, y_rest, z: rf"{y.factor} \cdot \ln {p.base}",
)
_CROSS_ENTROPY_SLOPE = (
    lambda p, y, p_rest, y_rest, z: rf"\frac{{{y}}}{{{p}}}",
    lambda p, y, p_rest, y_rest, z: rf"\frac{{{y.number}}}{{{p.number}}}",
)
LOSSES: dict[str, Loss] = {
    "mse": Loss(*_SQUARE),
    "sse": Loss(*_SQUARE, per_output=False, averages=False),
    "mae": Loss(
        lambda p, y, _p, _y, z: rf"\left|{p} - {y}\right|",
        lambda p, y, _p, _y, z: rf"\left|{p.number} - {y.factor}\right|",
        lambda p, y, z: np.abs(p - y),
        lambda p, y, _p, _y, z: rf"\operatorname{{sign}}({p} - {y})",
        lambda p, y, _p, _y, z: rf"\operatorname{{sign}}({p.number} - {y.factor})",
    ),
    "bce": Loss(
        *_BCE,
        lambda p, y, z: -y * np.log(held(p)) - (1.0 - y) * np.log1p(-held(p)),
        *_BCE_SLOPE,
        negative=True,
    ),
    "bce_logits": Loss(
        *_BCE,
        lambda p, y, z: np.maximum(z, 0.0) - z * y + np.log1p(np.exp(-np.abs(z))),
        *_BCE_SLOPE,
        negative=True,
    ),
    "cross_entropy": Loss(
        *_CROSS_ENTROPY,
        lambda p, y, z: -y * np.log(held(p)),
        *_CROSS_ENTROPY_SLOPE,
        negative=True,
        slope_negative=True,
        per_output=False,
    ),
    "cross_entropy_logits": Loss(
        *_CROSS_ENTROPY,
        lambda p, y, z: -y * log_shares(z),
        *_CROSS_ENTROPY_SLOPE,
        negative=True,
        slope_negative=True,
        per_output=False,
    ),
    "perceptron": Loss(
        lambda p, y, _p, _y, z: rf"({p} - {y}) \, {z}",
        lambda p, y, _p, _y, z: rf"({p.number} - {y.factor}) \cdot {z.factor}",
        lambda p, y, z: (np.where(z > FIRES_ABOVE, 1.0, 0.0) - y) * z,
        lambda p, y, _p, _y, z: rf"{p} - {y}",
        lambda p, y, _p, _y, z: rf"{p.number} - {y.factor}",
        per_output=False,
    ),
}
FUSED = frozenset({"bce_logits", "cross_entropy_logits", "perceptron"})
"""Losses whose backward pass writes ∂L/∂z at once."""
CLAMPED = frozenset({"bce", "cross_entropy"})
"""Losses that hold ŷ inside the range from 0 to 1."""
SMALLEST = float(np.finfo(np.float64).tiny)
"""Below this a share of a softmax has lost its digits."""
_MINUS = "{-}"
_TOUCHES = re.compile(r"[\d{]|\\frac")
"""How a factor begins that would run into the fraction before it."""


def held(p: Vector) -> Vector:
    """ŷ as a loss holds it inside the range from 0 to 1."""
    return np.clip(p, CLAMP, 1.0 - CLAMP)


def log_shares(z: Vector) -> Vector:
    """``ln softmax(z)`` along the last axis, which stays exact where the softmax rounds to 0."""
    beyond = z - z.max(axis=-1, keepdims=True)
    logs: Vector = beyond - np.log(np.exp(beyond).sum(axis=-1, keepdims=True))
    return logs


def count_of(writer: Writer, kind: str) -> int:
    """By how much a loss divides."""
    trace, loss = writer.trace, LOSSES[kind]
    return (trace.samples if loss.averages else 1) * (trace.y.shape[1] if loss.per_output else 1)


def prediction(writer: Writer, kind: str, unit: int) -> Term:
    """ŷ, or what the perceptron's threshold makes of z where the output has none of its own."""
    trace = writer.trace
    if kind != "perceptron" or trace.network.output_activation == "step":
        return writer.a(trace.last, unit)
    z = writer.z(trace.last, unit)
    symbol = _fired(writer, writer.symbols.z(trace.last, unit))
    return writer.term("activation", symbol, float(z.value > FIRES_ABOVE), Node(trace.last, unit))


def symbols_of(writer: Writer, kind: str, unit: int) -> Five:
    """ŷ, y, 1 − ŷ, 1 − y and z of one output."""
    p, y = prediction(writer, kind, unit).symbol, writer.y(unit).symbol
    return p, y, f"(1 - {p})", f"(1 - {y})", writer.z(writer.trace.last, unit).symbol


def terms_of(writer: Writer, kind: str, unit: int) -> tuple[Term, Term, Term, Term, Term]:
    """The same as :func:`symbols_of` with their numbers."""
    p, y, z = prediction(writer, kind, unit), writer.y(unit), writer.z(writer.trace.last, unit)
    if kind in CLAMPED:
        p = writer.term(
            "activation", p.symbol, float(np.clip(p.value, CLAMP, 1.0 - CLAMP)), Node(writer.trace.last, unit)
        )
    rest = [Term("", writer.number(1.0 - term.value), 1.0 - term.value) for term in (p, y)]
    return p, y, rest[0], rest[1], z


def divided(writer: Writer, kind: str, latex: str, negative: bool = False) -> str:
    """A term with the mean's factor before it, and before both the minus that it may have."""
    count = count_of(writer, kind)
    sign = _MINUS if negative else ""
    if count == 1:
        return f"{sign}{latex}"
    between = r"\cdot " if _TOUCHES.match(Formula(latex).latex) else ""
    return rf"{sign}\frac{{1}}{{{count}}} {between}{latex}"


def threshold(writer: Writer, kind: str, p: str, z: str) -> str:
    """ŷ, or for a perceptron without a threshold of its own, where z is above 0."""
    own = kind != "perceptron" or writer.trace.network.output_activation == "step"
    return p if own else _fired(writer, z)


def _fired(writer: Writer, z: str) -> str:
    return rf"\mathbf{{1}}[{z} > {fires_above(writer, writer.trace.last)}]"
