"""A screen that does not answer is one sentence, not an abort of Qt's."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from nnsim.ui.screen_check import unreachable

X11 = {"DISPLAY": ":0"}


def test_a_screen_that_answers_is_no_obstacle() -> None:
    assert unreachable("xcb", X11, lambda name: name == ":0") is None


def test_one_that_refuses_is_named_with_what_to_do() -> None:
    words = unreachable("xcb", X11, lambda _: False)
    assert words is not None
    assert "':0'" in words
    assert "Set DISPLAY" in words
    assert "nnsim shot" in words


def test_one_that_never_answers_is_given_up() -> None:
    for_ever = threading.Event()
    try:
        assert unreachable("xcb", X11, lambda _: for_ever.wait(60), patience=0.05) is not None
    finally:
        for_ever.set()


def test_wayland_is_asked_at_its_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": str(tmp_path)}
    words = unreachable("wayland", environment)
    assert words is not None
    assert "WAYLAND_DISPLAY" in words
    with socket.socket(socket.AF_UNIX) as server:
        # The address of a socket is short; a test's folder may not be.
        monkeypatch.chdir(tmp_path)
        server.bind("w")
        server.listen()
        assert unreachable("wayland", environment | {"XDG_RUNTIME_DIR": "."}) is None


def test_no_other_platform_is_asked() -> None:
    assert unreachable("offscreen", {}) is None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no DISPLAY")
@pytest.mark.parametrize("arguments", [[], ["--draw"], ["--demo", "xor"]])
def test_the_command_says_so_and_ends(arguments: list[str]) -> None:
    environment = {**os.environ, "DISPLAY": ":4711", "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(
        [sys.executable, "-m", "nnsim", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("nnsim: ")
    assert done.stderr.count("\n") <= 2
