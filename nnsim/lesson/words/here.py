"""What a sentence is about: one part of a pass, with all its neurons or the one that is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnsim.lesson.cells import channel_in
from nnsim.lesson.focus import Focus
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import symbols_of
from nnsim.lesson.trace import Trace
from nnsim.model.network import Edge, Node
from nnsim.model.sentence import Sentence


@dataclass(frozen=True, slots=True, eq=False)
class Here:
    """One part, seen through a focus.

    Attributes
    ----------
    trace : Trace
    part : Part
    focus : Node, Edge, LayerFocus or None
        What the formulas of the part are turned to.
    sample : int
        The sample of the batch whose numbers are written.
    """

    trace: Trace
    part: Part
    focus: Focus | None
    sample: int

    @property
    def layer(self) -> int:
        """Whose units are computed."""
        return self.part.layer

    @property
    def unit(self) -> int | None:
        """The unit of the layer that is meant, or its only one; None for all of them."""
        if isinstance(self.focus, Node | Edge) and self.focus.layer == self.layer:
            return self.focus.unit
        return 0 if self.trace.network.units(self.layer) == 1 else None

    @property
    def channel(self) -> int | None:
        """The map of the layer that is meant as a whole, by itself or by one of its parameters."""
        return channel_in(self.layer, self.focus)

    def is_here(self, focus: Focus | None) -> bool:
        """Whether a focus is a cell of the layer."""
        return isinstance(focus, Node) and focus.layer == self.layer

    @property
    def source(self) -> int:
        """The layer that the part's operation reads."""
        return self.trace.tape.buffers[self.trace.tape.ops[self.part.op].source].layer

    @property
    def edge(self) -> Edge | None:
        """The edge in focus, if it is one of the part's operation."""
        found, op = self.focus, self.trace.tape.ops[self.part.op]
        if isinstance(found, Edge) and (found.source_layer, found.layer) == (self.source, op.layer):
            return found
        return None

    @property
    def learns_nothing(self) -> bool:
        """Whether the focus is a weight that may not move."""
        place = self.trace.place_of(self.focus)
        return place is not None and not self.trace.trainable[place]

    @property
    def is_about_nothing(self) -> bool:
        """Whether the focus is an edge that is taken out."""
        return isinstance(self.focus, Edge) and self.focus in self.trace.network.removed_edges

    def name(self, layer: int, unit: int) -> str:
        """What a neuron is called."""
        return symbols_of(self.trace.document).name(Node(layer, unit))

    def removed(self) -> int:
        """Edges of the connection that are taken out; of one unit those that enter it."""
        return sum(
            (edge.source_layer, edge.layer) == (self.source, self.layer) and self.unit in (None, edge.unit)
            for edge in self.trace.network.removed_edges
        )

    def chosen(self, values: np.ndarray) -> np.ndarray:
        """Numbers of the layer, shape (n, units): those of the unit that is meant, or all."""
        return values if self.unit is None else values[:, self.unit : self.unit + 1]


Say = Callable[[Here], list[Sentence]]
