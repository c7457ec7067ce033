"""Networks built wrong, and what helps."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnsim.model.carry import carry_over
from nnsim.model.document import Document
from nnsim.model.edits import Edit, insert_layer
from nnsim.model.errors import DocumentError
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Network, Node, chain, network_from_json, network_to_json
from nnsim.model.parameters import Layout
from nnsim.model.training import LOSSES
from nnsim.model.warnings import FIXES, KINDS, Warning, fixed, warnings_of
from tests.engine.networks import document, networks
from tests.model.edits.learned import answers, carried, parameters

WELL = chain(Input((3,)), Dense(4, "tanh"), Dense(2, "relu"), Dense(1, "sigmoid"))


def without(network: Network, *edges: Edge) -> Network:
    return replace(network, removed_edges=frozenset(edges))


def into(layer: int, unit: int, units: int) -> list[Edge]:
    return [Edge(layer - 1, i, layer, unit) for i in range(units)]


def test_a_well_built_network_has_none() -> None:
    assert warnings_of(document(WELL, loss="bce")) == ()
    assert warnings_of(document(chain(Input((2,)), Dense(1, "step")), loss="perceptron")) == ()
    assert warnings_of(document(chain(Input((2,)), Dense(3, "softmax")), loss="cross_entropy")) == ()
    assert warnings_of(document(chain(Input((2,)), Dense(1, "identity")), loss="mse")) == ()


def test_a_unit_that_reaches_no_output_is_found_through_others() -> None:
    """Unit 3 of layer 1 speaks to unit 1 of layer 2 alone, which is not heard."""
    network = without(WELL, Edge(2, 1, 3, 0), Edge(1, 3, 2, 0))
    assert warnings_of(document(network, loss="bce")) == (
        Warning("leads_nowhere", Node(1, 3), "remove_unit"),
        Warning("leads_nowhere", Node(2, 1), "remove_unit"),
    )


def test_a_layer_that_reaches_no_output_is_one_warning() -> None:
    network = Network((Input((2,)), Dense(30), Dense(1, "sigmoid")), ((0, 1), (0, 2)))
    assert warnings_of(document(network, loss="bce")) == (Warning("leads_nowhere", 1, "remove_layer"),)


def test_a_skip_connection_is_a_way_out_and_in() -> None:
    network = Network(WELL.layers, (*WELL.connections, (1, 3)), frozenset({Edge(1, 3, 2, i) for i in (0, 1)}))
    assert warnings_of(document(network, loss="bce")) == ()


def test_a_unit_that_hears_nothing() -> None:
    hidden = Warning("hears_nothing", Node(1, 2), "connect")
    assert warnings_of(document(without(WELL, *into(1, 2, 3)), loss="bce")) == (hidden,)
    mute = Warning("leads_nowhere", Node(1, 2), "remove_unit")
    both = without(WELL, *into(1, 2, 3), Edge(1, 2, 2, 0), Edge(1, 2, 2, 1))
    assert warnings_of(document(both, loss="bce")) == (mute,)
    # Cut off from its inputs, the output makes everything before it pointless.
    alone = warnings_of(document(without(WELL, *into(3, 0, 2)), loss="bce"))
    assert [(w.kind, w.where) for w in alone] == [
        ("leads_nowhere", 1),
        ("leads_nowhere", 2),
        ("hears_nothing", 3),
    ]


@pytest.mark.parametrize(
    ("loss", "output", "units", "kind", "fix"),
    [
        ("cross_entropy", "softmax", 1, "softmax_of_one", "use_bce"),
        ("mse", "softmax", 1, "softmax_of_one", "use_sigmoid"),
        ("bce", "tanh", 1, "bce_without_sigmoid", "use_sigmoid"),
        ("bce", "softmax", 3, "bce_without_sigmoid", "use_cross_entropy"),
        ("cross_entropy", "sigmoid", 1, "cross_entropy_without_softmax", "use_bce"),
        ("cross_entropy", "identity", 3, "cross_entropy_without_softmax", "use_softmax"),
        ("mse", "softmax", 3, "softmax_without_cross_entropy", "use_cross_entropy"),
        ("perceptron", "sigmoid", 1, "perceptron_without_step", "use_step"),
        ("mse", "step", 1, "step_without_slope", "use_perceptron"),
    ],
)
def test_outputs_and_losses_that_do_not_fit(loss: str, output: str, units: int, kind: str, fix: str) -> None:
    doc = document(chain(Input((2,)), Dense(units, output)), loss=loss)
    assert warnings_of(doc) == (Warning(kind, 1, fix),)
    after, origin = fixed(doc, warnings_of(doc)[0])
    assert warnings_of(after) == ()
    np.testing.assert_array_equal(
        carried(doc.network, Edit(after.network, origin), parameters(doc.network)), parameters(doc.network)
    )


def test_a_step_between_layers_lets_no_gradient_through() -> None:
    layers = [Input((2,)), Dense(2, "step"), Dense(1, "sigmoid")]
    assert warnings_of(document(chain(*layers), loss="bce")) == (
        Warning("step_without_slope", 1, "use_sigmoid"),
    )
    layers[1] = replace(layers[1], frozen=True)
    assert warnings_of(document(chain(*layers), loss="bce")) == ()


def test_an_output_step_behind_hidden_layers_becomes_a_sigmoid() -> None:
    network = chain(Input((2,)), Dense(2, "tanh"), Dense(1, "step"))
    assert warnings_of(document(network, loss="mse")) == (Warning("step_without_slope", 2, "use_sigmoid"),)


def test_removing_what_leads_nowhere_changes_nothing() -> None:
    network = without(WELL, Edge(2, 1, 3, 0), Edge(1, 3, 2, 0))
    doc, theta = document(network, loss="bce"), parameters(network)
    before = answers(network, theta)
    for warning in reversed(warnings_of(doc)):
        after, origin = fixed(doc, warning)
        doc, theta = after, carried(doc.network, Edit(after.network, origin), theta)
    assert [layer.units for layer in doc.network.layers] == [3, 3, 1, 1]
    np.testing.assert_allclose(answers(doc.network, theta), before, atol=1e-12)


def test_connecting_brings_all_edges_of_a_unit_back() -> None:
    network = without(WELL, *into(1, 2, 3), Edge(0, 0, 1, 0))
    after, _ = fixed(document(network), Warning("hears_nothing", Node(1, 2), "connect"))
    assert after.network.removed_edges == {Edge(0, 0, 1, 0)}
    whole = without(WELL, *into(3, 0, 2), Edge(0, 0, 1, 0))
    after, _ = fixed(document(whole), Warning("hears_nothing", 3, "connect"))
    assert after.network.removed_edges == {Edge(0, 0, 1, 0)}


def test_a_start_given_by_hand_is_kept_where_it_fits() -> None:
    start = (("hidden1.bias", (1.0, 2.0, 3.0, 4.0)),)
    doc = document(WELL, start=start, loss="perceptron")
    assert fixed(doc, warnings_of(doc)[0])[0].start == start
    assert fixed(doc, Warning("leads_nowhere", Node(1, 0), "remove_unit"))[0].start == ()
    # The shape fits, but it is another layer's now.
    even = document(chain(Input((2,)), Dense(2), Dense(2)), start=(("hidden1.bias", (1.0, 2.0)),))
    assert insert_layer(even.network, 0, 1).of(even).start == ()


def test_a_warning_of_another_network_is_refused() -> None:
    with pytest.raises(DocumentError, match="no neuron 9"):
        fixed(document(WELL), Warning("leads_nowhere", Node(1, 9), "remove_unit"))


@given(networks(), st.sampled_from(LOSSES))
def test_every_fix_helps(network: Network, loss: str) -> None:
    doc: Document = document(network, loss=loss)
    seen = 0
    while found := warnings_of(doc):
        assert {w.kind for w in found} <= set(KINDS)
        assert {w.fix for w in found} <= set(FIXES)
        # One that is mended stays mended: this ends.
        seen += 1
        assert seen <= 40
        after, origin = fixed(doc, found[0])
        assert found[0] not in warnings_of(after) or after.network.layers != doc.network.layers
        assert network_from_json(network_to_json(after.network)) == after.network
        theta = carry_over(
            Layout(doc.network),
            parameters(doc.network),
            Layout(after.network),
            parameters(after.network),
            origin,
        )
        assert np.isfinite(theta).all()
        doc = after
