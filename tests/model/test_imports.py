"""Weights saved elsewhere: by name, by layer, in three precisions; refused in words where they do not fit."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file as save_tensors

from nnsim.data.scenes import find_scene
from nnsim.model.errors import DocumentError
from nnsim.model.files import save_file
from nnsim.model.imports import import_weights
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, chain
from nnsim.model.parameters import Layout

NETWORK = chain(Input((3,)), Dense(4), Dense(4), Dense(2))
LAYOUT = Layout(NETWORK)
WEIGHTS = np.linspace(-1, 1, LAYOUT.size).astype(np.float32)
SHAPES = {tensor.name: tensor.shape for tensor in LAYOUT.tensors}


def saved(
    tmp_path: Path, names: dict[str, str] | None = None, dtype: Any = np.float32, **changed: Any
) -> Path:
    """A file of these weights, under other names: old name of a layer to new."""
    path = tmp_path / "weights.safetensors"
    tensors = {}
    for name, view in LAYOUT.views(WEIGHTS).items():
        layer, _, role = name.rpartition(".")
        tensors[f"{(names or {}).get(layer, layer)}.{role}"] = np.ascontiguousarray(view.astype(dtype))
    save_tensors({k: v for k, v in (tensors | changed).items() if v is not None}, path)
    return path


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float16, 1e-3), (np.float32, 0.0), (np.float64, 0.0)])
def test_by_name_in_any_precision(tmp_path: Path, dtype: Any, tolerance: float) -> None:
    weights = import_weights(saved(tmp_path, dtype=dtype), NETWORK)
    assert weights.dtype == np.float32
    assert np.abs(weights - WEIGHTS).max() <= tolerance


@pytest.mark.parametrize(
    "names",
    [
        ("0", "2", "4"),
        ("fc9", "fc10", "fc11"),
        ("hidden.1", "hidden.2", "out"),
        ("model.a.fc1", "model.a.fc2", "model.head"),
        ("x_first", "x_second", "a_last"),
    ],
)
def test_other_names_are_taken_by_the_layers_order_and_shapes(tmp_path: Path, names: tuple[str, ...]) -> None:
    renamed = dict(zip(("hidden1", "hidden2", "output"), names, strict=True))
    assert import_weights(saved(tmp_path, renamed), NETWORK).tolist() == WEIGHTS.tolist()


def test_layers_of_the_same_shape_are_taken_in_natural_order(tmp_path: Path) -> None:
    network = chain(Input((2,)), *(Dense(2) for _ in range(11)))
    layout = Layout(network)
    weights = np.arange(layout.size, dtype=np.float32)
    path = tmp_path / "deep.safetensors"
    views = layout.views(weights).items()
    save_tensors(
        {
            name.replace("output", "hidden11").replace("hidden", "block"): np.ascontiguousarray(v)
            for name, v in views
        },
        path,
    )
    assert import_weights(path, network).tolist() == weights.tolist()


def test_a_file_of_nnsims_own_and_removed_edges(tmp_path: Path) -> None:
    document = find_scene("xor").document
    size = Layout(document.network).size
    save_file(tmp_path / "a.nnsim", document, np.ones(size, np.float32))
    assert import_weights(tmp_path / "a.nnsim", document.network).tolist() == [1.0] * size
    network = replace(NETWORK, removed_edges=frozenset([Edge(0, 0, 1, 0)]))
    assert import_weights(saved(tmp_path), network)[0] == 0.0


WRONG = {
    "a shape": (
        {"hidden1.weight": np.zeros((4, 2), np.float32)},
        r"hidden1\.weight: has shape \(4, 2\); this network needs \(4, 3\)",
    ),
    "a kind": ({"hidden1.weight": np.zeros((4, 3), np.int32)}, "holds I32; allowed: F16, F32, F64"),
    "not finite": ({"hidden1.bias": np.full(4, np.nan, np.float32)}, "not finite"),
    "too large": ({"hidden1.bias": np.full(4, 1e300)}, "not finite in float32"),
    "missing": ({"output.bias": None}, r"needs hidden1\.weight \(4, 3\).*the file holds"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_fit_is_refused_in_words(tmp_path: Path, case: str) -> None:
    changed, words = WRONG[case]
    with pytest.raises(DocumentError, match=words):
        import_weights(saved(tmp_path, **changed), NETWORK)


def test_one_layer_more_under_other_names_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, {"hidden1": "a"}, **{"z.weight": np.zeros((2, 2), np.float32)})
    with pytest.raises(DocumentError, match="do not fit this network"):
        import_weights(path, NETWORK)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a PyTorch archive", b"\x80\x02pickle" * 9])
def test_another_kind_of_file_says_how_to_make_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.pt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"safetensors\.torch\.save_file"):
        import_weights(path, NETWORK)
