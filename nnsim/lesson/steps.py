"""The steps of a lesson: each knows its place, and tells its formulas and words when it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from nnsim.lesson.cells import channel_in
from nnsim.lesson.concern import Concern
from nnsim.lesson.digest import digest
from nnsim.lesson.explain import action_of
from nnsim.lesson.focus import ChannelFocus, Focus, LayerFocus, ParameterFocus
from nnsim.lesson.formulas import formulas, stacked
from nnsim.lesson.grains import Cut, cuts
from nnsim.lesson.notation import PLAIN, Style
from nnsim.lesson.part import Part
from nnsim.lesson.pictures import Picture, pictures
from nnsim.lesson.symbols import symbols_of
from nnsim.lesson.tensors import Arrays, Collector
from nnsim.lesson.trace import Trace
from nnsim.lesson.wording import PHASE_TITLES, about, title, told, unit_title
from nnsim.lesson.writer import Line, Writer
from nnsim.model.network import Edge, Node
from nnsim.model.sentence import Sentence, sentence


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
        if self.cut.about is not None:
            return self.cut.about.layer
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
        if self.cut.about is not None:
            return unit_title(self.trace, self.phase, self.cut.about)
        if len(self.cut.parts) == 1:
            return title(self.trace, self.cut.parts[0], focus)
        return sentence(PHASE_TITLES[self.phase])

    @property
    def chip(self) -> str:
        """What is computed, in plain Unicode, such as ``z⁽¹⁾`` or ``∂L/∂W⁽²⁾``; of a phase nothing."""
        if self._is_phase:
            return ""
        symbols, part = symbols_of(self.trace.document), self.cut.parts[-1]
        return action_of(part).chip(symbols, self.trace, part)

    @property
    def caption(self) -> str:
        """What formulas call the array that the step writes first, in Unicode."""
        symbols, part = symbols_of(self.trace.document), self.cut.parts[0]
        action = action_of(part)
        return (action.caption or action.chip)(symbols, self.trace, part)

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
        return len(self.cut.parts) > 1 and self.cut.about is None

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
            line for part in self.cut.parts for line in formulas(writer, part, self._focus(part, focus))
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
        turned = ((part, self._focus(part, focus)) for part in self.cut.parts)
        return reduce(or_, (action_of(part).concern(self.trace, part, own) for part, own in turned))

    @property
    def reached(self) -> float:
        """The layer at which the signal stands after it; between two layers while it is on its way."""
        part = self.cut.parts[-1]
        reach = action_of(part).reach
        return 0.0 if reach is None else part.layer + reach

    def pictures(self, focus: Focus | None = None, sample: int = 0) -> tuple[Picture, ...]:
        """What it computes as pictures or a table; of several parts, of a neuron and of the update none."""
        if len(self.cut.parts) > 1 or self.cut.about is not None or self.phase == "update":
            return ()
        part = self.cut.parts[0]
        return pictures(self.trace, part, self._focus(part, focus), sample)

    @property
    def values(self) -> Arrays:
        """Every array that it reads or writes, by name (:mod:`nnsim.lesson.tensors`)."""
        found: Arrays = {}
        for part in self.cut.parts:
            collector = Collector(self.trace, part, self.cut.about)
            action_of(part).arrays(collector)
            found |= collector.found
        return found

    @property
    def writes(self) -> tuple[str, ...]:
        """Names of the arrays that are known from this step on; of a neuron's step, its entries of them."""
        names = [name for part in self.cut.parts for name in action_of(part).writes(self.trace, part)]
        if self.cut.about is None:
            return tuple(names)
        own = self.values
        return tuple(name for name in names if name in own)

    def _focus(self, part: Part, focus: Focus | None) -> Focus | None:
        about = self.cut.about
        if about is None:
            return focus
        if isinstance(about, Node):
            return focus if self._is_at(about, part, focus) else about
        return focus if self._is_within(about, focus) else about

    @staticmethod
    def _is_at(node: Node, part: Part, focus: Focus | None) -> bool:
        """Whether a focus is an edge of the step's neuron, or one of its parameters."""
        if isinstance(focus, ParameterFocus):
            return focus.layer == node.layer and focus.at[0] == node.unit
        if not isinstance(focus, Edge):
            return False
        into = Node(focus.layer, focus.unit) == node
        out_of = Node(focus.source_layer, focus.source_unit) == node
        return into or (out_of and part.action == "source_gradient")

    def _is_within(self, about: ChannelFocus | LayerFocus, focus: Focus | None) -> bool:
        """Whether a focus is a cell, an edge or a parameter of the step's map or layer."""
        if focus is None or isinstance(focus, LayerFocus) or focus.layer != about.layer:
            return False
        if isinstance(about, LayerFocus):
            return True
        if isinstance(focus, Node | Edge):
            return focus.unit // self.trace.network.shapes[about.layer].places == about.channel
        return channel_in(about.layer, focus) == about.channel


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


_ABOUT_ALL = frozenset({"penalty", "penalty_gradient", "update", "clip", "max_norm"})
"""Actions that are about every layer."""


def _layer(part: Part) -> int | None:
    return None if part.action in _ABOUT_ALL else part.layer
