"""Training as it was when the worker last told of it."""

from __future__ import annotations

import numpy as np

from nnsim.engine.engine import RunState
from nnsim.engine.snapshot import Snapshot
from nnsim.model.document import Document
from nnsim.model.parameters import Layout


def published_state(snapshot: Snapshot | None, document: Document, samples: int) -> RunState | None:
    """The state that a snapshot shows: parameters, the optimiser's vectors and the counters.

    Parameters
    ----------
    snapshot : Snapshot or None
    document : Document
    samples : int
        Training samples in an epoch.

    Returns
    -------
    RunState or None
        None without a snapshot, and where it is of another network than the document's.
    """
    if snapshot is None or len(snapshot.parameters) != Layout(document.network).size:
        return None
    batch = min(document.training.batch_size or samples, samples)
    zeros = np.zeros_like(snapshot.parameters)
    m, v, count = snapshot.moments or (zeros, zeros, snapshot.step)
    return RunState(snapshot.parameters, m, v, count, snapshot.step, snapshot.epoch, snapshot.batch * batch)
