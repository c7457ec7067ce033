"""What every kind of layer can say of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

from nnsim.model.errors import DocumentError
from nnsim.model.fields import Fields
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape
from nnsim.model.sentence import Sentence

LARGEST_LAYER = 65_536
"""Numbers in one layer, at most."""


@dataclass(frozen=True, slots=True)
class ParameterSpec:
    """One tensor that a layer needs.

    Attributes
    ----------
    role : str
        The last part of its name, as PyTorch calls it: ``weight``, ``bias``, ``running_mean``.
    shape : tuple of int
    fan_in, fan_out : int
        Numbers that enter one unit and units that one number enters, for initialisers.
    start : float or None
        What all of it starts from; None where it is drawn by the initialiser.
    trained : bool
        False for state, such as running statistics, which no gradient reaches.
    penalised : bool
        Whether L2 counts it.
    """

    role: str
    shape: tuple[int, ...]
    fan_in: int = 0
    fan_out: int = 0
    start: float | None = 0.0
    trained: bool = True
    penalised: bool = False


class Layer(Protocol):
    """One kind of layer: a frozen dataclass of its settings.

    Attributes
    ----------
    kind : str
        Its name in documents, the same in every room of the program.
    stem : str
        What one is called that has no name of its own, a number behind.
    fields : tuple of str
        What can stand in a document beside kind and name.
    form : tuple of Setting
        Those that people set, in the order in which they stand in a form.
    name : str
        Of this layer in its network, such as ``conv1``; empty until a network gives it one.
    frozen : bool
        Training leaves its parameters as they are.
    """

    kind: ClassVar[str]
    stem: ClassVar[str]
    fields: ClassVar[tuple[str, ...]]
    form: ClassVar[tuple[Setting, ...]]

    @property
    def name(self) -> str: ...

    @property
    def frozen(self) -> bool: ...

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The layer that a JSON object describes; `DocumentError` where it does not."""

    def settings(self) -> dict[str, Any]:
        """Its fields as JSON, the kind left out."""

    def output_shape(self, inputs: Sequence[Shape]) -> Shape:
        """What it puts out; :class:`ShapeError` where it cannot read such inputs."""

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """The tensors it needs for such inputs, in their order."""


class ShapeError(DocumentError):
    """A layer cannot read what feeds it; `field` is the name of the setting that does not fit.

    Attributes
    ----------
    reason : str
        In one word; the setting where one is to blame.
    """

    def __init__(self, field: str, problem: str | Sentence, *, reason: str = "", **arguments: object) -> None:
        super().__init__(field, problem, **arguments)
        self.reason = reason or field


def only(inputs: Sequence[Shape], what: Sentence) -> Shape:
    """The one input of a layer that takes no more."""
    if len(inputs) != 1:
        raise ShapeError(
            "",
            "{what} has {count} inputs; allowed: 1 (join them by add or concat)",
            reason="inputs",
            what=what,
            count=len(inputs),
        )
    return inputs[0]


def only_image(inputs: Sequence[Shape], what: Sentence) -> Shape:
    """The one input of a layer that reads images."""
    shape = only(inputs, what)
    if not shape.is_image:
        raise ShapeError(
            "",
            "{what} reads {shape} features; allowed: an image (channels × height × width)",
            reason="image",
            what=what,
            shape=shape,
        )
    return shape
