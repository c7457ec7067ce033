"""Hands on the stage: real mouse, wheel and keys, and the way back and forth through the history."""

from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.session.driving import parameters, wait_idle

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def place(canvas, item):
    """Where a node or edge is, on a whole pixel as the mouse is."""
    return QPointF(canvas.position_of(item).toPoint())


def move(canvas, at, buttons=NONE, modifiers=PLAIN):
    """The pointer goes to a point of the canvas."""
    at = QPointF(at)
    event = QMouseEvent(QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), NONE, buttons, modifiers)
    QApplication.sendEvent(canvas, event)


def press(qtbot, canvas, at, modifiers=PLAIN):
    """The left button goes down."""
    qtbot.mousePress(canvas, LEFT, modifiers, QPointF(at).toPoint())


def release(qtbot, canvas, at, modifiers=PLAIN):
    """The left button comes up."""
    qtbot.mouseRelease(canvas, LEFT, modifiers, QPointF(at).toPoint())


def drag(qtbot, canvas, start, *ends, modifiers=PLAIN):
    """From one point over others to the last."""
    move(canvas, start)
    press(qtbot, canvas, start, modifiers)
    for end in ends:
        move(canvas, end, LEFT, modifiers)
    release(qtbot, canvas, ends[-1], modifiers)


def click(qtbot, canvas, item, modifiers=PLAIN):
    """On a node or edge."""
    qtbot.mouseClick(canvas, LEFT, modifiers, canvas.position_of(item).toPoint())


def double_click(qtbot, canvas, item):
    """As a mouse does it: a click, and a second one."""
    at = canvas.position_of(item).toPoint()
    qtbot.mouseClick(canvas, LEFT, pos=at)
    qtbot.mouseDClick(canvas, LEFT, pos=at)
    qtbot.mouseRelease(canvas, LEFT, pos=at)


def wheel(canvas, at, notches, modifiers=ALT):
    """Turned over a point."""
    at = QPointF(at)
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), NONE, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def right_click(canvas, at):
    """Ask for the menu at a point."""
    at = QPointF(at).toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at))
    QApplication.sendEvent(canvas, event)


def key(qtbot, window, which, modifiers=PLAIN):
    """A key, where the keyboard focus is."""
    qtbot.keyClick(window.focusWidget() or window, which, modifiers)


@contextmanager
def there_and_back(qtbot, session, entries=1):
    """What happens inside can be undone and redone, in so many entries, with every bit of the parameters."""
    before, place = (session.document, parameters(session)), session.undo_stack.index()
    yield
    wait_idle(qtbot, session)
    after = session.document, parameters(session)
    assert after != before, "nothing was changed"
    assert session.undo_stack.index() == place + entries
    for _ in range(entries):
        session.undo()
        wait_idle(qtbot, session)
    assert (session.document, parameters(session)) == before
    for _ in range(entries):
        session.redo()
        wait_idle(qtbot, session)
    assert (session.document, parameters(session)) == after
