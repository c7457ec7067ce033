"""What a selection is called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nnsim.model.network import Node
from nnsim.ui.graph.words import Names
from nnsim.ui.inspector.selection import Selection
from nnsim.ui.numbers import count

translate = QCoreApplication.translate


def heading_of(selection: Selection) -> str:
    """The card's heading: what kind of thing is selected."""
    if selection.whole_layer is not None and selection.kind == "several":
        return translate("Inspector", "Selected · layer")
    return {
        "edge": translate("Inspector", "Selected · weight"),
        "input": translate("Inspector", "Selected · input"),
        "neuron": translate("Inspector", "Selected · neuron"),
    }.get(selection.kind, translate("Inspector", "Selected"))


def title_of(selection: Selection, names: Names) -> str:
    """Which one it is: the edge's ends, the neuron and its layer, the layer, or how many."""
    if selection.kind == "edge":
        edge = selection.edges[0]
        ends = Node(edge.source_layer, edge.source_unit), Node(edge.layer, edge.unit)
        return " → ".join(names.name(end) for end in ends)
    if selection.kind in ("input", "neuron"):
        node = selection.nodes[0]
        return f"{names.name(node)} · {names.layer(node.layer)}"
    if selection.whole_layer is not None:
        return names.headings(selection.whole_layer)[0]
    parts = []
    if selection.nodes:
        one, many = translate("Inspector", "1 neuron"), translate("Inspector", "{number} neurons")
        parts.append((one if len(selection.nodes) == 1 else many).format(number=count(len(selection.nodes))))
    if selection.edges:
        one, many = translate("Inspector", "1 weight"), translate("Inspector", "{number} weights")
        parts.append((one if len(selection.edges) == 1 else many).format(number=count(len(selection.edges))))
    return ", ".join(parts)
