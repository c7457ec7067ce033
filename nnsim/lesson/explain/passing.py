"""What all operations share that learn nothing and only pass numbers on: how they are chipped and lit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nnsim.engine.ops.conv2d import Window
from nnsim.engine.ops.operation import Op
from nnsim.lesson.concern import back_along, sums
from nnsim.lesson.explain.action import Action, Explanation, Title, hands_on, read_by
from nnsim.lesson.focus import Focus
from nnsim.lesson.part import Part
from nnsim.lesson.tensors import Collector, gradient_name, value_name
from nnsim.lesson.trace import Trace
from nnsim.lesson.window import Place
from nnsim.lesson.words.here import Say
from nnsim.lesson.writer import Line, Writer
from nnsim.model.network import Node

Lines = Callable[[Writer, Part, Focus | None], list[Line]]


def seen_by(place: Place) -> Iterator[tuple[int, int]]:
    """The cells of the source under a pool's window: their number in the window, and their unit."""
    window: Window = place.window
    for k in range(window.kernel_height * window.kernel_width):
        unit = place.source(place.channel, *divmod(k, window.kernel_width))
        if unit is not None:
            yield k, unit


def windows_over(trace: Trace, op: Op, unit: int) -> list[int]:
    """The units of an operation's layer that read a cell of its source."""
    source = trace.tape.buffers[op.source].layer
    found = trace.joins.out_of(Node(source, unit))
    return [int(u) for u in found.units[found.layers == op.layer]]


def _there(collector: Collector) -> None:
    collector.a(collector.source)
    for number in collector.op.writes:
        collector.value(number)
    collector.batch(
        value_name(collector.trace, collector.op.target), collector.trace.results[collector.part.op]
    )


def _written(trace: Trace, part: Part) -> tuple[str, ...]:
    return tuple(value_name(trace, number) for number in trace.tape.ops[part.op].writes)


def _back(collector: Collector) -> None:
    for number in collector.op.writes[1:]:
        collector.value(number)
    collector.slope_at(collector.op.target)
    name = gradient_name(collector.trace, collector.op.source)
    collector.batch(name, collector.trace.passed(collector.part.op))


def _handed(trace: Trace, part: Part) -> tuple[str, ...]:
    return (gradient_name(trace, trace.tape.ops[part.op].source),)


def passing(
    names: tuple[str, str],
    titles: tuple[Title, Title],
    lines: tuple[Lines, Lines],
    words: tuple[Say, Say],
    *,
    by_unit: bool = True,
) -> Explanation:
    """There and back of an operation without parameters that reads one value."""
    return Explanation(
        forward=(
            Action(
                names[0],
                "forward",
                titles[0],
                lambda symbols, trace, part: symbols.plain("a", part.layer),
                lines[0],
                words[0],
                _there,
                _written,
                sums,
                by_unit=by_unit,
            ),
        ),
        backward=(
            Action(
                names[1],
                "backward",
                titles[1],
                lambda symbols, trace, part: f"∂L/∂{symbols.plain('a', part.layer)}",
                lines[1],
                words[1],
                _back,
                _handed,
                back_along,
                reach=0.25,
                by_unit=by_unit,
                layer=read_by,
                happens=hands_on,
            ),
        ),
    )
