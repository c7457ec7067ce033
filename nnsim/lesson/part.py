"""One thing that a pass computes."""

from __future__ import annotations

from dataclasses import dataclass

PHASES = ("input", "forward", "loss", "backward", "update")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is computed.

    Attributes
    ----------
    action : str
        What it does, by a name of its kind's explanation (:mod:`nnsim.lesson.explain`): ``affine``,
        ``activation``, ``weight_gradient``, ``filter_gradient`` …
    kind : str
        Kind of the operation on the tape, such as ``affine`` or ``tanh``; ``input``; the optimiser's kind.
    phase : str
        One of :data:`PHASES`.
    layer : int
        Whose units it computes something for; of the update the output layer.
    op : int
        Number of the operation on the tape, or -1.
    """

    action: str
    kind: str
    phase: str
    layer: int
    op: int = -1
