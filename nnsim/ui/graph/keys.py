"""What keys do on the stage."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from nnsim.model.network import Network
from nnsim.ui.graph.geometry import is_mixed
from nnsim.ui.graph.hit import HOPPING_KEYS, WALKING_KEYS

_ZOOMING = {
    Qt.Key.Key_Plus: "zoom_in",
    Qt.Key.Key_Equal: "zoom_in",
    Qt.Key.Key_Minus: "zoom_out",
}


def walks(event: QKeyEvent, network: Network | None, in_lesson: bool) -> bool:
    """Whether a key walks from neuron to neuron; in a lesson arrows alone walk the lesson."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    alone = not held and not in_lesson
    is_alt = held == Qt.KeyboardModifier.AltModifier
    hops = event.key() in HOPPING_KEYS and network is not None and is_mixed(network)
    return (event.key() in WALKING_KEYS or hops) and (alone or is_alt)


def deed(event: QKeyEvent, network: Network, in_lesson: bool, is_near: bool, is_chosen: bool) -> str:
    """What a key does: ``walk``, ``fit``, ``deselect``, ``zoom_in``, ``zoom_out`` or nothing (empty).

    Parameters
    ----------
    is_near : bool
        One picture fills the stage.
    is_chosen : bool
        Something is selected.
    """
    key = Qt.Key(event.key())
    if walks(event, network, in_lesson) or (key == Qt.Key.Key_Return and not is_chosen):
        return "walk"
    if key == Qt.Key.Key_Escape and (is_near or is_chosen):
        return "fit" if is_near else "deselect"
    return _ZOOMING.get(key, "")


def is_claimed(
    event: QKeyEvent, network: Network | None, in_lesson: bool, is_near: bool, is_chosen: bool
) -> bool:
    """While something is selected the arrows walk from it, and Escape deselects it, whatever else they do."""
    leaves = event.key() == Qt.Key.Key_Escape and not event.modifiers()
    return (leaves and is_near) or ((leaves or walks(event, network, in_lesson)) and is_chosen)
