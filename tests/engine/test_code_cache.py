"""Compiled code that is kept: damaged, unwritable, on a full disk, and for others to fill meanwhile."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nnsim.engine.code_cache import CodeCache

NAMES = ["affine.forward", "identity.forward"]
LOAD = f"""
import ctypes, sys
import numpy as np
from nnsim.engine import jit
names = {NAMES!r}
print(jit.is_cached(names))
jit.load(names)
print(*(jit._loaded[name].cache_hits for name in names))
"""


@pytest.fixture
def keep(tmp_path):
    """A cache with one entry of two files."""
    store = CodeCache(tmp_path / "engine")
    with store.filling("f") as folder:
        (folder / "sub").mkdir()
        (folder / "sub" / "a.nbi").write_bytes(b"index")
        (folder / "sub" / "a.1.nbc").write_bytes(b"machine code")
    return store


def _truncate(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) * 2 // 3] ^= 4
    path.write_bytes(content)


DAMAGES = {
    "emptied": lambda path: path.write_bytes(b""),
    "truncated": _truncate,
    "flipped": _flip,
    "removed": lambda path: path.unlink(),
}


def _run(folder, code=LOAD, **environment):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, "NUMBA_CACHE_DIR": str(folder), "TMPDIR": str(Path(folder).parent), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", ["sub/a.nbi", "sub/a.1.nbc", "checksums"])
def test_a_damaged_entry_is_none(keep, damage, file):
    assert keep.holds("f")
    DAMAGES[damage](keep.entry("f") / file)
    assert not keep.holds("f")
    with keep.filling("f") as folder:
        (folder / "a.nbi").write_bytes(b"again")
    assert keep.holds("f")
    assert [path.name for path in keep.folder.iterdir()] == ["f"]


def test_what_fails_while_it_is_filled_leaves_nothing(keep):
    with pytest.raises(OSError, match="full"), keep.filling("g"):
        raise OSError("full")
    assert [path.name for path in keep.folder.iterdir()] == ["f"]


def test_another_process_may_be_first(keep):
    with keep.filling("f") as mine:
        (mine / "a.nbi").write_bytes(b"mine")
        with CodeCache(keep.folder).filling("f") as other:
            (other / "a.nbi").write_bytes(b"other")
    assert keep.holds("f")


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """A cache that holds NAMES."""
    folder = tmp_path_factory.mktemp("compiled") / "cache"
    assert _run(folder) == ["False", "0", "0"]
    assert _run(folder) == ["True", "1", "1"]
    return folder


@pytest.fixture
def filled(compiled, tmp_path):
    """One of one's own that holds NAMES."""
    return Path(shutil.copytree(compiled, tmp_path / "cache"))


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_code_is_compiled_again_without_a_word(filled, damage):
    for name, suffix in zip(NAMES, ("nbi", "nbc"), strict=True):
        (path,) = filled.glob(f"*/{name}/**/*.{suffix}")
        DAMAGES[damage](path)
    assert _run(filled) == ["False", "0", "0"]
    assert _run(filled) == ["True", "1", "1"]


def test_code_that_numba_cannot_read_is_compiled_again_even_where_the_checksums_agree(filled):
    (key,) = filled.iterdir()
    for path in filled.rglob("*.nbc"):
        path.write_bytes(b"")
    for name in NAMES:
        CodeCache(key).seal(key / name)
    assert _run(filled) == ["True", "0", "0"]
    assert _run(filled) == ["True", "1", "1"]


def test_where_the_folder_cannot_be_written_a_temporary_one_serves_and_goes(filled, tmp_path):
    (key,) = filled.iterdir()
    shutil.rmtree(key)
    key.write_text("in the way")
    where = "\nprint(jit.cache_folder())\nprint(jit.is_cached(names))"
    *found, used, cached = _run(filled, LOAD + where)
    assert (found, cached) == (["False", "0", "0"], "True")
    assert Path(used).parent.parent == tmp_path
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a limit on the size of files")
@pytest.mark.parametrize("size", [100_000, 1_000])
def test_where_no_disk_has_room_it_is_compiled_all_the_same(tmp_path, size):
    # The first has no room in the folder for the cache, the second not even for one function, anywhere.
    filler = "\nfrom nnsim.engine import code_cache\ncode_cache._PROBE = 10\n" if size == 1_000 else ""
    end = "\nprint(jit.address(names[0]) != 0)"
    assert _run(tmp_path / "cache", FULL.format(size=size) + filler + LOAD + end)[1:] == ["0", "0", "True"]
    assert not [path for path in tmp_path.iterdir() if path.name != "cache"]


def test_what_killed_processes_left_is_swept_after_a_day(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    day_before = time.time() - 90_000
    for name in ("nnsim-engine-old", "nnsim-engine-new", "other"):
        (tmp_path / name / "engine").mkdir(parents=True)
    (tmp_path / "engine" / ".f-old").mkdir(parents=True)
    (tmp_path / "engine" / ".f-new").mkdir()
    for old in (tmp_path / "nnsim-engine-old", tmp_path / "other", tmp_path / "engine" / ".f-old"):
        os.utime(old, (day_before, day_before))
    store = CodeCache(tmp_path / "engine")
    assert [path.name for path in store.folder.iterdir()] == [".f-new"]
    store.retreat()
    left = {path.name for path in tmp_path.iterdir()} - {store.folder.parent.name}
    assert left == {"nnsim-engine-new", "other", "engine"}
    assert store.is_open
    store.retreat()
    assert not store.is_open
