"""Somebody who presses, types, draws and drags at random on the real window, the same for the same seed."""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any

THEME_LIMIT, LIMIT = 0.150, 0.050
"""CPU seconds of the window's thread that a change of the theme may take, and anything else."""
_PAUSE = 60
"""Milliseconds between two things that the user does."""
_DEEP = 8
"""Calls that are told of an exception."""
_SCENES = ("xor", "perceptron", "scratch", "playground", "curve", "mnist")
# fmt: off
_KEYS = (
    "Space", "Right", "Left", "Up", "Down", "Escape", "Tab", "L", "R", "M", "A", "G", "1", "2", "3",
    "4", "Plus", "Minus", "Return",
)
_NOT_PRESSED = (
    "new", "new_images", "open", "recent", "open_pictures", "open_picture_folder", "save", "save_as",
    "save_scene", "import_weights", "export_graph", "export_plots", "export_history", "copy_graph",
    "quit", "demo", "full_screen",
)
# fmt: on
"""What ends the program, asks about files or hides the window from this user."""


class RandomUser:
    """Does one thing after another.

    Parameters
    ----------
    window : MainWindow
    watch : Watch
        Is told what is done.
    seed : int
    """

    def __init__(self, window: Any, watch: Any, seed: int) -> None:
        self._window, self._watch = window, watch
        self._random = random.Random(seed)
        self.done = 0
        self._deeds: dict[Callable[[], str], int] = {
            self._press_keys: 8,
            self._choose_action: 5,
            self._click: 6,
            self._drag: 4,
            self._wheel: 2,
            self._press_button: 4,
            self._choose_in_a_list: 3,
            self._type_a_number: 1,
            self._draw: 4,
            self._resize: 1,
            self._open_scene: 1,
            self._start_demo: 1,
        }
        self._deeds_in_a_demo: dict[Callable[[], str], int] = {
            self._go_on_in_the_demo: 8,
            self._go_back_in_the_demo: 2,
            self._click_in_the_demo: 3,
            self._end_the_demo: 1,
        }

    def act(self) -> None:
        """Do the next thing."""
        # A demo covers the window, and nothing behind it can be reached.
        deeds = self._deeds if self._window.demo is None else self._deeds_in_a_demo
        deed = self._random.choices([*deeds], [*deeds.values()])[0]
        self._watch.doing, self._watch.limit = deed.__name__.strip("_"), LIMIT
        self._watch.doing = deed()
        self.done += 1

    def _press_keys(self) -> str:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        key = self._random.choice(_KEYS)
        focus = QApplication.focusWidget() or self._window
        self._watch.doing = f"key {key}"
        QTest.keyClick(focus, getattr(Qt.Key, f"Key_{key}"))
        return f"key {key}"

    def _choose_action(self) -> str:
        names = [
            n for n, a in self._window.actions_by_name.items() if n not in _NOT_PRESSED and a.isEnabled()
        ]
        name = self._random.choice(names)
        if name == "theme":
            self._watch.limit = THEME_LIMIT
        self._watch.doing = f"action {name}"
        self._window.actions_by_name[name].trigger()
        return f"action {name}"

    def _point(self, widget: Any) -> Any:
        from PySide6.QtCore import QPoint

        return QPoint(
            self._random.randrange(max(widget.width(), 1)), self._random.randrange(max(widget.height(), 1))
        )

    def _click(self) -> str:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        canvas = self._window.stage.canvas
        kinds = (QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick)
        self._random.choice(kinds)(
            canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self._point(canvas)
        )
        return "click on the stage"

    def _drag(self) -> str:
        self._stroke(self._window.stage.canvas)
        return "drag on the stage"

    def _stroke(self, widget: Any) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(widget, left, none, self._point(widget))
        for _ in range(6):
            QTest.mouseMove(widget, self._point(widget))
        QTest.mouseRelease(widget, left, none, self._point(widget))

    def _draw(self) -> str:
        if self._window.scene_name.startswith("mnist") and self._window.digits.draw.canvas.isVisible():
            self._stroke(self._window.digits.draw.canvas)
            return "draw a digit"
        return self._click()

    def _wheel(self) -> str:
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent
        from PySide6.QtWidgets import QApplication

        canvas, at = self._window.stage.canvas, self._point(self._window.stage.canvas)
        turned = QPoint(0, self._random.choice((120, -120)))
        event = QWheelEvent(
            QPointF(at),
            QPointF(canvas.mapToGlobal(at)),
            QPoint(),
            turned,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(canvas, event)
        return "wheel on the stage"

    def _press_button(self) -> str:
        from PySide6.QtWidgets import QAbstractButton

        buttons = [b for b in self._window.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
        buttons = [b for b in buttons if not self._asks_about_files(b)]
        if not buttons:
            return "no button"
        button = self._random.choice(buttons)
        name = button.accessibleName() or button.text()
        self._watch.doing = f"button {name}"
        button.click()
        return f"button {name}"

    def _asks_about_files(self, button: Any) -> bool:
        action = button.defaultAction() if hasattr(button, "defaultAction") else None
        if action is not None:
            return action.objectName() in _NOT_PRESSED
        return self._window.mnist.isAncestorOf(button) or "…" in button.text()

    def _visible(self, kind: type) -> list[Any]:
        return [w for w in self._window.findChildren(kind) if w.isVisible() and w.isEnabled()]

    def _choose_in_a_list(self) -> str:
        from PySide6.QtWidgets import QComboBox

        lists = [box for box in self._visible(QComboBox) if box is not self._window.bar.scene and box.count()]
        if not lists:
            return "no list"
        box = self._random.choice(lists)
        self._watch.doing = f"list {box.accessibleName()}"
        index = self._random.randrange(box.count())
        box.setCurrentIndex(index)
        box.activated.emit(index)
        return f"list {box.accessibleName()}"

    def _type_a_number(self) -> str:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QLineEdit

        fields = self._visible(QLineEdit)
        if not fields:
            return "no field"
        field = self._random.choice(fields)
        field.selectAll()
        QTest.keyClicks(field, self._random.choice(("0.01", "0,3", "5", "1e9", "x")))
        QTest.keyClick(field, Qt.Key.Key_Return)
        return "type a number"

    def _resize(self) -> str:
        self._window.resize(*self._random.choice(((1024, 700), (1366, 768), (1440, 900))))
        return "resize"

    def _open_scene(self) -> str:
        from nnsim.data.scenes import find_scene

        name = self._random.choice(_SCENES)
        self._watch.doing = f"open {name}"
        # As from the list of scenes, without the question about what is not saved.
        self._window.open_scene(find_scene(name))
        return f"open {name}"

    def _start_demo(self) -> str:
        self._watch.doing = f"demo of {self._window.scene_name}"
        self._window.actions_by_name["demo"].trigger()
        return f"demo of {self._window.scene_name}"

    def _go_on_in_the_demo(self) -> str:
        return self._press_in_the_demo(self._random.choice(("Space", "Right")))

    def _go_back_in_the_demo(self) -> str:
        return self._press_in_the_demo("Left")

    def _end_the_demo(self) -> str:
        return self._press_in_the_demo("Escape")

    def _press_in_the_demo(self, key: str) -> str:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        demo = self._window.demo
        self._watch.doing = f"key {key} in the demo of {self._window.scene_name}"
        QTest.keyClick(demo, getattr(Qt.Key, f"Key_{key}"))
        return f"key {key} in the demo of {self._window.scene_name}"

    def _click_in_the_demo(self) -> str:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        canvas = self._window.demo.stage.canvas
        QTest.mouseClick(
            canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self._point(canvas)
        )
        return "click in the demo"


class _NoDialogs:
    """Every question about files is cancelled."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


def _traced(error: BaseException | None) -> str:
    """What went wrong, and the innermost calls that led there."""
    calls = traceback.format_tb(error.__traceback__)[-_DEEP:] if error is not None else []
    return f"{type(error).__name__}: {error}\n{''.join(calls)}"


def use(seconds: float, seed: int) -> dict[str, Any]:
    """Let the random user at a window for a while.

    Returns
    -------
    dict
        How many things were done, the longest turn of the loop in CPU seconds, the offenders, and the
        exceptions that nobody caught.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    from nnsim.bench.budgets.watch import Watch
    from nnsim.bench.budgets.window import opened
    from nnsim.data import digits

    digits.GENERATED_TRAIN, digits.GENERATED_TEST = 2_000, 400
    exceptions: list[str] = []
    sys.excepthook = lambda _, error, __: exceptions.append(_traced(error))
    threading.excepthook = lambda each: exceptions.append(_traced(each.exc_value))
    with opened("xor", compiled=True) as window:
        window.files.dialogs = _NoDialogs()
        loop, timer, end = QEventLoop(), QTimer(), QTimer()
        watch = Watch(LIMIT)
        user = RandomUser(window, watch, seed)
        timer.timeout.connect(user.act)
        end.setSingleShot(True)
        end.timeout.connect(loop.quit)
        timer.start(_PAUSE)
        end.start(int(1000 * seconds))
        loop.exec()
        timer.stop()
        watch.stop()
        offenders = sorted(watch.offenders, key=lambda each: -each.seconds)
        return {
            "done": user.done,
            "longest": watch.longest,
            "offenders": [
                {"seconds": o.seconds, "limit": o.limit, "doing": o.doing, "stack": o.stack}
                for o in offenders
            ],
            "exceptions": exceptions,
        }


def main() -> None:
    """Read how long and with which seed, and print what was found as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("seconds", type=float)
    parser.add_argument("seed", type=int)
    options = parser.parse_args()
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    print(json.dumps(use(options.seconds, options.seed)))


if __name__ == "__main__":
    main()
