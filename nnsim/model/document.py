"""A document: what a scene or a `.nnsim` file says, apart from the weights."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from nnsim.model.data import Data, data_from_json, data_shape, data_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.fields import Fields, as_number
from nnsim.model.network import Network, network_from_json, network_to_json
from nnsim.model.parameters import Layout, Vector
from nnsim.model.training import Training, training_from_json, training_to_json

FORMAT = 1
LONGEST_TEXT = 2_000
MOST_LANGUAGES = 100
LARGEST_JSON = 20_000_000
_FIELDS = ("format", "title", "description", "network", "data", "training", "parameters")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What is learned, from what, and how.

    Attributes
    ----------
    network : Network
    data : Data
    training : Training
    title, description : tuple of (language, text)
    start : tuple of (tensor name, flat tuple of numbers)
        Initial parameters given by hand; tensors not named are drawn from the seed.
    """

    network: Network
    data: Data
    training: Training
    title: Words = ()
    description: Words = ()
    start: tuple[tuple[str, tuple[float, ...]], ...] = field(default=())

    def title_in(self, language: str) -> str:
        """The title in a language, else in English, else the first there is."""
        return _in_language(self.title, language)

    def description_in(self, language: str) -> str:
        """The description in a language, else in English, else the first there is."""
        return _in_language(self.description, language)

    def with_new_seed(self, seed: int) -> Document:
        """The same document with another random start; one given by hand is dropped."""
        return replace(self, training=replace(self.training, seed=seed), start=())

    def apply_start(self, vector: Vector) -> Vector:
        """Overwrite the tensors of a fresh parameter vector that the document gives by hand."""
        layout = Layout(self.network)
        for name, values in self.start:
            tensor = next(t for t in layout.tensors if t.name == name)
            vector[tensor.span] = values
        vector[layout.removed()] = 0.0
        return vector


def _in_language(words: Words, language: str) -> str:
    texts = dict(words)
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _words(fields: Fields, name: str) -> Words:
    value = fields.raw(name, {})
    if isinstance(value, str):
        value = {"en": value}
    if not isinstance(value, Mapping):
        raise DocumentError(fields.at(name), "must be text, or texts by language")
    if len(value) > MOST_LANGUAGES:
        raise DocumentError(fields.at(name), f"has {len(value)} languages; allowed: at most {MOST_LANGUAGES}")
    for language, text in value.items():
        path = f"{fields.at(name)}.{language}"
        if not isinstance(text, str) or len(text) > LONGEST_TEXT:
            raise DocumentError(path, f"must be text of at most {LONGEST_TEXT} characters")
        if not _LANGUAGE.fullmatch(str(language)):
            raise DocumentError(path, "is no language; allowed: codes such as en, vi, pt-BR")
        # JSON can spell half a character, which no file could then hold.
        if not text.isascii() and text != text.encode("utf-8", "replace").decode():
            raise DocumentError(path, "holds half a character (an unpaired surrogate)")
    return tuple((str(language), text) for language, text in value.items())


def _start(fields: Fields, network: Network) -> tuple[tuple[str, tuple[float, ...]], ...]:
    value = fields.raw("parameters", {})
    tensors = {tensor.name: tensor for tensor in Layout(network).tensors}
    given = Fields(value, fields.at("parameters"), tensors)
    out = []
    for name in value:
        path = given.at(name)
        try:
            array = np.array(given.raw(name), dtype=object)
        except ValueError as error:
            raise DocumentError(path, "must be a regular list of numbers") from error
        if array.shape != tensors[name].shape:
            raise DocumentError(path, f"has shape {array.shape}; allowed: {tensors[name].shape}")
        out.append((name, tuple(as_number(number, path) for number in array.ravel())))
    return tuple(out)


def _check_fit(network: Network, data: Data) -> None:
    inputs, outputs = data_shape(data)
    if network.input.units != inputs:
        path, units, wanted = "network.layers[0].shape", network.input.units, inputs
    elif network.output.units != outputs:
        path, units, wanted = (
            f"network.layers[{len(network.layers) - 1}].units",
            network.output.units,
            outputs,
        )
    else:
        return
    raise DocumentError(path, f"is {units}, which does not fit the data; allowed: {wanted}")


def document_from_json(value: object) -> Document:
    """Read and check a document.

    Raises
    ------
    DocumentError
        Naming the field and what is allowed there.
    """
    fields = Fields(value, "", _FIELDS)
    fields.integer("format", low=FORMAT, high=FORMAT)
    network = network_from_json(fields.raw("network"))
    data = data_from_json(fields.raw("data"))
    _check_fit(network, data)
    return Document(
        network=network,
        data=data,
        training=training_from_json(fields.raw("training")),
        title=_words(fields, "title"),
        description=_words(fields, "description"),
        start=_start(fields, network),
    )


def document_from_text(text: str) -> Document:
    """Read and check a document from the text of its JSON.

    Raises
    ------
    DocumentError
        Where the text is no JSON, or no document.
    """
    if len(text) > LARGEST_JSON:
        raise DocumentError("", f"the text is longer than {LARGEST_JSON} characters")
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise DocumentError("", f"not valid JSON: {error.msg} in line {error.lineno}") from error
    except (RecursionError, ValueError) as error:
        raise DocumentError("", "not valid JSON: nested too deeply or a number too long") from error
    return document_from_json(value)


def document_to_json(document: Document) -> dict[str, Any]:
    """The JSON of a document."""
    out: dict[str, Any] = {"format": FORMAT, "title": dict(document.title)}
    if document.description:
        out["description"] = dict(document.description)
    out["network"] = network_to_json(document.network)
    out["data"] = data_to_json(document.data)
    out["training"] = training_to_json(document.training)
    if document.start:
        tensors = {tensor.name: tensor for tensor in Layout(document.network).tensors}
        out["parameters"] = {
            name: np.array(values).reshape(tensors[name].shape).tolist() for name, values in document.start
        }
    return out
