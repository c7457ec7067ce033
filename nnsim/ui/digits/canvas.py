"""Where a digit is drawn: with mouse, pen, finger or keys."""

from __future__ import annotations

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
    QPaintEvent,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnsim.session.picture_files import PictureError
from nnsim.ui.digits.board import BoardLook, brush_cursor, on_board, outline
from nnsim.ui.digits.drawing import Drawing, Picture
from nnsim.ui.digits.ink import SIDE, Stroke
from nnsim.ui.digits.key_pen import KeyPen
from nnsim.ui.digits.paste import carries_picture, image_from, ink_of
from nnsim.ui.digits.sheet import Sheet
from nnsim.ui.own_keys import claims
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_EVERYTHING = QRect(0, 0, SIDE, SIDE)
_STANDARD_KEYS = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.Paste,
)
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
        self._sheet, self._look = Sheet(), BoardLook(theme)
        self._own = self._sheet
        self._finger: int | None = None
        self._keys = KeyPen()
        self._frame = QRectF()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
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
        return self._sheet.drawings.now

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._sheet.drawings.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return self._sheet.drawings.can_redo

    @property
    def has_something(self) -> bool:
        """Whether there is something to clear."""
        return not self._sheet.is_empty

    @property
    def label(self) -> int | None:
        """What a dataset's digit is known to be, as long as nobody has drawn on it."""
        picture = self._sheet.picture
        return None if picture is None else picture.label

    def ink(self) -> NDArray[np.float32]:
        """The ink on it from 0 to 1, shape (COARSE, COARSE)."""
        return self._sheet.raster.ink()

    def pixels(self) -> NDArray[np.float32] | None:
        """What the network gets, shape (28, 28) in [0, 1]; None where there is no ink.

        A dataset's digit that nobody has drawn on is passed on as it is.
        """
        return self._sheet.pixels()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._look.set_theme(theme)
        self._colors = theme.color("board"), theme.color("ink")
        for sheet in (self._sheet, self._own):
            sheet.raster.set_colors(*self._colors)
        self._set_cursor()
        self.update()

    def set_brush(self, width: float) -> None:
        """Choose the width of the pen, in sides of the canvas."""
        self._sheet.brush = self._own.brush = width
        self._set_cursor()

    def set_eraser(self, erases: bool) -> None:
        """Take the eraser in hand, or the pen."""
        self._sheet.eraser = self._own.eraser = erases
        self._set_cursor()

    def set_centring(self, centring: bool) -> None:
        """Whether the network gets the ink centred and scaled as MNIST's digits were."""
        self._sheet.centring = self._own.centring = centring
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

    def lend(self, digit: NDArray[np.float32] | None) -> None:
        """Show a digit in place of what is on the canvas, which stays as it is; None: again that.

        Whoever draws, or takes another digit, goes on with their own sheet.
        """
        if digit is None:
            self._take_back()
            return
        sheet = Sheet()
        sheet.brush, sheet.eraser = self._own.brush, self._own.eraser
        sheet.raster.set_colors(*self._colors)
        sheet.put(Drawing(Picture.of(digit, digit=digit)))
        self._sheet = sheet
        self._follow(_EVERYTHING)

    def _take_back(self) -> None:
        if self._sheet is not self._own:
            self._sheet = self._own
            self._follow(_EVERYTHING)

    def show_example(self, strokes: tuple[Stroke, ...]) -> None:
        """Show a drawing that the first stroke replaces."""
        self._put(Drawing(strokes=strokes, is_example=True))

    def take_over(self, other: DrawingCanvas) -> None:
        """Go on with the drawing, the tools and what can be undone of another canvas."""
        self._sheet = self._own = other._own
        self.set_theme(self._look.theme)
        self.changed.emit()
        self.finished.emit()

    def paste(self) -> None:
        """Put the clipboard's picture on the canvas."""
        try:
            self._take(image_from(QGuiApplication.clipboard().mimeData()))
        except PictureError as error:
            self.problem.emit(str(error))

    # --- drawing

    def _press(self, place: QPointF, *, erases: bool = False, pressure: float = 1.0) -> None:
        self._take_back()
        self._sheet.press(*self._on_board(place), erases=erases, pressure=pressure)
        self._follow(_EVERYTHING)
        self.changed.emit()

    def _move(self, place: QPointF, pressure: float = 1.0) -> None:
        touched = self._sheet.move(*self._on_board(place), pressure)
        if not touched.isNull():
            self._follow(touched)
            self.changed.emit()

    def _release(self) -> None:
        if self._sheet.release():
            self._follow(QRect())
            self.finished.emit()

    def _on_board(self, place: QPointF) -> tuple[float, float]:
        board = self.board
        return (place.x() - board.x()) / board.width(), (place.y() - board.y()) / board.width()

    # --- other changes

    def _take(self, image: QImage) -> None:
        try:
            self._put(Drawing(Picture(ink_of(image))))
        except PictureError as error:
            self.problem.emit(str(error))

    def _put(self, drawing: Drawing) -> None:
        self._take_back()
        self._sheet.put(drawing)
        self._show_all()

    def _step(self, by: int) -> None:
        self._release()
        self._take_back()
        if self._sheet.step(by):
            self._show_all()

    def _show_all(self) -> None:
        self._follow(_EVERYTHING)
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
        frame, board = self._sheet.frame(), self.board
        if frame != self._frame:
            for old_or_new in (self._frame, frame):
                for line in outline(old_or_new):
                    self.update(_on_widget(board, line))
            self._frame = frame
        if not touched.isEmpty():
            self.update(_on_widget(board, QRectF(touched)))

    def _set_cursor(self) -> None:
        erases = self._sheet.eraser
        width = self._sheet.width(erases=erases) * self.board.width()
        self.setCursor(brush_cursor(width, self._look.theme, erases))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setClipRect(event.rect())
            look, board = self._look, self.board
            look.paint_ink(painter, board, self._sheet.raster.image)
            if not self._frame.isEmpty():
                look.paint_frame(painter, board, self._frame)
            if not self.has_something:
                look.paint_hint(painter, board, self.tr("Draw a digit"), self.tr("0 to 9, large"))
            look.paint_note(painter, board, self._note())
            by_keys = self._keys.in_use and self.hasFocus()
            if by_keys:
                look.paint_key_pen(
                    painter, board, self._keys.place, self._sheet.brush, self._sheet.is_drawing
                )
            look.paint_edge(painter, board, by_keys)

    def _note(self) -> str:
        if self._sheet.shows_example:
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
        if claims(event, self._is_mine):
            return True
        return super().event(event)

    def _is_mine(self, event: QKeyEvent) -> bool:
        """Whether a key is the canvas's; after drawing with the mouse, Space and arrows are the window's."""
        standard = any(event.matches(key) for key in _STANDARD_KEYS)
        return standard or event.key() in _CLEARING_KEYS or self._keys.is_mine(event.key())

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
        elif self._keys.walk(key, finely=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)):
            self._move(self._key_point())
            self.update()
        elif not event.isAutoRepeat():
            self._set_down_or_lift()

    def _set_down_or_lift(self) -> None:
        if self._sheet.is_drawing:
            self._release()
        else:
            self._press(self._key_point())
        self.update()

    def _key_point(self) -> QPointF:
        board = self.board
        return board.topLeft() + QPointF(*self._keys.place) * board.width()

    def _leave_keys(self) -> None:
        if self._keys.in_use:
            self._release()
            self._keys.in_use = False
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keys.take_focus(event.reason())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._keys.in_use:
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


def _on_widget(board: QRectF, rect: QRectF) -> QRect:
    return on_board(board, rect).toAlignedRect().adjusted(-2, -2, 2, 2)
