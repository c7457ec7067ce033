"""Which keys do something with what is selected on the stage."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from nnsim.model.network import Edge, Network, Node
from nnsim.model.parameters import Layout
from nnsim.ui.graph.geometry import is_mixed

translate = QCoreApplication.translate


def key_hints(item: Node | Edge | None, network: Network, in_lesson: bool) -> tuple[str, ...]:
    """What the status bar says; empty if nothing is selected.

    Parameters
    ----------
    item : Node, Edge or None
        What is selected first.
    network : Network
    in_lesson : bool
        The arrow keys walk the lesson then.

    Returns
    -------
    tuple of str
        Where there is not room for all, those before the last one are left out first.
    """
    if item is None:
        return ()
    hints = [
        translate("KeyHints", "Alt+arrows: walk on")
        if in_lesson
        else translate("KeyHints", "arrows: walk on")
    ]
    if isinstance(item, Edge):
        hints += [
            translate("KeyHints", "Enter or digits: set its weight"),
            translate("KeyHints", "Delete: cut it"),
        ]
    else:
        hints += _of_node(item, network)
    return (*hints, translate("KeyHints", "Esc: select nothing"))


def in_room(hints: tuple[str, ...], room: float, width: Callable[[str], float]) -> str:
    """As many hints, on one line, as there is room for.

    Parameters
    ----------
    hints : tuple of str
    room : float
        Pixels.
    width : callable
        How wide a text is.
    """
    for number in range(len(hints) - 1, 0, -1):
        line = " · ".join((*hints[:number], hints[-1]))
        if width(line) <= room:
            return line
    return hints[-1] if hints else ""


def _of_node(node: Node, network: Network) -> list[str]:
    hints = [translate("KeyHints", "Enter: its edges")]
    if is_mixed(network) and network.shapes[node.layer].is_image:
        enlarge = translate("KeyHints", "Enter: enlarge its map")
        edges = translate("KeyHints", "Shift+Enter: its edges")
        hints = [translate("KeyHints", "Page Up, Page Down: layer before, next"), enlarge, edges]
    if node.layer == 0:
        hints.append(translate("KeyHints", "digits: set this input"))
    elif Layout(network).find(node.layer, "bias") is not None:
        hints.append(translate("KeyHints", "digits: set its bias"))
    hints.append(translate("KeyHints", "Ctrl+arrows: move it"))
    if 0 < node.layer < len(network.layers) - 1:
        hints.append(translate("KeyHints", "Delete: remove it"))
    return hints
