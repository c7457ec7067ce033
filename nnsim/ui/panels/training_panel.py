"""How the network learns."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt
from PySide6.QtWidgets import QWidget

from nnsim.model.change import Change, Part
from nnsim.model.training import INITIALIZERS, LARGEST_NORM, LOSSES, OPTIMIZERS
from nnsim.session.session import Session
from nnsim.ui.names import name_of
from nnsim.ui.panels.card import Card, Form
from nnsim.ui.panels.choices import Choice, NumberChoice

_RATES = (0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 3.0, 10.0)
_BATCHES = (1, 2, 4, 10, 32, 64, 128, 0)
_NORMS = (0.0, 0.5, 1.0, 2.0, 5.0)
_PENALTIES = (0.0, 0.0001, 0.001, 0.01, 0.1)
_OPTIMIZER_TIPS: dict[str, Any] = {
    "sgd": QT_TRANSLATE_NOOP("TrainingPanel", "w ← w − η g: straight down the gradient"),
    "momentum": QT_TRANSLATE_NOOP("TrainingPanel", "v ← μ v − η g, w ← w + v: steps build up speed"),
    "nesterov": QT_TRANSLATE_NOOP(
        "TrainingPanel", "v ← μ v − η g, w ← w + μ v − η g: momentum that looks ahead"
    ),
    "rmsprop": QT_TRANSLATE_NOOP(
        "TrainingPanel",
        "s ← ρ s + (1 − ρ) g², w ← w − η g / √(s + ε), ρ usually 0.9.\n"
        "PyTorch's has ε outside the root, √s + ε, and ρ is 0.99 there.",
    ),
    "adam": QT_TRANSLATE_NOOP(
        "TrainingPanel", "w ← w − η m̂ / (√v̂ + ε): momentum, and a step size for each weight"
    ),
}


class TrainingPanel(Card):
    """Loss, optimiser and their numbers; every change takes effect at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_heading(self.tr("Training"))
        self._session = session
        form = Form()
        self.body.addLayout(form)
        self.loss, self.optimizer, self.initializer = Choice(), Choice(), Choice()
        self.rate = NumberChoice(_RATES, 0.0, 1000.0)
        words = {1.0: self.tr("1 (stochastic)"), 0.0: self.tr("full batch")}
        self.batch = NumberChoice(_BATCHES, 0, 1_000_000, whole=True, words=words)
        self.penalty = NumberChoice(_PENALTIES, 0.0, 10.0)
        off = {0.0: self.tr("off")}
        self.clip, self.longest = (NumberChoice(_NORMS, 0.0, LARGEST_NORM, words=off) for _ in range(2))
        form.add(self.tr("Loss"), self.loss, self.tr("How wrong answers are measured"))
        self._optimizer_label = form.add(self.tr("Optimizer"), self.optimizer, "")
        form.add(self.tr("Learning rate"), self.rate, self.tr("η: how far each update goes"))
        form.add(self.tr("Batch size"), self.batch, self.tr("Samples that go into one update"))
        form.add(self.tr("L2"), self.penalty, self.tr("λ: adds λΣw² to the loss, so weights stay small"))
        form.add(
            self.tr("Start"), self.initializer, self.tr("How weights are drawn at the next reset or new seed")
        )
        form.add(
            self.tr("Clip gradient"),
            self.clip,
            self.tr(
                "Longest that the gradient of a batch may be; a longer one is shortened before the update"
            ),
        )
        form.add(
            self.tr("Max-norm"),
            self.longest,
            self.tr("Longest that the weights into one neuron, or of one filter, may be after an update"),
        )
        for field, names in (
            (self.loss, LOSSES),
            (self.optimizer, OPTIMIZERS),
            (self.initializer, INITIALIZERS),
        ):
            field.offer((name, name_of(name)) for name in names)
        for i, kind in enumerate(OPTIMIZERS):
            self.optimizer.setItemData(i, self.tr(_OPTIMIZER_TIPS[kind]), Qt.ItemDataRole.ToolTipRole)
        self.loss.chosen.connect(lambda name: session.edit_training(self.tr("Loss"), loss=name))
        self.optimizer.chosen.connect(lambda kind: session.edit_optimizer(self.tr("Optimizer"), kind=kind))
        self.rate.chosen.connect(
            lambda number: session.edit_optimizer(self.tr("Learning rate"), learning_rate=number)
        )
        self.batch.chosen.connect(
            lambda number: session.edit_training(self.tr("Batch size"), batch_size=int(number))
        )
        self.penalty.chosen.connect(lambda number: session.edit_training(self.tr("L2"), l2=number))
        self.clip.chosen.connect(lambda norm: session.edit_training(self.tr("Clip gradient"), clip_norm=norm))
        self.longest.chosen.connect(lambda norm: session.edit_training(self.tr("Max-norm"), max_norm=norm))
        self.initializer.chosen.connect(
            lambda name: session.edit_training(self.tr("Start"), initializer=name)
        )
        session.document_changed.connect(self._follow)
        self.refresh()

    def _follow(self, change: Change) -> None:
        if change.asks(Part.TRAINING):
            self.refresh()

    def refresh(self) -> None:
        """Show the document's training settings."""
        training = self._session.document.training
        self.loss.show_value(training.loss)
        self._show_optimizer(training.optimizer.kind)
        self.rate.show_value(training.optimizer.learning_rate)
        self.batch.show_value(training.batch_size)
        self.penalty.show_value(training.l2)
        self.clip.show_value(training.clip_norm)
        self.longest.show_value(training.max_norm)
        self.initializer.show_value(training.initializer)

    def _show_optimizer(self, kind: str) -> None:
        self.optimizer.show_value(kind)
        tip = self.tr("How a gradient becomes an update") + "\n" + self.tr(_OPTIMIZER_TIPS[kind])
        for widget in (self._optimizer_label, self.optimizer):
            widget.setToolTip(tip)
        self.optimizer.setAccessibleDescription(tip)
