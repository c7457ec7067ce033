"""How a network is trained: loss, optimiser, batch size and the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nnsim.model.fields import Fields

LOSSES = ("mse", "sse", "mae", "bce", "cross_entropy", "perceptron")
OPTIMIZERS = ("sgd", "momentum", "nesterov", "rmsprop", "adam")
INITIALIZERS = ("glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "uniform", "zeros")
LARGEST_NORM = 1e6
LARGEST_SEED = 2**31 - 1
USUAL_RATES = {"adam": 0.001}
"""Learning rates of a document that names none, where it is not that of :class:`Optimizer`."""


@dataclass(frozen=True, slots=True)
class Optimizer:
    """How a gradient becomes an update. A kind reads only the numbers that are its own.

    Attributes
    ----------
    kind : str
        One of :data:`OPTIMIZERS`.
    learning_rate : float
        η.
    momentum : float
        Share of the last velocity that is kept (``momentum``, ``nesterov``).
    rho : float
        Share of the last mean square that is kept (``rmsprop``).
    beta1, beta2 : float
        Shares of the last moments that are kept (``adam``).
    epsilon : float
        Keeps the division away from 0 (``rmsprop``, ``adam``).
    """

    kind: str = "sgd"
    learning_rate: float = 0.1
    momentum: float = 0.9
    rho: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8


@dataclass(frozen=True, slots=True)
class Training:
    """Everything about training that a document holds.

    Attributes
    ----------
    loss : str
        One of :data:`LOSSES`.
    optimizer : Optimizer
    batch_size : int
        Samples for one update; 0 is the full batch.
    l2 : float
        λ of the penalty λΣw² over weights, biases excepted.
    initializer : str
        One of :data:`INITIALIZERS`.
    seed : int
        Start of the initial weights, the shuffling and the split.
    validation_split : float
        Share of the samples kept back from training.
    epochs : int
        How long the scene is usually trained.
    clip_norm : float
        Longest that the gradient of a batch may be; longer ones are shortened. 0 is without limit.
    max_norm : float
        Longest that the weights into one unit, or of one filter, may be after an update; 0 is without
        limit.
    """

    loss: str = "mse"
    optimizer: Optimizer = field(default_factory=Optimizer)
    batch_size: int = 1
    l2: float = 0.0
    initializer: str = "glorot_uniform"
    seed: int = 1
    validation_split: float = 0.0
    epochs: int = 100
    clip_norm: float = 0.0
    max_norm: float = 0.0


def _optimizer_from_json(value: object, path: str) -> Optimizer:
    names = ("kind", "learning_rate", "momentum", "rho", "beta1", "beta2", "epsilon")
    fields = Fields(value, path, names)
    usual = Optimizer()
    kind = fields.text("kind", allowed=OPTIMIZERS)
    rate = USUAL_RATES.get(kind, usual.learning_rate)
    return Optimizer(
        kind=kind,
        learning_rate=fields.number("learning_rate", rate, low=0.0, high=1000.0),
        momentum=fields.number("momentum", usual.momentum, low=0.0, high=1.0),
        rho=fields.number("rho", usual.rho, low=0.0, high=1.0),
        beta1=fields.number("beta1", usual.beta1, low=0.0, high=0.999999),
        beta2=fields.number("beta2", usual.beta2, low=0.0, high=0.999999),
        epsilon=fields.number("epsilon", usual.epsilon, low=1e-12, high=1.0),
    )


def training_from_json(value: object, path: str = "training") -> Training:
    """Read and check the training settings.

    Raises
    ------
    DocumentError
        Naming the field and what is allowed there.
    """
    names = (
        "loss",
        "optimizer",
        "batch_size",
        "l2",
        "initializer",
        "seed",
        "validation_split",
        "epochs",
        "clip_norm",
        "max_norm",
    )
    fields = Fields(value, path, names)
    usual = Training()
    return Training(
        loss=fields.text("loss", allowed=LOSSES),
        optimizer=_optimizer_from_json(fields.raw("optimizer", {"kind": "sgd"}), fields.at("optimizer")),
        batch_size=fields.integer("batch_size", usual.batch_size, low=0, high=1_000_000),
        l2=fields.number("l2", usual.l2, low=0.0, high=10.0),
        initializer=fields.text("initializer", usual.initializer, allowed=INITIALIZERS),
        seed=fields.integer("seed", usual.seed, low=0, high=LARGEST_SEED),
        validation_split=fields.number("validation_split", usual.validation_split, low=0.0, high=0.9),
        epochs=fields.integer("epochs", usual.epochs, low=1, high=10_000_000),
        clip_norm=fields.number("clip_norm", usual.clip_norm, low=0.0, high=LARGEST_NORM),
        max_norm=fields.number("max_norm", usual.max_norm, low=0.0, high=LARGEST_NORM),
    )


_OPTIMIZER_FIELDS = {
    "sgd": (),
    "momentum": ("momentum",),
    "nesterov": ("momentum",),
    "rmsprop": ("rho", "epsilon"),
    "adam": ("beta1", "beta2", "epsilon"),
}


def training_to_json(training: Training) -> dict[str, Any]:
    """The JSON of the training settings."""
    optimizer = training.optimizer
    names = ("kind", "learning_rate", *_OPTIMIZER_FIELDS[optimizer.kind])
    limits = {name: getattr(training, name) for name in ("clip_norm", "max_norm")}
    return {
        "loss": training.loss,
        "optimizer": {name: getattr(optimizer, name) for name in names},
        "batch_size": training.batch_size,
        "l2": training.l2,
        "initializer": training.initializer,
        "seed": training.seed,
        "validation_split": training.validation_split,
        "epochs": training.epochs,
    } | {name: limit for name, limit in limits.items() if limit > 0}
