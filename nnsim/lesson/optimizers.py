"""The optimiser's own arithmetic: from a parameter's gradient to its new value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nnsim.lesson.focus import Item
from nnsim.lesson.notation import Term, mark
from nnsim.lesson.symbols import slope
from nnsim.lesson.trace import Trace
from nnsim.lesson.writer import Line, Writer, line

NORM = r"\left\|\nabla{L}\right\|"
"""Length of the whole gradient."""


@dataclass(frozen=True, slots=True)
class ParameterUpdate:
    """What one step does to one parameter.

    Attributes
    ----------
    old, new : float
        Before, and as the optimiser leaves it.
    gradient : float
        ∂(loss + penalty)/∂w: the sum of the next two.
    data_gradient, penalty_gradient : float
    used : float
        The gradient as the optimiser gets it: shortened with all others where they are longer than allowed.
    velocity : tuple of two floats
        Before and after: the velocity of ``momentum`` and ``nesterov``, the first moment of ``adam``.
    square : tuple of two floats
        Before and after: the mean square of ``rmsprop``, the second moment of ``adam``.
    velocity_corrected, square_corrected : float
        The new moments of ``adam`` corrected for their start at 0.
    count : int
        Number of this update since the optimiser began.
    trainable : bool
        False for what is frozen or taken out of the network.
    """

    old: float
    new: float
    gradient: float
    data_gradient: float
    penalty_gradient: float
    used: float
    velocity: tuple[float, float]
    square: tuple[float, float]
    velocity_corrected: float
    square_corrected: float
    count: int
    trainable: bool

    @property
    def change(self) -> float:
        """What the step adds."""
        return self.new - self.old


def parameter_update(trace: Trace, index: int) -> ParameterUpdate:
    """What the step does to the parameter at a place of the flat vector."""
    before, after = trace.before, trace.after
    settings = trace.document.training.optimizer
    gradient, penalty = float(trace.gradient[index]), float(trace.penalty_gradient[index])
    return ParameterUpdate(
        old=float(before.theta[index]),
        new=float(trace.updated[index]),
        gradient=gradient,
        data_gradient=gradient - penalty,
        penalty_gradient=penalty,
        used=float(trace.clipped[index]),
        velocity=(float(before.m[index]), float(after.m[index])),
        square=(float(before.v[index]), float(after.v[index])),
        velocity_corrected=float(after.m[index]) / (1.0 - settings.beta1**after.count),
        square_corrected=float(after.v[index]) / (1.0 - settings.beta2**after.count),
        count=after.count,
        trainable=bool(trace.trainable[index]),
    )


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes the update of one parameter.

    Attributes
    ----------
    writer : Writer
    symbol : str
    item : Item or None
        What stands behind it on the graph.
    update : ParameterUpdate
    """

    writer: Writer
    symbol: str
    item: Item | None
    update: ParameterUpdate

    def n(self, value: float) -> str:
        """A number."""
        return self.writer.number(value)

    def f(self, value: float) -> str:
        """The same as it stands in a product."""
        return self.writer.factor(value)

    def b(self, value: float) -> str:
        """The same as it stands below an exponent."""
        return self.writer.base(value)

    def term(self, role: str, symbol: str, value: float) -> Term:
        """A quantity of this parameter."""
        return self.writer.term(role, symbol, value, self.item)

    @property
    def old(self) -> Term:
        """Before."""
        return self.term("weight", self.symbol, self.update.old)

    @property
    def new(self) -> Term:
        """After."""
        return self.term("update", self.symbol, self.update.new)

    @property
    def gradient(self) -> Term:
        """What the optimiser gets."""
        return self.term("gradient", "g", self.update.used)

    def step(self, symbols: str, numbers: str) -> Line:
        """``w ← w …``"""
        w = self.old
        return line(
            rf"{w.symbol} \leftarrow {w.symbol} {symbols}",
            rf"{w.symbol} \leftarrow {w.number} {numbers} = {self.new.number}",
        )


def _sgd(pen: Pen) -> list[Line]:
    rate = pen.n(pen.writer.trace.document.training.optimizer.learning_rate)
    g = pen.gradient
    return [pen.step(rf"- \eta \, {g.symbol}", rf"- {rate} \cdot {g.factor}")]


def _velocity(pen: Pen) -> Line:
    settings, (before, after) = pen.writer.trace.document.training.optimizer, pen.update.velocity
    g = pen.gradient
    return line(
        rf"v \leftarrow \mu v - \eta \, {g.symbol}",
        rf"v \leftarrow {pen.n(settings.momentum)} \cdot {pen.f(before)}"
        rf" - {pen.n(settings.learning_rate)} \cdot {g.factor} = {pen.n(after)}",
    )


def _momentum(pen: Pen) -> list[Line]:
    return [_velocity(pen), pen.step("+ v", f"+ {pen.f(pen.update.velocity[1])}")]


def _nesterov(pen: Pen) -> list[Line]:
    settings, g = pen.writer.trace.document.training.optimizer, pen.gradient
    return [
        _velocity(pen),
        pen.step(
            rf"+ \mu v - \eta \, {g.symbol}",
            rf"+ {pen.n(settings.momentum)} \cdot {pen.f(pen.update.velocity[1])}"
            rf" - {pen.n(settings.learning_rate)} \cdot {g.factor}",
        ),
    ]


def _average(pen: Pen, letter: str, share: str, kept: float, pair: tuple[float, float], power: str) -> Line:
    """A decaying average of the gradient or of its square."""
    g = pen.gradient
    return line(
        rf"{letter} \leftarrow {share} {letter} + (1 - {share}) \, {g.symbol}{power}",
        rf"{letter} \leftarrow {pen.n(kept)} \cdot {pen.f(pair[0])}"
        rf" + {pen.n(1.0 - kept)} \cdot {g.base + power if power else g.factor} = {pen.n(pair[1])}",
    )


def _rmsprop(pen: Pen) -> list[Line]:
    settings, g = pen.writer.trace.document.training.optimizer, pen.gradient
    square = pen.update.square
    root = rf"\sqrt{{{pen.n(square[1])} + {pen.n(settings.epsilon)}}}"
    return [
        _average(pen, "s", r"\rho", settings.rho, square, "^2"),
        pen.step(
            rf"- \eta \frac{{{g.symbol}}}{{\sqrt{{s + \varepsilon}}}}",
            rf"- {pen.n(settings.learning_rate)} \cdot \frac{{{g.number}}}{{{root}}}",
        ),
    ]


def _corrected(pen: Pen, letter: str, beta: str, kept: float, value: float, corrected: float) -> Line:
    return line(
        rf"\hat{{{letter}}} = \frac{{{letter}}}{{1 - {beta}^t}}",
        rf"\hat{{{letter}}} = \frac{{{pen.n(value)}}}{{1 - {pen.b(kept)}^{{{pen.update.count}}}}}"
        rf" = {pen.n(corrected)}",
    )


def _adam(pen: Pen) -> list[Line]:
    settings, update = pen.writer.trace.document.training.optimizer, pen.update
    first, second = update.velocity_corrected, update.square_corrected
    below = rf"\sqrt{{{pen.n(second)}}} + {pen.n(settings.epsilon)}"
    return [
        _average(pen, "m", r"\beta_1", settings.beta1, update.velocity, ""),
        _average(pen, "v", r"\beta_2", settings.beta2, update.square, "^2"),
        _corrected(pen, "m", r"\beta_1", settings.beta1, update.velocity[1], first),
        _corrected(pen, "v", r"\beta_2", settings.beta2, update.square[1], second),
        pen.step(
            r"- \eta \frac{\hat{m}}{\sqrt{\hat{v}} + \varepsilon}",
            rf"- {pen.n(settings.learning_rate)} \cdot \frac{{{pen.n(first)}}}{{{below}}}",
        ),
    ]


OPTIMIZERS: dict[str, Callable[[Pen], list[Line]]] = {
    "sgd": _sgd,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "rmsprop": _rmsprop,
    "adam": _adam,
}
RULES: dict[str, str] = {
    "sgd": r"{w} \leftarrow {w} - \eta \, {g}",
    "momentum": r"v \leftarrow \mu v - \eta \, {g}, \quad {w} \leftarrow {w} + v",
    "nesterov": r"v \leftarrow \mu v - \eta \, {g}, \quad {w} \leftarrow {w} + \mu v - \eta \, {g}",
    "rmsprop": r"s \leftarrow \rho s + (1 - \rho) \, g^2, \quad"
    r" {w} \leftarrow {w} - \eta \frac{{g}}{{\sqrt{{s + \varepsilon}}}}, \quad g = {g}",
    "adam": r"m \leftarrow \beta_1 m + (1 - \beta_1) \, g, \quad"
    r" v \leftarrow \beta_2 v + (1 - \beta_2) \, g^2,"
    r" \quad {w} \leftarrow {w} - \eta \frac{{\hat{{m}}}}{{\sqrt{{\hat{{v}}}} + \varepsilon}}, \quad g = {g}",
}
"""The rules for all parameters at once."""


def arithmetic(writer: Writer, symbol: str, place: int, item: Item | None) -> list[Line]:
    """Everything that is computed for one parameter."""
    found = parameter_update(writer.trace, place)
    pen = Pen(writer, symbol, item, found)
    if not found.trainable and found.change == 0.0:
        return at_rest(writer, symbol, place, item)
    rules = OPTIMIZERS[writer.trace.document.training.optimizer.kind](pen)
    return [gradient_line(pen), *rules]


def at_rest(writer: Writer, symbol: str, place: int, item: Item | None) -> list[Line]:
    """A parameter that stays as it is."""
    w = writer.term("weight", symbol, float(writer.trace.before.theta[place]), item)
    return [line(rf"{w.symbol} \leftarrow {w.symbol}", rf"{w.symbol} \leftarrow {w.number}")]


def gradient_line(pen: Pen) -> Line:
    """``g``: the gradient, the penalty's share in it; where all of it is too long, shortened."""
    trace, found, g = pen.writer.trace, pen.update, pen.gradient
    name = mark("gradient", slope(pen.symbol), pen.item)
    longest, length = trace.document.training.clip_norm, trace.gradient_norm
    if not 0.0 < longest < length:
        return line(f"{g.symbol} = {name}", f"{g.symbol} = {name} = {g.number}")
    share = rf"\frac{{{pen.n(longest)}}}{{{pen.n(length)}}} \cdot {pen.f(found.gradient)}"
    return line(rf"{g.symbol} = \frac{{c}}{{{NORM}}} \, {name}", f"{g.symbol} = {share} = {g.number}")
