"""What a demo says, with the results that its session has come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from PySide6.QtCore import QLocale

from nnsim.engine.snapshot import Snapshot
from nnsim.model.parameters import Layout
from nnsim.model.script import with_results
from nnsim.model.words import Words, words_in
from nnsim.session.session import Session
from nnsim.ui.graph.words import fixed, significant
from nnsim.ui.numbers import count, listed, percent, short

_UNKNOWN = "–"
_MOST = 8
"""Answers or weights that are written out; of more, the first of them."""
_DECIMALS, _DIGITS = 2, 3
"""Of an answer, as its node has it; of a weight."""


def told(words: Words, session: Session, language: str) -> str:
    """The words in a language, the results in them filled in as they are now."""
    return with_results(words_in(words, language), partial(_result, session))


def _result(session: Session, name: str) -> str:
    snapshot = session.snapshot
    known = None if snapshot is None else _RESULTS[name](session, snapshot)
    return _UNKNOWN if known is None else known


def _answers(session: Session, _: Snapshot) -> str | None:
    predictions = session.predictions
    if predictions is None:
        return None
    if predictions.shape[1] == 1:
        return _several(predictions[:, 0])
    rows = [f"({_several(row)})" for row in predictions[:_MOST]]
    return listed(rows, len(predictions) > _MOST)


def _several(values: Iterable[float]) -> str:
    numbers = [fixed(QLocale(), float(value), _DECIMALS) for value in values]
    return listed(numbers[:_MOST], len(numbers) > _MOST)


def _right(session: Session, snapshot: Snapshot) -> int | None:
    accuracy = snapshot.train.accuracy
    return None if accuracy is None else round(accuracy * session.dataset.samples)


def _right_words(session: Session, snapshot: Snapshot) -> str | None:
    right = _right(session, snapshot)
    return None if right is None else count(right)


def _wrong_words(session: Session, snapshot: Snapshot) -> str | None:
    right = _right(session, snapshot)
    return None if right is None else count(session.dataset.samples - right)


def _accuracy(_: Session, snapshot: Snapshot) -> str | None:
    return None if snapshot.train.accuracy is None else percent(snapshot.train.accuracy)


def _output(session: Session, snapshot: Snapshot, role: str) -> np.ndarray | None:
    """The parameters of a role that belong to the first output neuron."""
    network = session.document.network
    values = Layout(network).view(snapshot.parameters, len(network.layers) - 1, role)
    return None if values is None else np.atleast_1d(values[0]).ravel()


def _weights(session: Session, snapshot: Snapshot) -> str | None:
    weights = _output(session, snapshot, "weight")
    return None if weights is None else listed([_parameter(w) for w in weights[:_MOST]], len(weights) > _MOST)


def _bias(session: Session, snapshot: Snapshot) -> str | None:
    bias = _output(session, snapshot, "bias")
    return None if bias is None else _parameter(bias[0])


def _parameter(value: float) -> str:
    return significant(QLocale(), float(value), _DIGITS)


_RESULTS: dict[str, Callable[[Session, Snapshot], str | None]] = {
    "answers": _answers,
    "right": _right_words,
    "wrong": _wrong_words,
    "samples": lambda session, _: count(session.dataset.samples),
    "passes": lambda _, snapshot: count(snapshot.epoch),
    "accuracy": _accuracy,
    "loss": lambda _, snapshot: short(snapshot.train.loss),
    "weights": _weights,
    "bias": _bias,
}
