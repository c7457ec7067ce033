"""A file that is written stays what it was for everybody else, and whole at every moment."""

import errno
import os
import stat
import sys
import time
from pathlib import Path

import pytest

from nnsim.model import writing
from nnsim.model.writing import CutOffError, NoOrdinaryFileError, sweep, write_whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions and links")
OLD, NEW = b"old " * 50, b"new and longer " * 40


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a file of mine.nnsim"
    path.write_bytes(OLD)
    return path


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_permissions_stay(path: Path, mode: int) -> None:
    path.chmod(mode)
    write_whole(path, NEW)
    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.stat().st_mtime > time.time() - 60


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", NEW, private=True)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_other_names_of_the_file_stay_names_of_it(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.nnsim"
    os.link(path, other)
    for content in (NEW, b"short"):
        write_whole(path, content)
        assert other.read_bytes() == path.read_bytes() == content
        assert other.stat().st_ino == path.stat().st_ino
    assert sorted(tmp_path.iterdir()) == sorted([path, other])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(path: Path) -> None:
    os.chown(path, 12_345, 23_456)
    path.chmod(0o640)
    write_whole(path, NEW)
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12_345, 23_456, 0o640)


def test_where_the_owner_cannot_be_kept_the_file_itself_is_written(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.stat()

    def others(file: Path) -> os.stat_result:
        status = list(os.lstat(file))
        status[stat.ST_UID] += 1
        return os.stat_result(status)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "_status", lambda path: others(path))
        patch.setattr(os, "chown", refuse)
        # What `fstat` says of the file must be what was seen before.
        patch.setattr(writing.os, "fstat", lambda handle: before)
        write_whole(path, NEW)
    assert path.read_bytes() == NEW
    assert path.stat().st_ino == before.st_ino
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("make", ["pipe", "device", "link to a device", "folder"])
def test_what_is_no_ordinary_file_is_left_alone(tmp_path: Path, make: str) -> None:
    path = Path("/dev/null") if make == "device" else tmp_path / "a.nnsim"
    if make == "pipe":
        os.mkfifo(path)
    elif make == "folder":
        path.mkdir()
    elif make != "device":
        path.symlink_to("/dev/null")
    before, names = os.lstat(path), os.listdir(tmp_path)
    with pytest.raises(IsADirectoryError if make == "folder" else NoOrdinaryFileError):
        write_whole(path, NEW)
    assert (os.lstat(path).st_mode, os.lstat(path).st_ino) == (before.st_mode, before.st_ino)
    assert os.listdir(tmp_path) == names


def test_a_file_that_may_not_be_written_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        write_whole(path, NEW)
    assert path.read_bytes() == OLD


def test_the_temporary_file_is_new_short_and_no_link_that_lies_there(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    names = iter(["aaaa", "bbbb", "cccc"])
    monkeypatch.setattr(writing.secrets, "token_hex", lambda _: next(names))
    (tmp_path / ".nnsim-aaaa").symlink_to(victim)
    (tmp_path / ".nnsim-bbbb").write_bytes(b"another's")
    opened = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda *call: opened.append(call) or real(*call))
    write_whole(path, NEW)
    name, flags, mode = opened[2]
    assert Path(name).name == ".nnsim-cccc"
    assert flags & os.O_EXCL
    assert flags & os.O_NOFOLLOW
    assert mode == 0o600
    assert victim.read_bytes() == b"mine"
    assert (tmp_path / ".nnsim-bbbb").read_bytes() == b"another's"


def test_the_longest_name_that_a_file_may_have_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'n' * 249}.nnsim"
    write_whole(path, OLD)
    write_whole(path, NEW)
    os.link(path, tmp_path / "other")
    write_whole(path, OLD)
    assert path.read_bytes() == OLD


def test_strays_are_swept_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    names = (".nnsim-dead", ".nnsim-living", ".hidden", "mine.nnsim")
    for name in names:
        (tmp_path / name).write_bytes(OLD)
        if name != ".nnsim-living":
            os.utime(tmp_path / name, (1.0, 1.0))
    (tmp_path / ".nnsim-folder").mkdir()
    sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*names[1:], ".nnsim-folder"}
    os.utime(tmp_path / ".nnsim-living", (1.0, 1.0))
    write_whole(tmp_path / "new", NEW)
    assert not (tmp_path / ".nnsim-living").exists()


@pytest.mark.parametrize("links", [1, 2])
def test_a_full_disk_changes_nothing(
    path: Path, tmp_path: Path, links: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if links == 2:
        os.link(path, tmp_path / "other")

    def full(*_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate" if links == 2 else "write", full)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, NEW)
    assert path.read_bytes() == OLD
    assert sorted(tmp_path.iterdir()) == before


def test_a_disk_that_fails_in_the_middle_of_a_linked_file_leaves_the_new_one_whole_beside_it(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.link(path, tmp_path / "other")
    real, calls = os.write, []

    def failing(handle: int, content: memoryview) -> int:
        calls.append(handle)
        if len(calls) > 2:
            raise OSError(errno.EIO, "Input/output error")
        return real(handle, content[:10] if len(calls) == 2 else content)

    monkeypatch.setattr(os, "write", failing)
    with pytest.raises(CutOffError) as caught:
        write_whole(path, NEW)
    assert caught.value.rescue.read_bytes() == NEW
    assert caught.value.rescue.suffix == ".nnsim"
    assert caught.value.rescue.parent == tmp_path
