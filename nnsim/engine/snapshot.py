"""What the trainer hands out: copies, so that whoever holds one can take their time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Score:
    """How well the parameters do on some samples.

    Attributes
    ----------
    loss : float
        The data's loss, the L2 penalty left out.
    accuracy : float or None
        Share of samples answered right; None for a regression.
    """

    loss: float
    accuracy: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One input, and what it should give.

    Attributes
    ----------
    x : array, shape (features,)
    y : array of shape (outputs,), or None
        None where nobody has said yet what is right.
    index : int
        Number of the training sample; -1 for one from elsewhere.
    """

    x: Array
    y: Array | None = None
    index: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """One sample on its way through the network, forwards and, where its target is known, backwards.

    All of it belongs to one parameter vector. Sequences have one entry for each layer.

    Attributes
    ----------
    index : int
        Number of the training sample; -1 for one from elsewhere.
    x : array, shape (features,)
    y : array of shape (outputs,), or None
        None where the target is not known; `deltas`, `gradient` and `loss` then hold None too.
    activations : tuple of arrays, shape (units,)
        Layer 0 holds the input.
    pre_activations : tuple of (array of shape (units,) or None)
        z; None for the input.
    deltas : tuple of (array of shape (units,) or None)
        ∂L/∂z; None for the input.
    gradient : array of shape (P,), or None
        ∂L/∂θ for this sample alone.
    loss : float or None
    place : int
        Of a batch taken apart: its number there, from 1; `deltas` and `loss` are its share of the
        batch's. 0 where it stands alone.
    """

    index: int
    x: Array
    y: Array | None
    activations: tuple[Array, ...]
    pre_activations: tuple[Array | None, ...]
    deltas: tuple[Array | None, ...]
    gradient: Array | None
    loss: float | None
    place: int = 0


class Moments(NamedTuple):
    """What the optimiser remembers.

    Attributes
    ----------
    velocity : array, shape (P,)
        The velocity of ``momentum`` and ``nesterov``, the first moment of ``adam``.
    square : array, shape (P,)
        The mean square of ``rmsprop``, the second moment of ``adam``.
    updates : int
        Made since it began.
    """

    velocity: Array
    square: Array
    updates: int


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The state of a training run at one moment.

    Attributes
    ----------
    step : int
        Updates made so far.
    epoch : int
        Whole passes over the training samples so far.
    batch, batches : int
        Batches of the current epoch already used, and batches in an epoch.
    parameters : array, shape (P,)
    train : Score
        Exact over the training samples when there are few, else the running mean since the last
        snapshot (`train_is_exact` tells).
    train_is_exact : bool
    validation : Score or None
        None where no sample is kept back.
    probe : Probe
        With these parameters.
    last_gradient : array of shape (P,), or None
        Mean gradient of the last batch, the L2 share included; None before the first step.
    last_update : array of shape (P,), or None
        What the last step added to the parameters; None before the first step.
    last_batch : array of int, or None
        Numbers of the training samples in the last batch; -1 for one from elsewhere.
    before : Probe or None
        The first sample of the last batch with the parameters before the last step.
    gradient_norms : tuple of float, or None
        ‖∂L/∂θ‖₂ of the last batch for each dense layer.
    engine : str
        ``jit`` or ``reference``.
    diverged : bool
        The loss became NaN or infinite; these are the last parameters at which it was finite.
    moments : Moments or None
        None for an optimiser that remembers nothing.
    """

    step: int
    epoch: int
    batch: int
    batches: int
    parameters: Array
    train: Score
    train_is_exact: bool
    validation: Score | None
    probe: Probe
    last_gradient: Array | None
    last_update: Array | None
    last_batch: NDArray[np.int64] | None
    before: Probe | None
    gradient_norms: tuple[float, ...] | None
    engine: str
    diverged: bool
    moments: Moments | None = None
