"""Scale and shift: ``y = γ x̂ + β``, what a normalisation learns."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.operation import Op
from nnsim.lesson.cells import Back, cell_in, channel_in
from nnsim.lesson.concern import Concern, of_layer, of_parameter
from nnsim.lesson.explain.action import Action, Explanation, called
from nnsim.lesson.explain.one_by_one import unit_meant
from nnsim.lesson.focus import Focus, ParameterFocus
from nnsim.lesson.notation import factor, mark, total
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import slope
from nnsim.lesson.tensors import Collector, gradient_name
from nnsim.lesson.trace import Trace, Vector
from nnsim.lesson.words.here import Here
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Edge, Node
from nnsim.model.sentence import Sentence, sentence, translatable

_THERE = translatable("Layer {layer} scales and shifts: γ and β")
_SHARES = translatable("The shares of γ and β of layer {layer}")
_BACK = translatable("Back through γ of layer {layer}")
_RULE = translatable(
    "γ and β are learned: so the layer can give each of its {count} channels the spread it needs."
)
_RULE_EACH = translatable(
    "γ and β are learned: so the layer can give each of its {count} numbers the spread it needs."
)
_START = translatable("Where γ is 1 and β is 0, as at the start, nothing changes.")
_SUM = translatable(
    "γ and β of a channel are used by {count} numbers, so their gradients are sums over all of these."
)
_ONE = translatable("γ gets the signal times x̂, β the signal itself.")
_STEEPEST = translatable("Shown is the channel whose γ has the steepest gradient.")
_MORE = translatable("A larger {letter} would make the loss smaller.")
_LESS = translatable("A smaller {letter} would make the loss smaller.")
_NOTHING = translatable("This {letter} gets no gradient.")
_THROUGH = translatable("Each signal passes on times the γ of its channel.")


def _count(op: Op) -> int:
    return int(op.attributes.channels)


def _places(trace: Trace, op: Op) -> int:
    """Numbers of one sample that share a γ."""
    return trace.tape.buffers[op.source].width // _count(op)


def _learned(trace: Trace, op: Op) -> tuple[Vector, Vector]:
    """Every γ and every β, each shape (channels,)."""
    gamma, beta = (trace.before.theta[use.place : use.place + _count(op)] for use in op.uses)
    return gamma, beta


def _parameter(trace: Trace, op: Op, role: str, number: int) -> ParameterFocus:
    tensor = trace.layout.find(op.layer, role)
    assert tensor is not None
    return ParameterFocus(op.layer, role, tuple(int(i) for i in np.unravel_index(number, tensor.shape)))


# --- y = γ x̂ + β


def _there(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    read, left = trace.values[op.source][writer.sample], trace.values[op.target][writer.sample]
    unit = _own_unit(writer, part, focus, left)
    if unit is None:
        return [_rows(writer, op, read, left)]
    number = unit // _places(trace, op)
    gamma, beta = (writer.parameter(_parameter(trace, op, role, number)) for role in ("weight", "bias"))
    hat = writer.term(
        "activation", writer.symbols.normalized(op.layer, unit), float(read[unit]), Node(op.layer, unit)
    )
    own = writer.a(op.layer, unit)
    return [
        line(
            rf"{own.symbol} = {gamma.symbol} \, {hat.symbol} + {beta.symbol}",
            rf"{own.symbol} = {gamma.factor} \cdot {hat.factor} + {beta.factor} = {own.number}",
        )
    ]


def _own_unit(writer: Writer, part: Part, focus: Focus | None, values: Vector) -> int | None:
    """As :func:`unit_meant`; a γ or β of a row of numbers means its number."""
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    if isinstance(focus, ParameterFocus) and focus.layer == op.layer:
        number = _number(trace, op, focus)
        places = _places(trace, op)
        own = np.abs(np.nan_to_num(values[number * places : (number + 1) * places]))
        return number * places + int(np.argmax(own))
    return unit_meant(writer, part, focus, values)


def _rows(writer: Writer, op: Op, read: Vector, left: Vector) -> Line:
    symbols, places = writer.symbols, _places(writer.trace, op)
    gamma, beta = (np.repeat(values, places) for values in _learned(writer.trace, op))
    rows = [
        writer.row(role, values, op.layer)
        for role, values in (("weight", gamma), ("activation", read), ("weight", beta), ("activation", left))
    ]
    own, hat = mark("activation", symbols.a(op.layer)), mark("activation", symbols.normalized(op.layer))
    g, b = (mark("weight", symbols.tensor(op.layer, role)) for role in ("weight", "bias"))
    return line(
        rf"{own} = {g} \odot {hat} + {b}", rf"{own} = {rows[0]} \odot {rows[1]} + {rows[2]} = {rows[3]}"
    )


# --- ∂L/∂γ = Σ ∂L/∂y x̂, ∂L/∂β = Σ ∂L/∂y


def _number(trace: Trace, op: Op, focus: Focus | None) -> int:
    """Whose γ and β are told of: those that a focus means, else those with the steepest gradient of γ."""
    if isinstance(focus, ParameterFocus) and focus.layer == op.layer:
        tensor = trace.layout.find(op.layer, focus.role)
        assert tensor is not None
        return int(np.ravel_multi_index(focus.at, tensor.shape))
    if isinstance(focus, Node | Edge) and focus.layer == op.layer:
        return focus.unit // _places(trace, op)
    channel = channel_in(op.layer, focus)
    if channel is not None and channel < _count(op):
        return channel
    gradients = trace.layout.view(trace.gradient, op.layer, "weight")
    assert gradients is not None
    return int(np.argmax(np.nan_to_num(np.abs(gradients.ravel()))))


def _shares(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    number = _number(trace, op, focus)
    lines = [_share(writer, op, number, role) for role in ("weight", "bias")]
    if isinstance(focus, ParameterFocus) and focus.layer == op.layer:
        return lines[:1] if focus.role == "weight" else lines[1:]
    return lines


def _share(writer: Writer, op: Op, number: int, role: str) -> Line:
    trace, places = writer.trace, _places(writer.trace, op)
    slopes = trace.slope_at(op.target)
    assert slopes is not None
    own = slice(number * places, (number + 1) * places)
    up, hats = slopes[:, own].ravel(), trace.values[op.source][:, own].ravel()
    focus = _parameter(trace, op, role, number)
    left = mark("gradient", slope(writer.symbols.parameter(focus)), focus)
    above = mark("gradient", slope(writer.symbols.a(op.layer)))
    hat = mark("activation", writer.symbols.normalized(op.layer))
    scaled = role == "weight"

    def term(k: int) -> str:
        node = Node(op.layer, own.start + k % places) if k // places == writer.sample else None
        signal = factor(float(up[k]), mark("gradient", writer.number(float(up[k])), node))
        return rf"{signal} \cdot {writer.factor(float(hats[k]))}" if scaled else signal

    gradient = trace.layout.view(trace.gradient, op.layer, role)
    assert gradient is not None
    result = writer.term("gradient", "", float(gradient.ravel()[number]), focus).number
    numbers = total(up * hats if scaled else up, term, writer.style)
    over = r"\sum " if len(up) > 1 else ""
    times = rf" \, {hat}" if scaled else ""
    if len(up) == 1 and not scaled:
        return line(f"{left} = {above}", f"{left} = {result}")
    return line(f"{left} = {over}{above}{times}", f"{left} = {numbers} = {result}")


# --- ∂L/∂x̂ = γ ∂L/∂y


def _back(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    passed = trace.passed(part.op)[writer.sample]
    unit = _own_unit(writer, part, focus, passed)
    if unit is None:
        unit = cell_in(trace, op.layer, None, passed)
    gamma = writer.parameter(_parameter(trace, op, "weight", unit // _places(trace, op)))
    up = writer.slope_a(op.layer, unit)
    back = Back(writer, part, op.layer, unit, lambda layer, i: slope(writer.symbols.normalized(layer, i)))
    return [
        line(
            back.symbols(rf"{gamma.symbol} \cdot {up.symbol}"),
            back.numbers(rf"{gamma.factor} \cdot {up.factor}"),
        )
    ]


# --- words


def _say_there(here: Here) -> list[Sentence]:
    op = here.trace.tape.ops[here.part.op]
    each = here.trace.network.shapes[op.layer].size == _count(op)
    said = [sentence(_RULE_EACH if each else _RULE, count=_count(op))]
    gamma, beta = _learned(here.trace, op)
    unmoved = bool((gamma == 1.0).all() and (beta == 0.0).all())
    return [*said, sentence(_START)] if unmoved else said


def _say_shares(here: Here) -> list[Sentence]:
    trace, op, focus = here.trace, here.trace.tape.ops[here.part.op], here.focus
    said = []
    meant = isinstance(focus, ParameterFocus) and focus.layer == op.layer
    if isinstance(focus, ParameterFocus) and meant:
        place = trace.place_of(focus)
        gradient = float(trace.gradient[place]) if place is not None else 0.0
        template = _NOTHING if gradient == 0.0 else (_MORE if gradient < 0.0 else _LESS)
        said.append(sentence(template, letter="γ" if focus.role == "weight" else "β"))
    count = _places(trace, op) * trace.samples
    said.append(sentence(_SUM, count=count) if count > 1 else sentence(_ONE))
    if not meant and here.channel is None and not here.is_here(focus) and _count(op) > 1:
        said.append(sentence(_STEEPEST))
    return said


def _say_back(here: Here) -> list[Sentence]:
    return [sentence(_THROUGH)]


# --- arrays and what lights up


def _there_arrays(collector: Collector) -> None:
    collector.value(collector.op.source)
    collector.tensor(collector.op.layer, "weight")
    collector.tensor(collector.op.layer, "bias")
    collector.a(collector.op.layer)


def _shares_arrays(collector: Collector) -> None:
    collector.slope("a", collector.op.layer)
    collector.value(collector.op.source)
    collector.tensor(collector.op.layer, "weight", grad=True)
    collector.tensor(collector.op.layer, "bias", grad=True)


def _shares_written(trace: Trace, part: Part) -> tuple[str, ...]:
    tensors = (trace.layout.find(part.layer, role) for role in ("weight", "bias"))
    return tuple(f"{tensor.name}.grad" for tensor in tensors if tensor is not None)


def _back_arrays(collector: Collector) -> None:
    collector.slope("a", collector.op.layer)
    collector.tensor(collector.op.layer, "weight")
    name = gradient_name(collector.trace, collector.op.source)
    collector.batch(name, collector.trace.passed(collector.part.op))


def _lit(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """The layer or what of it is meant; of a γ or β with its map."""
    if isinstance(focus, ParameterFocus) and focus.layer == part.layer:
        return of_parameter(trace, focus)
    return of_layer(trace, part, focus)


SCALE_SHIFT = Explanation(
    forward=(
        Action(
            "scale",
            "forward",
            called(_THERE),
            lambda symbols, trace, part: symbols.plain("a", part.layer),
            _there,
            _say_there,
            _there_arrays,
            lambda trace, part: (f"a{part.layer}",),
            _lit,
            by_unit=True,
        ),
    ),
    backward=(
        Action(
            "scale_gradient",
            "backward",
            called(_SHARES),
            lambda symbols, trace, part: f"∂L/∂{symbols.plain('γ', part.layer)}",
            _shares,
            _say_shares,
            _shares_arrays,
            _shares_written,
            _lit,
            by_unit=True,
        ),
        Action(
            "scale_source_gradient",
            "backward",
            called(_BACK),
            lambda symbols, trace, part: f"∂L/∂{symbols.plain('x̂', part.layer)}",
            _back,
            _say_back,
            _back_arrays,
            lambda trace, part: (gradient_name(trace, trace.tape.ops[part.op].source),),
            _lit,
            by_unit=True,
        ),
    ),
)
