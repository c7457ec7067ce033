"""A window that closes waits for nothing long."""

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent

from nnsim.data.scenes import find_scene
from nnsim.session.patience import Patience
from nnsim.session.session import Session
from nnsim.ui.main_window import MainWindow
from nnsim.ui.theme import DARK
from tests.session.driving import wait_idle


def test_a_window_has_one_patience_for_all(open_window, monkeypatch):
    window = open_window("mnist", settle=False)
    asked = []
    for owner, name in (
        (window.files.recovery.autosave, "close"),
        (window.digits.pictures.reading, "stop"),
        (window.session._worker, "stop"),
    ):
        stop = getattr(owner, name)

        def noted(*arguments, stop=stop, **more):
            asked.extend(each for each in (*arguments, *more.values()) if isinstance(each, Patience))
            return stop(*arguments, **more)

        monkeypatch.setattr(owner, name, noted)
    window.files.abandon()
    window.close()
    assert len(asked) == 3
    assert len(set(map(id, asked))) == 1


@pytest.mark.parametrize("scene", ["xor", "shapes", "mnist"])
def test_nothing_of_a_closed_window_stays(qtbot, application, settings, scene):
    window = MainWindow(Session(find_scene(scene).document), settings, DARK, scene)
    window.show()
    wait_idle(qtbot, window.session)
    window.session.step_silently(3)
    window.actions_by_name["lesson"].trigger()
    wait_idle(qtbot, window.session)
    window.files.abandon()
    window.close()
    left = [weakref.ref(window), weakref.ref(window.session), weakref.ref(window.stage.canvas)]
    window.deleteLater()
    del window
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [each() for each in left] == [None] * 3
