"""Where a digit is drawn: with mouse, pen, finger or keys."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnsim.data.centring import centred, frame_of, has_ink, shrunk
from nnsim.ui.digits.board import BoardLook, brush_cursor
from nnsim.ui.digits.drawing import Drawing, Drawings, Picture
from nnsim.ui.digits.ink import SIDE, Dot, Pen, Raster, Stroke
from nnsim.ui.digits.paste import PictureError, carries_picture, image_from, ink_of
from nnsim.ui.theme import Theme

BRUSH = 0.075
_NEAREST = 0.004
"""Dots closer than this are one: a hand that rests leaves no knots."""
_ERASER = 1.6
_KEY_STEP, _FINE_KEY_STEP = 1.0 / 28.0, 1.0 / 112.0
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_STANDARD_KEYS = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.Paste,
)
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_CLEARING_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class DrawingCanvas(QWidget):
    """A square to draw on.

    The right button, a tablet pen's other end, or the eraser in hand take ink away. Whoever comes with the
    Tab key moves a pen with the arrow keys and sets it down, or lifts it, with Space.

    Signals
    -------
    changed : other ink is on the canvas; while drawing at each move
    finished : a stroke has ended, or another change is complete
    problem : a picture could not be taken, and why
    """

    changed = Signal()
    finished = Signal()
    problem = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._raster = Raster()
        self._look = BoardLook(theme)
        self._drawings = Drawings()
        self._pen: Pen | None = None
        self._finger: int | None = None
        self._by_keys = False
        self._key_place = (0.5, 0.5)
        self._brush, self._eraser, self._centring = BRUSH, False, True
        self._frame = QRectF()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Drawing canvas"))
        self.setAccessibleDescription(
            self.tr("Draw a digit. Arrow keys move the pen, Space sets it down or lifts it, Delete clears.")
        )
        self.set_theme(theme)

    # --- what it offers

    @property
    def drawing(self) -> Drawing:
        """What is on the canvas."""
        return self._drawings.now

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._drawings.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return self._drawings.can_redo

    @property
    def has_something(self) -> bool:
        """Whether there is something to clear."""
        return self._pen is not None or not self.drawing.is_empty

    @property
    def label(self) -> int | None:
        """What a dataset's digit is known to be, as long as nobody has drawn on it."""
        picture = self._picture_as_it_is()
        return None if picture is None else picture.label

    def ink(self) -> NDArray[np.float32]:
        """The ink on it from 0 to 1, shape (COARSE, COARSE)."""
        return self._raster.ink()

    def pixels(self) -> NDArray[np.float32] | None:
        """What the network gets, shape (28, 28) in [0, 1]; None where there is no ink.

        A dataset's digit that nobody has drawn on is passed on as it is.
        """
        picture = self._picture_as_it_is()
        if picture is not None and picture.digit is not None:
            return picture.digit
        ink = self._raster.ink()
        if not has_ink(ink):
            return None
        return centred(ink) if self._centring else shrunk(ink)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._look.set_theme(theme)
        self._raster.set_colors(theme.color("board"), theme.color("ink"))
        self._set_cursor()
        self.update()

    def set_brush(self, width: float) -> None:
        """Choose the width of the pen, in sides of the canvas."""
        self._brush = width
        self._set_cursor()

    def set_eraser(self, erases: bool) -> None:
        """Take the eraser in hand, or the pen."""
        self._eraser = erases
        self._set_cursor()

    def set_centring(self, centring: bool) -> None:
        """Whether the network gets the ink centred and scaled as MNIST's digits were."""
        self._centring = centring
        self._follow(QRect())

    def undo(self) -> None:
        """Take back the last stroke, or whatever else changed last."""
        self._step(-1)

    def redo(self) -> None:
        """Bring back what was undone."""
        self._step(1)

    def clear(self) -> None:
        """Take everything off; undo brings it back."""
        if not self.drawing.is_empty:
            self._put(Drawing())

    def show_picture(self, picture: NDArray[np.floating] | QImage) -> None:
        """Put a picture on the canvas: ink in [0, 1], shape (rows, columns), or an image."""
        if isinstance(picture, QImage):
            self._take(picture)
        else:
            self._put(Drawing(Picture.of(picture)))

    def show_digit(self, digit: NDArray[np.float32], label: int | None = None) -> None:
        """Put a dataset's digit on the canvas, shape (28, 28), which the network gets unchanged."""
        self._put(Drawing(Picture.of(digit, digit=digit, label=label)))

    def show_example(self, strokes: tuple[Stroke, ...]) -> None:
        """Show a drawing that the first stroke replaces."""
        self._drawings.restart(Drawing(strokes=strokes, is_example=True))
        self._repaint()

    def paste(self) -> None:
        """Put the clipboard's picture on the canvas."""
        try:
            self._take(image_from(QGuiApplication.clipboard().mimeData()))
        except PictureError as error:
            self.problem.emit(str(error))

    # --- drawing

    def _press(self, place: QPointF, *, erases: bool = False, pressure: float = 1.0) -> None:
        self._release()
        erases = erases or self._eraser
        if self.drawing.is_example and not erases:
            self._raster.fill(None)
        self._pen = Pen(self._raster, self._dot(place, erases, pressure), erases=erases)
        self._follow(QRect(0, 0, SIDE, SIDE))
        self.changed.emit()

    def _move(self, place: QPointF, pressure: float = 1.0) -> None:
        if self._pen is None:
            return
        last = self._pen.last
        dot = self._dot(place, self._pen.erases, pressure)
        if abs(dot.x - last.x) + abs(dot.y - last.y) < _NEAREST:
            return
        self._follow(self._pen.move(dot))
        self.changed.emit()

    def _release(self) -> None:
        if self._pen is None:
            return
        stroke, self._pen = self._pen.stroke(), None
        self._drawings.add(self.drawing.with_stroke(stroke))
        self._follow(QRect())
        self.finished.emit()

    def _dot(self, place: QPointF, erases: bool, pressure: float) -> Dot:
        board = self.board
        width = self._brush * (_ERASER if erases else 1.0) * pressure
        return Dot((place.x() - board.x()) / board.width(), (place.y() - board.y()) / board.width(), width)

    # --- other changes

    def _take(self, image: QImage) -> None:
        try:
            self._put(Drawing(Picture(ink_of(image))))
        except PictureError as error:
            self.problem.emit(str(error))

    def _put(self, drawing: Drawing) -> None:
        self._pen = None
        self._drawings.add(drawing)
        self._repaint()

    def _step(self, by: int) -> None:
        self._release()
        if self._drawings.step(by):
            self._repaint()

    def _repaint(self) -> None:
        self.drawing.paint(self._raster)
        self._follow(QRect(0, 0, SIDE, SIDE))
        self.changed.emit()
        self.finished.emit()

    # --- the picture of it

    @property
    def board(self) -> QRectF:
        """The square in the middle of the widget."""
        side = max(1, min(self.width(), self.height()))
        return QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _follow(self, touched: QRect) -> None:
        """Ask for painting where the ink has changed, and where its frame has moved."""
        frame = self._framed()
        if frame != self._frame:
            for old_or_new in (self._frame, frame):
                for line in _outline(old_or_new):
                    self.update(self._on_widget(line))
            self._frame = frame
        if not touched.isEmpty():
            self.update(self._on_widget(QRectF(touched)))

    def _framed(self) -> QRectF:
        """The square round the ink that becomes the middle 20 of 28 pixels."""
        untouched = self._picture_as_it_is()
        ends = frame_of(self._raster.pixels) if self._centring else None
        if ends is None or (untouched is not None and untouched.digit is not None):
            return QRectF()
        left, top, right, bottom = ends
        side = max(right - left, bottom - top)
        return QRectF((left + right - side) / 2.0, (top + bottom - side) / 2.0, side, side)

    def _picture_as_it_is(self) -> Picture | None:
        return self.drawing.untouched if self._pen is None else None

    def _on_widget(self, rect: QRectF) -> QRect:
        board, scale = self.board, self.board.width() / SIDE
        x, y = board.x() + rect.x() * scale, board.y() + rect.y() * scale
        return (
            QRectF(x, y, rect.width() * scale, rect.height() * scale).toAlignedRect().adjusted(-2, -2, 2, 2)
        )

    def _set_cursor(self) -> None:
        width = self._brush * (_ERASER if self._eraser else 1.0) * self.board.width()
        self.setCursor(brush_cursor(width, self._look.theme, self._eraser))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        look, board = self._look, self.board
        look.paint_ink(painter, board, self._raster.image)
        if not self._frame.isEmpty():
            look.paint_frame(painter, board, self._frame)
        if not self.has_something:
            look.paint_hint(painter, board, self.tr("Draw a digit"), self.tr("0 to 9, large"))
        look.paint_note(painter, board, self._note())
        if self._by_keys and self.hasFocus():
            look.paint_key_pen(painter, board, self._key_place, self._brush, self._pen is not None)
        look.paint_edge(painter, board, self._by_keys and self.hasFocus())

    def _note(self) -> str:
        if self.drawing.is_example and self._pen is None:
            return self.tr("An example: draw your own")
        label = self.label
        return "" if label is None else self.tr("From the dataset, labelled {label}").format(label=label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_cursor()

    def sizeHint(self) -> QSize:
        """A comfortable square."""
        return QSize(272, 272)

    def minimumSizeHint(self) -> QSize:
        """The smallest square one can draw on."""
        return QSize(150, 150)

    # --- mouse, pen, finger

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._leave_keys()
        if event.buttons() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._press(event.position(), erases=event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & (Qt.MouseButton.LeftButton | Qt.MouseButton.RightButton):
            self._release()

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        # Half the width at the lightest touch: thinner lines vanish in 28 pixels.
        pressure = 0.5 + 0.8 * event.pressure()
        if kind == QEvent.Type.TabletPress:
            self._leave_keys()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            other_end = event.pointerType() == QPointingDevice.PointerType.Eraser
            button = event.button() == Qt.MouseButton.RightButton
            self._press(event.position(), erases=other_end or button, pressure=pressure)
        elif kind == QEvent.Type.TabletMove:
            self._move(event.position(), pressure)
        else:
            self._release()
        event.accept()

    def _touch(self, event: QTouchEvent) -> None:
        points = event.points()
        if event.type() == QEvent.Type.TouchBegin:
            self._leave_keys()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._finger = points[0].id()
            self._press(points[0].position())
        # A palm beside the finger draws nothing.
        for point in points:
            if point.id() == self._finger:
                self._move(point.position())
        ended = {point.id() for point in points if point.state() == point.State.Released}
        if event.type() in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel) or self._finger in ended:
            self._finger = None
            self._release()
        event.accept()

    # --- keys

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_mine(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _is_mine(self, event: QKeyEvent) -> bool:
        """Whether a key is the canvas's; after drawing with the mouse, Space and arrows are the window's."""
        if event.key() in _CLEARING_KEYS or any(event.matches(key) for key in _STANDARD_KEYS):
            return True
        return self._by_keys and (event.key() in _WAYS or event.key() == Qt.Key.Key_Space)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self._is_mine(event):
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key in _CLEARING_KEYS:
            self.clear()
        elif key in _WAYS:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._walk(_WAYS[key], _FINE_KEY_STEP if fine else _KEY_STEP)
        elif not event.isAutoRepeat():
            self._set_down_or_lift()

    def _walk(self, way: tuple[int, int], step: float) -> None:
        x, y = (min(max(at + step * by, 0.0), 1.0) for at, by in zip(self._key_place, way, strict=True))
        self._key_place = x, y
        self._move(self._key_point())
        self.update()

    def _set_down_or_lift(self) -> None:
        if self._pen is None:
            self._press(self._key_point())
        else:
            self._release()
        self.update()

    def _key_point(self) -> QPointF:
        board = self.board
        return board.topLeft() + QPointF(*self._key_place) * board.width()

    def _leave_keys(self) -> None:
        if self._by_keys:
            self._release()
            self._by_keys = False
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _PASSING:
            self._by_keys = event.reason() in _BY_TAB
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._by_keys:
            self._release()
        self.update()

    # --- dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carries_picture(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        try:
            self._take(image_from(event.mimeData()))
            event.acceptProposedAction()
        except PictureError as error:
            self.problem.emit(str(error))


def _outline(rect: QRectF) -> Iterator[QRectF]:
    """The four sides of a rectangle; none of an empty one."""
    if not rect.isEmpty():
        yield QRectF(rect.left(), rect.top(), rect.width(), 0.0)
        yield QRectF(rect.left(), rect.bottom(), rect.width(), 0.0)
        yield QRectF(rect.left(), rect.top(), 0.0, rect.height())
        yield QRectF(rect.right(), rect.top(), 0.0, rect.height())
