"""Formulas of the losses and of where their gradient begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnsim.engine.ops.losses import CLAMP
from nnsim.lesson.focus import Focus
from nnsim.lesson.forward import unit_of
from nnsim.lesson.notation import Term, mark, total
from nnsim.lesson.parts import Part
from nnsim.lesson.symbols import slope
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Edge, Node


@dataclass(frozen=True, slots=True)
class Loss:
    """How one loss is written.

    Attributes
    ----------
    term : function
        From the LaTeX of ŷ, y, 1 − ŷ, 1 − y and z of one output to its term.
    slope : function
        From the same to the term's derivative.
    per_output : bool
        Whether it averages over the outputs too.
    averages : bool
        Whether it averages over the samples.
    """

    term: Callable[[str, str, str, str, str], str]
    slope: Callable[[str, str, str, str, str], str]
    per_output: bool = True
    averages: bool = True


_SQUARE = (
    lambda p, y, _p, _y, z: rf"({p} - {y})^2",
    lambda p, y, _p, _y, z: rf"2 \, ({p} - {y})",
)
_BCE = Loss(
    lambda p, y, p_rest, y_rest, z: rf"{{-}}\left[{y} \ln {p} + {y_rest} \ln {p_rest}\right]",
    lambda p, y, p_rest, y_rest, z: rf"\frac{{{p} - {y}}}{{{p} \, {p_rest}}}",
)
_CROSS_ENTROPY = Loss(
    lambda p, y, p_rest, y_rest, z: rf"{{-}}{y} \ln {p}",
    lambda p, y, p_rest, y_rest, z: rf"{{-}}\frac{{{y}}}{{{p}}}",
    per_output=False,
)
LOSSES: dict[str, Loss] = {
    "mse": Loss(*_SQUARE),
    "sse": Loss(*_SQUARE, per_output=False, averages=False),
    "mae": Loss(
        lambda p, y, _p, _y, z: rf"\left|{p} - {y}\right|",
        lambda p, y, _p, _y, z: rf"\operatorname{{sign}}({p} - {y})",
    ),
    "bce": _BCE,
    "bce_logits": _BCE,
    "cross_entropy": _CROSS_ENTROPY,
    "cross_entropy_logits": _CROSS_ENTROPY,
    "perceptron": Loss(
        lambda p, y, _p, _y, z: rf"({p} - {y}) \, {z}",
        lambda p, y, _p, _y, z: rf"{p} - {y}",
        per_output=False,
    ),
}
CLAMPED = frozenset({"bce", "cross_entropy"})
"""Losses that hold ŷ inside the range from 0 to 1."""
_MINUS = "{-}"
_LOGITS = r"\max(0,\ {z}) - {z} \cdot {y} + \ln(1 + e^{{-|{z}|}})"
"""Binary cross-entropy by z, which stays exact where ŷ rounds to 0 or 1."""


def _count(writer: Writer, kind: str) -> int:
    """By how much a loss divides."""
    trace, loss = writer.trace, LOSSES[kind]
    return (trace.samples if loss.averages else 1) * (trace.y.shape[1] if loss.per_output else 1)


def _prediction(writer: Writer, kind: str, unit: int) -> Term:
    """ŷ, or what the perceptron's threshold makes of z where the output has none of its own."""
    trace = writer.trace
    if kind != "perceptron" or trace.network.output.activation == "step":
        return writer.a(trace.last, unit)
    z = writer.z(trace.last, unit)
    symbol = rf"\mathbf{{1}}[{writer.symbols.z(trace.last, unit)} > 0]"
    return writer.term("activation", symbol, float(z.value > 0), Node(trace.last, unit))


def _symbols(writer: Writer, kind: str, unit: int) -> tuple[str, str, str, str, str]:
    p, y = _prediction(writer, kind, unit).symbol, writer.y(unit).symbol
    return p, y, f"(1 - {p})", f"(1 - {y})", writer.z(writer.trace.last, unit).symbol


def _numbers(writer: Writer, kind: str, unit: int) -> tuple[str, str, str, str, str]:
    p, y, z = (
        _prediction(writer, kind, unit),
        writer.y(unit),
        writer.z(writer.trace.last, unit),
    )
    if kind in CLAMPED:
        held = float(np.clip(p.value, CLAMP, 1.0 - CLAMP))
        p = writer.term("activation", p.symbol, held, Node(writer.trace.last, unit))
    rest = writer.factor(1.0 - p.value)
    return p.factor, y.factor, rest, rf"{writer.factor(1.0 - y.value)} \cdot", z.factor


def _divided(writer: Writer, kind: str, latex: str) -> str:
    count = _count(writer, kind)
    if count == 1:
        return latex
    # A leading minus goes in front: after a fraction it would read as a difference.
    sign = _MINUS if latex.startswith(_MINUS) else ""
    return rf"{sign}\frac{{1}}{{{count}}} {latex.removeprefix(_MINUS)}"


def _term_numbers(writer: Writer, kind: str, unit: int) -> str:
    p = writer.a(writer.trace.last, unit).value
    z, y = writer.z(writer.trace.last, unit), writer.y(unit)
    if kind == "bce_logits" and not CLAMP <= p <= 1.0 - CLAMP:
        return _LOGITS.format(z=z.factor, y=y.factor)
    numbers = _numbers(writer, kind, unit)
    if kind in ("bce", "bce_logits"):
        return LOSSES[kind].term(numbers[0], rf"{numbers[1]} \cdot", *numbers[2:])
    return LOSSES[kind].term(*numbers)


def loss(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The sample's share of the loss; of a batch, the sum of all shares too."""
    kind, trace = part.kind, writer.trace
    outputs = trace.y.shape[1]
    unit = unit_of(writer, trace.last, focus)
    share = writer.number(trace.shares[writer.sample])
    symbol = "L" if trace.samples == 1 else rf"\ell_{{{writer.sample + 1}}}"
    if unit is not None:
        formula = LOSSES[kind].term(*_symbols(writer, kind, unit))
        numbers = _term_numbers(writer, kind, unit)
        many = outputs > 1
    else:
        letters = ("j", r"\hat{y}_j", "y_j", rf"z_j{writer.symbols.z(trace.last)[1:]}")
        formula = rf"\sum_{{j=1}}^{{{outputs}}} " + LOSSES[kind].term(
            letters[1], letters[2], f"(1 - {letters[1]})", f"(1 - {letters[2]})", letters[3]
        )
        written = _written(writer, kind)
        numbers = " + ".join(f"\\left[{_term_numbers(writer, kind, k)}\\right]" for k in written)
        numbers = numbers if len(written) == 1 else f"\\left({numbers}\\right)"
        if len(written) < outputs:
            rest = writer.style.more.format(count=outputs - len(written))
            numbers = rf"\left({numbers} + \text{{{rest}}}\right)"
        many = False
    if many:
        # One output of several is only a part of the loss.
        lines = [line(rf"{symbol} = \ldots + {_divided(writer, kind, formula)} + \ldots", None)]
        return [*lines, line(formula, numbers)]
    lines = [
        line(
            f"{symbol} = {_divided(writer, kind, formula)}",
            f"{symbol} = {_divided(writer, kind, numbers)} = {share}",
        )
    ]
    return lines if trace.samples == 1 else [*lines, _batch(writer)]


def _written(writer: Writer, kind: str) -> list[int]:
    """Outputs whose terms are written: of a long row of classes the true one says it all."""
    y = writer.trace.y[writer.sample]
    if len(y) <= 3:
        return list(range(len(y)))
    return [int(np.argmax(y))] if kind.startswith("cross_entropy") else list(range(3))


def _batch(writer: Writer) -> Line:
    trace = writer.trace
    shares = total(trace.shares, lambda s: writer.factor(trace.shares[s]), writer.style)
    return line(
        rf"L = \sum_{{s=1}}^{{{trace.samples}}} \ell_s", rf"L = {shares} = {writer.number(trace.loss)}"
    )


def penalty(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """λΣw², and what is made as small as possible altogether."""
    trace = writer.trace
    l2 = writer.number(trace.document.training.l2)
    lines = [
        line(
            r"\lambda \sum w^2",
            rf"\lambda \sum w^2 = {l2} \cdot {writer.number(trace.penalty / trace.document.training.l2)}"
            rf" = {writer.number(trace.penalty)}",
        ),
        line(
            r"L + \lambda \sum w^2",
            rf"L + \lambda \sum w^2 = {writer.number(trace.loss)} + {writer.number(trace.penalty)}"
            rf" = {writer.number(trace.loss + trace.penalty)}",
        ),
    ]
    if isinstance(focus, Edge):
        w = writer.weight(focus)
        share = writer.number(trace.document.training.l2 * w.value**2)
        lines.insert(
            0,
            line(
                rf"\lambda \, {w.symbol}^2", rf"\lambda \, {w.symbol}^2 = {l2} \cdot {w.factor}^2 = {share}"
            ),
        )
    return lines


# --- where the gradient begins


def loss_gradient(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """∂L/∂ŷ, or where the tape takes loss and activation together, ∂L/∂z with both factors."""
    trace, kind = writer.trace, part.kind
    unit = unit_of(writer, trace.last, focus)
    if unit is None:
        return [_all_outputs(writer, kind)]
    if kind == "perceptron":
        return _perceptron(writer, unit)
    if kind == "bce_logits":
        return _fused(writer, kind, unit, _sigmoid_factors(writer, unit))
    if kind == "cross_entropy_logits":
        return _fused(writer, kind, unit, _softmax_factors(writer, unit))
    gradient = writer.slope_a(trace.last, unit)
    symbols = LOSSES[kind].slope(*_symbols(writer, kind, unit))
    if kind in CLAMPED and not CLAMP <= writer.a(trace.last, unit).value <= 1.0 - CLAMP:
        # Held at the edge of its range, ŷ moves the loss no more.
        return [
            line(
                f"{gradient.symbol} = {_divided(writer, kind, symbols)}",
                f"{gradient.symbol} = {gradient.number}",
            )
        ]
    numbers = LOSSES[kind].slope(*_slope_numbers(writer, kind, unit))
    return [
        line(
            f"{gradient.symbol} = {_divided(writer, kind, symbols)}",
            f"{gradient.symbol} = {_divided(writer, kind, numbers)} = {gradient.number}",
        )
    ]


def _slope_numbers(writer: Writer, kind: str, unit: int) -> tuple[str, str, str, str, str]:
    p, y, p_rest, _, z = _numbers(writer, kind, unit)
    return p, y, rf"\cdot {p_rest}", "", z


def _all_outputs(writer: Writer, kind: str) -> Line:
    trace, symbols = writer.trace, writer.symbols
    role, name = ("z", symbols.z(trace.last)) if kind in FUSED_SLOPES else ("a", symbols.a(trace.last))
    gradient = writer.row("gradient", writer.slope(role, trace.last)[writer.sample], trace.last)
    p, y = symbols.a(trace.last), symbols.y()
    formula = FUSED_SLOPES.get(kind) or LOSSES[kind].slope(p, y, f"(1 - {p})", f"(1 - {y})", "z")
    left = mark("gradient", slope(name) if role == "a" else rf"{symbols.delta(trace.last)} = {slope(name)}")
    numbers = f"{left} = {gradient}"
    if kind in FUSED_SLOPES and kind != "perceptron":
        difference = (
            writer.row("activation", trace.value("a", trace.last)[writer.sample], trace.last)
            + " - "
            + writer.plain_row(trace.y[writer.sample])
        )
        bracketed = difference if _count(writer, kind) == 1 else rf"\left[{difference}\right]"
        numbers = f"{left} = {_divided(writer, kind, bracketed)} = {gradient}"
    count = _count(writer, kind)
    return line(f"{left} = {_divided(writer, kind, formula if count == 1 else rf'({formula})')}", numbers)


FUSED_SLOPES = {
    "bce_logits": r"\hat{y} - y",
    "cross_entropy_logits": r"\hat{y} - y",
    "perceptron": r"\mathbf{1}[z > 0] - y",
}


def _perceptron(writer: Writer, unit: int) -> list[Line]:
    """∂L/∂z = ŷ − y = −e: the rule takes the threshold's slope for 1."""
    last = writer.trace.last
    delta, p, y = writer.delta(last, unit), _prediction(writer, "perceptron", unit), writer.y(unit)
    error = y.value - p.value
    symbols, numbers = f"{p.symbol} - {y.symbol}", f"{p.number} - {y.factor}"
    if _count(writer, "perceptron") > 1:
        symbols, numbers = f"({symbols})", f"({numbers})"
    return [
        line(f"e = {y.symbol} - {p.symbol}", f"e = {y.number} - {p.factor} = {writer.number(error)}"),
        line(
            f"{delta.symbol} = {_divided(writer, 'perceptron', symbols)}",
            f"{delta.symbol} = {_divided(writer, 'perceptron', numbers)} = {delta.number}",
        ),
    ]


def _fused(writer: Writer, kind: str, unit: int, factors: Line) -> list[Line]:
    last = writer.trace.last
    delta, p, y = writer.delta(last, unit), writer.a(last, unit), writer.y(unit)
    whole = float(writer.trace.y[writer.sample].sum())
    left = rf"{delta.symbol} = {slope(writer.symbols.z(last, unit))}"
    symbols, numbers = f"{p.symbol} - {y.symbol}", f"{p.number} - {y.factor}"
    if kind == "cross_entropy_logits" and not np.isclose(whole, 1.0):
        # The targets are no probabilities: their sum stays in the formula.
        symbols = rf"{p.symbol} \sum_k y_k - {y.symbol}"
        numbers = rf"{p.number} \cdot {writer.number(whole)} - {y.factor}"
    if _count(writer, kind) > 1:
        symbols, numbers = f"({symbols})", f"({numbers})"
    return [
        line(
            f"{left} = {_divided(writer, kind, symbols)}",
            f"{delta.symbol} = {_divided(writer, kind, numbers)} = {delta.number}",
        ),
        factors,
    ]


def _sigmoid_factors(writer: Writer, unit: int) -> Line:
    last = writer.trace.last
    delta, p, y = writer.delta(last, unit), writer.a(last, unit), writer.y(unit)
    z = writer.z(last, unit)
    prime = rf"\sigma'({z.symbol})"
    first, rest = slope(writer.symbols.a(last, unit)), 1.0 - p.value
    if not CLAMP <= p.value <= 1.0 - CLAMP:
        # Saturated: the first factor has no number that could be written.
        return line(rf"{delta.symbol} = {mark('gradient', first)} \cdot {prime}")
    by_p = (p.value - y.value) / (p.value * rest) / _count(writer, "bce_logits")
    numbers = rf"{writer.factor(by_p)} \cdot {writer.number(p.value * rest)} = {delta.number}"
    return line(
        rf"{delta.symbol} = {mark('gradient', first)} \cdot {prime}"
        rf" = {_divided(writer, 'bce_logits', LOSSES['bce'].slope(*_symbols(writer, 'bce_logits', unit)))}"
        rf" \cdot {p.symbol} (1 - {p.symbol})",
        f"{delta.symbol} = {numbers}",
    )


def _softmax_factors(writer: Writer, unit: int) -> Line:
    trace, last = writer.trace, writer.trace.last
    delta = writer.delta(last, unit)
    p, y = trace.value("a", last)[writer.sample], trace.y[writer.sample]
    outer, inner = slope(r"\hat{y}_k"), slope(writer.symbols.z(last, unit), r"\hat{y}_k")
    symbols = rf"{delta.symbol} = \sum_k {mark('gradient', outer)} \cdot {inner}"
    counted = np.flatnonzero(y)
    if p[counted].min(initial=1.0) < CLAMP:
        return line(symbols)
    by_p = -y[counted] / p[counted] / trace.samples
    jacobian = p[counted] * ((counted == unit) - p[unit])
    products = total(
        by_p * jacobian,
        lambda i: rf"{writer.factor(by_p[i])} \cdot {writer.factor(jacobian[i])}",
        writer.style,
    )
    return line(symbols, rf"{delta.symbol} = {products} = {delta.number}")


def penalty_gradient(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """2λw on top of the weights' gradients."""
    trace = writer.trace
    left = mark("gradient", slope("w"))
    lines = [line(rf"{left} \leftarrow {left} + 2 \lambda w")]
    if isinstance(focus, Edge):
        w, place = writer.weight(focus), trace.layout.edge_index(focus)
        share = trace.penalty_gradient[place]
        data = trace.gradient[place] - share
        left = mark("gradient", slope(writer.symbols.weight(focus)), focus)
        l2 = writer.number(trace.document.training.l2)
        lines = [
            line(
                rf"{left} \leftarrow {left} + 2 \lambda {w.symbol}",
                rf"{left} \leftarrow {writer.number(data)} + 2 \cdot {l2} \cdot {w.factor}"
                rf" = {writer.term('gradient', '', trace.gradient[place], focus).number}",
            )
        ]
    return lines
