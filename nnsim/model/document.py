"""A document: what a scene or a `.nnsim` file says, apart from the weights."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from nnsim.model.arrangement import Arrangement, arrangement_from_json, arrangement_to_json, within
from nnsim.model.data import Data, data_from_json, data_shape, data_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.fields import Fields, as_numbers
from nnsim.model.json_text import json_from_text
from nnsim.model.network import Network, network_from_json, network_to_json
from nnsim.model.parameters import Layout, Vector
from nnsim.model.script import Slide, script_from_json, script_to_json
from nnsim.model.training import Training, training_from_json, training_to_json
from nnsim.model.words import Words, words_from_json, words_in

FORMAT = 2
"""What is written; 1 is read as well."""
_FIELDS = (
    "format",
    "title",
    "description",
    "network",
    "data",
    "training",
    "parameters",
    "script",
    "arrangement",
)


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
    script : tuple of Slide
        What a teacher says and shows with it.
    arrangement : Arrangement
        What was moved by hand in its picture; always of layers and units that the network has.
    """

    network: Network
    data: Data
    training: Training
    title: Words = ()
    description: Words = ()
    start: tuple[tuple[str, tuple[float, ...]], ...] = field(default=())
    script: tuple[Slide, ...] = ()
    arrangement: Arrangement = ()

    def __post_init__(self) -> None:
        if self.arrangement:
            object.__setattr__(self, "arrangement", within(self.arrangement, self.network))

    def title_in(self, language: str) -> str:
        """The title in a language, else in English, else the first there is."""
        return words_in(self.title, language)

    def description_in(self, language: str) -> str:
        """The description in a language, else in English, else the first there is."""
        return words_in(self.description, language)

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


def _start(fields: Fields, network: Network, numbered: bool) -> tuple[tuple[str, tuple[float, ...]], ...]:
    value = fields.raw("parameters", {})
    layout = Layout(network)
    tensors = {tensor.numbered_name if numbered else tensor.name: tensor for tensor in layout.tensors}
    given = Fields(value, fields.at("parameters"), tensors)
    out = []
    for name in value:
        path = given.at(name)
        try:
            array = np.array(given.raw(name), dtype=object)
        except ValueError as error:
            raise DocumentError(path, "must be a regular list of numbers") from error
        if array.shape != tensors[name].shape:
            raise DocumentError(
                path, "has shape {found}; allowed: {wanted}", found=array.shape, wanted=tensors[name].shape
            )
        out.append((tensors[name].name, as_numbers(array.ravel().tolist(), path, counted=False)))
    return tuple(out)


def check_fit(network: Network, data: Data) -> None:
    """Check that a network has the data's inputs and outputs.

    Raises
    ------
    DocumentError
        Naming the layer that does not fit.
    """
    inputs, outputs = data_shape(data)
    if network.input.units != inputs:
        raise DocumentError(
            "network.layers[0].shape",
            "has {units} inputs; allowed: {inputs}, as the data has",
            units=network.input.units,
            inputs=inputs,
        )
    if network.outputs != outputs:
        raise DocumentError(
            f"network.layers[{len(network.layers) - 1}].units",
            "is {found}; allowed: {wanted}, as the data has outputs",
            found=network.outputs,
            wanted=outputs,
        )


def document_from_json(value: object) -> Document:
    """Read and check a document.

    Raises
    ------
    DocumentError
        Naming the field and what is allowed there.
    """
    fields = Fields(value, "", _FIELDS)
    number = fields.integer("format", low=1, high=FORMAT)
    network = network_from_json(fields.raw("network"), number)
    data = data_from_json(fields.raw("data"))
    check_fit(network, data)
    return Document(
        network=network,
        data=data,
        training=training_from_json(fields.raw("training")),
        title=words_from_json(fields, "title"),
        description=words_from_json(fields, "description"),
        start=_start(fields, network, numbered=number == 1),
        script=script_from_json(fields, "script", network.names),
        arrangement=arrangement_from_json(fields, "arrangement", network),
    )


def document_from_text(text: str) -> Document:
    """Read and check a document from the text of its JSON.

    Raises
    ------
    DocumentError
        Where the text is no JSON, or no document.
    """
    return document_from_json(json_from_text(text))


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
    if document.script:
        out["script"] = script_to_json(document.script)
    if document.arrangement:
        out["arrangement"] = arrangement_to_json(document.arrangement)
    return out
