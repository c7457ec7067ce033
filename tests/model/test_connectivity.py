"""Which cells are joined: against the reference engine, operation by operation."""

import numpy as np
import pytest

from nnsim.engine.lowering import Mode, lower
from nnsim.engine.ops import OPERATIONS
from nnsim.engine.reference import new_buffers
from nnsim.model.connectivity import NO_PARAMETER, Connectivity
from nnsim.model.layers import KINDS, Conv2d, Dense, Flatten, Input, MaxPool2d
from nnsim.model.network import Edge, Network, Node, chain
from tests.engine.networks import WINDOWS, pictures

NORMS = ("batch_norm", "layer_norm", "instance_norm", "group_norm")


def _run(tape, theta, values, layer):
    """What a layer makes of what stands in the buffers: its sums where it makes some, else its output."""
    for number in tape.forward:
        if tape.ops[number].layer == layer and tape.ops[number].kind not in ("mse", "penalty"):
            op = tape.ops[number]
            OPERATIONS[op.kind].forward(op, theta, values)
    return values[tape.sums(layer)][0].copy()


def _loaded(network, seed=1):
    tape = lower(network, "mse", mode=Mode.EVAL)
    random = np.random.default_rng(seed)
    values = new_buffers(tape, 1)
    for number in tape.outputs:
        values[number][...] = random.normal(size=values[number].shape)
    theta = random.uniform(0.5, 1.5, tape.parameters)
    return tape, theta, values


def _moved(network):
    """For each connection the cells of the reading layer that change with each cell that is read."""
    tape, theta, values = _loaded(network)
    for source, layer in network.connections:
        before = _run(tape, theta, values, layer)
        read = values[tape.outputs[source]][0]
        for unit in range(network.units(source)):
            kept = read[unit]
            # So far that a pool takes it wherever it sees it.
            read[unit] = kept + 100.0
            yield source, layer, unit, np.flatnonzero(_run(tape, theta, values, layer) != before)
            read[unit] = kept


@pytest.mark.parametrize("window", WINDOWS)
def test_a_cell_goes_where_it_makes_a_change(window):
    network = pictures(window)
    assert {layer.kind for layer in network.layers} == set(KINDS)
    asked = Connectivity(network)
    for source, layer, unit, moved in _moved(network):
        targets = asked.out_of(Node(source, unit))
        found = targets.units[targets.layers == layer]
        if network.layers[layer].kind in NORMS[1:]:
            groups = [asked.group(Node(layer, int(i))) for i in moved]
            assert all(unit in group for group in groups)
            assert len(groups) == len(groups[0])
            assert found.tolist() == [unit]
        else:
            assert found.tolist() == moved.tolist(), (layer, unit)


@pytest.mark.parametrize("window", WINDOWS)
def test_both_directions_tell_the_same_edges(window):
    network = pictures(window)
    asked = Connectivity(network)
    forwards, backwards = set(), set()
    for layer in range(len(network.layers)):
        for unit in range(network.units(layer)):
            out, into = asked.out_of(Node(layer, unit)), asked.into(Node(layer, unit))
            forwards |= {(layer, unit, *out.node(i), int(out.parameters[i])) for i in range(len(out))}
            backwards |= {(*into.node(i), layer, unit, int(into.parameters[i])) for i in range(len(into))}
    assert forwards == backwards


@pytest.mark.parametrize("window", WINDOWS)
def test_sums_are_made_of_the_parameters_on_the_edges(window):
    network = pictures(window)
    asked = Connectivity(network)
    tape, theta, values = _loaded(network)
    summing = {"dense", "conv2d"}
    for layer in range(1, len(network.layers)):
        z = _run(tape, theta, values, layer)
        bias = asked.layout.view(theta, layer, "bias")
        for unit in range(network.units(layer)):
            cells = asked.into(Node(layer, unit))
            if network.layers[layer].kind not in summing:
                assert set(cells.parameters.tolist()) == {NO_PARAMETER}
                continue
            read = [values[tape.outputs[i]][0][j] for i, j in zip(cells.layers, cells.units, strict=True)]
            shift = 0.0 if bias is None else bias[unit // network.shapes[layer].places]
            assert theta[cells.parameters] @ np.array(read) + shift == pytest.approx(z[unit], rel=1e-9)


def test_removed_edges_are_left_out():
    network = Network((Input((3,)), Dense(2)), ((0, 1),), frozenset({Edge(0, 1, 1, 0)}))
    asked = Connectivity(network)
    assert asked.into(Node(1, 0)).units.tolist() == [0, 2]
    assert asked.into(Node(1, 1)).units.tolist() == [0, 1, 2]
    assert asked.out_of(Node(0, 1)).units.tolist() == [1]
    assert not asked.has(Edge(0, 1, 1, 0))
    assert asked.has(Edge(0, 1, 1, 1))
    # (out, in), rows of 3: the second weight of unit 0, there though it is removed.
    assert asked.parameter(Edge(0, 1, 1, 0)) == 1


def test_a_removed_shared_weight_is_gone_from_all_its_edges():
    plain = chain(Input((1, 4, 4)), Conv2d(2, (3, 3)), MaxPool2d(), Flatten(), Dense(2))
    # Of the first filter's 9 weights the middle one: cell 0 sees rows and columns 0 to 2, its middle is 5.
    network = Network(plain.layers, plain.connections, frozenset({Edge(0, 5, 1, 0)}))
    asked = Connectivity(network)
    for unit in range(4):
        assert 4 not in asked.into(Node(1, unit)).parameters
        assert len(asked.into(Node(1, unit))) == 8
    assert len(asked.into(Node(1, 4))) == 9
    with pytest.raises(KeyError):
        asked.parameter(Edge(0, 15, 1, 0))


def test_the_input_has_no_sources_and_the_output_no_targets():
    asked = Connectivity(chain(Input((3,)), Dense(2)))
    assert len(asked.into(Node(0, 0))) == len(asked.out_of(Node(1, 1))) == 0
