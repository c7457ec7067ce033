"""Files from outside: ordinary ones alone, bounded, and nothing in them said twice."""

import json
import os
import pydoc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnsim.data.idx import read_idx
from nnsim.data.own_digits import own_file, read_own
from nnsim.data.own_scenes import own_scenes, own_scenes_dir
from nnsim.data.scenes import find_scene
from nnsim.model.document import document_from_json, document_from_text, document_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.fields import Fields
from nnsim.model.files import open_file
from nnsim.model.imports import import_weights
from nnsim.model.json_text import json_from_text
from nnsim.model.outside import open_outside, read_outside, read_outside_text
from nnsim.session.picture_files import PictureError, read_image

XOR = find_scene("xor").document
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def socket(path: Path) -> None:
    import socket as sockets

    # A socket's path may be no longer than some hundred bytes.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        sockets.socket(sockets.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


READERS: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "scene": ("a.json", lambda path: find_scene(str(path))),
    "document": ("a.nnsim", open_file),
    "weights": ("a.safetensors", lambda path: import_weights(path, XOR.network)),
    "picture": ("a.png", lambda path: read_image(path, 64)),
    "digits": ("a-ubyte", lambda path: read_idx(path, 3)),
}


@posix
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize("make", [pipe, zeros, terminal, socket])
@pytest.mark.parametrize("reader", READERS)
def test_no_reader_touches_what_is_no_ordinary_file(tmp_path, monkeypatch, reader, make) -> None:
    name, read = READERS[reader]
    path = tmp_path / name
    make(path)
    opened = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda file, *rest: opened.append(str(file)) or real(file, *rest))
    with pytest.raises((DocumentError, PictureError)):
        read(path)
    assert str(path) not in opened


@posix
def test_an_own_scene_and_own_digits_that_are_none_are_told_or_refused(monkeypatch) -> None:
    own_scenes_dir().mkdir(parents=True, exist_ok=True)
    os.mkfifo(own_scenes_dir() / "pipe.json")
    own_file().symlink_to("/dev/zero")
    try:
        scenes, damaged = own_scenes()
        assert "pipe" not in scenes
        assert any("pipe.json: this is no ordinary file" in words for words in damaged)
        with pytest.raises(DocumentError, match="no ordinary file"):
            read_own()
    finally:
        (own_scenes_dir() / "pipe.json").unlink()
        own_file().unlink()


@posix
def test_what_is_exchanged_for_a_pipe_while_it_is_opened_is_refused(tmp_path, monkeypatch) -> None:
    path = tmp_path / "a"
    path.write_text("x")
    real = os.open

    def exchanged(file: Path, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return real(file, flags)

    monkeypatch.setattr(os, "open", exchanged)
    with pytest.raises(DocumentError, match="no ordinary file"):
        open_outside(path)


def test_a_folder_is_an_os_error(tmp_path) -> None:
    with pytest.raises(IsADirectoryError):
        open_outside(tmp_path)


def test_no_more_is_read_than_allowed(tmp_path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(10))
    assert read_outside(path, 10) == bytes(10)
    with pytest.raises(DocumentError, match="larger than"):
        read_outside(path, 9)


@pytest.mark.skipif(sys.platform != "linux", reason="a file of Linux's own")
def test_a_file_that_claims_to_be_empty_is_bounded_all_the_same() -> None:
    path = Path("/proc/self/maps")
    assert path.stat().st_size == 0
    with pytest.raises(DocumentError, match="larger than"):
        read_outside(path, 100)


def test_a_text_may_begin_with_a_mark_of_its_byte_order(tmp_path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document_to_json(XOR)), "utf-8-sig")
    assert find_scene(str(path)).document == XOR
    path.write_bytes(b"\xff\xfe{\0}\0")
    with pytest.raises(DocumentError, match="not a text file in UTF-8"):
        read_outside_text(path, 100)


@pytest.mark.parametrize("ending", ["JSON", "Json"])
def test_an_ending_in_capitals_is_the_same_ending(tmp_path, ending) -> None:
    path = tmp_path / f"X.{ending}"
    path.write_text(json.dumps(document_to_json(XOR)))
    assert find_scene(str(path)).document == XOR


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"a": 1, "a": 1}', "a"),
        ('{"x": [{"b": {}, "c": 2, "b": []}]}', "b"),
        ('{"caf\\u00e9": 1, "café": 2}', "café"),
    ],
)
def test_a_name_that_stands_twice_is_refused(text, name) -> None:
    with pytest.raises(DocumentError, match="stands twice in the same object") as caught:
        json_from_text(text)
    assert caught.value.field == name


def test_twice_in_a_whole_document() -> None:
    text = json.dumps(document_to_json(XOR)).replace('"seed": 1', '"seed": 1, "seed": 2', 1)
    with pytest.raises(DocumentError, match="seed: stands twice"):
        document_from_text(text)


class Name(str):
    """Counts how often one is compared with another."""

    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Name.compared += 1
        return str.__eq__(self, other)  # type: ignore[arg-type]


def test_names_are_looked_up_and_not_searched_for() -> None:
    names = [Name(f"name{i}") for i in range(2_000)]
    Name.compared = 0
    Fields(dict.fromkeys(names, 0), "data", [Name(name) for name in names])
    assert Name.compared < 20 * len(names)


def test_plain_edges_and_numbers_are_checked_without_words_for_each(monkeypatch) -> None:
    value = document_to_json(XOR)
    value["network"]["removed_edges"] = [[0, i % 2, 1, i % 4] for i in range(500)]
    value["data"] = {"kind": "table", "x": [[0, 1.5]] * 500, "y": [[1]] * 500}
    value["parameters"] = {"hidden1.weight": [[1, 2.5]] * 4}

    one_by_one = []
    for name in ("network._edge_or_why_not", "fields.as_number"):
        real = pydoc.locate(f"nnsim.model.{name}")
        monkeypatch.setattr(
            f"nnsim.model.{name}", lambda *call, real=real: one_by_one.append(call) or real(*call)
        )
    read = document_from_json(value)
    assert len(read.network.removed_edges) == 4
    assert read.data.x[0] == (0.0, 1.5)
    # The slope of an activation and the like.
    assert len(one_by_one) < 20


@pytest.mark.parametrize("bad", [True, None, "1", 10**400, 1e31, float("nan"), float("inf"), [1]])
def test_one_wrong_number_among_many_is_named(bad) -> None:
    value = document_to_json(XOR)
    value["data"] = {"kind": "table", "x": [[0, 1]] * 5 + [[0, bad]], "y": [[1]] * 6}
    with pytest.raises(DocumentError) as caught:
        document_from_json(value)
    assert caught.value.field == "data.x[5][1]"
