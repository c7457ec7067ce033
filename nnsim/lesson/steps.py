"""The steps of a lesson: each knows its place, and tells its formulas and words when it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from nnsim.lesson.concern import Concern, concern
from nnsim.lesson.digest import digest
from nnsim.lesson.focus import Focus
from nnsim.lesson.formulas import FORMULAS, stacked
from nnsim.lesson.grains import Cut, cuts
from nnsim.lesson.notation import PLAIN, Style
from nnsim.lesson.parts import Part
from nnsim.lesson.sentence import Sentence, sentence
from nnsim.lesson.symbols import Symbols, symbols_of
from nnsim.lesson.tensors import Arrays, arrays, written
from nnsim.lesson.trace import Trace
from nnsim.lesson.wording import PHASE_TITLES, about, title, told, unit_title
from nnsim.lesson.writer import Line, Writer
from nnsim.model.network import Edge, Node


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step. Nothing is written out before it is asked for, so a lesson of any size begins at once.

    Attributes
    ----------
    trace : Trace
    index : int
        Its place in the lesson.
    cut : Cut
        What it covers.
    """

    trace: Trace
    index: int
    cut: Cut

    @property
    def phase(self) -> str:
        """``input``, ``forward``, ``loss``, ``backward`` or ``update``."""
        return self.cut.phase

    @property
    def op(self) -> str:
        """Kinds of the operations of the tape that it covers, such as ``affine+tanh``."""
        return "+".join(dict.fromkeys(part.kind for part in self.cut.parts))

    @property
    def layer(self) -> int | None:
        """The one layer that it computes something for; None where it is about several."""
        if self.cut.node is not None:
            return self.cut.node.layer
        layers = {_layer(part) for part in self.cut.parts}
        return layers.pop() if len(layers) == 1 else None

    @property
    def node(self) -> Node | None:
        """The one neuron that it is about, if any."""
        return self.cut.node

    @property
    def title(self) -> Sentence:
        """What happens, in a few words."""
        return self.heading()

    def heading(self, focus: Focus | None = None) -> Sentence:
        """The title, as the focus turns it."""
        if self.cut.node is not None:
            return unit_title(self.trace, self.phase, self.cut.node)
        if len(self.cut.parts) == 1:
            return title(self.trace, self.cut.parts[0], focus)
        return sentence(PHASE_TITLES[self.phase])

    @property
    def chip(self) -> str:
        """What is computed, in plain Unicode, such as ``z⁽¹⁾`` or ``∂L/∂W⁽²⁾``; of a phase nothing."""
        if self.cut.node is None and len(self.cut.parts) > 1:
            return ""
        symbols, part = symbols_of(self.trace.document), self.cut.parts[-1]
        return _CHIPS[part.action](symbols, self.trace, part)

    @property
    def caption(self) -> str:
        """What formulas call the array that the step writes first, in Unicode."""
        symbols, part = symbols_of(self.trace.document), self.cut.parts[0]
        return _CAPTIONS[part.action](symbols, self.trace, part)

    def text(self, focus: Focus | None = None, sample: int = 0, brief: bool = False) -> tuple[Sentence, ...]:
        """What happens and why, each sentence once.

        Parameters
        ----------
        focus : Node, Edge or LayerFocus, optional
        sample : int
            As in :meth:`lines`.
        brief : bool
            Of a whole phase without a focus, one sentence on each thing that is done.
        """
        parts = [(part, self._focus(part, focus)) for part in self.cut.parts]
        brief = brief and focus is None and self._is_phase
        return tuple(
            dict.fromkeys([*about(self.trace, parts, focus), *told(self.trace, parts, sample, brief)])
        )

    @property
    def _is_phase(self) -> bool:
        return len(self.cut.parts) > 1 and self.cut.node is None

    def lines(self, focus: Focus | None = None, sample: int = 0, style: Style = PLAIN) -> tuple[Line, ...]:
        """The formulas, in symbols and with numbers.

        Parameters
        ----------
        focus : Node, Edge or LayerFocus, optional
            Turns the formula for all into that for one, where the step has one for it.
        sample : int
            The sample of the batch whose numbers are written.
        style : Style
        """
        writer = Writer(self.trace, sample, style)
        return tuple(
            line
            for part in self.cut.parts
            for line in FORMULAS[part.action](writer, part, self._focus(part, focus))
        )

    def digest(self, focus: Focus | None = None, sample: int = 0, style: Style = PLAIN) -> tuple[Line, ...]:
        """The formulas as they stand beside the picture: of a whole phase less than :meth:`lines`."""
        if not self._is_phase:
            return self.lines(focus, sample, style)
        parts = ((part, self._focus(part, focus)) for part in self.cut.parts)
        return digest(Writer(self.trace, sample, style), parts)

    def formula(self, focus: Focus | None = None) -> str:
        """All formulas in symbols as one piece of LaTeX."""
        return stacked([line.symbols.latex for line in self.lines(focus)])

    def numbers(self, focus: Focus | None = None, sample: int = 0, style: Style = PLAIN) -> str:
        """All formulas with numbers as one piece of LaTeX; empty where there are none."""
        found = [line.numbers.latex for line in self.lines(focus, sample, style) if line.numbers is not None]
        return stacked(found) if found else ""

    def concern(self, focus: Focus | None = None) -> Concern:
        """What lights up on the graph."""
        return reduce(or_, (concern(self.trace, part, self._focus(part, focus)) for part in self.cut.parts))

    @property
    def values(self) -> Arrays:
        """Every array that it reads or writes, by name (:mod:`nnsim.lesson.tensors`)."""
        found: Arrays = {}
        for part in self.cut.parts:
            found |= arrays(self.trace, part, self.cut.node)
        return found

    @property
    def writes(self) -> tuple[str, ...]:
        """Names of the arrays that are known from this step on; of a neuron's step, its entries of them."""
        return tuple(name for part in self.cut.parts for name in written(self.trace, part, self.cut.node))

    def _focus(self, part: Part, focus: Focus | None) -> Focus | None:
        node = self.cut.node
        if node is None:
            return focus
        if isinstance(focus, Edge):
            into = Node(focus.layer, focus.unit) == node
            out_of = Node(focus.source_layer, focus.source_unit) == node
            if into or (out_of and part.action == "source_gradient"):
                return focus
        return node


def steps(trace: Trace, grain: str = "operation") -> tuple[Step, ...]:
    """Cut a trace into the steps of a lesson.

    Parameters
    ----------
    trace : Trace
    grain : str
        One of :data:`nnsim.lesson.grains.GRAINS`.

    Raises
    ------
    KeyError
        Where there is no such grain.
    """
    return tuple(Step(trace, index, cut) for index, cut in enumerate(cuts(trace, grain)))


def _layer(part: Part) -> int | None:
    return None if part.action in ("penalty", "penalty_gradient", "update") else part.layer


def _source(trace: Trace, part: Part) -> int:
    return trace.tape.buffers[trace.tape.ops[part.op].source].layer


def _slope_at_output(symbols: Symbols, trace: Trace, part: Part) -> str:
    at_a = trace.slope("a", part.layer) is not None
    return "∂L/∂ŷ" if at_a else symbols.plain("δ", part.layer)


_CHIPS: dict[str, Callable[[Symbols, Trace, Part], str]] = {
    "input": lambda symbols, trace, part: "x",
    "affine": lambda symbols, trace, part: symbols.plain("z", part.layer, _source(trace, part)),
    "activation": lambda symbols, trace, part: symbols.plain("a", part.layer),
    "loss": lambda symbols, trace, part: "L",
    "penalty": lambda symbols, trace, part: "λΣw²",
    "loss_gradient": _slope_at_output,
    "penalty_gradient": lambda symbols, trace, part: "+ 2λw",
    "activation_gradient": lambda symbols, trace, part: symbols.plain("δ", part.layer),
    "weight_gradient": lambda symbols, trace, part: (
        f"∂L/∂{symbols.plain('W', part.layer, _source(trace, part))}"
    ),
    "source_gradient": lambda symbols, trace, part: f"∂L/∂{symbols.plain('a', part.layer)}",
    "update": lambda symbols, trace, part: "Δw",
}
_CAPTIONS: dict[str, Callable[[Symbols, Trace, Part], str]] = _CHIPS | {
    "penalty_gradient": lambda symbols, trace, part: f"∂L/∂{symbols.plain('W', 1)}",
}
