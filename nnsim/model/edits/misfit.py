"""An edit that cannot be made as it was asked for, and the nearest one that can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nnsim.model.errors import DocumentError
from nnsim.model.sentence import Sentence, sentence, translatable

if TYPE_CHECKING:
    from nnsim.model.edits.edit import Edit


_MISFIT = translatable("That does not fit. {layer}: {problem}.")
_MISFIT_OF = translatable("That does not fit. {layer}: {setting} {problem}.")
SETTINGS = {
    "kernel": translatable("kernel"),
    "stride": translatable("stride"),
    "padding": translatable("padding"),
    "groups": translatable("groups"),
    "channels": translatable("channels"),
    "units": translatable("units"),
    "rate": translatable("rate"),
    "activation": translatable("activation"),
    "function": translatable("function"),
}
"""What the settings are called within a sentence."""


class Fit(NamedTuple):
    """One setting that was brought to the nearest value that fits.

    Attributes
    ----------
    layer, setting : str
        Names of the layer and of its setting.
    value : object
    """

    layer: str
    setting: str
    value: Any


class Put(NamedTuple):
    """A layer put between two.

    Attributes
    ----------
    kind : str
        Of the layer.
    source, destination : str
        Names of the layers between which it stands; no source where it joins all that feed the destination.
    """

    kind: str
    source: str
    destination: str


class Join(NamedTuple):
    """All of a layer made to feed another; the names of both."""

    source: str
    destination: str


class Part(NamedTuple):
    """A layer made to feed another no longer; the names of both."""

    source: str
    destination: str


class Freeze(NamedTuple):
    """A whole filter frozen, or thawed.

    Attributes
    ----------
    layer : str
    filter : int
    on : bool
    """

    layer: str
    filter: int
    on: bool


Step = Fit | Put | Join | Part | Freeze
"""What a fix does, for words about it."""


class Fix(NamedTuple):
    """An edit that can be made.

    Attributes
    ----------
    edit : Edit
    steps : tuple of Step
        What it does instead of, or beside, what was asked for.
    """

    edit: Edit
    steps: tuple[Step, ...]


def misfit_words(layer: str, setting: str, problem: Sentence) -> Sentence:
    """What does not fit; `setting` may be empty."""
    if not setting:
        return sentence(_MISFIT, layer=layer, problem=problem)
    return sentence(
        _MISFIT_OF, layer=layer, setting=sentence(SETTINGS.get(setting, setting)), problem=problem
    )


class RefusalError(DocumentError):
    """An edit of one layer makes no sense as it was asked for.

    Attributes
    ----------
    layer : str
        Name of the layer that is in the way.
    number : int
        Of that layer in the network that is edited; -1 where it is not in there.
    fix : Fix or None
        What comes closest to what was asked for; None where nothing does.
    """

    def __init__(self, layer: str, words: Sentence, number: int = -1) -> None:
        super().__init__("", words)
        self.layer, self.number = layer, number
        self.fix: Fix | None = None


class MisfitError(RefusalError):
    """A layer could not read what would feed it.

    Attributes
    ----------
    setting : str
        Name of the setting that does not fit; empty where none is to blame.
    reason : str
        A key of :data:`nnsim.model.edits.remedies.REMEDIES`.
    """

    def __init__(self, number: int, layer: str, setting: str, problem: Sentence, reason: str) -> None:
        super().__init__(layer, misfit_words(layer, setting, problem), number)
        self.setting, self.reason = setting, reason
