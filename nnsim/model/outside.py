"""Opening files that nobody vouches for: ordinary ones alone, and no more of them than is allowed."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from nnsim.model.errors import DocumentError

# A pipe is not waited for, a terminal not taken over; neither is known on every system.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT")
)


def open_outside(path: Path) -> BinaryIO:
    """Open an ordinary file for reading; whoever reads it bounds what is read.

    Raises
    ------
    DocumentError
        If it is a device, a pipe or a socket: reading one may never end, or take what was another's.
    OSError
        If it cannot be opened, a folder included.
    """
    # Looked at before it is opened, for opening a device may do something; and again after.
    check_ordinary(path, os.stat(path))
    handle = os.open(path, _FLAGS)
    try:
        check_ordinary(path, os.fstat(handle))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def check_ordinary(path: Path, status: os.stat_result) -> None:
    """Refuse what is no ordinary file.

    Raises
    ------
    DocumentError, OSError
        As :func:`open_outside`.
    """
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise DocumentError("", "this is no ordinary file but a device, a pipe or a socket")


def read_outside(path: Path, most: int) -> bytes:
    """What an ordinary file holds.

    Parameters
    ----------
    path : Path
    most : int
        Bytes; a larger file is refused before it is read, and so is one that grows meanwhile.

    Raises
    ------
    DocumentError, OSError
        As :func:`open_outside`, or if it is too large.
    """
    with open_outside(path) as file:
        # Some files of the system claim to be empty and are not.
        small = os.fstat(file.fileno()).st_size <= most
        content = file.read(most + 1) if small else b""
    if not small or len(content) > most:
        raise DocumentError("", "the file is larger than {most} MB", most=most // 1_000_000)
    return content


def read_outside_text(path: Path, most: int) -> str:
    """The text that an ordinary file holds, in UTF-8; a mark of the byte order is no part of it.

    Raises
    ------
    DocumentError, OSError
        As :func:`read_outside`, or if it is no text.
    """
    try:
        return read_outside(path, most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError("", "this is not a text file in UTF-8") from error
