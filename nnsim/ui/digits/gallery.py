"""A gallery of digits: small pictures, each with what it is and what it was read as."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip, QWidget

from nnsim.data.dataset import Array32
from nnsim.session.exam import Floats, Indices
from nnsim.ui.digits.gallery_grid import Grid
from nnsim.ui.numbers import percent
from nnsim.ui.own_keys import claims
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_LABEL_SIZE = 11
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NONE = np.zeros(0, np.intp)


class Gallery(QAbstractScrollArea):
    """Pictures in a grid that scrolls; only those in sight are drawn, however many there are.

    Parameters
    ----------
    theme : Theme
    marks : bool
        Whether below a picture stands its answer alone, marked as right or wrong; else its label and
        its answer.
    parent : QWidget, optional

    Signals
    -------
    sample_chosen : number of the sample that was clicked, as in the indices shown
    """

    sample_chosen = Signal(int)

    def __init__(self, theme: Theme, *, marks: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._marks = theme, marks
        self._images: Array32 = np.zeros((0, 784), np.float32)
        self._labels, self._answers, self._indices = _NONE, _NONE, _NONE
        self._sureness: Floats = np.zeros(0)
        self._names: tuple[str, ...] = ()
        self._empty = self.tr("Nothing examined yet.")
        self._chosen: int | None = None
        self._pointed: int | None = None
        self._drawn = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Gallery of digits"))
        self.setToolTip(
            self.tr("Each digit with its label and the network's answer; click one to see it read")
        )
        self.set_theme(theme)

    @property
    def shown(self) -> Indices:
        """The samples in the gallery, in their order."""
        return self._indices

    @property
    def pointed(self) -> int | None:
        """Place in the gallery, from 0, of the picture under the pointer or reached with the keys."""
        return self._pointed

    @property
    def drawn(self) -> int:
        """Pictures that the last painting drew."""
        return self._drawn

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        ground, ink = theme.color("board"), theme.color("ink")
        ends = np.array([[c.red(), c.green(), c.blue()] for c in (ground, ink)], float)
        shades = np.rint(ends[0] + np.linspace(0.0, 1.0, 256)[:, None] * (ends[1] - ends[0])).astype(int)
        self._shades = [0xFF000000 | r << 16 | g << 8 | b for r, g, b in shades.tolist()]
        self.viewport().update()

    def say_when_empty(self, words: str) -> None:
        """Set what stands in the gallery while it has no pictures."""
        self._empty = words
        self._describe()

    def show_samples(
        self,
        images: Array32,
        labels: Indices,
        answers: Indices,
        sureness: Floats,
        indices: Indices,
        names: tuple[str, ...] = (),
    ) -> None:
        """Show some of the samples.

        Parameters
        ----------
        images : array of float32, shape (m, 784)
            Brightness of the ink from 0 to 1; not copied.
        labels, answers : arrays of int, shape (m,)
            -1 where there is none.
        sureness : array of float, shape (m,)
            Probability of each answer.
        indices : array of int
            Which of the m samples, in the order in which they stand.
        names : tuple of str
            The classes' names, where they are not their numbers.
        """
        kept = len(indices) == len(self._indices) and np.array_equal(indices, self._indices)
        self._images, self._labels, self._answers = images, labels, answers
        self._sureness, self._indices, self._names = sureness, indices, names
        self._fit()
        if not kept:
            self._pointed = self._chosen = None
            self.verticalScrollBar().setValue(0)
        self._describe()

    def show_none(self) -> None:
        """Empty the gallery."""
        self.show_samples(self._images[:0], _NONE, _NONE, np.zeros(0), _NONE)

    def words(self, place: int) -> str:
        """What a picture's tooltip says."""
        at = int(self._indices[place])
        label, answer = self._name(self._labels[at]), self._name(self._answers[at])
        words = self.tr("{label} read as {answer}, {sureness} sure")
        if self._answers[at] < 0:
            words = self.tr("{label}, not read yet") if label else self.tr("Not read yet")
        elif not label:
            words = self.tr("Read as {answer}, {sureness} sure")
        return words.format(label=label, answer=answer, sureness=percent(float(self._sureness[at])))

    def place_of(self, place: int) -> QRect:
        """Where a picture and its label are, in the viewport."""
        return self._grid().tile(place).translated(0, -self.verticalScrollBar().value())

    def sizeHint(self) -> QSize:
        """A row of four and a glimpse of the next."""
        return QSize(260, Grid.ROW + 28)

    def minimumSizeHint(self) -> QSize:
        """One row of two."""
        return QSize(130, Grid.ROW)

    # --- inside

    def _name(self, number: int) -> str:
        if number < 0:
            return ""
        return self._names[number] if self._names else str(number)

    def _grid(self) -> Grid:
        return Grid(self.viewport().width(), len(self._indices))

    def _fit(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._grid().height - height))
        bar.setPageStep(height)
        bar.setSingleStep(Grid.ROW // 2)

    def _point(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self._describe()

    def _describe(self) -> None:
        if not len(self._indices):
            self.setAccessibleDescription(self._empty)
        else:
            self.setAccessibleDescription("" if self._pointed is None else self.words(self._pointed))
        self.viewport().update()

    def _first_in_sight(self) -> int | None:
        down = self.verticalScrollBar().value()
        return next(iter(self._grid().between(down, down)), None)

    def _choose(self, place: int) -> None:
        self._chosen = place
        self.viewport().update()
        self.sample_chosen.emit(int(self._indices[place]))

    def _at(self, at: QPointF) -> int | None:
        return self._grid().at(at + QPointF(0.0, self.verticalScrollBar().value()))

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font = QFont(self.font())
            self._drawn = 0
            if not len(self._indices):
                painter.setPen(self._theme.color("muted"))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.viewport().rect().adjusted(12, 8, -12, -8), flags, self._empty)
                return
            font.setPixelSize(_LABEL_SIZE)
            painter.setFont(font)
            down = self.verticalScrollBar().value()
            painter.translate(0.0, -down)
            for place in self._grid().between(down + event.rect().top(), down + event.rect().bottom()):
                self._paint_one(painter, place)
                self._drawn += 1

    def _paint_one(self, painter: QPainter, place: int) -> None:
        grid, theme, at = self._grid(), self._theme, int(self._indices[place])
        picture = grid.picture(place)
        painter.drawImage(picture, self._picture(at))
        pointed, chosen = place == self._pointed, place == self._chosen
        role = "accent" if chosen else "positive" if pointed and self.hasFocus() else "node_ring"
        painter.setPen(QPen(theme.color(role if pointed or chosen else "border"), 2.0 if chosen else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(picture).adjusted(-0.5, -0.5, 0.5, 0.5))
        label, answer = int(self._labels[at]), int(self._answers[at])
        painter.setPen(theme.color("text" if pointed or chosen else "muted"))
        words = " → ".join(filter(None, (self._name(label), self._name(answer))))
        if self._marks and answer >= 0:
            right = label == answer
            painter.setPen(theme.color("update" if right else "negative"))
            words = f"{'✓' if right else '✗'} {self._name(answer)}"
        if pointed and answer >= 0:
            words = percent(float(self._sureness[at]))
        painter.drawText(grid.label(place), Qt.AlignmentFlag.AlignCenter, words)

    def _picture(self, at: int) -> QImage:
        pixels = np.rint(np.clip(np.nan_to_num(self._images[at]), 0.0, 1.0) * 255.0).astype(np.uint8)
        side = int(np.sqrt(len(pixels)))
        # The copy owns its pixels: NumPy's go with this function.
        image = QImage(pixels.data, side, side, side, QImage.Format.Format_Indexed8).copy()
        image.setColorTable(self._shades)
        return image

    # --- what the user does

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._point(place)
            self._choose(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._point(self._first_in_sight())
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(None)
        super().focusOutEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point(None)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            QToolTip.showText(
                event.globalPos(), self.toolTip() if place is None else self.words(place), self.viewport()
            )
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        if claims(event, self._is_mine):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_mine(event):
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in _ENTER:
            if self._pointed is not None:
                self._choose(self._pointed)
            return
        start = self._pointed if self._pointed is not None else self._chosen
        target = 0 if start is None else start + self._strides()[key]
        target = min(max(target, 0), len(self._indices) - 1)
        self._point(target)
        spot, bar = self._grid().tile(target), self.verticalScrollBar()
        low = spot.bottom() + 1 - self.viewport().height()
        bar.setValue(max(low, min(bar.value(), spot.top())))

    def _is_mine(self, event: QKeyEvent) -> bool:
        if not len(self._indices) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        return event.key() in _ENTER or event.key() in self._strides()

    def _strides(self) -> dict[int, int]:
        """How many pictures each key walks on."""
        grid, rows = self._grid(), max(1, self.viewport().height() // Grid.ROW)
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -grid.columns,
            Qt.Key.Key_Down: grid.columns,
            Qt.Key.Key_PageUp: -grid.columns * rows,
            Qt.Key.Key_PageDown: grid.columns * rows,
            Qt.Key.Key_Home: -grid.items,
            Qt.Key.Key_End: grid.items,
        }
