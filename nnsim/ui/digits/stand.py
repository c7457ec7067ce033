"""The board for a stand: what is drawn on it goes through a trained network."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject

from nnsim.engine.snapshot import Sample, Snapshot
from nnsim.session.session import Session
from nnsim.ui.digits.draw_window import DrawBoard
from nnsim.ui.theme import DARK, LIGHT, Theme


class Stand(QObject):
    """Connects a board with a session.

    Attributes
    ----------
    board : DrawBoard
    """

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session)
        self._session = session
        self._has_ink = False
        self.board = DrawBoard(theme)
        self._theme = theme
        self.board.input_changed.connect(self._take_input)
        self.board.theme_wanted.connect(self._other_theme)
        self.board.problem.connect(self.board.notice.say)
        session.problem.connect(self.board.notice.say)
        session.snapshot_changed.connect(self._show)

    def _take_input(self, image: np.ndarray | None) -> None:
        self._has_ink = image is not None
        if image is None:
            self.board.show_probabilities(None)
        else:
            self._session.follow(Sample(image.reshape(-1)))

    def _show(self, snapshot: Snapshot) -> None:
        if self._has_ink and snapshot.probe.index < 0:
            self.board.show_probabilities(snapshot.probe.activations[-1])

    def _other_theme(self) -> None:
        self._theme = LIGHT if self._theme.is_dark else DARK
        self.board.set_theme(self._theme)
