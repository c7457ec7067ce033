"""How finely a pass is cut into steps: by phase, by operation, or by neuron."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from nnsim.lesson.explain import action_of
from nnsim.lesson.part import Part
from nnsim.lesson.parts import parts
from nnsim.lesson.trace import Trace
from nnsim.model.network import Node

GRAINS = ("phase", "operation", "neuron")


@dataclass(frozen=True, slots=True)
class Cut:
    """What belongs to one step.

    Attributes
    ----------
    phase : str
    parts : tuple of Part
    node : Node or None
        The one neuron that the step is about; None where it is about all of them.
    """

    phase: str
    parts: tuple[Part, ...]
    node: Node | None = None


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
    """Neighbouring parts about the same layer are told neuron by neuron, where none needs the others."""
    network = trace.network
    for (phase, layer, by_unit, _), group in groupby(found, key=_together):
        together = tuple(group)
        if together[0].action == "update":
            nodes = (Node(i, unit) for i in range(1, len(network.layers)) for unit in range(network.units(i)))
            yield from (Cut(phase, together, node) for node in nodes)
        elif by_unit:
            yield from (Cut(phase, together, Node(layer, unit)) for unit in range(network.units(layer)))
        else:
            yield from (Cut(phase, (part,)) for part in together)


def _together(part: Part) -> tuple[str, int, bool, str]:
    """What neighbouring parts have in common that are told in one step."""
    return part.phase, part.layer, action_of(part).by_unit, part.action if part.phase == "update" else ""


_CUTTERS = {"phase": _by_phase, "operation": _by_operation, "neuron": _by_neuron}
