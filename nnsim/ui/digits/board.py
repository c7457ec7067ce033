"""How the canvas looks: its ink, its frame and what it says while empty."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPixmap

from nnsim.ui.digits.ink import SIDE
from nnsim.ui.theme import Theme

_SMALLEST_NOTE = 9
_CORNER = 5.0
_LARGEST_CURSOR = 64


class BoardLook:
    """Paints the parts of a drawing canvas in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme

    def paint_ink(self, painter: QPainter, board: QRectF, image: QImage) -> None:
        """The ink on its board; the corners are rounded by `paint_edge`."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(board, image)

    def paint_frame(self, painter: QPainter, board: QRectF, frame: QRectF) -> None:
        """The dashed square round the ink, given in pixels of the drawing."""
        pen = QPen(self.theme.color("ink", 0.24), 1.0)
        pen.setDashPattern([4.0, 4.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(on_board(board, frame).toAlignedRect())

    def paint_hint(self, painter: QPainter, board: QRectF, first: str, second: str) -> None:
        """What to do here, in two lines in the middle."""
        font = painter.font()
        painter.save()
        font.setPixelSize(max(13, round(board.width() / 16)))
        painter.setFont(font)
        painter.setPen(self.theme.color("ink", 0.78))
        middle = board.height() / 2.0
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(board.adjusted(0, 0, 0, -middle), flags | Qt.AlignmentFlag.AlignBottom, first)
        font.setPixelSize(max(11, round(board.width() / 22)))
        painter.setFont(font)
        painter.setPen(self.theme.color("ink", 0.58))
        painter.drawText(board.adjusted(0, middle + 4, 0, 0), flags | Qt.AlignmentFlag.AlignTop, second)
        painter.restore()

    def paint_note(self, painter: QPainter, board: QRectF, text: str) -> None:
        """A line along the bottom."""
        painter.save()
        font = painter.font()
        font.setPixelSize(min(max(11, round(board.width() / 24)), 17))
        wide, room = QFontMetricsF(font).horizontalAdvance(text), board.width() - 6.0
        if wide > room:
            font.setPixelSize(max(_SMALLEST_NOTE, int(font.pixelSize() * room / wide)))
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        place = board.adjusted(0, 0, 0, -7)
        if text:
            # It may lie over a stroke.
            painter.fillRect(painter.boundingRect(place, flags, text), self.theme.color("board", 0.75))
        painter.setPen(self.theme.color("ink", 0.62))
        painter.drawText(place, flags, text)
        painter.restore()

    def paint_key_pen(
        self, painter: QPainter, board: QRectF, place: tuple[float, float], width: float, is_down: bool
    ) -> None:
        """The pen that keys move: a ring and a cross, filled while it is down."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = board.topLeft() + QPointF(*place) * board.width()
        painter.setPen(QPen(self.theme.color("positive"), 2.0))
        painter.setBrush(self.theme.color("positive") if is_down else Qt.BrushStyle.NoBrush)
        radius = width * board.width() / 2.0
        painter.drawEllipse(at, radius * (0.5 if is_down else 1.0), radius * (0.5 if is_down else 1.0))
        for way in (QPointF(1.0, 0.0), QPointF(0.0, 1.0)):
            for sign in (-1.0, 1.0):
                painter.drawLine(at + way * sign * (radius + 3.0), at + way * sign * (radius + 8.0))
        painter.restore()

    def paint_edge(self, painter: QPainter, board: QRectF, focused: bool) -> None:
        """Rounded corners and an outline, blue where the keys go."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded = QPainterPath()
        rounded.addRoundedRect(board.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)
        corners = QPainterPath()
        corners.addRect(board)
        painter.fillPath(corners - rounded, self.theme.color("card"))
        painter.setPen(QPen(self.theme.color("positive" if focused else "border"), 2.5 if focused else 1.0))
        painter.drawPath(rounded)
        painter.restore()


def on_board(board: QRectF, rect: QRectF) -> QRectF:
    """Where a rectangle of the drawing, in its pixels, is on the widget."""
    scale = board.width() / SIDE
    x, y = board.x() + rect.x() * scale, board.y() + rect.y() * scale
    return QRectF(x, y, rect.width() * scale, rect.height() * scale)


def outline(rect: QRectF) -> Iterator[QRectF]:
    """The four sides of a rectangle; none of an empty one."""
    if not rect.isEmpty():
        yield QRectF(rect.left(), rect.top(), rect.width(), 0.0)
        yield QRectF(rect.left(), rect.bottom(), rect.width(), 0.0)
        yield QRectF(rect.left(), rect.top(), 0.0, rect.height())
        yield QRectF(rect.right(), rect.top(), 0.0, rect.height())


def brush_cursor(width: float, theme: Theme, erases: bool) -> QCursor:
    """A ring as wide as the brush in pixels; dashed for the eraser."""
    span = max(6, min(round(width), _LARGEST_CURSOR))
    side = span + 4
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(2.0, 2.0, span, span)
        # Two rings, so that one is seen on whatever lies below.
        for role, pen_width in (("board", 3.0), ("ink", 1.2)):
            pen = QPen(theme.color(role, 0.9), pen_width)
            if erases and role == "ink":
                pen.setDashPattern([2.0, 2.0])
            painter.setPen(pen)
            painter.drawEllipse(ring)
    return QCursor(pixmap, side // 2, side // 2)
