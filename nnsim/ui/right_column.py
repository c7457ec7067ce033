"""The right column of the window: plots, and for scenes with digits a canvas and what belongs to it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from nnsim.engine.snapshot import Snapshot
from nnsim.model.change import Change, Part
from nnsim.model.data import DigitsData
from nnsim.session.lesson_host import LessonHost
from nnsim.session.patience import Patience
from nnsim.session.session import Session
from nnsim.ui.graph.sliding import SlidingWindow
from nnsim.ui.panels.column import Column
from nnsim.ui.theme import Theme

if TYPE_CHECKING:
    from nnsim.ui.digits.column import DigitsColumn


_FOR_DIGITS = "nnsim.ui.digits.column"
_REST = 2_000
"""Milliseconds that a window has been seen before what may come is loaded."""
_PATIENCE = 2.0
"""Seconds that a window which closes waits for it."""


class RightColumn(QStackedWidget):
    """Shows what suits the open document; what is for digits is loaded and made when it is first needed.

    Parameters
    ----------
    session : Session
    lessons : LessonHost
    theme : Theme
    plots : QWidget
        What is shown for anything but digits.
    window : SlidingWindow
        Over the pictures on the stage.
    looking : callable
        Makes the cards that show what it sees.

    Signals
    -------
    problem : words for the user
    told : what is under way, in words; nothing once it is done
    """

    problem = Signal(str)
    told = Signal(str)

    def __init__(
        self,
        session: Session,
        lessons: LessonHost,
        theme: Theme,
        plots: QWidget,
        window: SlidingWindow,
        looking: Callable[[], Column],
    ) -> None:
        super().__init__()
        self._session, self._lessons, self._theme = session, lessons, theme
        self._window, self._looking = window, looking
        window.held.connect(self._look)
        window.changed.connect(self._offer_window)
        self._digits: DigitsColumn | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_page)
        self._ahead = QTimer(self, singleShot=True, interval=_REST)
        self._ahead.timeout.connect(self._load_ahead)
        self._loading: threading.Thread | None = None
        self.addWidget(plots)
        session.document_changed.connect(self._follow)
        self._choose()

    @property
    def has_digits(self) -> bool:
        """Whether the pages for digits have been made."""
        return self._digits is not None

    @property
    def digits(self) -> DigitsColumn:
        """The pages for digits."""
        if self._digits is None:
            from nnsim.ui.digits.column import DigitsColumn

            self._digits = DigitsColumn(self._session, self._lessons, self._theme)
            self._digits.desk.problem.connect(self.problem)
            self._digits.pictures.problem.connect(self.problem)
            self._digits.pictures.told.connect(self.told)
            self._digits.set_theme(self._theme)
            self._digits.add(
                "window",
                self.tr("Window"),
                self.tr("What the window sees that slides over the pictures, in numbers"),
                self._looking(),
            )
            self._offer_window()
            self.addWidget(self._digits)
        return self._digits

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        if self._digits is not None:
            self._digits.set_theme(theme)

    def look_at(self, step: Snapshot | None) -> None:
        """Read the sample of the step on the stage; None: what is on the canvas."""
        if self._digits is not None:
            self._digits.desk.look_at(step)

    def stop(self, patience: Patience) -> None:
        """End what is under way, and wait for it with patience."""
        if self._digits is not None:
            self._digits.pictures.stop(patience)

    def _follow(self, change: Change) -> None:
        if change.touches(Part.DATA):
            self._choose()

    def _offer_window(self) -> None:
        if self._digits is not None:
            self._digits.offer("window", self._window.is_possible)

    def _look(self) -> None:
        """Somebody wants to see what the window sees."""
        if self._digits is not None and self.currentWidget() is self._digits:
            self._digits.turn_to("window")

    def showEvent(self, event: QShowEvent) -> None:
        """What is for digits is loaded once there is time, should they be opened."""
        super().showEvent(event)
        self._ahead.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """A window that closes leaves no thread behind."""
        super().hideEvent(event)
        self._ahead.stop()
        if self._loading is not None:
            self._loading.join(_PATIENCE)

    def _load_ahead(self) -> None:
        """Load what is for digits, in a thread: this one goes on painting."""
        if _FOR_DIGITS not in sys.modules:
            self._loading = threading.Thread(target=import_module, args=(_FOR_DIGITS,), name="nnsim-ahead")
            self._loading.start()

    def _choose(self) -> None:
        # Making the pages takes as long as all else that another document asks for: a turn of their own.
        if self._is_for_digits and self._digits is None and self.isVisible():
            self._soon.start()
        else:
            self._show_page()

    def _show_page(self) -> None:
        if self._is_for_digits:
            self.setCurrentWidget(self.digits)
        else:
            self.setCurrentIndex(0)

    @property
    def _is_for_digits(self) -> bool:
        return isinstance(self._session.document.data, DigitsData)
