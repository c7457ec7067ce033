"""`.nnsim` files: whole round trips, standard contents, and damage refused in words."""

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file, save

from nnsim.model.document import Document, document_from_json, document_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.files import open_file, save_file
from nnsim.model.parameters import Layout
from nnsim.model.sentence import sentence
from nnsim.model.tensor_files import tensor_file

DOCUMENT = document_from_json(
    {
        "format": 1,
        "title": {"en": "XOR", "vi": "XOR — một lớp ẩn"},
        "network": {
            "layers": [
                {"kind": "input", "shape": [2]},
                {"kind": "dense", "units": 3, "activation": "prelu"},
                {"kind": "dense", "units": 1, "activation": "sigmoid"},
            ],
            "removed_edges": [[0, 0, 1, 2]],
        },
        "data": {"kind": "gate", "gate": "xor"},
        "training": {"loss": "bce"},
    }
)
# 3·2 weights, 3 biases, 1 slope, 1·3 weights, 1 bias; the removed edge is row 2, column 0.
SIZE = 14
PARAMETERS = np.linspace(-1, 1, SIZE).astype(np.float32)
PARAMETERS[4] = 0.0


def write(path: Path, tensors: dict[str, Any] | None = None, document: Document = DOCUMENT) -> Path:
    views = Layout(document.network).views(PARAMETERS)
    content = {name: np.ascontiguousarray(value) for name, value in {**views, **(tensors or {})}.items()}
    path.write_bytes(save(content, metadata={"nnsim": json.dumps(document_to_json(document))}))
    return path


def test_save_open_save_gives_identical_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.nnsim", tmp_path / "b.nnsim"
    save_file(first, DOCUMENT, PARAMETERS)
    document, parameters = open_file(first)
    assert document == DOCUMENT
    assert parameters.dtype == np.float32
    assert parameters.tolist() == PARAMETERS.tolist()
    save_file(second, document, parameters)
    assert first.read_bytes() == second.read_bytes()


def test_any_safetensors_reader_finds_tensors_named_and_laid_out_as_in_pytorch(tmp_path: Path) -> None:
    save_file(tmp_path / "a.nnsim", DOCUMENT, PARAMETERS)
    tensors = load_file(tmp_path / "a.nnsim")
    assert {name: value.shape for name, value in tensors.items()} == {
        "hidden1.weight": (3, 2),
        "hidden1.bias": (3,),
        "hidden1.slope": (1,),
        "output.weight": (1, 3),
        "output.bias": (1,),
    }
    assert tensors["hidden1.weight"][1, 0] == PARAMETERS[2]


def test_removed_edges_are_zero_whatever_the_file_says(tmp_path: Path) -> None:
    path = write(tmp_path / "a.nnsim", {"hidden1.weight": np.ones((3, 2), np.float32)})
    _, parameters = open_file(path)
    assert parameters[:6].tolist() == [1, 1, 1, 1, 0, 1]


@pytest.mark.parametrize(
    ("tensor", "words"),
    [
        (np.ones((2, 2), np.float32), r"hidden1\.weight: must be float32 of shape \(3, 2\)"),
        (np.ones((3, 2), np.float64), r"hidden1\.weight: must be float32 of shape \(3, 2\)"),
        (np.full((3, 2), np.nan, np.float32), r"hidden1\.weight: holds numbers that are not finite"),
    ],
)
def test_tensor_that_does_not_fit(tmp_path: Path, tensor: Any, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        open_file(write(tmp_path / "a.nnsim", {"hidden1.weight": tensor}))


def test_missing_tensor_and_missing_document(tmp_path: Path) -> None:
    path = tmp_path / "a.nnsim"
    text = json.dumps(document_to_json(DOCUMENT))
    path.write_bytes(save({"x": np.zeros(1, np.float32)}, metadata={"nnsim": text}))
    with pytest.raises(DocumentError, match=r"hidden1\.weight: this tensor is missing"):
        open_file(path)
    path.write_bytes(save({"x": np.zeros(1, np.float32)}))
    with pytest.raises(DocumentError, match="tensors but no nnsim document"):
        open_file(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff" * 64, b'\x08\0\0\0\0\0\0\0{"a": 1}'])
def test_other_files(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.nnsim"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"not a whole \.nnsim file"):
        open_file(path)


def test_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.nnsim")
    monkeypatch.setattr("nnsim.model.tensor_files.LARGEST_FILE", 100)
    with pytest.raises(DocumentError, match="larger than"):
        open_file(path)


def test_absent_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_file(tmp_path / "a.nnsim")


def test_a_file_that_is_cut_off_while_it_is_read_is_refused_in_words(tmp_path: Path) -> None:
    path = write(tmp_path / "a.nnsim")
    with tensor_file(path, sentence("is damaged")) as file:
        os.truncate(path, 0)
        with pytest.raises(DocumentError, match="is damaged"):
            file.values("hidden1.weight")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows exchanges no open file")
def test_a_file_that_is_exchanged_while_it_is_read_is_the_old_one_to_the_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a.nnsim")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with tensor_file(path, sentence("is damaged")) as file:
        os.replace(pipe, path)
        found = np.concatenate(
            [file.values(tensor.name).ravel() for tensor in Layout(DOCUMENT.network).tensors]
        )
    assert found.tolist() == PARAMETERS.tolist()


@pytest.mark.parametrize(
    "header",
    [
        '{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 8]}}',
        '{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}',
        '{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}',
        '{"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 8]}}',
        '{"a": {"dtype": "F32", "shape": [true, 2], "data_offsets": [0, 8]}}',
        '{"a": {"dtype": "F32", "shape": [2]}}',
        '{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "__metadata__": {"nnsim": 1}}',
        '{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, '
        '"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}',
        '{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, '
        '"b": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}',
        "[]",
    ],
)
def test_a_header_that_does_not_agree_with_what_follows(tmp_path: Path, header: str) -> None:
    path = tmp_path / "a.nnsim"
    path.write_bytes(len(header).to_bytes(8, "little") + header.encode() + bytes(8))
    with pytest.raises(DocumentError, match="is damaged"), tensor_file(path, sentence("is damaged")):
        pass


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_bytes_are_opened_or_refused_in_words(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(write(tmp_path / "whole.nnsim").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged.nnsim"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)) | st.just(len(content)))])
    try:
        document, parameters = open_file(path)
    except DocumentError:
        return
    assert parameters.size == Layout(document.network).size
    assert np.isfinite(parameters).all()


def test_a_failed_save_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.nnsim")
    before = path.read_bytes()

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        save_file(path, DOCUMENT, PARAMETERS)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permission bits")
def test_a_saved_file_has_the_permissions_of_any_new_file_and_links_survive(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    link = tmp_path / "link.nnsim"
    link.symlink_to(tmp_path / "real.nnsim")
    save_file(link, DOCUMENT, PARAMETERS)
    assert link.is_symlink()
    assert stat.S_IMODE(link.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)
