"""Max-norm: after an update, weights into one unit that are too long together are shortened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnsim.engine.ops.operation import Op
from nnsim.lesson.cells import channel_in
from nnsim.lesson.concern import every_parameter
from nnsim.lesson.explain.action import Action, Explanation
from nnsim.lesson.focus import Focus, ParameterFocus, as_edge, parameter_at
from nnsim.lesson.notation import mark, total
from nnsim.lesson.part import Part
from nnsim.lesson.tensors import Collector
from nnsim.lesson.trace import Trace, Vector
from nnsim.lesson.words.here import Here
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Edge, Node
from nnsim.model.sentence import Sentence, counted, sentence, translatable

_TITLE = translatable("No weights longer than {longest}")
_RULE = translatable(
    "The weights into one neuron, or of one filter, may be no longer together than {longest}; longer ones are"
    " all shortened by the same share."
)
_CUT_ONE = translatable("{count} of {rows} is shortened.")
_CUT = translatable("{count} of {rows} are shortened.")
_NONE = translatable("None of the {rows} is longer: nothing changes.")


@dataclass(frozen=True, slots=True)
class Row:
    """The weights into one unit, or of one filter, as the optimiser left them.

    Attributes
    ----------
    op : Op
    number : int
        Which unit or filter.
    """

    op: Op
    number: int

    @property
    def first(self) -> int:
        """Place of its first weight in the flat vector."""
        return int(self.op.weight + self.number * self.op.attributes.length)

    def weights(self, trace: Trace) -> Vector:
        """Shape (length,)."""
        return trace.updated[self.first : self.first + self.op.attributes.length]


def _rows(trace: Trace) -> list[Row]:
    ops = (trace.tape.ops[number] for number in trace.tape.after)
    return [Row(op, i) for op in ops if op.kind == "max_norm" for i in range(op.attributes.rows)]


def _length(trace: Trace, row: Row) -> float:
    return float(np.sqrt(np.sum(row.weights(trace) ** 2)))


def _row_of(trace: Trace, focus: Focus | None) -> Row:
    """The row that a focus means; else the longest."""
    rows = _rows(trace)
    if focus is not None:
        number = channel_in(focus.layer, focus)
        if isinstance(focus, Node | Edge):
            number = focus.unit // trace.network.shapes[focus.layer].places
        own = [row for row in rows if row.op.layer == focus.layer and number in (None, row.number)]
        rows = own or rows
    return max(rows, key=lambda row: np.nan_to_num(_length(trace, row)))


def _lines(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace = writer.trace
    row = _row_of(trace, focus)
    weights, longest, length = row.weights(trace), float(row.op.attributes.longest), _length(trace, row)
    role = "weight"
    layer, count = row.op.layer, int(row.op.attributes.rows)
    name = writer.symbols.channel(writer.symbols.letter(layer, role), layer, row.number, count)
    norm = rf"\left\|{mark(role, name)}\right\|"
    squares = total(weights**2, lambda k: f"{writer.base(float(weights[k]))}^2", writer.style)
    lines = [line(rf"{norm} = \sqrt{{\sum w^2}}", rf"{norm} = \sqrt{{{squares}}} = {writer.number(length)}")]
    if length > longest:
        place = trace.place_of(focus)
        inside = place is not None and row.first <= place < row.first + len(weights)
        chosen = place if inside and place is not None else row.first + int(np.argmax(np.abs(weights)))
        lines.append(_cut(writer, parameter_at(trace.layout, chosen), chosen, length, longest))
    return lines


def _cut(writer: Writer, focus: ParameterFocus, place: int, length: float, longest: float) -> Line:
    trace = writer.trace
    if trace.network.layers[focus.layer].kind == "dense":
        edge = as_edge(focus, trace.network)
        w = writer.term("weight", writer.symbols.weight(edge), float(trace.updated[place]), edge)
    else:
        w = writer.term("weight", writer.symbols.parameter(focus), float(trace.updated[place]), focus)
    new = writer.term("update", "", float(trace.after.theta[place]))
    share = rf"\frac{{{writer.number(longest)}}}{{{writer.number(length)}}}"
    return line(
        rf"{w.symbol} \leftarrow {w.symbol} \cdot \frac{{c}}{{\left\|w\right\|}}",
        rf"{w.symbol} \leftarrow {w.factor} \cdot {share} = {new.number}",
    )


def _say(here: Here) -> list[Sentence]:
    trace = here.trace
    rows = _rows(trace)
    longest = trace.document.training.max_norm
    said = [sentence(_RULE, longest=longest)]
    cut = sum(_length(trace, row) > longest for row in rows)
    more = counted(_CUT_ONE, _CUT, cut, rows=len(rows)) if cut else sentence(_NONE, rows=len(rows))
    return [*said, more]


def _layers(trace: Trace) -> list[int]:
    return list(dict.fromkeys(row.op.layer for row in _rows(trace)))


def _arrays(collector: Collector) -> None:
    trace = collector.trace
    for layer in _layers(trace):
        tensor = trace.layout.weight(layer)
        collector.found[f"{tensor.name}.new"] = trace.after.theta[tensor.span].reshape(tensor.shape)


def _written(trace: Trace, part: Part) -> tuple[str, ...]:
    return tuple(f"{trace.layout.weight(layer).name}.new" for layer in _layers(trace))


MAX_NORM = Explanation(
    after=(
        Action(
            "max_norm",
            "update",
            lambda here: sentence(_TITLE, longest=here.trace.document.training.max_norm),
            lambda symbols, trace, part: "‖w‖",
            _lines,
            _say,
            _arrays,
            _written,
            every_parameter,
        ),
    ),
)
