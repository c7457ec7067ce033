"""Copies for an emergency: written when something is new, gone after a proper end, found after another."""

import json
import os
import shutil
import stat
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLockFile

from nnsim.model.files import open_file
from nnsim.session import leftovers as module
from nnsim.session.autosave import Autosave
from nnsim.session.current import Current
from nnsim.session.leftovers import leftovers
from nnsim.session.session import Session
from tests.session.driving import scene, wait_idle

XOR = scene("xor")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """Copies of nobody."""
    monkeypatch.setattr(module, "autosave_dir", lambda: tmp_path / "autosave")
    return tmp_path / "autosave"


@pytest.fixture
def session(qtbot) -> Iterator[Session]:
    session = Session(XOR)
    wait_idle(qtbot, session)
    yield session
    session.close()


@pytest.fixture
def autosave(session) -> Iterator[Autosave]:
    autosave = Autosave(session, Current(session), lambda: "xor")
    autosave.start()
    yield autosave
    autosave.close()


def look(autosave) -> bool:
    """Let it look, and wait for what it writes; whether there is a copy then."""
    autosave.look()
    autosave._join()
    return autosave.path.is_file()


def step(qtbot, session) -> None:
    session.step_silently(3)
    wait_idle(qtbot, session)


def test_a_copy_is_written_only_when_something_has_changed(session, autosave, qtbot):
    assert not look(autosave)
    step(qtbot, session)
    assert look(autosave)
    document, weights = open_file(autosave.path)
    assert document == session.document
    assert weights.tolist() == pytest.approx(session.snapshot.parameters.tolist())
    note = json.loads(autosave.path.with_suffix(".json").read_text())
    assert note["source"] == "xor"
    written = autosave.path.stat().st_mtime_ns
    look(autosave)
    assert autosave.path.stat().st_mtime_ns == written
    step(qtbot, session)
    look(autosave)
    assert autosave.path.stat().st_mtime_ns > written


def test_an_edit_of_the_network_is_kept_at_once(session, autosave, qtbot):
    network = session.document.network
    edited = network.with_layer(1, replace(network.layers[1], units=7))
    session.edit("Seven units", replace(session.document, network=edited))
    qtbot.waitUntil(autosave.path.exists, timeout=10_000)
    autosave._join()
    assert open_file(autosave.path)[0].network == edited


def test_the_copy_goes_when_the_document_is_saved_and_at_a_proper_end(session, autosave, qtbot, folder):
    before = set(threading.enumerate())
    step(qtbot, session)
    assert look(autosave)
    autosave.settle()
    assert not autosave.path.exists()
    assert not look(autosave)
    step(qtbot, session)
    assert look(autosave)
    autosave.close()
    assert list(folder.iterdir()) == []
    assert set(threading.enumerate()) <= before


def test_a_living_process_keeps_its_copy_to_itself(session, autosave, qtbot):
    step(qtbot, session)
    assert look(autosave)
    assert leftovers() == []


def test_a_folder_that_cannot_be_written_is_told_once(session, autosave, qtbot, monkeypatch):
    told = []
    autosave.obstacle_changed.connect(told.append)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    step(qtbot, session)
    for _ in range(4):
        assert not look(autosave)
    assert told == ["No space left on device"]
    monkeypatch.undo()
    assert look(autosave)
    assert told == ["No space left on device", ""]


def test_a_lock_that_cannot_be_written_is_told_and_tried_again(session, qtbot, folder, monkeypatch):
    """As on a full disk, or in a folder that somebody has made unwritable."""
    folder.mkdir()
    told = []
    autosave = Autosave(session, Current(session), lambda: "xor")
    autosave.obstacle_changed.connect(told.append)

    class Full(QLockFile):
        def tryLock(self, timeout=0):
            return False

        def error(self):
            return QLockFile.LockError.UnknownError

    with monkeypatch.context() as patch:
        patch.setattr(module, "QLockFile", Full)
        autosave.start()
        step(qtbot, session)
        assert not look(autosave)
        assert not autosave.keep_now()
    assert told == [f"nothing can be written to {folder}"]
    assert autosave.obstacle
    assert look(autosave)
    assert told[1:] == [""]
    autosave.close()


def test_a_folder_that_cannot_be_made_is_told_and_tried_again(session, qtbot, folder):
    folder.write_text("in the way")
    autosave = Autosave(session, Current(session), lambda: "xor")
    autosave.start()
    step(qtbot, session)
    assert not look(autosave)
    assert autosave.obstacle
    folder.unlink()
    assert look(autosave)
    assert not autosave.obstacle
    autosave.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permission bits")
@pytest.mark.parametrize("again", [Autosave.look, Autosave.keep_now])
def test_a_folder_that_is_cleared_away_is_made_anew_with_a_copy_and_a_lock(
    session, autosave, qtbot, folder, again
):
    step(qtbot, session)
    assert look(autosave)
    shutil.rmtree(folder)
    again(autosave)
    autosave._join()
    assert autosave.obstacle == ""
    assert open_file(autosave.path)[1].tolist() == pytest.approx(session.snapshot.parameters.tolist())
    assert leftovers() == []


def test_copies_are_their_owners_alone(session, qtbot, folder):
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    autosave = Autosave(session, Current(session), lambda: "xor")
    autosave.start()
    step(qtbot, session)
    assert look(autosave)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.suffix: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {".nnsim": 0o600, ".json": 0o600, ".lock": 0o600}
    autosave.close()


@pytest.mark.parametrize("content", [b"", bytes(40)])
def test_a_lock_that_says_nothing_hides_no_copy(folder, content):
    killed(folder)
    (lock,) = folder.glob("*.lock")
    lock.write_bytes(content)
    (left,) = leftovers()
    assert open_file(left.path)[0] == XOR
    left.discard()
    assert list(folder.iterdir()) == []


def test_training_up_to_this_moment_is_kept_though_the_window_does_not_know_it_yet(session, autosave, qtbot):
    shown = session.snapshot
    session.step_silently(50)
    assert autosave.keep_now()
    assert session.snapshot is shown
    kept = open_file(autosave.path)[1]
    wait_idle(qtbot, session)
    assert session.snapshot.step == 50
    assert np.array_equal(kept, session.snapshot.parameters.astype(np.float32))


def test_nothing_new_leaves_no_copy(session, autosave):
    assert autosave.keep_now()
    assert not autosave.path.exists()
    assert autosave.put_aside() is None


def test_what_is_put_aside_is_nobodys_and_the_next_copy_has_another_place(session, autosave, qtbot, folder):
    step(qtbot, session)
    assert autosave.keep_now(left=True)
    before = autosave.path
    left = autosave.put_aside()
    assert left.path == before
    assert left.note.left
    assert left.note.source == "xor"
    assert not autosave.path.exists()
    step(qtbot, session)
    assert look(autosave)
    autosave.close()
    assert left.path.exists()
    left.discard()
    assert list(folder.iterdir()) == []


CHILD = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    import numpy as np
    from PySide6.QtCore import QLockFile
    from nnsim.data.scenes import find_scene
    from nnsim.model.files import save_file
    folder = Path(sys.argv[1])
    lock = QLockFile(str(folder / f"{os.getpid()}-0.lock"))
    lock.setStaleLockTime(0)
    assert lock.tryLock(0)
    path = folder / f"{os.getpid()}-0.nnsim"
    save_file(path, find_scene("xor").document, np.full(17, 0.5, np.float32))
    path.with_suffix(".json").write_text(sys.argv[2])
    (folder / ".nnsim-dead").write_bytes(b"cut off")
    os.utime(folder / ".nnsim-dead", (1.0, 1.0))
    print("ready", flush=True)
    sys.stdin.read()
""")


def killed(folder: Path, note: str = '{"source": "xor", "time": 1.0}') -> int:
    """A process that is killed while it has a copy; its number."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-c", CHILD, str(folder), note]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        assert leftovers() == []
        child.kill()
    return child.pid


def test_what_a_killed_process_left_is_found_once_and_taken_over(session, autosave, qtbot, folder):
    pid = killed(folder)
    (left,) = leftovers()
    assert left.path.name == f"{pid}-0.nnsim"
    assert (left.note.source, left.note.time) == ("xor", 1.0)
    assert not (folder / ".nnsim-dead").exists()
    assert leftovers() == []
    document, weights = open_file(left.path)
    session.open(document, weights)
    autosave.adopt(left)
    wait_idle(qtbot, session)
    assert np.all(open_file(autosave.path)[1] == 0.5)
    assert not any(str(pid) in path.name for path in folder.iterdir())


@pytest.mark.parametrize("note", ["{", "[]", '{"source": 3, "time": "noon"}', '{"time": 1e300}', "[" * 9_000])
def test_a_damaged_note_costs_only_the_name(folder, note):
    killed(folder, note)
    (left,) = leftovers()
    assert left.note.source == ""
    assert left.note.time == pytest.approx(left.path.stat().st_mtime)
    left.discard()
    assert list(folder.iterdir()) == []


KILLING = textwrap.dedent("""
    import os, signal, sys, time
    from pathlib import Path
    import numpy as np
    from nnsim.data.scenes import find_scene
    from nnsim.model.files import open_file, save_file

    document, path = find_scene("mnist").document, Path(sys.argv[1])
    size = 784 * 16 + 16 + 16 * 16 + 16 + 160 + 10
    rng = np.random.default_rng(1)
    save_file(path, document, np.zeros(size, np.float32))
    seen, unfinished = set(), 0
    for start in range(0, 600_000, 1_000):
        if start >= 100_000 and min(len(seen), unfinished) > 10:
            break
        child = os.fork()
        if child == 0:
            for number in range(start, start + 1_000):
                save_file(path, document, np.full(size, number, np.float32))
            os._exit(0)
        # A machine that has much else to do needs longer for a save.
        time.sleep(rng.uniform(0.0, 0.02 + start / 3e6))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        _, weights = open_file(path)
        assert (weights == weights[0]).all()
        seen.add(float(weights[0]))
        cut_off = list(path.parent.glob(".*"))
        unfinished += len(cut_off)
        for each in cut_off:
            each.unlink()
    print(len(seen), unfinished)
""")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_a_kill_at_any_moment_of_a_save_leaves_the_old_file_or_the_new_one(tmp_path):
    command = [sys.executable, "-c", KILLING, str(tmp_path / "a.nnsim")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    seen, unfinished = map(int, done.stdout.split())
    # Saves were made, and many kills fell into the middle of one.
    assert seen > 10
    assert unfinished > 10
