"""What each part of a pass is called and what it does, in a sentence or two.

Templates are English and marked for translation; what goes into them is kept apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from nnsim.lesson.explain import action_of
from nnsim.lesson.focus import ChannelFocus, Focus, LayerFocus
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import symbols_of
from nnsim.lesson.trace import Trace
from nnsim.lesson.words.here import Here
from nnsim.lesson.words.update import frozen
from nnsim.model.network import Node
from nnsim.model.sentence import Sentence, sentence, translatable

PHASE_TITLES = {
    "input": translatable("The input"),
    "forward": translatable("Forward pass"),
    "loss": translatable("Loss"),
    "backward": translatable("Backward pass"),
    "update": translatable("Update"),
}
_UNIT_TITLES = {
    "forward": translatable("Neuron {name}"),
    "backward": translatable("Back through neuron {name}"),
    "update": translatable("Neuron {name} learns"),
}
_UNIT_FROZEN = translatable("Neuron {name} is frozen")
_UNIT_STAYS = translatable("Neuron {name} stays as it is")
_OF_LAYER = translatable("Layer {layer}: {said}")


def title(trace: Trace, part: Part, focus: Focus | None = None) -> Sentence:
    """What one part is called, under a focus."""
    return action_of(part).title(Here(trace, part, focus, 0))


_MAP_TITLES = {
    "forward": translatable("Map {channel} of layer {layer}"),
    "backward": translatable("Back through map {channel} of layer {layer}"),
    "update": translatable("Filter {channel} of layer {layer} learns"),
}
_MAP_STAYS = translatable("Filter {channel} of layer {layer} is frozen")
_LAYER_LEARNS = translatable("Layer {layer} learns")
_LAYER_STAYS = translatable("Layer {layer} is frozen")


def unit_title(trace: Trace, phase: str, node: Node | ChannelFocus | LayerFocus) -> Sentence:
    """Title of a step that is about one neuron, one map, or the update of one layer."""
    if isinstance(node, LayerFocus):
        tensors = [tensor for tensor in trace.layout.tensors if tensor.layer == node.layer]
        learns = any(trace.trainable[tensor.span].any() for tensor in tensors)
        return sentence(_LAYER_LEARNS if learns else _LAYER_STAYS, layer=node.layer)
    if isinstance(node, ChannelFocus):
        first = Node(node.layer, node.channel * trace.network.shapes[node.layer].places)
        frozen = phase == "update" and not trace.trainable[trace.entering(first)].any()
        template = _MAP_STAYS if frozen else _MAP_TITLES[phase]
        return sentence(template, channel=node.channel + 1, layer=node.layer)
    name = symbols_of(trace.document).name(node)
    if phase == "update" and not trace.trainable[trace.entering(node)].any():
        return sentence(_UNIT_FROZEN, name=name)
    if phase == "update" and trace.is_at_rest(node):
        return sentence(_UNIT_STAYS, name=name)
    return sentence(_UNIT_TITLES[phase], name=name)


def told(
    trace: Trace, parts: Sequence[tuple[Part, Focus | None]], sample: int, brief: bool = False
) -> list[Sentence]:
    """What is said about some parts, each with the focus that it has; in brief, the first sentence of each.

    What holds for some of several layers alone is told of each of these.
    """
    most = 1 if brief else None
    said = [(part, action_of(part).say(Here(trace, part, focus, sample))[:most]) for part, focus in parts]
    layers: defaultdict[str, set[int]] = defaultdict(set)
    holds: defaultdict[tuple[str, Sentence], set[int]] = defaultdict(set)
    for part, sentences in said:
        layers[part.action].add(part.layer)
        for found in sentences:
            holds[part.action, found].add(part.layer)

    def placed(part: Part, found: Sentence) -> Sentence:
        everywhere = holds[part.action, found] == layers[part.action]
        return found if everywhere else sentence(_OF_LAYER, layer=part.layer, said=found)

    return [placed(part, found) for part, sentences in said for found in sentences]


_FOCUS_REMOVED = translatable("This edge is taken out: its weight is 0, and no gradient passes through it.")


_NO_GRADIENT = translatable("The edge that is taken out gets no gradient.")
_STAYS_OUT = translatable("The edge that is taken out has nothing to learn: its weight stays 0.")
_OF_REMOVED = {"affine": _FOCUS_REMOVED, "weight_gradient": _NO_GRADIENT, "update": _STAYS_OUT}
"""What is said of an edge that is taken out, where it would have had a part."""


def about(trace: Trace, parts: Sequence[tuple[Part, Focus | None]], focus: Focus | None) -> list[Sentence]:
    """What there is to say about the focus itself; of an edge that is not there, where it is missed."""
    place = trace.place_of(focus)
    if place is None:
        return []
    if focus in trace.network.removed_edges:
        return [
            sentence(_OF_REMOVED[part.action])
            for part, turned in parts
            if part.action in _OF_REMOVED
            and turned == focus
            and (part.action == "update" or Here(trace, part, focus, 0).edge == focus)
        ]
    return [] if trace.trainable[place] else [frozen(trace, focus)]
