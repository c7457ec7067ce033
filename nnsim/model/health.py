"""What training has done to a network: units that have stopped learning."""

from __future__ import annotations

from dataclasses import dataclass

from nnsim.model.network import Node


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at all units, over many samples, has found.

    Attributes
    ----------
    samples : int
        How many training samples were looked at.
    whole : bool
        Whether these were all.
    dead : tuple of Node
        Units that pass on 0, with slope 0, whatever the sample.
    saturated : tuple of int
        Layers all of whose units stand at an end of their range, with next to no slope, whatever the sample,
        while there is still something to learn.
    """

    samples: int = 0
    whole: bool = True
    dead: tuple[Node, ...] = ()
    saturated: tuple[int, ...] = ()

    def steady(self, before: Health) -> Health:
        """What this look and the one before have both found."""
        dead, saturated = set(before.dead), set(before.saturated)
        return Health(
            self.samples,
            self.whole,
            tuple(node for node in self.dead if node in dead),
            tuple(layer for layer in self.saturated if layer in saturated),
        )
