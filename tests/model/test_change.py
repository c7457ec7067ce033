"""What an edit says it changed."""

from dataclasses import replace

import pytest

from nnsim.data.scenes import find_scene
from nnsim.model.change import Change, Part
from nnsim.model.data import GateData
from nnsim.model.document import Document
from nnsim.model.layers import Dense
from nnsim.model.network import Edge

XOR = find_scene("xor").document
EDITS: dict[Part, Document] = {
    Part.LAYERS: replace(XOR, network=XOR.network.with_layer(1, Dense(4, "relu", name="hidden1"))),
    Part.CONNECTIONS: replace(XOR, network=replace(XOR.network, connections=((0, 1), (0, 2), (1, 2)))),
    Part.EDGES: replace(XOR, network=replace(XOR.network, frozen_edges=frozenset({Edge(0, 0, 1, 0)}))),
    Part.TRAINING: replace(XOR, training=replace(XOR.training, l2=0.5)),
    Part.DATA: replace(XOR, data=GateData("and")),
    Part.START: replace(XOR, start=(("output.bias", (0.5,)),)),
    Part.ARRANGEMENT: replace(XOR, arrangement=((1, 0, 3.0, 4.0),)),
    Part.WORDS: replace(XOR, title=(("en", "Mine"),)),
}


@pytest.mark.parametrize("part", Part)
def test_a_change_names_the_part_that_is_another_now(part: Part) -> None:
    change = Change.between(XOR, EDITS[part])
    assert change == Change(frozenset({part}))
    assert change.touches(part)
    assert change.asks(part)
    assert not change.touches(*(set(Part) - {part}))
    assert change.of_network == (part in {Part.LAYERS, Part.CONNECTIONS, Part.EDGES})
    assert change.of_computation == (part not in {Part.ARRANGEMENT, Part.WORDS})


def test_another_document_changes_everything_and_a_refused_edit_nothing() -> None:
    assert all(Change.everything().touches(part) for part in Part)
    refused = Change.refused()
    assert refused == Change.between(XOR, XOR)
    assert not any(refused.touches(part) for part in Part)
    assert refused.asks(Part.TRAINING), "its field shows again what is"
    assert not refused.of_computation
