"""The strip below: which network this is, and what to try with it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from nnsim.engine.snapshot import Snapshot
from nnsim.model.change import Change, Part
from nnsim.model.parameters import Layout
from nnsim.session.language import language
from nnsim.session.session import Session
from nnsim.ui.graph.geometry import is_mixed
from nnsim.ui.graph.words import Names
from nnsim.ui.numbers import count, listed, plain
from nnsim.ui.panels.card import Card

_MOST_NUMBERS = 6


class SceneNote(Card):
    """Title, shape and size of the network, and the scene's own words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._shown = -1
        self._session = session
        self._words = QLabel()
        self._words.setObjectName("note")
        self._words.setWordWrap(True)
        self._sample = QLabel()
        self._sample.setObjectName("caption")
        self._sample.setToolTip(self.tr("The sample that lights up the network, and the answer to it"))
        self.beside_heading.addWidget(self._sample)
        self.body.addWidget(self._words)
        self.body.setSpacing(4)
        session.document_changed.connect(self._follow)
        session.snapshot_changed.connect(self._show_sample_of)
        self.refresh()

    def look_at(self, step: Snapshot | None) -> None:
        """Tell the sample of the step on the stage; None: that where training stands."""
        shown = self._session.snapshot if step is None else step
        if shown is not None:
            self._show_sample_of(shown)

    def _show_sample_of(self, snapshot: Snapshot) -> None:
        probe = snapshot.probe
        if probe.index < 0 or probe.y is None:
            self._shown = -1
            self._sample.setText("")
            return
        if probe.index == self._shown and self._session.running:
            return
        self._shown = probe.index
        if len(probe.x) > _MOST_NUMBERS or len(probe.y) > _MOST_NUMBERS:
            self._sample.setText(
                self.tr("On stage: training sample {number}").format(number=count(probe.index + 1))
            )
            return
        x = listed([plain(round(float(value), 2)) for value in probe.x])
        y = listed([plain(round(float(value), 2)) for value in probe.y])
        words = self.tr("On stage: sample {number}, x = ({x}), target y = {y}")
        self._sample.setText(words.format(number=count(probe.index + 1), x=x, y=y))

    def _follow(self, change: Change) -> None:
        if change.of_network or change.touches(Part.WORDS):
            self.refresh()

    def refresh(self) -> None:
        """Show the document."""
        document = self._session.document
        names = Names(document.network)
        sizes = names.shape if is_mixed(document.network) else document.network.units
        shape = "–".join(str(sizes(layer)) for layer in range(len(document.network.layers)))
        # The weight of a removed edge has its place in the layout, and is none.
        number = int((~Layout(document.network).removed()).sum())
        parameters = self.tr("{number} parameters").format(number=count(number))
        self.set_heading(" · ".join(filter(None, (document.title_in(language()), shape, parameters))))
        words = document.description_in(language())
        self._words.setText(words)
        self._words.setVisible(bool(words))
