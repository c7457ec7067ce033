"""How each operation is explained, there and back. To add one: a module here, and its line in this table."""

from __future__ import annotations

from nnsim.lesson.explain.action import Action, Explanation
from nnsim.lesson.explain.activations import ACTIVATION, SOFTMAX
from nnsim.lesson.explain.add import ADD
from nnsim.lesson.explain.affine import AFFINE
from nnsim.lesson.explain.avg_pool2d import AVG_POOL2D
from nnsim.lesson.explain.clip import CLIP
from nnsim.lesson.explain.concat import CONCAT
from nnsim.lesson.explain.conv2d import CONV2D
from nnsim.lesson.explain.dropout import DROPOUT
from nnsim.lesson.explain.flatten import FLATTEN
from nnsim.lesson.explain.losses import LOSS
from nnsim.lesson.explain.max_norm import MAX_NORM
from nnsim.lesson.explain.max_pool2d import MAX_POOL2D
from nnsim.lesson.explain.normalize import NORMALIZE, NORMALIZE_RUNNING
from nnsim.lesson.explain.passes import INPUT, UPDATE
from nnsim.lesson.explain.penalty import PENALTY
from nnsim.lesson.explain.scale_shift import SCALE_SHIFT
from nnsim.lesson.explain.track import TRACK
from nnsim.lesson.loss_terms import LOSSES
from nnsim.lesson.optimizers import OPTIMIZERS
from nnsim.lesson.part import Part
from nnsim.model.layers import ACTIVATIONS

__all__ = ["EXPLANATIONS", "action_of", "explanation_of"]

EXPLANATIONS: dict[str, Explanation] = {
    "input": INPUT,
    "affine": AFFINE,
    **dict.fromkeys(ACTIVATIONS, ACTIVATION),
    "softmax": SOFTMAX,
    **dict.fromkeys(LOSSES, LOSS),
    "conv2d": CONV2D,
    "max_pool2d": MAX_POOL2D,
    "avg_pool2d": AVG_POOL2D,
    "flatten": FLATTEN,
    "add": ADD,
    "concat": CONCAT,
    "dropout": DROPOUT,
    "normalize": NORMALIZE,
    "normalize_batch": NORMALIZE,
    "normalize_running": NORMALIZE_RUNNING,
    "scale_shift": SCALE_SHIFT,
    "penalty": PENALTY,
    "clip": CLIP,
    "max_norm": MAX_NORM,
    "track": TRACK,
    **dict.fromkeys(OPTIMIZERS, UPDATE),
}
"""By kind of operation on the tape; beside these the input, clipping, and the update by kind of optimiser."""


def explanation_of(kind: str) -> Explanation:
    """What is told of operations of one kind.

    Raises
    ------
    NotImplementedError
        Where nobody has written down how it is explained: it is never told as something else.
    """
    found = EXPLANATIONS.get(kind)
    if found is None:
        raise NotImplementedError(f"operation {kind!r} has no explanation; add one to nnsim.lesson.explain")
    return found


def action_of(part: Part) -> Action:
    """How one part is told."""
    return explanation_of(part.kind).actions[part.action]
