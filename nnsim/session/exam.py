"""An exam: what the network answers to samples that it was not trained on, and where it goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Array32, Dataset

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Exam:
    """Answers beside labels. Samples are numbered as in `exam_samples`.

    Attributes
    ----------
    labels, answers : arrays of int, shape (m,)
        The true class of each sample, and the one that the network finds likeliest.
    sureness : array of float, shape (m,)
        Probability that the network gives to its answer, from 0 to 1.
    confusion : array of int, shape (classes, classes)
        How many samples of each class (row) got each answer (column).
    mistakes : array of int
        Samples answered wrongly, the surest first.
    step : int
        After which update of training the answers were given.
    """

    labels: Indices
    answers: Indices
    sureness: Floats
    confusion: Indices
    mistakes: Indices
    step: int = 0

    @property
    def samples(self) -> int:
        """Samples examined."""
        return len(self.labels)

    @property
    def classes(self) -> int:
        """Classes there are."""
        return len(self.confusion)

    @property
    def accuracy(self) -> float:
        """Share of samples answered rightly; NaN where there are none."""
        return (self.samples - len(self.mistakes)) / self.samples if self.samples else float("nan")

    @property
    def accuracy_of_class(self) -> Floats:
        """Share of each class's samples answered rightly, shape (classes,); NaN for a class without any."""
        of_class = self.confusion.sum(axis=1)
        out = np.full(self.classes, np.nan)
        np.divide(self.confusion.diagonal(), of_class, out=out, where=of_class > 0)
        return out

    def cell(self, label: int, answer: int) -> Indices:
        """Samples of the class `label` that were answered with `answer`, the surest first."""
        found = np.flatnonzero((self.labels == label) & (self.answers == answer))
        return found[_surest_first(self.sureness[found])]

    def mistakes_of(self, label: int | None = None) -> Indices:
        """Mistakes, the surest first; only those with a given label, or all."""
        return self.mistakes if label is None else self.mistakes[self.labels[self.mistakes] == label]

    def next_mistake(self, after: int | None = None, label: int | None = None) -> int | None:
        """The mistake that follows a sample, less and less sure and then from the surest again.

        Parameters
        ----------
        after : int or None
            The sample that was looked at last; the surest mistake follows None and any sample that is
            no mistake.
        label : int or None
            Only mistakes with this label.

        Returns
        -------
        int or None
            None where there is no mistake.
        """
        found = self.mistakes_of(label)
        if not len(found):
            return None
        at = np.flatnonzero(found == (-1 if after is None else after))
        return int(found[(at[0] + 1) % len(found) if len(at) else 0])

    def random_index(self, rng: np.random.Generator, label: int | None = None) -> int | None:
        """Any of the samples, or of those with a label; None where there is none."""
        found = np.arange(self.samples) if label is None else np.flatnonzero(self.labels == label)
        return int(rng.choice(found)) if len(found) else None


def exam_samples(dataset: Dataset) -> tuple[Array32, Array32]:
    """Inputs and targets to examine: those kept back, or the training samples where none are."""
    if len(dataset.validation_x):
        return dataset.validation_x, dataset.validation_y
    return dataset.x, dataset.y


def examine(probabilities: NDArray[np.floating[Any]], dataset: Dataset, step: int = 0) -> Exam:
    """Compare the network's answers with the labels.

    Parameters
    ----------
    probabilities : array of float, shape (m, classes) or (m, 1)
        The network's outputs for `exam_samples`, one column for each class; one column alone is the
        probability of the second of two classes.
    dataset : Dataset
        A classification.
    step : int
        Updates of training that the network has had.

    Raises
    ------
    ValueError
        The dataset is a regression, or the probabilities do not belong to its samples.
    """
    targets = exam_samples(dataset)[1]
    if dataset.task == "regression":
        raise ValueError("A regression has no classes to examine.")
    if probabilities.shape != targets.shape:
        raise ValueError(f"Expected probabilities of shape {targets.shape}, got {probabilities.shape}.")
    shares = _one_per_class(np.asarray(probabilities, np.float64))
    labels, answers = _one_per_class(targets).argmax(axis=1), shares.argmax(axis=1)
    # A network that has diverged answers NaN: it is not sure of anything.
    sureness = np.nan_to_num(np.take_along_axis(shares, answers[:, None], axis=1)[:, 0], nan=0.0)
    classes = shares.shape[1]
    confusion = np.bincount(labels * classes + answers, minlength=classes**2).reshape(classes, classes)
    wrong = np.flatnonzero(labels != answers)
    return Exam(labels, answers, sureness, confusion, wrong[_surest_first(sureness[wrong])], step)


def _one_per_class(outputs: NDArray[Any]) -> NDArray[Any]:
    return np.hstack([1.0 - outputs, outputs]) if outputs.shape[1] == 1 else outputs


def _surest_first(sureness: Floats) -> Indices:
    return np.argsort(-sureness, kind="stable")
