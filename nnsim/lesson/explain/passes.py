"""What frames every pass: the sample at the input, and the update at the end."""

from __future__ import annotations

from nnsim.lesson.concern import every_parameter, whole_layer
from nnsim.lesson.explain.action import Action, Explanation, called
from nnsim.lesson.forward import given
from nnsim.lesson.learned import update
from nnsim.lesson.part import Part
from nnsim.lesson.tensors import Collector, updated_tensors
from nnsim.lesson.trace import Trace
from nnsim.lesson.words import forward
from nnsim.lesson.words.update import update as say_update
from nnsim.model.sentence import translatable

_ENTERS = translatable("The sample enters")
_MOVE = translatable("The parameters move")


def _given(collector: Collector) -> None:
    collector.a(0)
    collector.batch("y", collector.trace.y)


def _updated(collector: Collector) -> None:
    for tensor in updated_tensors(collector.trace, collector.about):
        collector.tensor(tensor.layer, tensor.role, grad=True, new=True)


def _moved(trace: Trace, part: Part) -> tuple[str, ...]:
    return tuple(f"{tensor.name}.new" for tensor in updated_tensors(trace, None))


INPUT = Explanation(
    forward=(
        Action(
            "input",
            "input",
            called(_ENTERS),
            lambda symbols, trace, part: "x",
            given,
            forward.given,
            _given,
            lambda trace, part: ("x", "y"),
            whole_layer,
        ),
    ),
)
UPDATE = Explanation(
    after=(
        Action(
            "update",
            "update",
            called(_MOVE),
            lambda symbols, trace, part: "Δw",
            update,
            say_update,
            _updated,
            _moved,
            every_parameter,
        ),
    ),
)
"""The same for every optimiser, whose rules have a table of their own."""
