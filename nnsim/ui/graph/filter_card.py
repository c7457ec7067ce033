"""The card that tells a filter of the first layer by the patches of the data that light it most."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from nnsim.session.session import Session
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.edges import Floats
from nnsim.ui.graph.faces import face_colors, face_image
from nnsim.ui.graph.looks_for import Looking, Looks, direction, first_filters
from nnsim.ui.graph.paint_plane import plane_image
from nnsim.ui.graph.scales import levels
from nnsim.ui.graph.sliding import SlidingWindow
from nnsim.ui.graph.words import count, translate
from nnsim.ui.letters import letters
from nnsim.ui.painting import painting
from nnsim.ui.panels.card import Card
from nnsim.ui.theme import Theme

CALM_MS = 500
"""After the last change of the weights until patches are looked for."""
_FILTER, _PATCH, _GAP = 92.0, 34.0, 5.0
_LETTERS = 12
_RISES: dict[str, Any] = {
    "right": QT_TRANSLATE_NOOP("GraphCanvas", "brighter to the right"),
    "lower_right": QT_TRANSLATE_NOOP("GraphCanvas", "brighter to the lower right"),
    "below": QT_TRANSLATE_NOOP("GraphCanvas", "brighter below"),
    "lower_left": QT_TRANSLATE_NOOP("GraphCanvas", "brighter to the lower left"),
    "left": QT_TRANSLATE_NOOP("GraphCanvas", "brighter to the left"),
    "upper_left": QT_TRANSLATE_NOOP("GraphCanvas", "brighter to the upper left"),
    "above": QT_TRANSLATE_NOOP("GraphCanvas", "brighter above"),
    "upper_right": QT_TRANSLATE_NOOP("GraphCanvas", "brighter to the upper right"),
    "spot": QT_TRANSLATE_NOOP("GraphCanvas", "a bright spot in the middle"),
}


class FilterPicture(QWidget):
    """A filter, what it rises to, and the patches that light it most."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._weights: Floats | None = None
        self._patches: Floats | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_filter(self, weights: Floats | None, patches: Floats | None) -> None:
        """Show a filter, (channels, rows, columns), and its patches, (patches, channels, rows, columns)."""
        self._weights, self._patches = weights, patches
        self.setAccessibleName(self._words())
        self.update()

    def _words(self) -> str:
        rises = None if self._weights is None else direction(self._weights.sum(axis=0))
        return "" if rises is None else translate("GraphCanvas", _RISES[rises])

    def sizeHint(self) -> QSize:
        """As high as the filter."""
        return QSize(230, round((_FILTER + 2) * letters(self.font())))

    def minimumSizeHint(self) -> QSize:
        """As :meth:`sizeHint`."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._weights is None:
            return
        scale = letters(self.font())
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shown = self._weights.sum(axis=0)
            largest = float(np.abs(shown).max()) or 1.0
            image = face_image(face_colors(self._theme), shown[::-1] / largest)
            side = _FILTER * scale
            pixel = side / max(shown.shape)
            painter.drawImage(QRectF(1, 1, pixel * shown.shape[1], pixel * shown.shape[0]), image)
            left = side + 14 * scale
            self._write(painter, self._words(), left, 0.0, "text")
            if self._patches is not None:
                below = 18 * scale if self._words() else 0.0
                self._write(painter, translate("GraphCanvas", "strongest here:"), left, below, "muted")
                self._paint_patches(painter, self._patches, left, below + 22 * scale)

    def _write(self, painter: QPainter, text: str, x: float, y: float, role: str) -> None:
        font = QFont(self.font())
        font.setPixelSize(round(_LETTERS * letters(self.font())))
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        room = QRectF(x, y, self.width() - x, 18 * letters(self.font()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_patches(self, painter: QPainter, patches: Floats, x: float, y: float) -> None:
        gap = _GAP * letters(self.font())
        side = min(
            (self.width() - x - gap * (len(patches) - 1)) / len(patches), _PATCH * letters(self.font())
        )
        full = float(np.abs(patches).max()) or 1.0
        for patch in patches.mean(axis=1):
            rows, columns = patch.shape
            pixel = side / max(rows, columns)
            box = QRectF(x, y, pixel * columns, pixel * rows)
            painter.fillRect(box, self._theme.color("node_off"))
            painter.drawImage(box, plane_image(self._theme, levels(patch.ravel() / full), rows, columns))
            painter.setPen(QPen(self._theme.color("node_ring", 0.8), 1.0))
            painter.drawRect(box)
            x += side + gap


class FilterCard(Card):
    """What the filter under the window looks for; hidden where no filter looks at the input itself.

    Parameters
    ----------
    session : Session
    window : SlidingWindow
    canvas : GraphCanvas
    theme : Theme
    """

    def __init__(self, session: Session, window: SlidingWindow, canvas: GraphCanvas, theme: Theme) -> None:
        super().__init__(self.tr("What a filter looks for"))
        self._session, self._window, self._canvas = session, window, canvas
        self._looks: Looks | None = None
        self._number = 0
        self.picture = FilterPicture(theme)
        self.body.addWidget(self.picture)
        self._note = QLabel()
        self._note.setObjectName("caption")
        self._note.setWordWrap(True)
        self.body.addWidget(self._note)
        self.looking = Looking(self)
        self.looking.found.connect(self._take)
        self._calm = QTimer(self, interval=CALM_MS, singleShot=True)
        self._calm.timeout.connect(self._look)
        window.changed.connect(self.refresh)
        canvas.network_changed.connect(self._forget)
        canvas.read_out.connect(self._wait)
        session.data_changed.connect(self._forget)
        self._forget()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.picture.set_theme(theme)

    def stop(self) -> None:
        """Leave what is under way, and wait for it."""
        self._calm.stop()
        self.looking.stop()

    def _forget(self) -> None:
        self._looks = None
        self._wait()
        self.refresh()

    def _wait(self) -> None:
        """The weights are others: look again once they stay what they are."""
        if self._session.running:
            return
        self._calm.start()

    def _look(self) -> None:
        network, known = self._canvas.network, self._canvas.showing.known
        dataset = self._session.dataset
        if network is None or known is None or not self.isVisible() or first_filters(network) is None:
            return
        if dataset.x.shape[1] == network.units(0):
            self.looking.look(network, known.parameters, dataset.x)

    def _take(self, looks: Looks) -> None:
        self._looks = looks
        self.refresh()

    def showEvent(self, event: Any) -> None:
        """What was not looked for while it was out of sight is now."""
        super().showEvent(event)
        self.refresh()
        self._calm.start()

    def refresh(self) -> None:
        """Show the filter under the window, if anybody looks."""
        network, known, cell = self._canvas.network, self._canvas.showing.known, self._window.cell
        layer = None if network is None else first_filters(network)
        self.show_if(layer is not None)
        if network is not None and cell is not None and cell.layer == layer:
            self._number = cell.unit // network.shapes[layer].places
        if not self.isVisible():
            return
        if network is None or layer is None or known is None:
            self.picture.show_filter(None, None)
            return
        weights = self._canvas.showing.filters(layer)
        if weights is None or self._number >= len(weights):
            return
        looks = self._looks
        fits = looks is not None and len(looks.patches) == len(weights)
        patches = looks.patches[self._number] if looks is not None and fits else None
        self.picture.show_filter(weights[self._number], patches)
        heading = self.tr("What filter %1 looks for").replace("%1", count(self.locale(), self._number + 1))
        self.set_heading(heading)
        words = self.tr("patches of training pictures that light it most, one of each picture")
        self._note.setText(words if patches is not None else "")
