"""Writing files so that nothing is lost: the old one stays whole until the new one is."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
import time
from pathlib import Path

_PREFIX = ".nnsim-"
_STRAY = 600.0
"""Seconds after which nobody is still writing a temporary file."""
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL
# Neither follows a link that somebody put there; not every system knows all of these.
_SAFE = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"))
_PRIVATE, _USUAL = 0o600, 0o666
_swept: set[Path] = set()


class NoOrdinaryFileError(OSError):
    """What is to be written to is a device, a pipe or a socket."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "it is no ordinary file", str(path))


class CutOffError(OSError):
    """A file with several names was being written when the disk failed.

    Attributes
    ----------
    rescue : Path
        Beside it, whole: what was to be written.
    """

    def __init__(self, error: OSError, rescue: Path) -> None:
        super().__init__(error.errno, error.strerror, error.filename)
        self.rescue = rescue


def write_whole(path: Path, content: bytes, *, private: bool = False) -> os.stat_result:
    """Replace a file, or make one; the old one stays whole until the new one is.

    A link stays a link, and the file that it leads to keeps its permissions, owner and other names.

    Parameters
    ----------
    path : Path
    content : bytes
    private : bool
        A new file is for its owner alone, whatever is usual.

    Returns
    -------
    os.stat_result
        Of the file as it stands now.

    Raises
    ------
    NoOrdinaryFileError
        If it is a device, a pipe or a socket.
    CutOffError
        If the disk failed in the middle of a file that has several names; the content is whole beside it.
    OSError
        If it cannot be written; it is unchanged then.
    """
    path = path.resolve()
    old = _status(path)
    _sweep_once(path.parent)
    is_secret = private or old is not None
    handle, temporary = _temporary(path.parent, _PRIVATE if is_secret else _USUAL)
    try:
        with os.fdopen(handle, "wb") as file:
            _fill(file.fileno(), content)
        if old is None:
            os.replace(temporary, path)
        elif old.st_nlink > 1 or not _take_after(temporary, path, old):
            _write_in_place(path, old, content, temporary)
        else:
            os.replace(temporary, path)
    except CutOffError:
        raise
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _settle(path.parent)
    return path.stat()


def sweep(folder: Path) -> None:
    """Remove the temporary files of programs that were killed while they wrote."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > _STRAY:
                        os.unlink(entry.path)


def _sweep_once(folder: Path) -> None:
    if folder not in _swept:
        _swept.add(folder)
        sweep(folder)


def _status(path: Path) -> os.stat_result | None:
    """Of the file that is to be replaced, which must be one that may be."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise NoOrdinaryFileError(path)
    if not os.access(path, os.W_OK):
        # It could be replaced all the same, but somebody has said that it is not to be.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return status


def _temporary(folder: Path, mode: int) -> tuple[int, Path]:
    while True:
        path = folder / f"{_PREFIX}{secrets.token_hex(4)}"
        with contextlib.suppress(FileExistsError):
            return os.open(path, _CREATE | _SAFE, mode), path


def _fill(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]
    os.fsync(handle)


def _take_after(temporary: Path, path: Path, old: os.stat_result) -> bool:
    """Give the new file the owner, the permissions and the labels of the old one; whether that can be."""
    if hasattr(os, "chown"):
        new = os.stat(temporary)
        try:
            if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
                os.chown(temporary, old.st_uid, old.st_gid)
        except OSError:
            return False
    try:
        shutil.copystat(path, temporary)
    except OSError:
        # Some file systems know no permissions, and then there are none to lose.
        if os.stat(temporary).st_mode != old.st_mode:
            return False
    os.utime(temporary)
    return True


def _write_in_place(path: Path, old: os.stat_result, content: bytes, temporary: Path) -> None:
    """Write into the file itself, which another one could not stand in for; meanwhile the new one is kept."""
    rescue = temporary.with_name(f"{path.stem[:60]} rescued {temporary.name[-4:]}{path.suffix}")
    handle = os.open(path, os.O_WRONLY | _SAFE)
    try:
        status = os.fstat(handle)
        if (status.st_dev, status.st_ino) != (old.st_dev, old.st_ino):
            raise OSError(errno.EBUSY, "it was exchanged for another file meanwhile", str(path))
        # Under a name of its own, for if this program ends now it is what people will look for.
        os.rename(temporary, rescue)
        _reserve(handle, old.st_size, len(content), rescue)
        try:
            _fill(handle, content)
            os.ftruncate(handle, len(content))
            os.fsync(handle)
        except OSError as error:
            raise CutOffError(error, rescue) from error
    finally:
        os.close(handle)
    rescue.unlink()


def _reserve(handle: int, old: int, new: int, rescue: Path) -> None:
    """Find out that the disk is too full before anything of the old content is gone."""
    if new > old and hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(handle, 0, new)
        except OSError as error:
            os.ftruncate(handle, old)
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                rescue.unlink()
                raise


def _settle(folder: Path) -> None:
    """Have the folder itself written, so that a power cut does not bring the old file back."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
