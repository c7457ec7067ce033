"""`.nnsim` files: a safetensors file whose metadata holds the document."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from nnsim.model.document import Document, document_from_text, document_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.json_text import LARGEST_JSON
from nnsim.model.parameters import Layout, Vector
from nnsim.model.sentence import sentence, translatable
from nnsim.model.tensor_files import LARGEST_HEADER, PREFIX, TensorFile, tensor_file
from nnsim.model.writing import write_whole

METADATA_KEY = "nnsim"
_OTHERWISE = sentence(translatable("this is not a whole .nnsim file (damaged, cut off or another kind)"))


def save_file(path: Path, document: Document, parameters: Vector, *, private: bool = False) -> os.stat_result:
    """Write a document and its parameters; the old file stays whole until the new one is.

    Parameters
    ----------
    path : Path
    document : Document
    parameters : array, shape (P,)
        The flat vector; each tensor is stored by its PyTorch name in float32.
    private : bool
        As for :func:`nnsim.model.writing.write_whole`.

    Returns
    -------
    os.stat_result
        Of the file.

    Raises
    ------
    DocumentError
        If there is more to be said of the network than a file that can be opened again may hold.
    OSError
        If it cannot be written.
    """
    tensors = {
        name: np.ascontiguousarray(view, dtype=np.float32)
        for name, view in Layout(document.network).views(parameters).items()
    }
    text = json.dumps(document_to_json(document), ensure_ascii=False, separators=(",", ":"))
    content = save(tensors, metadata={METADATA_KEY: text})
    if len(text) > LARGEST_JSON or int.from_bytes(content[:PREFIX], "little") > LARGEST_HEADER:
        edges = len(document.network.removed_edges) + len(document.network.frozen_edges)
        raise DocumentError(
            "network",
            "has {edges} removed and frozen edges, more than a file can hold; put some back",
            edges=edges,
        )
    return write_whole(path, content, private=private)


def open_file(path: Path) -> tuple[Document, NDArray[np.float32]]:
    """Read a document and its parameters.

    Returns
    -------
    document : Document
    parameters : array of float32, shape (P,)

    Raises
    ------
    DocumentError
        If the file is not a whole `.nnsim` file, in words for the user.
    OSError
        If it cannot be read at all.
    """
    with tensor_file(path, _OTHERWISE) as file:
        text = file.metadata.get(METADATA_KEY)
        if text is None:
            raise DocumentError("", "the file holds tensors but no nnsim document")
        document = document_from_text(text)
        return document, _parameters(document, file)


def _parameters(document: Document, file: TensorFile) -> NDArray[np.float32]:
    layout = Layout(document.network)
    names = _stored_names(layout, file.tensors.keys())
    for tensor, name in zip(layout.tensors, names, strict=True):
        stored = file.tensors[name]
        if stored.shape != tensor.shape or stored.kind != "F32":
            raise DocumentError(name, "must be float32 of shape {shape}", shape=tensor.shape)
    # Reserved only now that the file has proved to hold as much.
    vector = np.empty(layout.size, np.float32)
    for tensor, name in zip(layout.tensors, names, strict=True):
        values = file.values(name)
        if not np.isfinite(values).all():
            raise DocumentError(name, "holds numbers that are not finite")
        vector[tensor.span] = values.ravel()
    vector[layout.removed()] = 0.0
    return vector


def _stored_names(layout: Layout, there: Collection[str]) -> list[str]:
    """What each tensor is called in the file: by its layer's name, or in format 1 by its number."""
    numbered = not any(tensor.name in there for tensor in layout.tensors)
    names = [tensor.numbered_name if numbered else tensor.name for tensor in layout.tensors]
    for tensor, name in zip(layout.tensors, names, strict=True):
        if name not in there:
            raise DocumentError(tensor.name, "this tensor is missing from the file")
    return names
