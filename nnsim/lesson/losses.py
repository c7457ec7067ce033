"""Formulas of the losses and of the penalty."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.losses import CLAMP
from nnsim.lesson.focus import Focus
from nnsim.lesson.forward import unit_of
from nnsim.lesson.loss_terms import (
    LOSSES,
    SMALLEST,
    count_of,
    divided,
    log_shares,
    symbols_of,
    terms_of,
    threshold,
)
from nnsim.lesson.notation import chosen, enclosed, largest, total
from nnsim.lesson.part import Part
from nnsim.lesson.writer import Line, Vector, Writer, line

_LOGITS = r"\left[{z} \cdot {y} - \max(0,\ {alone}) - \ln(1 + e^{{-|{alone}|}})\right]"
"""Binary cross-entropy by z, which stays exact where ŷ rounds to 0 or 1."""


def _term_numbers(writer: Writer, kind: str, unit: int) -> str:
    terms = terms_of(writer, kind, unit)
    p, y, _, _, z = terms
    if kind == "bce_logits" and not CLAMP <= p.value <= 1.0 - CLAMP:
        return _LOGITS.format(z=z.factor, alone=z.number, y=y.factor)
    if kind == "cross_entropy_logits" and p.value < SMALLEST:
        logs = log_shares(writer.trace.value("z", writer.trace.last)[writer.sample])
        return rf"{y.factor} \cdot \ln e^{{{writer.number(float(logs[unit]))}}}"
    return LOSSES[kind].numbers(*terms)


def _values(writer: Writer, kind: str) -> Vector:
    """What each output adds to the sample's share of the loss."""
    trace, sample = writer.trace, writer.sample
    z = trace.value("z", trace.last)[sample]
    with np.errstate(over="ignore", invalid="ignore"):
        found = LOSSES[kind].value(trace.value("a", trace.last)[sample], trace.y[sample], z)
    return found / count_of(writer, kind)


def loss(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The sample's share of the loss; of a batch, the sum of all shares too."""
    kind, trace = part.kind, writer.trace
    unit = unit_of(writer, trace.last, focus)
    symbol = "L" if trace.samples == 1 else rf"\ell_{{{writer.sample + 1}}}"
    if unit is None:
        lines = [_every_output(writer, kind, symbol)]
    elif trace.y.shape[1] > 1:
        lines = _one_of_many(writer, kind, symbol, unit)
    else:
        formula, numbers = _one_output(writer, kind, unit)
        share = writer.number(trace.shares[writer.sample])
        lines = [line(f"{symbol} = {formula}", f"{symbol} = {numbers} = {share}")]
    return lines if trace.samples == 1 else [*lines, _batch(writer)]


def _one_output(writer: Writer, kind: str, unit: int) -> tuple[str, str]:
    """One output's term, in symbols and with numbers."""
    negative = LOSSES[kind].negative
    formula = divided(writer, kind, LOSSES[kind].term(*symbols_of(writer, kind, unit)), negative)
    # Minus nothing is nothing: of a class that is not the target, no sign before the 0.
    bare = kind.startswith("cross_entropy") and writer.y(unit).value == 0.0
    return formula, divided(writer, kind, _term_numbers(writer, kind, unit), negative and not bare)


def _one_of_many(writer: Writer, kind: str, symbol: str, unit: int) -> list[Line]:
    """What one output adds, and the sum in which it stands."""
    values = _values(writer, kind)
    formula, numbers = _one_output(writer, kind, unit)
    sign = "-" if LOSSES[kind].negative else "+"
    among = divided(writer, kind, LOSSES[kind].term(*symbols_of(writer, kind, unit)))
    places = sorted({*largest(values, writer.style), unit})
    sums = chosen(values, places, lambda j: writer.factor(values[j]), writer.style)
    share = writer.number(writer.trace.shares[writer.sample])
    return [
        line(formula, f"{formula} = {numbers} = {writer.number(values[unit])}"),
        line(rf"{symbol} = \ldots {sign} {among} {sign} \ldots", f"{symbol} = {sums} = {share}"),
    ]


def _every_output(writer: Writer, kind: str, symbol: str) -> Line:
    outputs, negative = writer.trace.y.shape[1], LOSSES[kind].negative
    p, y, z = r"\hat{y}_j", "y_j", rf"z_j{writer.symbols.z(writer.trace.last)[1:]}"
    term = LOSSES[kind].term(threshold(writer, kind, p, z), y, f"(1 - {p})", f"(1 - {y})", z)
    formula = divided(writer, kind, rf"{writer.symbols.sum('j', writer.trace.last)} {term}", negative)
    written = _written(writer, kind)
    numbers = " + ".join(_term_numbers(writer, kind, k) for k in written)
    share = writer.number(writer.trace.shares[writer.sample])
    if kind.startswith("cross_entropy") and len(written) == 1:
        return line(
            f"{symbol} = {formula}", f"{symbol} = {divided(writer, kind, numbers, negative)} = {share}"
        )
    if len(written) < outputs:
        numbers += rf" + \text{{{writer.style.more.format(count=outputs - len(written))}}}"
    if negative or count_of(writer, kind) > 1:
        numbers = divided(writer, kind, rf"\left({numbers}\right)", negative)
    return line(f"{symbol} = {formula}", f"{symbol} = {numbers} = {share}")


def _written(writer: Writer, kind: str) -> list[int]:
    """Outputs whose terms are written: of a long row of classes the true one alone counts."""
    y = writer.trace.y[writer.sample]
    if len(y) <= 3:
        return list(range(len(y)))
    if kind.startswith("cross_entropy") and np.count_nonzero(y) == 1:
        return [int(np.argmax(np.abs(y)))]
    ranks = np.argsort(-np.abs(_values(writer, kind)), kind="stable").tolist()
    return sorted(ranks[:3])


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
    w = writer.penalised(focus)
    if w is not None:
        share = writer.number(trace.document.training.l2 * w.value**2)
        squared = rf"\lambda \, {enclosed(w.symbol)}^2"
        lines.insert(
            0,
            line(squared, rf"{squared} = {l2} \cdot {w.base}^2 = {share}"),
        )
    return lines
