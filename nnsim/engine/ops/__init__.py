"""The operations a tape is made of. To add one: a module here, and its line in this table."""

from nnsim.engine.ops.activations import ACTIVATIONS
from nnsim.engine.ops.affine import AFFINE
from nnsim.engine.ops.conv2d import CONV2D
from nnsim.engine.ops.dropout import DROPOUT
from nnsim.engine.ops.join import JOIN
from nnsim.engine.ops.losses import LOSSES
from nnsim.engine.ops.max_norm import MAX_NORM
from nnsim.engine.ops.normalize import NORMALIZE, NORMALIZE_BATCH, NORMALIZE_RUNNING, TRACK
from nnsim.engine.ops.operation import Operation
from nnsim.engine.ops.penalty import PENALTY
from nnsim.engine.ops.pools import AVG_POOL2D, MAX_POOL2D
from nnsim.engine.ops.scale_shift import SCALE_SHIFT
from nnsim.engine.ops.softmax import SOFTMAX

OPERATIONS: dict[str, Operation] = {
    "affine": AFFINE,
    **ACTIVATIONS,
    "softmax": SOFTMAX,
    "conv2d": CONV2D,
    "max_pool2d": MAX_POOL2D,
    "avg_pool2d": AVG_POOL2D,
    "flatten": JOIN,
    "add": JOIN,
    "concat": JOIN,
    "dropout": DROPOUT,
    "normalize": NORMALIZE,
    "normalize_batch": NORMALIZE_BATCH,
    "normalize_running": NORMALIZE_RUNNING,
    "scale_shift": SCALE_SHIFT,
    "track": TRACK,
    **LOSSES,
    "penalty": PENALTY,
    "max_norm": MAX_NORM,
}
