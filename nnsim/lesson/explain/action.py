"""What an operation's explanation consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nnsim.engine.ops.operation import Op
from nnsim.lesson.concern import Concern, of_layer
from nnsim.lesson.focus import Focus
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import Symbols
from nnsim.lesson.tensors import Collector
from nnsim.lesson.trace import Trace
from nnsim.lesson.words.here import Here, Say
from nnsim.lesson.writer import Line, Writer
from nnsim.model.sentence import Sentence, sentence

Chip = Callable[[Symbols, Trace, Part], str]
Title = Callable[[Here], Sentence]


def always(trace: Trace, op: Op) -> bool:
    """Every such operation does it."""
    return True


def hands_on(trace: Trace, op: Op) -> bool:
    """The operation hands a gradient to what it read first."""
    return bool(op.source_gradient)


def not_to_the_input(trace: Trace, op: Op) -> bool:
    """What it reads is learned from: the gradient of the input is shown where it is asked for."""
    return trace.tape.buffers[op.source].layer > 0


def of_op(trace: Trace, op: Op) -> int:
    """The layer that an operation belongs to."""
    return op.layer


def read_by(trace: Trace, op: Op) -> int:
    """The layer whose values an operation reads."""
    return trace.tape.buffers[op.source].layer


def called(template: str) -> Title:
    """A title that names the layer, and nothing that depends on the focus."""
    return lambda here: sentence(template, layer=here.layer)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that an operation does, there or back, and how it is told.

    Attributes
    ----------
    name : str
        Tells it from the other actions of its kind.
    phase : str
        One of :data:`nnsim.lesson.part.PHASES`.
    title : function (here) → Sentence
    chip : function (symbols, trace, part) → str
        What is computed, in plain Unicode.
    lines : function (writer, part, focus) → list of Line
        The formulas; every number in them is one of the trace.
    say : function (here) → list of Sentence
    arrays : function (collector)
        Collects what it reads, then what it writes.
    writes : function (trace, part) → tuple of str
        Names of the arrays that are known from then on.
    concern : function (trace, part, focus) → Concern
    reach : float or None
        Where the signal stands once it is done, in layers, beside the part's own; None: it has gone all the
        way back.
    by_unit : bool
        Whether each unit, or each map, is computed without the others of its layer.
    layer : function (trace, op) → int
        Whose units it computes something for.
    happens : function (trace, op) → bool
        Whether an operation on the tape does it.
    caption : function, optional
        What the array that it writes first is called; else the chip.
    """

    name: str
    phase: str
    title: Title
    chip: Chip
    lines: Callable[[Writer, Part, Focus | None], list[Line]]
    say: Say
    arrays: Callable[[Collector], None]
    writes: Callable[[Trace, Part], tuple[str, ...]]
    concern: Callable[[Trace, Part, Focus | None], Concern] = of_layer
    reach: float | None = 0.0
    by_unit: bool = False
    layer: Callable[[Trace, Op], int] = of_op
    happens: Callable[[Trace, Op], bool] = always
    caption: Chip | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that operations of one kind do.

    Attributes
    ----------
    forward, backward, after : tuple of Action
        In the order in which they are told: on the way there, on the way back, after the update.
    """

    forward: tuple[Action, ...] = ()
    backward: tuple[Action, ...] = ()
    after: tuple[Action, ...] = ()

    @property
    def actions(self) -> dict[str, Action]:
        """All of them by name."""
        return {action.name: action for action in (*self.forward, *self.backward, *self.after)}
