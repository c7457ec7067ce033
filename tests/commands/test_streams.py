"""Output that nobody takes, streams that are closed, disks that are full: one sentence, never a traceback."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nnsim import cli
from nnsim.commands import shot
from nnsim.commands.streams import naming, open_streams

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
POSIX = pytest.mark.skipif(os.name != "posix", reason="a shell's redirections")


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which NNSIM stands for the command."""
    return subprocess.run(
        ["bash", "-c", command.replace("NNSIM", f"{sys.executable} -m nnsim")],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        timeout=240,
        encoding="utf-8",
        check=False,
    )


@POSIX
def test_a_reader_that_has_enough_is_no_error() -> None:
    # Gone before anything is written, so that no pipe is wide enough.
    done = shell("NNSIM scenes | true; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGPIPE, "", "")


@LINUX
@pytest.mark.parametrize("command", ["scenes", "trace xor", "train xor --epochs 1 --engine reference --json"])
def test_a_full_disk_behind_the_standard_output_is_named(command: str) -> None:
    done = shell(f"NNSIM {command} > /dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith("nnsim: standard output: No space left on device")
    assert done.stderr.count("\n") == 1


@LINUX
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["--help", "train --help", "--version", "scenes"])
def test_help_that_nobody_could_read_is_a_failure(command: str, unbuffered: str) -> None:
    done = shell(f"NNSIM {command} > /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 1
    assert done.stderr.startswith("nnsim: standard output: No space left on device")


@LINUX
def test_a_full_error_stream_changes_nothing() -> None:
    assert shell("NNSIM train nowhere 2> /dev/full").returncode == 2
    assert shell("NNSIM scenes 2> /dev/full").stdout.count("\n") > 3


@POSIX
@pytest.mark.parametrize("closed", ["2>&-", "<&-", "<&- 2>&-"])
def test_closed_streams_change_nothing(closed: str) -> None:
    done = shell(f"NNSIM train xor --epochs 2 --engine reference {closed}")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 epochs" in done.stdout


@POSIX
def test_a_closed_standard_output_does_not_land_in_a_file(tmp_path: Path) -> None:
    done = shell(f"NNSIM train xor --epochs 2 --engine reference --save {tmp_path}/a.nnsim <&- >&- 2>&-")
    assert done.returncode == 0
    assert shell(f"NNSIM trace {tmp_path}/a.nnsim").returncode == 0


def test_a_terminal_without_greek_gets_question_marks() -> None:
    done = shell("NNSIM trace xor --sample 1", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "?" in done.stdout


def test_names_with_line_ends_and_commands_for_the_terminal_are_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["train", "no\nsuch\x1b[31m.json"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "no\\nsuch\\x1b[31m.json" in err


def test_too_little_memory_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def hoard(_: object) -> int:
        raise MemoryError

    monkeypatch.setattr(cli, "_scenes", hoard)
    assert cli.main(["scenes"]) == 1
    assert "not enough memory" in capsys.readouterr().err


def test_streams_that_are_there_stay_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    before = sys.stdin, sys.stdout, sys.stderr
    open_streams()
    assert (sys.stdin, sys.stdout, sys.stderr) == before


def test_an_error_while_writing_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space") as caught, naming(tmp_path / "a"):
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path / ".a.temporary"))
    assert caught.value.filename == str(tmp_path / "a")


@pytest.mark.parametrize("option", ["--scene", "--demo"])
def test_a_scene_without_a_name_is_not_the_last_one(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([option, ""]) == 2
    assert "there is no scene ''" in capsys.readouterr().err


# --- shot


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are made and take nothing."""

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)


def test_no_broken_picture_is_left_where_the_disk_is_full(
    qapp: object, full_disk: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "xor.png"
    out.write_bytes(b"the picture of before")
    assert cli.main(["shot", "xor", str(out)]) == 2
    assert capsys.readouterr().err == f"nnsim: {out}: No space left on device\n"
    assert out.read_bytes() == b"the picture of before"
    assert list(tmp_path.iterdir()) == [out]


def test_the_platform_without_a_screen_is_quiet(tmp_path: Path) -> None:
    done = shell(f"NNSIM shot xor {tmp_path}/xor.png --size 500x400")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "xor.png").read_bytes().startswith(b"\x89PNG")


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_picture_ends_at_once_and_leaves_nothing(number: int, tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    child = subprocess.Popen(
        [sys.executable, "-m", "nnsim", "shot", "xor", str(tmp_path / "xor.png"), "--epochs", "9000000"],
        env=os.environ | {"TMPDIR": str(tmp_path / "temporary")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for_anything_in(tmp_path / "temporary", child)
        child.send_signal(number)
        _, err = child.communicate(timeout=240)
    finally:
        child.kill()
    assert (child.returncode, err) == (128 + number, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]
    assert list((tmp_path / "temporary").iterdir()) == []


def _wait_for_anything_in(folder: Path, child: subprocess.Popen[bytes]) -> None:
    while not list(folder.iterdir()):
        assert child.poll() is None
        time.sleep(0.01)


def test_the_signals_are_given_back(qapp: object, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with shot._ended_by_signals("nnsim-nothing-"):
        assert signal.getsignal(signal.SIGINT) != before[0]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
