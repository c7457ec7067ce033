"""How finely a pass is cut into steps: by phase, by operation, or by neuron."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from nnsim.lesson.explain import action_of
from nnsim.lesson.focus import ChannelFocus, LayerFocus
from nnsim.lesson.part import Part
from nnsim.lesson.parts import parts
from nnsim.lesson.trace import Trace
from nnsim.model.network import Node

GRAINS = ("phase", "operation", "neuron")
MOST_UNITS = 32
"""Numbers of a layer that is not dense up to which each has a step of its own."""
ONE_BY_ONE = frozenset({"dense", "conv2d"})
"""Kinds of layer whose neurons or filters learn in steps of their own."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What belongs to one step.

    Attributes
    ----------
    phase : str
    parts : tuple of Part
    about : Node, ChannelFocus, LayerFocus or None
        The one neuron or map that the step is about, or the layer that learns; None where it is about all.
    """

    phase: str
    parts: tuple[Part, ...]
    about: Node | ChannelFocus | LayerFocus | None = None

    @property
    def node(self) -> Node | None:
        """The one neuron that the step is about, if it is about one."""
        return self.about if isinstance(self.about, Node) else None


def cuts(trace: Trace, grain: str) -> tuple[Cut, ...]:
    """Cut a pass into steps.

    Raises
    ------
    KeyError
        Where `grain` is none of :data:`GRAINS`.
    """
    return tuple(_CUTTERS[grain](trace, parts(trace)))


def _by_phase(trace: Trace, found: Iterable[Part]) -> Iterator[Cut]:
    for phase, group in groupby(found, key=_phase):
        yield Cut(phase, tuple(group))


def _phase(part: Part) -> str:
    return "forward" if part.phase == "input" else part.phase


def _by_operation(trace: Trace, found: Iterable[Part]) -> Iterator[Cut]:
    return (Cut(part.phase, (part,)) for part in found)


def _by_neuron(trace: Trace, found: Iterable[Part]) -> Iterator[Cut]:
    """Neighbouring parts about the same layer are told neuron by neuron, where none needs the others.

    Of images, map by map.
    """
    for (phase, layer, by_unit, _), group in groupby(found, key=_together):
        together = tuple(group)
        if together[0].action == "update":
            for number in range(1, len(trace.network.layers)):
                yield from (Cut(phase, together, about) for about in _learners(trace, number))
        elif by_unit and (units := _units(trace, layer)):
            yield from (Cut(phase, together, unit) for unit in units)
        else:
            yield from (Cut(phase, (part,)) for part in together)


def _units(trace: Trace, layer: int) -> list[Node | ChannelFocus]:
    """What a layer is told by; nothing where that would be too many."""
    shape = trace.network.shapes[layer]
    if shape.is_image and layer > 0:
        return [ChannelFocus(layer, channel) for channel in range(shape.channels)]
    alone = trace.network.layers[layer].kind == "dense" or shape.size <= MOST_UNITS
    return [Node(layer, unit) for unit in range(shape.size)] if alone else []


def _learners(trace: Trace, layer: int) -> list[Node | ChannelFocus | LayerFocus]:
    """What a layer's update is told by: its neurons or maps, or all of it; nothing without parameters."""
    tensors = [tensor for tensor in trace.layout.tensors if tensor.layer == layer and tensor.spec.trained]
    if not tensors:
        return []
    return [*_units(trace, layer)] if trace.network.layers[layer].kind in ONE_BY_ONE else [LayerFocus(layer)]


def _together(part: Part) -> tuple[str, int, bool, str]:
    """What neighbouring parts have in common that are told in one step."""
    return part.phase, part.layer, action_of(part).by_unit, part.action if part.phase == "update" else ""


_CUTTERS = {"phase": _by_phase, "operation": _by_operation, "neuron": _by_neuron}
