"""Does the screen that Qt will ask for answer? Where it does not, Qt aborts without a sentence."""

from __future__ import annotations

import ctypes
import os
import socket
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

PATIENCE = 10.0
"""Seconds until a screen on another machine is taken for one that does not answer."""
_ELSEWHERE = "`nnsim shot SCENE OUT.png` makes pictures without a screen, `nnsim train SCENE` trains."


def unreachable(
    platform: str,
    environment: Mapping[str, str],
    answers: Callable[[str], bool] | None = None,
    patience: float = PATIENCE,
) -> str | None:
    """Why no window can come up, in words for the user; None if the screen answers.

    Parameters
    ----------
    platform : str
        Qt's plugin: ``xcb``, ``wayland`` or another, which is not asked.
    environment : mapping
        The environment variables.
    answers : callable, optional
        Whether an X server answers at an address such as ``:0``.
    patience : float
        Seconds.
    """
    if platform == "wayland":
        return None if _wayland_answers(environment) else _words("WAYLAND_DISPLAY", environment)
    if platform != "xcb":
        return None
    found: list[bool] = []
    ask = answers or _x_answers
    thread = threading.Thread(
        target=lambda: found.append(ask(environment.get("DISPLAY", ""))), name="nnsim-screen", daemon=True
    )
    thread.start()
    thread.join(patience)
    return None if found and found[0] else _words("DISPLAY", environment)


def _words(variable: str, environment: Mapping[str, str]) -> str:
    return (
        f"the screen {environment.get(variable, '')!r} that {variable} names does not answer: nothing runs "
        f"there, or it does not let this user in. Set {variable} to one that is there. {_ELSEWHERE}"
    )


def _x_answers(name: str) -> bool:
    """Ask as Qt will; where the library cannot be asked, Qt is to find out."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(name), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "") or "wayland-0"
    if environment.get("WAYLAND_SOCKET"):
        return True
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(str(Path(environment.get("XDG_RUNTIME_DIR", "")) / name))
    except OSError:
        return False
    return True
