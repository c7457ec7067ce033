"""What the update does to a dense network: its weights one by one, unit by unit, and as tensors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnsim.lesson.focus import Focus, Item, LayerFocus
from nnsim.lesson.notation import GAP, mark, matrix, row, summand
from nnsim.lesson.optimizers import RULES, Pen, arithmetic, at_rest, parameter_update
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import slope
from nnsim.lesson.trace import Trace
from nnsim.lesson.writer import Line, Vector, Writer, line
from nnsim.model.network import Edge, Node
from nnsim.model.parameters import Tensor

MOST_TENSORS = 8
"""Tensors whose new values are written at once; a focus shows the others."""
MOST_OLD_AND_NEW = 24
"""Parameters of a network up to which old and new values of all are written beside their changes."""


def update(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The rule and the new values: of one weight with all its arithmetic, of a unit, or of whole tensors."""
    if isinstance(focus, Edge):
        place = writer.trace.layout.edge_index(focus)
        return _worked(writer, writer.symbols.weight(focus), place, focus)
    if isinstance(focus, Node) and focus.layer > 0:
        return _unit(writer, focus)
    tensors = writer.trace.layout.tensors
    if isinstance(focus, LayerFocus):
        return _layer(writer, [tensor for tensor in tensors if tensor.layer == focus.layer])
    edge = _steepest(writer.trace)
    # What stands alone in its tensor has been worked out just before.
    alone = None if edge is None else writer.trace.layout.weight(edge.layer)
    told = [tensor for tensor in tensors if tensor.size > 1 or tensor != alone][:MOST_TENSORS]
    return [*_example(writer, edge), *(_tensor(writer, tensor) for tensor in told)]


def _example(writer: Writer, edge: Edge | None) -> list[Line]:
    """The rule worked out for one weight; without one, in symbols for all."""
    trace = writer.trace
    if edge is None:
        return [_rule(writer)]
    symbol, place = writer.symbols.weight(edge), trace.layout.edge_index(edge)
    *before, rule = _worked(writer, symbol, place, edge)
    # Of an optimiser with many averages, only the rule that they are for has its symbols beside it.
    return [*(replace(each, numbers_suffice=len(before) > 1) for each in before), rule]


def _steepest(trace: Trace, node: Node | None = None) -> Edge | None:
    """The edge with the steepest gradient among those that learn; without any gradient, that moves most.

    With a node, among those that lead into it.
    """
    moves = trace.updated - trace.before.theta
    for values in (np.where(trace.trainable, trace.gradient, 0.0), moves):
        sizes = np.nan_to_num(np.abs(values))
        found, most = None, 0.0
        for source, layer in trace.network.connections:
            if node is not None and node.layer != layer:
                continue
            block = trace.layout.block(sizes, source, layer)
            first = 0 if node is None else node.unit
            block = block if node is None else block[first : first + 1]
            unit, i = np.unravel_index(int(np.argmax(block)), block.shape)
            if block[unit, i] > most:
                found, most = Edge(source, int(i), layer, first + int(unit)), float(block[unit, i])
        if found is not None:
            return found
    return None


def _layer(writer: Writer, tensors: list[Tensor]) -> list[Line]:
    lines = []
    for tensor in tensors:
        if tensor.size == 1 and tensor.role != "weight":
            symbol = writer.symbols.tensor(tensor.layer, tensor.role)
            item = Node(tensor.layer, 0) if tensor.role == "bias" else None
            lines += _worked(writer, symbol, tensor.offset, item)
        else:
            lines.append(_tensor(writer, tensor))
    return lines or [_rule(writer)]


def _rule(writer: Writer) -> Line:
    kind = writer.trace.document.training.optimizer.kind
    # Not str.format's business what braces LaTeX has: the rules double them.
    return line(RULES[kind].format(w=r"\theta", g=mark("gradient", slope(r"\theta"))))


def _worked(writer: Writer, symbol: str, place: int, item: Item | None) -> list[Line]:
    """The arithmetic of one parameter: the perceptron rule, where the step is that, or the optimiser's."""
    return _perceptron(writer, symbol, place, item) or arithmetic(writer, symbol, place, item)


def _perceptron(writer: Writer, symbol: str, place: int, item: Item | None) -> list[Line]:
    """``w ← w + η e x`` or ``b ← b + η e``, where the gradient step is exactly that."""
    trace, training = writer.trace, writer.trace.document.training
    plain = training.loss == "perceptron" and training.optimizer.kind == "sgd" and training.l2 == 0.0
    alone = trace.samples == 1 and trace.last == 1 and bool(trace.trainable[place])
    plain = plain and trace.clipped[place] == trace.gradient[place]
    if not (isinstance(item, Node | Edge) and plain and alone):
        return []
    pen = Pen(writer, symbol, item, parameter_update(trace, place))
    rate = writer.number(training.optimizer.learning_rate)
    error = writer.factor(0.0 - writer.delta(item.layer, item.unit).value)
    symbols, numbers = r"+ \eta \, e", rf"+ {rate} \cdot {error}"
    if isinstance(item, Edge):
        x = writer.a(item.source_layer, item.source_unit)
        symbols, numbers = rf"{symbols} \, {x.symbol}", rf"{numbers} \cdot {x.factor}"
    return [pen.step(symbols, numbers)]


def _unit(writer: Writer, node: Node) -> list[Line]:
    """One weight into a unit with all the arithmetic, all of them at a glance, and the bias like the one."""
    trace, layout = writer.trace, writer.trace.layout
    edge = _steepest(trace, node)
    lines = [] if edge is None else _example(writer, edge)
    for source in trace.network.sources(node.layer):
        if edge is None or edge.source_layer != source or trace.network.units(source) > 1:
            lines.append(_incoming(writer, source, node))
    bias = layout.find(node.layer, "bias")
    if bias is not None:
        symbol = writer.symbols.bias(node.layer, node.unit)
        told = at_rest if trace.is_at_rest(node) else _worked
        lines += told(writer, symbol, bias.offset + node.unit, node)
    slope_of_layer = layout.find(node.layer, "slope")
    if slope_of_layer is not None:
        lines += arithmetic(writer, writer.symbols.alpha(node.layer), slope_of_layer.offset, None)
    return lines


def _incoming(writer: Writer, source: int, node: Node) -> Line:
    """Old values, change and new values of the weights from one layer into a unit."""
    trace = writer.trace
    before, after = (
        trace.layout.block(theta, source, node.layer)[node.unit]
        for theta in (trace.before.theta, trace.updated)
    )

    def written(role: str, values: Vector) -> str:
        edges = [Edge(source, i, node.layer, node.unit) for i in range(len(values))]
        return row(lambda i: writer.term(role, "", values[i], edges[i]).number, writer.places(source))

    w = _row_symbol(writer, source, node)
    if trace.is_at_rest(node):
        return line(rf"{w} \leftarrow {w}", rf"{w} \leftarrow {written('weight', before)}")
    old, change, new = (
        written(role, values)
        for role, values in (("weight", before), ("update", after - before), ("update", after))
    )
    return line(
        rf"{w} \leftarrow {w} + \Delta {w}",
        rf"{w} \leftarrow {old} + {summand(after - before, change)} = {new}",
    )


def _row_symbol(writer: Writer, source: int, node: Node) -> str:
    whole, place = writer.symbols.weights(source, node.layer), writer.symbols.number(*node)
    return whole if whole.startswith("w") else f"w_{{{place}}}{whole[1:]}"


def _tensor(writer: Writer, tensor: Tensor) -> Line:
    """The change of one tensor; in a small network beside the old and the new values."""
    symbol = writer.symbols.tensor(tensor.layer, tensor.role)
    old = writer.trace.before.theta[tensor.span].reshape(tensor.shape)
    new = writer.trace.updated[tensor.span].reshape(tensor.shape)
    if max(tensor.shape) > writer.style.whole or writer.trace.layout.size > MOST_OLD_AND_NEW:
        change = _entries(writer, tensor, "update", new - old)
        return line(rf"\Delta {symbol}", rf"\Delta {symbol} = {change}", numbers_suffice=True)
    first, change, result = (
        _entries(writer, tensor, role, values)
        for role, values in (("weight", old), ("update", new - old), ("update", new))
    )
    numbers = rf"{symbol} \leftarrow {first} + {summand(new - old, change)} = {result}"
    return line(rf"{symbol} \leftarrow {symbol} + \Delta {symbol}", numbers, numbers_suffice=True)


def _entries(writer: Writer, tensor: Tensor, role: str, values: Vector) -> str:
    def number(value: float) -> str:
        return writer.term(role, "", value).number

    units = writer.places(tensor.layer) if tensor.role != "slope" else (0,)
    if tensor.role != "weight":
        return row(lambda i: number(values[i]), units)
    columns = columns_of(writer, tensor.layer)
    if len(units) == 1:
        return row(lambda j: number(values[0, j]), columns)
    return matrix(lambda i, j: number(values[i, j]), units, columns)


def columns_of(writer: Writer, layer: int) -> tuple[int, ...]:
    """The columns of a layer's weights that are written, over all layers that it reads."""
    layout = writer.trace.layout
    return tuple(
        place if place == GAP else layout.columns(source, layer).start + place
        for source in writer.trace.network.sources(layer)
        for place in writer.places(source)
    )
