"""Qt objects are only ever destroyed in the GUI thread."""

import gc

from PySide6.QtCore import QObject

from nnsim.data.scenes import find_scene
from nnsim.session import garbage
from nnsim.session.session import Session
from tests.session.driving import wait_idle


def test_no_thread_but_the_guis_collects_while_a_session_is_open(qtbot):
    session = Session(find_scene("xor").document)
    try:
        assert not gc.isenabled()
        wait_idle(qtbot, session)
    finally:
        session.close()
    assert gc.isenabled()
    session.close()
    assert gc.isenabled()


def test_of_two_sessions_the_last_to_close_hands_collection_back(qtbot):
    first, second = (Session(find_scene("xor").document) for _ in range(2))
    first.close()
    assert not gc.isenabled()
    second.close()
    assert gc.isenabled()


def test_what_is_due_is_collected():
    gone = []
    garbage.hold()
    try:
        knot = QObject()
        knot.itself = [knot]
        knot.destroyed.connect(lambda: gone.append(True))
        del knot
        filler = [[] for _ in range(2 * gc.get_threshold()[0])]
        garbage.collect()
        assert gone
        assert filler
    finally:
        garbage.release()
