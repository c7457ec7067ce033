"""Which keys do something with what is selected on the stage."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from nnsim.model.network import Edge, Network, Node
from nnsim.model.parameters import Layout
from nnsim.ui.graph.geometry import is_mixed


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
    tr = QCoreApplication.translate
    if item is None:
        return ()
    hints = [tr("KeyHints", "Alt+arrows: walk on") if in_lesson else tr("KeyHints", "arrows: walk on")]
    if isinstance(item, Edge):
        hints += [tr("KeyHints", "Enter or digits: set its weight"), tr("KeyHints", "Delete: cut it")]
    else:
        hints += _of_node(item, network)
    return (*hints, tr("KeyHints", "Esc: select nothing"))


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
    tr = QCoreApplication.translate
    hints = [tr("KeyHints", "Enter: its edges")]
    if is_mixed(network) and network.shapes[node.layer].is_image:
        enlarge = tr("KeyHints", "Enter: enlarge its map")
        edges = tr("KeyHints", "Shift+Enter: its edges")
        hints = [tr("KeyHints", "Page Up, Page Down: layer before, next"), enlarge, edges]
    if node.layer == 0:
        hints.append(tr("KeyHints", "digits: set this input"))
    elif Layout(network).find(node.layer, "bias") is not None:
        hints.append(tr("KeyHints", "digits: set its bias"))
    hints.append(tr("KeyHints", "Ctrl+arrows: move it"))
    if 0 < node.layer < len(network.layers) - 1:
        hints.append(tr("KeyHints", "Delete: remove it"))
    return hints
