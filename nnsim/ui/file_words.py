"""Words about files that could not be written or read."""

from __future__ import annotations

import errno
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from nnsim.model.writing import CutOffError

_NOT_WRITTEN: dict[int | None, Any] = {
    errno.EACCES: QT_TRANSLATE_NOOP("Files", "you may not write there; choose another folder"),
    errno.EPERM: QT_TRANSLATE_NOOP("Files", "you may not write there; choose another folder"),
    errno.EROFS: QT_TRANSLATE_NOOP("Files", "nothing can be written there; choose another folder"),
    errno.ENOSPC: QT_TRANSLATE_NOOP("Files", "the disk is full; make room, or choose another folder"),
    errno.ENOENT: QT_TRANSLATE_NOOP("Files", "the folder is not there any more; choose another"),
    errno.ENOTDIR: QT_TRANSLATE_NOOP("Files", "the folder is not there any more; choose another"),
    errno.EISDIR: QT_TRANSLATE_NOOP("Files", "there is a folder of that name; choose another name"),
    errno.EINVAL: QT_TRANSLATE_NOOP(
        "Files", "it is a device or a pipe and no ordinary file; choose another name"
    ),
    errno.ENAMETOOLONG: QT_TRANSLATE_NOOP("Files", "the name is too long; choose a shorter one"),
}

_NOT_READ: dict[int | None, Any] = {
    errno.EACCES: QT_TRANSLATE_NOOP("Files", "you may not read it; choose another file"),
    errno.EPERM: QT_TRANSLATE_NOOP("Files", "you may not read it; choose another file"),
    errno.ENOENT: QT_TRANSLATE_NOOP("Files", "it is not there any more; choose another file"),
    errno.ENOTDIR: QT_TRANSLATE_NOOP("Files", "it is not there any more; choose another file"),
    errno.EISDIR: QT_TRANSLATE_NOOP("Files", "it is a folder; choose a file in it"),
}


def _reason(error: OSError, reasons: dict[int | None, Any]) -> str:
    """Why, and what to do about it."""
    words = reasons.get(error.errno)
    return QCoreApplication.translate("Files", words) if words else error.strerror or str(error)


def not_read(name: str, error: OSError) -> str:
    """A sentence for the notice."""
    return QCoreApplication.translate("Files", "“{name}” could not be read: {reason}.").format(
        name=name, reason=_reason(error, _NOT_READ)
    )


def not_written(name: str, error: OSError) -> str:
    """A sentence for the notice."""
    if isinstance(error, CutOffError):
        return QCoreApplication.translate(
            "Files",
            "“{name}” was being written when the disk failed: {reason}. It may be damaged; what was to be "
            "saved is whole in “{rescue}” beside it.",
        ).format(name=name, reason=_reason(error, _NOT_WRITTEN), rescue=error.rescue.name)
    return QCoreApplication.translate(
        "Files", "“{name}” could not be written: {reason}. What was there before is unchanged."
    ).format(name=name, reason=_reason(error, _NOT_WRITTEN))
