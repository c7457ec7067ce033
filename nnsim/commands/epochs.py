"""What changes from one epoch to the next: freshly augmented digits, a falling learning rate."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from nnsim.data.augment import Variation, augmented
from nnsim.data.centring import SIDE
from nnsim.data.dataset import Array32, Dataset
from nnsim.engine.trainer import Trainer
from nnsim.model.data import DigitsData
from nnsim.model.document import Document
from nnsim.model.errors import DocumentError

# Keeps these random numbers apart from all others of the same seed.
_STREAM = 11


@dataclass(frozen=True, slots=True, eq=False)
class Epochs:
    """A run's epochs, the same ones each time for the same document.

    Parameters
    ----------
    document : Document
    dataset : Dataset
    count : int
    augment : float
        Train each epoch on fresh copies of the training digits, varied this many times as far as
        :class:`~nnsim.data.augment.Variation` says; 0 leaves them as they are, as always those kept back.
    anneal : bool
        Lower the learning rate from the document's, evenly with each epoch, towards 0.

    Raises
    ------
    DocumentError
        Where what is to be augmented are not digits.
    """

    document: Document
    dataset: Dataset
    count: int
    augment: float = 0.0
    anneal: bool = False

    def __post_init__(self) -> None:
        if self.augment and not isinstance(self.document.data, DigitsData):
            raise DocumentError(
                "--augment", "changes images of digits, and this scene has none; leave it out, or train mnist"
            )

    @property
    def _differ(self) -> bool:
        return self.augment > 0 or self.anneal

    def most_steps(self, in_epoch: int, in_run: int) -> int:
        """Steps that may be made at once, given those left in the epoch and in the run."""
        return in_epoch if self._differ else in_run

    def begin(self, trainer: Trainer, epoch: int) -> None:
        """Give the trainer what an epoch, counted from 0, has of its own."""
        if self._differ:
            trainer.set_document(self._document(epoch), self._dataset(epoch))

    def end(self, trainer: Trainer) -> None:
        """Give it back the document and the samples as they are."""
        if self._differ:
            trainer.set_document(self.document, self.dataset)

    def _document(self, epoch: int) -> Document:
        if not self.anneal:
            return self.document
        training = self.document.training
        rate = training.optimizer.learning_rate * (1 - epoch / self.count)
        optimizer = replace(training.optimizer, learning_rate=rate)
        return replace(self.document, training=replace(training, optimizer=optimizer))

    def _dataset(self, epoch: int) -> Dataset:
        if not self.augment:
            return self.dataset
        rng = np.random.default_rng([self.document.training.seed, _STREAM, epoch])
        images: Array32 = self.dataset.x.reshape(-1, SIDE, SIDE)
        return replace(
            self.dataset,
            x=augmented(images, rng, Variation().scaled(self.augment)).reshape(self.dataset.x.shape),
        )
