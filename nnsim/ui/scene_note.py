"""The strip below: which network this is, and what to try with it."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QWidget

from nnsim.model.parameters import Layout
from nnsim.session.session import Session
from nnsim.ui.numbers import count
from nnsim.ui.panels.card import Card


class SceneNote(Card):
    """Title, shape and size of the network, and the scene's own words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._session = session
        self._words = QLabel()
        self._words.setObjectName("note")
        self._words.setWordWrap(True)
        self.body.addWidget(self._words)
        self.body.setSpacing(4)
        session.document_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the document."""
        document = self._session.document
        language = QLocale().name()[:2]
        shape = "–".join(str(layer.units) for layer in document.network.layers)
        parameters = self.tr("{number} parameters").format(number=count(Layout(document.network).size))
        self.set_heading(" · ".join(filter(None, (document.title_in(language), shape, parameters))))
        words = document.description_in(language)
        self._words.setText(words)
        self._words.setVisible(bool(words))
