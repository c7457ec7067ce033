"""Weights from elsewhere: a plain safetensors file laid out as PyTorch's `state_dict`."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.model.errors import DocumentError
from nnsim.model.network import Network
from nnsim.model.parameters import Layout, Tensor
from nnsim.model.sentence import Sentence, sentence, translatable
from nnsim.model.tensor_files import StoredTensor, tensor_file

_OTHERWISE = sentence(
    translatable(
        "this is no whole safetensors file; in PyTorch, safetensors.torch.save_file(model.state_dict(), …) "
        "writes one"
    )
)
_KINDS = ("F16", "F32", "F64")
_LISTED = 6
_MISMATCH = translatable(
    "the file's tensors do not fit this network. It needs {needed}; the file holds {stored}"
)
_AND_MORE = translatable("{names} and {count} more")
_NOTHING = translatable("nothing")


def import_weights(path: Path, network: Network) -> NDArray[np.float32]:
    """Read weights for a network.

    Tensors are found by their names, ``hidden1.weight``, or ``layers.N.weight`` as in format 1. Where the
    names are others (``0.weight``, ``fc1.weight``), each layer takes the first of the file's layers that
    has its shapes, in the natural order of the names; then none may be left over.

    Parameters
    ----------
    path : Path
        Holds float16, float32 or float64.
    network : Network

    Returns
    -------
    array of float32, shape (P,)

    Raises
    ------
    DocumentError
        If they do not fit, in words that name the tensor, the shape found and the shape needed.
    OSError
        If the file cannot be read at all.
    """
    layout = Layout(network)
    with tensor_file(path, _OTHERWISE) as file:
        pairs = _pairs(layout.tensors, list(file.tensors.values()))
        vector = np.empty(layout.size, np.float32)
        for tensor, found in pairs:
            vector[tensor.span] = _values(file.values(found.name), found.name)
    vector[layout.removed()] = 0.0
    return vector


def _pairs(needed: tuple[Tensor, ...], stored: list[StoredTensor]) -> list[tuple[Tensor, StoredTensor]]:
    by_name = {found.name: found for found in stored}
    names = next((names for names in _known_names(needed) if by_name.keys() >= set(names)), None)
    if names is None:
        pairs = _by_layer(needed, stored)
    else:
        pairs = [(tensor, by_name[name]) for tensor, name in zip(needed, names, strict=True)]
    for tensor, found in pairs:
        if found.shape != tensor.shape:
            raise DocumentError(
                found.name,
                "has shape {found}; this network needs {wanted} for {name}",
                found=found.shape,
                wanted=tensor.shape,
                name=tensor.name,
            )
        if found.kind not in _KINDS:
            raise DocumentError(
                found.name, "holds {kind}; allowed: {kinds}", kind=found.kind, kinds=", ".join(_KINDS)
            )
    return pairs


def _known_names(needed: tuple[Tensor, ...]) -> tuple[list[str], list[str]]:
    return [tensor.name for tensor in needed], [tensor.numbered_name for tensor in needed]


def _by_layer(needed: tuple[Tensor, ...], stored: list[StoredTensor]) -> list[tuple[Tensor, StoredTensor]]:
    """For each layer the first of the file's layers, in natural order, that has its shapes."""
    left: dict[str, dict[str, StoredTensor]] = {}
    for found in sorted(stored, key=lambda found: _natural(found.name)):
        layer, _, role = found.name.rpartition(".")
        left.setdefault(layer, {})[role] = found
    pairs = []
    for _, group in groupby(needed, key=lambda tensor: tensor.layer):
        tensors = {tensor.role: tensor for tensor in group}
        shapes = {role: tensor.shape for role, tensor in tensors.items()}
        for layer, parts in left.items():
            if {role: found.shape for role, found in parts.items()} == shapes:
                pairs += [(tensor, parts[role]) for role, tensor in tensors.items()]
                del left[layer]
                break
    if left or len(pairs) != len(needed):
        raise DocumentError("", _mismatch(needed, stored))
    return pairs


def _natural(name: str) -> list[tuple[int, str]]:
    """``fc10`` after ``fc9``."""
    return [(int(piece[:9]), "") if piece.isdecimal() else (0, piece) for piece in re.split(r"(\d+)", name)]


def _mismatch(needed: tuple[Tensor, ...], stored: list[StoredTensor]) -> Sentence:
    return sentence(_MISMATCH, needed=_listed(needed), stored=_listed(stored))


def _listed(tensors: Any) -> Sentence:
    words = ", ".join(f"{tensor.name} {tensor.shape}" for tensor in tensors[:_LISTED])
    more = len(tensors) - _LISTED
    if more > 0:
        return sentence(_AND_MORE, names=words, count=more)
    return sentence("{names}", names=words) if words else sentence(_NOTHING)


def _values(stored: NDArray[Any], name: str) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):
        values = stored.astype(np.float32).ravel()
    if not np.isfinite(values).all():
        raise DocumentError(name, "holds numbers that are not finite in float32")
    return values
