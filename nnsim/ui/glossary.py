"""What the words and letters on screen mean, in plain words and for the present settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from nnsim.session.session import Session
from nnsim.ui.names import name_of
from nnsim.ui.numbers import count, plain

_CONTEXT = "Glossary"
_MEANINGS: dict[str, Any] = {
    "sample": QT_TRANSLATE_NOOP(
        "Glossary", "Sample: one input with the answer it should get; here {samples} to learn from"
    ),
    "batch": QT_TRANSLATE_NOOP(
        "Glossary", "Batch: the samples looked at for one update of the weights; here {batch}"
    ),
    "epoch": QT_TRANSLATE_NOOP("Glossary", "Epoch: once through all {samples} training samples"),
    "loss": QT_TRANSLATE_NOOP(
        "Glossary", "Loss L: how wrong the answers are, here measured by: {loss}. 0 is best"
    ),
    "loss_of_all": QT_TRANSLATE_NOOP(
        "Glossary",
        "The loss up here is that of all {samples} training samples, with the weights as they are",
    ),
    "loss_of_late": QT_TRANSLATE_NOOP(
        "Glossary",
        "The loss up here is that of some training samples: once training runs, of the latest batches",
    ),
    "accuracy": QT_TRANSLATE_NOOP("Glossary", "Accuracy: the share of the training samples answered right"),
    "validation": QT_TRANSLATE_NOOP(
        "Glossary", "Validation: the share answered right of {kept} samples that are never trained on"
    ),
    "test": QT_TRANSLATE_NOOP(
        "Glossary", "Test accuracy: the share answered right of {kept} samples that are never trained on"
    ),
    "target": QT_TRANSLATE_NOOP(
        "Glossary", "y: the target, the answer that is wanted; ŷ: the answer that the network gives"
    ),
    "weight": QT_TRANSLATE_NOOP(
        "Glossary", "Weight w: how strongly one neuron listens to another; below 0 it is held back"
    ),
    "bias": QT_TRANSLATE_NOOP("Glossary", "Bias b: what a neuron adds to its sum whatever comes in"),
    "contribution": QT_TRANSLATE_NOOP(
        "Glossary", "w·x: what an edge adds to the sum of its neuron, for the sample on stage"
    ),
    "activation": QT_TRANSLATE_NOOP(
        "Glossary", "Activation a: what a neuron passes on, for the sample on stage"
    ),
    "sum": QT_TRANSLATE_NOOP(
        "Glossary", "z: the sum that a neuron makes of what comes in, before its activation"
    ),
    "gradient": QT_TRANSLATE_NOOP(
        "Glossary", "Gradient ∂L/∂w: how fast the loss grows when a weight grows. Its opposite leads downhill"
    ),
    "delta": QT_TRANSLATE_NOOP(
        "Glossary", "δ: how fast the loss grows when the sum z of a neuron grows: its share of the blame"
    ),
    "update": QT_TRANSLATE_NOOP(
        "Glossary", "Update Δw: by how much one step of the optimizer changes a weight; here {optimizer}"
    ),
    "rate": QT_TRANSLATE_NOOP("Glossary", "η: the learning rate, how far each update goes; here {rate}"),
    "penalty": QT_TRANSLATE_NOOP("Glossary", "λ: how much large weights cost; here {penalty}"),
}
_SIGNS: dict[str, tuple[Any, ...]] = {
    "loss": (QT_TRANSLATE_NOOP("Glossary", "loss"), "L ="),
    "target": (QT_TRANSLATE_NOOP("Glossary", "target"), "ŷ", r"\hat{y}"),
    "weight": (QT_TRANSLATE_NOOP("Glossary", "weight"),),
    "bias": (QT_TRANSLATE_NOOP("Glossary", "bias"),),
    "contribution": ("w·x",),
    "activation": (QT_TRANSLATE_NOOP("Glossary", "activation"),),
    "gradient": (QT_TRANSLATE_NOOP("Glossary", "gradient"), "∂L/∂", r"\partial"),
    "delta": ("δ", r"\delta"),
    "update": (QT_TRANSLATE_NOOP("Glossary", "update"), "Δw", r"\Delta", r"\leftarrow"),
    "rate": ("η", r"\eta", QT_TRANSLATE_NOOP("Glossary", "learning rate")),
    "penalty": ("λ", r"\lambda"),
    "batch": (QT_TRANSLATE_NOOP("Glossary", "batch"),),
}
"""What a term is recognised by in words that are on screen, or in LaTeX."""


class Glossary:
    """Explains terms as they are meant in a session.

    Parameters
    ----------
    session : Session
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def told(self, terms: Iterable[str]) -> str:
        """One line for each term."""
        here = self._here()
        return "\n".join(
            QCoreApplication.translate(_CONTEXT, _MEANINGS[term]).format(**here) for term in terms
        )

    def on(self, *texts: str) -> str:
        """What is to be known for some texts, words in the user's language or LaTeX; maybe nothing."""
        whole = " ".join(texts).lower()
        words = {
            sign: QCoreApplication.translate(_CONTEXT, sign) for signs in _SIGNS.values() for sign in signs
        }
        found = (
            term
            for term, signs in _SIGNS.items()
            if any(words[sign].lower() in whole.lower() for sign in signs)
        )
        return self.told(found)

    def _here(self) -> dict[str, str]:
        """The present settings, as the meanings name them."""
        document, dataset = self._session.document, self._session.dataset
        training = document.training
        batch = training.batch_size
        return {
            "samples": count(dataset.samples),
            "kept": count(len(dataset.validation_x)),
            "batch": count(batch) if 0 < batch < dataset.samples else self._all_samples(),
            "loss": name_of(training.loss),
            "optimizer": name_of(training.optimizer.kind),
            "rate": plain(training.optimizer.learning_rate),
            "penalty": plain(training.l2),
        }

    @staticmethod
    def _all_samples() -> str:
        return QCoreApplication.translate(_CONTEXT, "all of them")


def _is_in(whole: str) -> Callable[[str], bool]:
    return lambda sign: QCoreApplication.translate(_CONTEXT, sign).lower() in whole
