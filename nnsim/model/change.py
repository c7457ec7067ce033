"""What an edit changed of a document, so that whoever shows it need not guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Self

from nnsim.model.document import Document


class Part(Enum):
    """The parts of a document."""

    LAYERS = "layers"
    CONNECTIONS = "connections"
    EDGES = "edges"
    """Which are removed, which frozen."""
    TRAINING = "training"
    DATA = "data"
    START = "start"
    """Parameters given by hand."""
    ARRANGEMENT = "arrangement"
    WORDS = "words"
    """Title, description and script."""


NETWORK = frozenset({Part.LAYERS, Part.CONNECTIONS, Part.EDGES})
LOOKS = frozenset({Part.ARRANGEMENT, Part.WORDS})
"""What can change without anything being computed otherwise."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is another now.

    Attributes
    ----------
    parts : frozenset of Part
    """

    parts: frozenset[Part]

    @classmethod
    def everything(cls) -> Self:
        """Another document."""
        return cls(frozenset(Part))

    @classmethod
    def refused(cls) -> Self:
        """None: an edit could not be made, and fields show again what is."""
        return cls(frozenset())

    @classmethod
    def between(cls, old: Document, new: Document) -> Self:
        """What an edit made of one document another."""
        return cls(frozenset(part for part in Part if _OF[part](old) != _OF[part](new)))

    def touches(self, *parts: Part) -> bool:
        """Whether any of some parts is another now."""
        return not self.parts.isdisjoint(parts)

    def asks(self, *parts: Part) -> bool:
        """Whether what shows some parts has to look again."""
        return self.touches(*parts) or not self.parts

    @property
    def of_network(self) -> bool:
        """Whether layers, connections or edges are others."""
        return self.touches(*NETWORK)

    @property
    def of_computation(self) -> bool:
        """Whether anything is computed otherwise."""
        return bool(self.parts - LOOKS)


_OF: dict[Part, Callable[[Document], object]] = {
    Part.LAYERS: lambda document: document.network.layers,
    Part.CONNECTIONS: lambda document: document.network.connections,
    Part.EDGES: lambda document: (document.network.removed_edges, document.network.frozen_edges),
    Part.TRAINING: lambda document: document.training,
    Part.DATA: lambda document: document.data,
    Part.START: lambda document: document.start,
    Part.ARRANGEMENT: lambda document: document.arrangement,
    Part.WORDS: lambda document: (document.title, document.description, document.script),
}
