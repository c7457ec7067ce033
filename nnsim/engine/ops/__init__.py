"""The operations a tape is made of. To add one: a module here, and its line in this table."""

from nnsim.engine.ops.activations import ACTIVATIONS
from nnsim.engine.ops.affine import AFFINE
from nnsim.engine.ops.losses import LOSSES
from nnsim.engine.ops.operation import Operation
from nnsim.engine.ops.penalty import PENALTY
from nnsim.engine.ops.softmax import SOFTMAX

OPERATIONS: dict[str, Operation] = {
    "affine": AFFINE,
    **ACTIVATIONS,
    "softmax": SOFTMAX,
    **LOSSES,
    "penalty": PENALTY,
}
