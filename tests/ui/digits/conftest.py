"""A canvas on the screen, and hands to draw on it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget

from nnsim.ui.digits.canvas import DrawingCanvas
from nnsim.ui.theme import DARK


class Hand:
    """Draws with the mouse; places are shares of the canvas, to the right and down."""

    def __init__(self, canvas: DrawingCanvas) -> None:
        self.canvas = canvas

    def at(self, x: float, y: float) -> QPoint:
        """A place in the widget's own coordinates."""
        board = self.canvas.board
        return (board.topLeft() + QPointF(x, y) * board.width()).toPoint()

    def press(self, x: float, y: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Press a button, but do not let it go."""
        QTest.mousePress(self.canvas, button, Qt.KeyboardModifier.NoModifier, self.at(x, y))

    def move(self, x: float, y: float) -> None:
        """Move the mouse, with whatever is pressed."""
        QTest.mouseMove(self.canvas, self.at(x, y))

    def release(self, x: float, y: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Let the button go."""
        QTest.mouseRelease(self.canvas, button, Qt.KeyboardModifier.NoModifier, self.at(x, y))

    def draw(self, *places: tuple[float, float], button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """One stroke."""
        self.press(*places[0], button)
        for place in places[1:]:
            self.move(*place)
        self.release(*places[-1], button)

    def ink_at(self, x: float, y: float) -> float:
        """How much ink is there, from 0 to 1."""
        ink = self.canvas.ink()
        side = len(ink)
        return float(ink[min(int(y * side), side - 1), min(int(x * side), side - 1)])


@pytest.fixture
def show(qtbot) -> Callable[[QWidget], QWidget]:
    """Shows a widget as a window of its own."""

    def show_one(widget: QWidget, width: int = 300, height: int = 300) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show_one


@pytest.fixture
def canvas(show) -> DrawingCanvas:
    """An empty canvas on the screen."""
    return show(DrawingCanvas(DARK))


@pytest.fixture
def hand(canvas) -> Hand:
    """A hand over that canvas."""
    return Hand(canvas)


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def label(window, digit):
    names = {button.text(): button for button in window.digits.teach.findChildren(QToolButton)}
    click(names[str(digit)])
