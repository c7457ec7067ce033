"""What was moved by hand: offsets add up, stay within bounds, and follow what they belong to."""

from dataclasses import replace

from nnsim.data.scenes import find_scene
from nnsim.model import edits
from nnsim.model.arrangement import FARTHEST, WHOLE, carried, moved
from nnsim.model.document import document_from_json, document_to_json
from nnsim.model.network import Node

XOR = find_scene("xor").document
SOME = ((1, 1, 5.0, 0.0), (1, 3, 0.0, 7.5), (2, WHOLE, -4.0, 1.0))
ARRANGED = replace(XOR, arrangement=SOME)


def test_moves_add_up_and_what_is_back_in_its_place_is_forgotten():
    once = moved((), [(1, 0), (2, WHOLE)], 3.04, -2.0)
    assert once == ((1, 0, 3.0, -2.0), (2, WHOLE, 3.0, -2.0))
    assert moved(once, [(1, 0)], 1.5, 0.0) == ((1, 0, 4.5, -2.0), (2, WHOLE, 3.0, -2.0))
    assert moved(once, [(1, 0)], -3.0, 2.0) == ((2, WHOLE, 3.0, -2.0),)


def test_nothing_goes_farther_than_a_file_may_say():
    assert moved((), [(0, 0)], 1e9, -1e9) == ((0, 0, FARTHEST, -FARTHEST),)


def test_a_document_says_it_only_where_there_is_something_to_say():
    assert "arrangement" not in document_to_json(XOR)
    written = document_to_json(ARRANGED)
    assert written["arrangement"] == [[1, 1, 5.0, 0.0], [1, 3, 0.0, 7.5], [2, -1, -4.0, 1.0]]
    assert document_from_json(written) == ARRANGED
    written["arrangement"].reverse()
    assert document_from_json(written) == ARRANGED, "their order says nothing"


def test_the_order_of_units_and_layers_may_change():
    removed = edits.remove_units(XOR.network, [Node(1, 0)])
    assert removed.of(ARRANGED).arrangement == ((1, 0, 5.0, 0.0), (1, 2, 0.0, 7.5), (2, WHOLE, -4.0, 1.0))
    removed = edits.remove_units(XOR.network, [Node(1, 1)])
    assert removed.of(ARRANGED).arrangement == ((1, 2, 0.0, 7.5), (2, WHOLE, -4.0, 1.0))
    inserted = edits.insert_layer(XOR.network, 0, 1)
    assert inserted.of(ARRANGED).arrangement == ((2, 1, 5.0, 0.0), (2, 3, 0.0, 7.5), (3, WHOLE, -4.0, 1.0))
    gone = edits.remove_layer(XOR.network, 1)
    assert gone.of(ARRANGED).arrangement == ((1, WHOLE, -4.0, 1.0),)


def test_of_copies_the_first_keeps_the_place():
    edit = edits.duplicate_units(XOR.network, [Node(1, 1)])
    assert [entry[:2] for entry in carried(SOME, edit.origin)] == [(1, 1), (1, 4), (2, WHOLE)]


def test_an_exchanged_network_leaves_no_entry_of_what_it_has_not():
    network = XOR.network.with_layer(1, replace(XOR.network.dense(1), units=2))
    assert replace(ARRANGED, network=network).arrangement == (SOME[0], SOME[2])
