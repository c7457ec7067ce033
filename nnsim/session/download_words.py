"""What a download says when it fails: what happened, why, and what to do."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtNetwork import QNetworkReply

translate = QCoreApplication.translate

_Error = QNetworkReply.NetworkError
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_UNREACHABLE = {
    _Error.ConnectionRefusedError,
    _Error.HostNotFoundError,
    _Error.NetworkSessionFailedError,
    _Error.TemporaryNetworkFailureError,
    _Error.UnknownNetworkError,
    _Error.ProxyConnectionRefusedError,
    _Error.ProxyNotFoundError,
}


def reason_of(error: QNetworkReply.NetworkError, otherwise: str) -> str:
    """Why a mirror gave nothing; empty where it could not even be reached."""
    reasons = {
        _Error.TimeoutError: translate("Download", "it does not answer"),
        _Error.OperationCanceledError: translate("Download", "it does not answer"),
        _Error.ProxyTimeoutError: translate("Download", "it does not answer"),
        _Error.RemoteHostClosedError: translate("Download", "the connection breaks off"),
        _Error.ContentNotFoundError: translate("Download", "it does not have the file"),
        _Error.ContentGoneError: translate("Download", "it does not have the file"),
        _Error.TooManyRedirectsError: translate("Download", "it redirects without end"),
        _Error.InsecureRedirectError: translate("Download", "it redirects to an unprotected address"),
        _Error.SslHandshakeFailedError: translate("Download", "no protected connection could be made"),
    }
    return "" if error in _UNREACHABLE else reasons.get(error, otherwise)


def fetching_failed(reasons: Mapping[str, str], folder: Path) -> str:
    """A sentence about mirrors that gave nothing.

    Parameters
    ----------
    reasons : mapping of str to str
        Hosts and why each gave nothing, as :func:`reason_of` says.
    folder : Path
    """
    unreached = [host for host, reason in reasons.items() if not reason]
    parts = [f"{host}: {reason}" for host, reason in reasons.items() if reason]
    if unreached:
        parts.insert(0, translate("Download", "no connection to {hosts}").format(hosts=", ".join(unreached)))
    words = translate(
        "Download",
        "MNIST could not be fetched: {reasons}. You can train on generated digits meanwhile, or put the "
        "four files into {folder}.",
    )
    return words.format(reasons="; ".join(parts), folder=folder)


def writing_failed(error: OSError, folder: Path, total: int) -> str:
    """A sentence about a disk that is full, or a folder that may not be written to."""
    if error.errno in _FULL:
        words = translate(
            "Download",
            "The disk that holds {folder} is full; MNIST needs {size} MB there. Free some space, then try "
            "again: what has arrived is kept.",
        )
        return words.format(folder=folder, size=QLocale().toString(total / 1e6, "f", 1))
    words = translate(
        "Download", "MNIST could not be written to {folder}: {reason}. Check that you may write there."
    )
    return words.format(folder=folder, reason=error.strerror or error)


def fetched_elsewhere() -> str:
    """A sentence about a second download into the same folder."""
    return QCoreApplication.translate(
        "Download", "Another window is fetching MNIST already. Wait until it is done."
    )
