"""Sessions that are closed and looked after."""

import threading
from collections.abc import Callable, Iterator

import pytest

from nnsim.model.document import Document
from nnsim.session.patience import Patience
from nnsim.session.session import Session
from tests.session.driving import scene, wait_idle


@pytest.fixture
def open_session(qtbot, qapp) -> Iterator[Callable[..., Session]]:
    """Opens a session on a scene or a document; when the test ends, no thread may be left."""
    before = set(threading.enumerate())
    sessions: list[Session] = []

    def open_one(what: str | Document = "xor", *, settle: bool = True) -> Session:
        session = Session(scene(what) if isinstance(what, str) else what)
        sessions.append(session)
        if settle:
            wait_idle(qtbot, session)
        return session

    yield open_one
    for session in sessions:
        session.close(Patience(120.0))
    assert set(threading.enumerate()) <= before
