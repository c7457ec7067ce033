"""IDX files are read whole or refused in words that name the file."""

import contextlib
import gzip
import struct
import zlib
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnsim.data import gunzip
from nnsim.data import idx as idx_module
from nnsim.data.idx import read_idx
from nnsim.model.errors import DocumentError
from tests.data.idx_files import idx

IMAGES = np.arange(5 * 4 * 3).reshape(5, 4, 3)


def put(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "file-ubyte"
    path.write_bytes(content)
    return path


def packed(content: bytes) -> bytes:
    return gzip.compress(content)


@pytest.mark.parametrize("pack", [bytes, packed])
def test_whole_files_are_read(tmp_path: Path, pack) -> None:
    read = read_idx(put(tmp_path, pack(idx(IMAGES))), 3)
    assert read.dtype == np.uint8
    assert np.array_equal(read, IMAGES)
    assert read_idx(put(tmp_path, pack(idx(np.arange(7)))), 1).tolist() == list(range(7))


@pytest.mark.parametrize("pack", [bytes, packed])
def test_the_head_alone(tmp_path: Path, pack) -> None:
    path = put(tmp_path, pack(idx(IMAGES)))
    assert np.array_equal(read_idx(path, 3, head=2), IMAGES[:2])
    assert np.array_equal(read_idx(path, 3, head=99), IMAGES)


def test_the_head_needs_only_the_beginning_of_the_file(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (400, 28, 28))
    whole = packed(idx(noise))
    path = put(tmp_path, whole[: len(whole) // 2])
    assert np.array_equal(read_idx(path, 3, head=20), noise[:20])
    with pytest.raises(DocumentError, match="cut off"):
        read_idx(path, 3)


DAMAGED = {
    "empty": (b"", "not an IDX file"),
    "text": (b"<html>not found</html>", "not an IDX file"),
    "no dimensions": (b"\0\0\x08\0", "not an IDX file"),
    "floats": (idx(IMAGES, kind=0x0D), "IDX type 13; allowed: 8"),
    "labels": (idx(np.arange(5)), r"labels \(1 dimension\) where images \(3 dimensions\)"),
    "header cut off": (idx(IMAGES)[:9], "cut off"),
    "cut off": (idx(IMAGES)[:-1], "cut off: 59 of the 60 bytes"),
    "too long": (idx(IMAGES) + b"\0", "goes on behind the 60 bytes"),
    "nothing in it": (idx(np.zeros((0, 28, 28))), "announces 0 × 28 × 28"),
    "too large": (
        struct.pack(">BBBB3I", 0, 0, 8, 3, 2**32 - 1, 2**32 - 1, 2**32 - 1),
        "announces 4294967295",
    ),
    "packed, too long": (packed(idx(IMAGES) + b"\0"), "goes on behind"),
    "packed, short": (packed(idx(IMAGES)[:-1]), "cut off: 59 of"),
    "packed, cut off": (packed(idx(IMAGES))[:-9], "cut off"),
    "checksum": (packed(idx(IMAGES))[:-8] + b"\0" * 8, "cannot be unpacked"),
    "damaged inside": (packed(idx(IMAGES))[:12] + b"\xff" * 40, "cannot be unpacked|not an IDX file"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_everything_else_is_refused(tmp_path: Path, name: str) -> None:
    content, words = DAMAGED[name]
    path = put(tmp_path, content)
    with pytest.raises(DocumentError, match=words) as caught:
        read_idx(path, 3)
    assert caught.value.field == str(path)


@given(cut=st.integers(0, 200), at=st.integers(0, 200), byte=st.integers(0, 255))
def test_damage_anywhere_never_passes_as_another_array(
    tmp_path_factory, cut: int, at: int, byte: int
) -> None:
    content = bytearray(packed(idx(IMAGES)))
    content[at % len(content)] = byte
    path = put(tmp_path_factory.getbasetemp(), bytes(content[: max(1, len(content) - cut)]))
    with contextlib.suppress(DocumentError):
        assert np.array_equal(read_idx(path, 3), IMAGES)


def test_no_more_is_unpacked_than_announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed(idx(IMAGES) + bytes(50_000_000))
    asked, make = [], zlib.decompressobj

    class Counting:
        def __init__(self, bits):
            self._real = make(bits)

        def __getattr__(self, name):
            return getattr(self._real, name)

        def decompress(self, block, most):
            asked.append(most)
            return self._real.decompress(block, most)

    monkeypatch.setattr(gunzip.zlib, "decompressobj", Counting)
    with pytest.raises(DocumentError, match="goes on"):
        read_idx(put(tmp_path, bomb), 3)
    assert sorted(asked) == [1, 4, 12, 60]


def test_a_small_packed_file_that_announces_hundreds_of_megabytes_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = packed(struct.pack(">BBBB3I", 0, 0, 8, 3, 199_000, 28, 28) + bytes(1_000_000))
    monkeypatch.setattr(idx_module.np, "empty", lambda *_: pytest.fail("memory was reserved"))
    with pytest.raises(DocumentError, match="far more than so small a file holds"):
        read_idx(put(tmp_path, bomb), 3)
    # A look at the beginning is as small as what it takes.
    monkeypatch.undo()
    assert read_idx(put(tmp_path, bomb), 3, head=9).shape == (9, 28, 28)


@pytest.mark.parametrize("filler", ["name", "empty blocks"])
def test_a_packed_file_that_goes_on_without_content_is_given_up(
    tmp_path: Path, filler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = packed(idx(IMAGES))
    header, body = plain[:10], plain[10:]
    if filler == "name":
        content = header[:3] + b"\x08" + header[4:] + b"n" * 5_000_000 + b"\0" + body
    else:
        content = header + b"\0\0\0\xff\xff" * 1_000_000 + body
    sizes = []
    path = put(tmp_path, content)
    real = idx_module.open_outside

    def counting(path):
        file = real(path)
        read = file.read
        spy = SimpleNamespace(fileno=file.fileno, seek=file.seek, close=file.close)
        spy.read = lambda size: sizes.append(size) or read(size)
        return contextlib.closing(spy)

    monkeypatch.setattr(idx_module, "open_outside", counting)
    with pytest.raises(DocumentError, match="cannot be unpacked"):
        read_idx(path, 3)
    assert sum(sizes) < 500_000


def test_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(DocumentError, match="no such file"):
            read_idx(path, 3)
