"""Which keys do something with what is selected on the stage."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nnsim.model.network import Edge, Network, Node
from nnsim.model.parameters import Layout
from nnsim.ui.graph.geometry import is_mixed

translate = QCoreApplication.translate


def key_hints(item: Node | Edge | None, network: Network, in_lesson: bool) -> str:
    """One line for the status bar; empty if nothing is selected.

    Parameters
    ----------
    item : Node, Edge or None
        What is selected first.
    network : Network
    in_lesson : bool
        The arrow keys walk the lesson then.
    """
    if item is None:
        return ""
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
    return " · ".join([*hints, translate("KeyHints", "Esc: select nothing")])


def _of_node(node: Node, network: Network) -> list[str]:
    hints = [translate("KeyHints", "Enter: its edges")]
    if is_mixed(network) and network.shapes[node.layer].is_image:
        enlarge = translate("KeyHints", "Enter: enlarge its map")
        hints = [translate("KeyHints", "Page Up, Page Down: layer before, next"), enlarge]
    if node.layer == 0:
        hints.append(translate("KeyHints", "digits: set this input"))
    elif Layout(network).find(node.layer, "bias") is not None:
        hints.append(translate("KeyHints", "digits: set its bias"))
    hints.append(translate("KeyHints", "Ctrl+arrows: move it"))
    if 0 < node.layer < len(network.layers) - 1:
        hints.append(translate("KeyHints", "Delete: remove it"))
    return hints
