"""Normalisation: each number as so many standard deviations from a mean; back through mean and variance."""

from __future__ import annotations

from nnsim.engine.ops.operation import Op
from nnsim.lesson.cells import Back, cell_in
from nnsim.lesson.concern import Concern, cells, channel, everything_of
from nnsim.lesson.explain.action import Action, Explanation, called, hands_on, read_by
from nnsim.lesson.explain.groups import (
    Group,
    mean_line,
    mean_of_gradients,
    mean_symbol,
    variance_line,
)
from nnsim.lesson.explain.norm_words import say_back, say_running, say_running_back, say_there
from nnsim.lesson.explain.one_by_one import on_layer
from nnsim.lesson.focus import Focus, ParameterFocus
from nnsim.lesson.notation import mark
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import slope
from nnsim.lesson.tensors import Collector, gradient_name, value_name
from nnsim.lesson.trace import Trace
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Edge, Node
from nnsim.model.sentence import translatable

_THERE = translatable("Layer {layer} normalises what it reads")
_BACK = translatable("Back to layer {layer}, through mean and variance")
_BACK_PLAIN = translatable("Back to layer {layer}, by the running variance")


def unit_of(trace: Trace, part: Part, focus: Focus | None, sample: int) -> int:
    """The number that is told of: what a focus means at either end, else the strongest."""
    op = trace.tape.ops[part.op]
    ends = op.layer, trace.tape.buffers[op.source].layer
    if isinstance(focus, Node | Edge) and focus.layer in ends:
        return focus.unit
    values = trace.values[op.target] if part.phase == "forward" else trace.passed(part.op)
    return cell_in(trace, op.layer, on_layer(focus, ends, op.layer), values[sample])


def _source(trace: Trace, op: Op) -> int:
    return trace.tape.buffers[op.source].layer


def _root(writer: Writer, op: Op, variance: float) -> str:
    return rf"\sqrt{{{writer.number(variance)} + {writer.number(op.attributes.epsilon)}}}"


def _hat(writer: Writer, op: Op, unit: int) -> tuple[str, str]:
    """x̂ of the shown sample: symbol and number."""
    value = float(writer.trace.values[op.target][writer.sample, unit])
    term = writer.term("activation", writer.symbols.normalized(op.layer, unit), value, Node(op.layer, unit))
    return term.symbol, term.number


def _there(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    unit, source = unit_of(trace, part, focus, writer.sample), _source(trace, op)
    group = Group.of(trace, op, unit, writer.sample)
    a, (symbol, number) = writer.a(source, unit), _hat(writer, op, unit)
    mean, variance = (mark("activation", mean_symbol(writer, group, name)) for name in ("mean", "var"))
    rule = rf"\frac{{{a.symbol} - {mean}}}{{\sqrt{{{variance} + \varepsilon}}}}"
    top = f"{a.number} - {writer.factor(group.statistic(1))}"
    numbers = rf"\frac{{{top}}}{{{_root(writer, op, group.statistic(2))}}}"
    return [
        mean_line(writer, group, source),
        variance_line(writer, group, source),
        line(f"{symbol} = {rule}", f"{symbol} = {numbers} = {number}"),
    ]


def _back(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    unit = unit_of(trace, part, focus, writer.sample)
    group = Group.of(trace, op, unit, writer.sample)
    (first, mean), (second, product) = (mean_of_gradients(writer, group, weighted=w) for w in (False, True))
    slopes = trace.slope_at(op.target)
    assert slopes is not None
    hat = writer.symbols.normalized(op.layer, unit)
    x = writer.term(
        "activation", hat, float(trace.values[op.target][writer.sample, unit]), Node(op.layer, unit)
    )
    g = writer.term("gradient", "g", float(slopes[writer.sample, unit]), Node(op.layer, unit))
    back = Back(writer, part, part.layer, unit)
    variance = mark("activation", mean_symbol(writer, group, "var"))
    means = r"\operatorname{mean}"
    inner = rf"{mark('gradient', 'g')} \, {mark('activation', writer.symbols.normalized(op.layer))}"
    top = rf"{g.symbol} - {means}({mark('gradient', 'g')}) - {x.symbol} \, {means}({inner})"
    rule = rf"\frac{{{top}}}{{\sqrt{{{variance} + \varepsilon}}}}, \quad {g.symbol} = {slope(hat)}"
    numbers = rf"{g.number} - {writer.factor(mean)} - {x.factor} \cdot {writer.factor(product)}"
    return [
        first,
        second,
        line(
            back.symbols(rule),
            back.numbers(rf"\frac{{{numbers}}}{{{_root(writer, op, group.statistic(2))}}}"),
        ),
    ]


# --- by running statistics


def _running(writer: Writer, op: Op, unit: int) -> tuple[int, float, float]:
    """Channel, running mean and running variance of a number."""
    number = Group.of(writer.trace, op, unit, writer.sample).number
    mean, variance = (float(writer.trace.before.theta[use.place + number]) for use in op.uses)
    return number, mean, variance


def _there_running(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    unit = unit_of(trace, part, focus, writer.sample)
    number, mean, variance = _running(writer, op, unit)
    m, v = (
        writer.parameter(ParameterFocus(op.layer, role, (number,)))
        for role in ("running_mean", "running_var")
    )
    a, (symbol, found) = writer.a(_source(trace, op), unit), _hat(writer, op, unit)
    rule = rf"\frac{{{a.symbol} - {m.symbol}}}{{\sqrt{{{v.symbol} + \varepsilon}}}}"
    numbers = rf"\frac{{{a.number} - {writer.factor(mean)}}}{{{_root(writer, op, variance)}}}"
    return [line(f"{symbol} = {rule}", f"{symbol} = {numbers} = {found}")]


def _back_running(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    unit = unit_of(trace, part, focus, writer.sample)
    number, _, variance = _running(writer, op, unit)
    v = writer.parameter(ParameterFocus(op.layer, "running_var", (number,)))
    slopes = trace.slope_at(op.target)
    assert slopes is not None
    hat = slope(writer.symbols.normalized(op.layer, unit))
    g = writer.term("gradient", hat, float(slopes[writer.sample, unit]), Node(op.layer, unit))
    back = Back(writer, part, part.layer, unit)
    rule = rf"\frac{{1}}{{\sqrt{{{v.symbol} + \varepsilon}}}} \cdot {g.symbol}"
    return [line(back.symbols(rule), back.numbers(rf"\frac{{{g.number}}}{{{_root(writer, op, variance)}}}"))]


# --- arrays and what lights up


def _there_arrays(collector: Collector) -> None:
    collector.a(collector.source)
    for number in collector.op.writes:
        collector.value(number)


def _written(trace: Trace, part: Part) -> tuple[str, ...]:
    return tuple(value_name(trace, number) for number in trace.tape.ops[part.op].writes)


def _back_arrays(collector: Collector) -> None:
    for number in collector.op.writes:
        collector.value(number)
    collector.slope_at(collector.op.target)
    name = gradient_name(collector.trace, collector.op.source)
    collector.batch(name, collector.trace.passed(collector.part.op))


def _lit(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """The number that is meant and those that share its mean; else both layers."""
    op = trace.tape.ops[part.op]
    source = _source(trace, op)
    both = everything_of(source, op.layer) | Concern(connections=frozenset({(source, op.layer)}))
    if focus is None or focus.layer not in (source, op.layer) or isinstance(focus, ParameterFocus):
        return both
    if isinstance(focus, Node | Edge):
        own = Node(op.layer, focus.unit)
        shared = {Node(source, int(unit)) for unit in trace.joins.group(own)}
        return cells({own, *shared}, {Edge(source, focus.unit, *own)})
    meant = on_layer(focus, (op.layer, source), op.layer)
    number = getattr(meant, "channel", None)
    if number is None:
        return both
    return Concern(channels=frozenset({channel(trace, source, number), channel(trace, op.layer, number)}))


def _explained(*, running: bool) -> Explanation:
    return Explanation(
        forward=(
            Action(
                "normalize",
                "forward",
                called(_THERE),
                lambda symbols, trace, part: symbols.plain("x̂", part.layer),
                _there_running if running else _there,
                say_running if running else say_there,
                _there_arrays,
                _written,
                _lit,
                reach=-0.25,
                by_unit=True,
            ),
        ),
        backward=(
            Action(
                "normalize_gradient",
                "backward",
                called(_BACK_PLAIN if running else _BACK),
                lambda symbols, trace, part: f"∂L/∂{symbols.plain('a', part.layer)}",
                _back_running if running else _back,
                say_running_back if running else say_back,
                _back_arrays,
                lambda trace, part: (gradient_name(trace, trace.tape.ops[part.op].source),),
                _lit,
                reach=0.25,
                by_unit=True,
                layer=read_by,
                happens=hands_on,
            ),
        ),
    )


NORMALIZE = _explained(running=False)
NORMALIZE_RUNNING = _explained(running=True)
