"""Formulas of where the gradient begins: at the loss, and at the penalty."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.losses import CLAMP
from nnsim.engine.ops.operation import FIRES_ABOVE
from nnsim.lesson.focus import Focus, ParameterFocus
from nnsim.lesson.forward import unit_of
from nnsim.lesson.loss_terms import (
    CLAMPED,
    LOSSES,
    SMALLEST,
    count_of,
    divided,
    prediction,
    symbols_of,
    terms_of,
    threshold,
)
from nnsim.lesson.notation import Formula, mark, total
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import slope
from nnsim.lesson.writer import Line, Vector, Writer, line
from nnsim.model.network import Edge


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
    written, negative = LOSSES[kind], LOSSES[kind].slope_negative
    symbols = divided(writer, kind, written.slope(*symbols_of(writer, kind, unit)), negative)
    answer = writer.a(trace.last, unit)
    held = _held(writer, kind, answer.symbol, symbols, np.array([answer.value]))
    formula, left = f"{gradient.symbol} = {held}", gradient.symbol
    if held != symbols:
        # Held at the edge of its range, ŷ moves the loss no more.
        return [line(formula, f"{left} = {gradient.number}")]
    terms = terms_of(writer, kind, unit)
    negative = negative and terms[1].value != 0.0
    numbers = divided(writer, kind, written.slope_numbers(*terms), negative)
    return [line(formula, f"{left} = {numbers} = {gradient.number}")]


def _held(writer: Writer, kind: str, p: str, whole: str, answers: Vector) -> str:
    """A slope with its cases, where the loss holds one of the answers at the edge of its range."""
    below, above = answers < CLAMP, answers > 1.0 - CLAMP
    if kind not in CLAMPED or not (below | above).any():
        return whole
    least = writer.number(CLAMP)
    cases = [rf"{whole} & {least} \le {p} \le 1 - {least}"]
    cases += [f"0 & {p} < {least}"] if below.any() else []
    cases += [f"0 & {p} > 1 - {least}"] if above.any() else []
    return r"\begin{cases}" + r" \\ ".join(cases) + r"\end{cases}"


def _all_outputs(writer: Writer, kind: str) -> Line:
    trace, symbols = writer.trace, writer.symbols
    role, name = ("z", symbols.z(trace.last)) if kind in FUSED_SLOPES else ("a", symbols.a(trace.last))
    gradient = writer.row("gradient", writer.slope(role, trace.last)[writer.sample], trace.last)
    p, y = symbols.a(trace.last), symbols.y()
    left = mark("gradient", slope(name) if role == "a" else rf"{symbols.delta(trace.last)} = {slope(name)}")
    if kind not in FUSED_SLOPES:
        written = LOSSES[kind]
        formula = written.slope(p, y, f"(1 - {p})", f"(1 - {y})", "z")
        whole = divided(writer, kind, formula, written.slope_negative)
        answers = trace.value("a", trace.last)[writer.sample]
        symbols_line = f"{left} = {_held(writer, kind, p, whole, answers)}"
        difference = _ROW_SLOPES.get(kind)
        if difference is None:
            return line(symbols_line, f"{left} = {gradient}")
        numbers = difference.format(rf"\left[{_error_row(writer, kind)}\right]")
        return line(symbols_line, f"{left} = {divided(writer, kind, numbers)} = {gradient}")
    formula, difference = _fused_slope(writer, kind), _error_row(writer, kind)
    if count_of(writer, kind) > 1:
        formula, difference = f"({formula})", rf"\left[{difference}\right]"
    return line(
        f"{left} = {divided(writer, kind, formula)}",
        f"{left} = {divided(writer, kind, difference)} = {gradient}",
    )


FUSED_SLOPES = {
    "bce_logits": r"\hat{y} - y",
    "cross_entropy_logits": r"\hat{y} - y",
    "perceptron": r"\hat{y} - y",
}
_ROW_SLOPES = {"mse": r"2 \, {}", "sse": r"2 \, {}", "mae": r"\operatorname{{sign}}{}"}
"""Derivatives that are worked out for all outputs at once, from the row of errors."""


def _target_sum(writer: Writer, kind: str) -> float | None:
    """The sum of the sample's targets where they are no probabilities, so that it stays in the formula."""
    whole = float(writer.trace.y[writer.sample].sum())
    return whole if kind == "cross_entropy_logits" and not np.isclose(whole, 1.0) else None


def _fused_slope(writer: Writer, kind: str) -> str:
    """∂L/∂z of all outputs, in symbols."""
    if _target_sum(writer, kind) is not None:
        return r"\hat{y} \sum_k y_k - y"
    return FUSED_SLOPES[kind].replace(r"\hat{y}", threshold(writer, kind, r"\hat{y}", "z"))


def _error_row(writer: Writer, kind: str) -> str:
    """ŷ − y of all outputs, with numbers."""
    trace, whole = writer.trace, _target_sum(writer, kind)
    answers = trace.value("a", trace.last)[writer.sample]
    if kind == "perceptron":
        answers = np.where(trace.value("z", trace.last)[writer.sample] > FIRES_ABOVE, 1.0, 0.0)
    scaled = "" if whole is None else rf" \cdot {writer.factor(whole)}"
    return f"{writer.row('activation', answers, trace.last)}{scaled} - {writer.targets()}"


def _perceptron(writer: Writer, unit: int) -> list[Line]:
    """∂L/∂z = ŷ − y = −e: the rule takes the threshold's slope for 1."""
    last = writer.trace.last
    delta, p, y = writer.delta(last, unit), prediction(writer, "perceptron", unit), writer.y(unit)
    error = y.value - p.value
    symbols, numbers = f"{p.symbol} - {y.symbol}", f"{p.number} - {y.factor}"
    if count_of(writer, "perceptron") > 1:
        symbols, numbers = f"({symbols})", f"({numbers})"
    return [
        line(f"e = {y.symbol} - {p.symbol}", f"e = {y.number} - {p.factor} = {writer.number(error)}"),
        line(
            f"{delta.symbol} = {divided(writer, 'perceptron', symbols)}",
            f"{delta.symbol} = {divided(writer, 'perceptron', numbers)} = {delta.number}",
        ),
    ]


def _fused(writer: Writer, kind: str, unit: int, factors: Line) -> list[Line]:
    last = writer.trace.last
    delta, p, y = writer.delta(last, unit), writer.a(last, unit), writer.y(unit)
    whole = _target_sum(writer, kind)
    left = rf"{delta.symbol} = {slope(writer.symbols.z(last, unit))}"
    symbols, numbers = f"{p.symbol} - {y.symbol}", f"{p.number} - {y.factor}"
    if whole is not None:
        symbols = rf"{p.symbol} \sum_k y_k - {y.symbol}"
        numbers = rf"{p.number} \cdot {writer.factor(whole)} - {y.factor}"
    if count_of(writer, kind) > 1:
        symbols, numbers = f"({symbols})", f"({numbers})"
    return [
        line(
            f"{left} = {divided(writer, kind, symbols)}",
            f"{delta.symbol} = {divided(writer, kind, numbers)} = {delta.number}",
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
    by_p = (p.value - y.value) / (p.value * rest) / count_of(writer, "bce_logits")
    numbers = rf"{writer.factor(by_p)} \cdot {writer.number(p.value * rest)} = {delta.number}"
    return line(
        rf"{delta.symbol} = {mark('gradient', first)} \cdot {prime}"
        rf" = {divided(writer, 'bce_logits', LOSSES['bce'].slope(*symbols_of(writer, 'bce_logits', unit)))}"
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
    if p[counted].min(initial=1.0) < SMALLEST:
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
    w, place = writer.penalised(focus), trace.place_of(focus)
    item = focus if isinstance(focus, Edge | ParameterFocus) else None
    if w is not None and place is not None and focus not in trace.network.removed_edges:
        share = trace.penalty_gradient[place]
        data = trace.gradient[place] - share
        left = mark("gradient", slope(Formula(w.symbol).latex), item)
        l2 = writer.number(trace.document.training.l2)
        lines = [
            line(
                rf"{left} \leftarrow {left} + 2 \lambda {w.symbol}",
                rf"{left} \leftarrow {writer.number(data)} + 2 \cdot {l2} \cdot {w.factor}"
                rf" = {writer.term('gradient', '', trace.gradient[place], item).number}",
            )
        ]
    return lines
