"""Images of handwritten digits as the engines see them, from three sources.

What was read or generated last stays in memory, so that opening a scene again is instant. The arrays
are shared and cannot be written to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nnsim.data.dataset import Array32, Dataset
from nnsim.data.idx import Bytes
from nnsim.data.mnist import FILES, file_in, find_mnist, read_mnist
from nnsim.data.own_digits import OwnDigits, own_file, read_own
from nnsim.model.data import DIGIT_CLASSES, DIGIT_PIXELS, DigitsData
from nnsim.model.errors import DocumentError

CLASSES = tuple(str(digit) for digit in range(DIGIT_CLASSES))
GENERATED_TRAIN, GENERATED_TEST = 12_000, 2_000
"""Generated digits where a document names no number."""
_TRAIN_FOR_EACH_TEST = 6
PREVIEW_TRAIN, PREVIEW_TEST = 128, 32
_TEST_STREAM = 1

_Stamp = tuple[int, int]


class _Part(NamedTuple):
    x: Array32
    y: Array32


class _Digits(NamedTuple):
    train: _Part
    test: _Part
    source: str


@dataclass(frozen=True, slots=True)
class _Request:
    """What the cache knows a set by: another file of the same name is another set."""

    source: str
    folder: Path | None = None
    stamps: tuple[_Stamp, ...] = ()
    train: int = 0
    test: int = 0
    seed: int = 0


def load_digits(data: DigitsData) -> Dataset:
    """The digits that a document describes.

    Parameters
    ----------
    data : DigitsData
        MNIST brings its 10,000 test samples, generated digits a sixth as many as there are training
        samples; the user's own have none.

    Returns
    -------
    Dataset
        Its `source` says what the digits really are: generated ones stand in for MNIST where it is
        not on this machine.

    Raises
    ------
    DocumentError
        If a folder named for MNIST does not hold it, a file is damaged, or there are no own digits.
    """
    request = _request(data)
    digits = _PREPARE[request.source](request)
    train = digits.train
    if data.samples:
        train = _Part(train.x[: data.samples], train.y[: data.samples])
    if data.mine and request.source != "mine":
        train = _joined(train, _own_part(_own_request()))
    return _dataset(train, digits.test, digits.source)


def preview_digits(data: DigitsData) -> Dataset:
    """Some samples of what :func:`load_digits` gives, at once: the first ones of its training and test sets.

    Raises
    ------
    DocumentError
        As :func:`load_digits`, as far as is seen without reading everything.
    """
    request = _request(data)
    if request.folder is not None:
        mnist = read_mnist(request.folder, head=(PREVIEW_TRAIN, PREVIEW_TEST))
        digits = _Digits(_part(*mnist[:2]), _part(*mnist[2:]), request.source)
    elif request.source == "generated":
        digits = _first(min(request.train, PREVIEW_TRAIN), min(request.test, PREVIEW_TEST), request.seed)
    else:
        return load_digits(data)
    return _dataset(*digits)


def _dataset(train: _Part, test: _Part, source: str) -> Dataset:
    return Dataset(*train, *test, task="multiclass", classes=CLASSES, source=source, is_test=len(test.x) > 0)


def _request(data: DigitsData) -> _Request:
    if data.source == "mine":
        return _own_request()
    folder = find_mnist() if data.source == "mnist" else None
    if folder is not None:
        files = [file_in(folder, file) for file in FILES]
        return _Request("mnist", folder, tuple(_stamp(path) for path in files if path is not None))
    train, test = GENERATED_TRAIN, GENERATED_TEST
    if data.samples:
        train, test = data.samples, max(1, data.samples // _TRAIN_FOR_EACH_TEST)
    return _Request("generated", train=train, test=test, seed=data.seed)


def _own_request() -> _Request:
    path = own_file()
    return _Request("mine", stamps=(_stamp(path),) if path.exists() else ())


def _stamp(path: Path) -> _Stamp:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=2)
def _prepared(request: _Request) -> _Digits:
    if request.folder is not None:
        mnist = read_mnist(request.folder)
        return _Digits(_part(*mnist[:2]), _part(*mnist[2:]), request.source)
    return _generated(request.train, request.test, request.seed)


def _mine(request: _Request) -> _Digits:
    part = _own_part(request)
    if not len(part.x):
        raise DocumentError(
            "data.source", "you have kept no digits of your own yet; draw one and keep it, or choose others"
        )
    return _Digits(part, _part(np.zeros((0, DIGIT_PIXELS), np.uint8), np.zeros(0, np.uint8)), "mine")


_PREPARE: dict[str, Callable[[_Request], _Digits]] = {
    "mnist": _prepared,
    "generated": _prepared,
    "mine": _mine,
}


def _generated(train: int, test: int, seed: int) -> _Digits:
    # Not needed until somebody trains on them.
    from nnsim.data.handwriting import generate

    return _Digits(
        _part(*generate(train, seed)), _part(*generate(test, seed, stream=_TEST_STREAM)), "generated"
    )


@lru_cache(maxsize=1)
def _first(train: int, test: int, seed: int) -> _Digits:
    """As :func:`_generated`; whoever opens such a scene opens it again."""
    return _generated(train, test, seed)


@lru_cache(maxsize=1)
def _own_part(request: _Request) -> _Part:
    own: OwnDigits = read_own()
    return _part(own.x, own.y)


def _joined(one: _Part, other: _Part) -> _Part:
    if not len(other.x):
        return one
    return _sealed(np.concatenate((one.x, other.x)), np.concatenate((one.y, other.y)))


def _part(images: Bytes, labels: Bytes) -> _Part:
    x = np.multiply(images.reshape(len(images), DIGIT_PIXELS), np.float32(1 / 255), dtype=np.float32)
    return _sealed(x, np.eye(DIGIT_CLASSES, dtype=np.float32)[labels])


def _sealed(x: Array32, y: Array32) -> _Part:
    x.flags.writeable = y.flags.writeable = False
    return _Part(x, y)
