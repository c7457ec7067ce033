"""Told to end by the system: the window leaves a copy, `train --save` a file."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from nnsim.commands.interrupted import Interrupted
from nnsim.data.scenes import find_scene
from nnsim.model.files import open_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
XOR = find_scene("xor").document

WINDOW = textwrap.dedent("""
    import sys
    from PySide6.QtCore import QTimer
    from nnsim import app
    from nnsim.data.scenes import find_scene

    class Window(app.MainWindow):
        def __init__(self, *args):
            super().__init__(*args)
            self.session.warm_up = lambda: None
            if sys.argv[1] == "trained":
                self.session.run()
            self.session.snapshot_changed.connect(self.tell)
            self.is_told = False

        def tell(self, snapshot):
            if not self.is_told and (snapshot.step > 20 or sys.argv[1] != "trained"):
                self.is_told = True
                QTimer.singleShot(0, lambda: print("ready", flush=True))

    app.MainWindow = Window
    sys.exit(app.run(find_scene("xor"), "dark"))
""")


def environment(home: Path) -> dict[str, str]:
    folders = {name: str(home) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    return {**os.environ, **folders, "PYTHONUNBUFFERED": "1"}


def signalled(command: list[str], home: Path, number: int, ready: str) -> tuple[int, str, str]:
    """The exit code and what was printed, once `ready` was printed and the signal sent."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment(home), **pipes) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.strip() == ready:
                break
        child.send_signal(number)
        try:
            out, err = child.communicate(timeout=120)
        finally:
            child.kill()
    return child.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_window_leaves_a_copy_of_training_up_to_that_moment(tmp_path: Path, number: int) -> None:
    code, _, err = signalled([sys.executable, "-c", WINDOW, "trained"], tmp_path, number, "ready")
    assert code == 128 + number, err
    assert "Traceback" not in err
    (copy,) = (tmp_path / "nnsim" / "autosave").glob("*.nnsim")
    document, weights = open_file(copy)
    assert document == XOR
    assert weights.any()
    assert not list(copy.parent.glob("*.lock"))


def test_where_nothing_was_done_nothing_is_left(tmp_path: Path) -> None:
    code, _, err = signalled([sys.executable, "-c", WINDOW, "new"], tmp_path, signal.SIGTERM, "ready")
    assert code == 128 + signal.SIGTERM, err
    assert list((tmp_path / "nnsim" / "autosave").iterdir()) == []


TRAIN = textwrap.dedent("""
    import sys
    from nnsim import cli
    from nnsim.engine.trainer import Trainer

    ready: list[bool] = []
    run_steps = Trainer.run_steps

    def told(self, steps):
        snapshot = run_steps(self, steps)
        if not ready:
            ready.append(True)
            print("ready", flush=True)
        return snapshot

    Trainer.run_steps = told
    sys.exit(cli.main(["train", "xor", "--engine", "reference", "--epochs", "10000000", *sys.argv[1:]]))
""")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_train_keeps_what_it_has(tmp_path: Path, number: int) -> None:
    path = tmp_path / "kept.nnsim"
    command = [sys.executable, "-c", TRAIN, "--save", str(path)]
    code, out, err = signalled(command, tmp_path, number, "ready")
    assert code == 128 + number, err
    assert open_file(path)[0] == XOR
    assert "told to stop after" in err
    assert "Traceback" not in err
    assert "XOR" in out


def test_train_keeps_what_it_has_when_its_terminal_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "kept.nnsim"
    ours, terminal = os.openpty()
    own = "import fcntl, termios\nfcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    child = subprocess.Popen(
        [sys.executable, "-c", own + TRAIN, "--save", str(path)],
        env=environment(tmp_path),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    try:
        os.close(terminal)
        printed = b""
        while b"ready\r\n" not in printed:
            printed += os.read(ours, 4096)
        os.close(ours)
        assert child.wait(timeout=120) == 128 + signal.SIGHUP
    finally:
        child.kill()
        child.wait()
    assert open_file(path)[0] == XOR


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_train_goes_on_ignoring_what_it_was_started_to_ignore(number: int) -> None:
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with Interrupted() as interrupted:
            os.kill(os.getpid(), number)
        assert interrupted.code == 0
    finally:
        signal.signal(number, before)


def test_train_that_keeps_nothing_ends_at_once(tmp_path: Path) -> None:
    code, out, err = signalled([sys.executable, "-c", TRAIN], tmp_path, signal.SIGINT, "ready")
    assert code == 130
    assert "XOR" not in out
    assert err == ""
