"""Inputs that are mostly 0: the compiled engine skips those, and nothing else changes."""

import gc
import subprocess
import sys

import numpy as np
import pytest

from nnsim.data.dataset import Dataset
from nnsim.engine import jit, lanes, nonzero
from nnsim.engine.arrangement import ENTRY, PANEL, in_panels, sparse_readers
from nnsim.engine.compiled import JitEngine
from nnsim.engine.engine import Problem
from nnsim.engine.lowering import lower
from nnsim.engine.trainer import Trainer
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Network, chain
from nnsim.model.training import OPTIMIZERS, Optimizer
from tests.engine.networks import document

INPUTS = 70


def _chain(units):
    return chain(Input((INPUTS,)), Dense(units, "relu"), Dense(3, "softmax"))


def _two_readers():
    layers = (Input((INPUTS,)), Dense(16, "tanh"), Dense(18, "prelu", bias=False), Dense(3, "softmax"))
    edges = frozenset({Edge(0, 5, 1, 3), Edge(0, 69, 2, 17)})
    return Network(layers, ((0, 1), (0, 2), (1, 3), (2, 3)), edges)


def _data(density=0.2, samples=37):
    random = np.random.default_rng(5)
    x = random.normal(size=(samples, INPUTS)).astype(np.float32)
    x[random.random(x.shape) >= density] = 0.0
    x[3] = 0.0  # a sample without any ink
    y = np.eye(3, dtype=np.float32)[random.integers(0, 3, samples)]
    return Dataset(x, y, x[:5], y[:5], "multiclass")


def _document(network, optimizer=None, **training):
    settings = {"loss": "cross_entropy", "batch_size": 8, "seed": 2, **training}
    return document(network, optimizer or Optimizer("sgd", 0.05), **settings)


@pytest.mark.parametrize("units", [15, 16, 33])
@pytest.mark.parametrize("training", [{}, {"l2": 0.01}, {"batch_size": 1}, {"batch_size": 0}], ids=str)
def test_trains_as_the_reference_does(units, training):
    _train_both(_document(_chain(units), **training))


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_every_optimizer_with_two_readers_and_removed_edges(kind):
    # The larger ε: a gradient that is exactly 0 in one engine only must not become a whole step.
    _train_both(_document(_two_readers(), Optimizer(kind, 0.01, epsilon=1e-3), l2=0.01))


def _train_both(described):
    data = _data()
    assert JitEngine(Problem(described, data))._arrangement is not None
    mine, reference = (Trainer(described, data, engine=name) for name in ("jit", "reference"))
    for steps in (1, 9):
        a, b = mine.run_steps(steps), reference.run_steps(steps)
        assert (a.step, a.epoch, a.batch) == (b.step, b.epoch, b.batch)
        for name in ("parameters", "last_gradient", "last_update"):
            np.testing.assert_allclose(getattr(a, name), getattr(b, name), rtol=2e-4, atol=2e-6)
    for name in ("m", "v"):
        np.testing.assert_allclose(
            getattr(mine.state, name), getattr(reference.state, name), rtol=2e-4, atol=2e-6
        )
    assert not mine.snapshot().parameters[mine.layout.removed()].any()


def test_a_run_that_diverges_goes_back_to_what_was_finite():
    run = Trainer(_document(_chain(16), Optimizer("sgd", 1e20)), _data())
    end = run.run_steps(50)
    assert end.diverged
    assert np.isfinite(end.parameters).all()


def test_dense_data_and_narrow_networks_are_left_as_they_are():
    assert JitEngine(Problem(_document(_chain(16)), _data(0.9)))._arrangement is None
    assert JitEngine(Problem(_document(_chain(4)), _data()))._arrangement is None


def test_an_input_that_shares_a_weight_tensor_is_not_taken_sparsely():
    layers = (Input((INPUTS,)), Dense(16, "tanh"), Dense(3, "softmax"))
    assert not sparse_readers(lower(Network(layers, ((0, 1), (0, 2), (1, 2))), "mse"))
    names = jit.needed(_document(_chain(16)))
    assert set(jit.SPARSE) < set(names) < set(jit.all_names())


def test_every_parameter_has_a_place_of_its_own():
    # 16 and 18 units make one panel and two, of which the second is mostly filling.
    tape = lower(_two_readers(), "cross_entropy", 0.1)
    arrangement = in_panels(tape)
    assert len(np.unique(arrangement.place)) == tape.parameters
    assert arrangement.size == tape.parameters + (32 - 18) * INPUTS
    vector = np.arange(1, tape.parameters + 1)
    own = arrangement.arranged(vector)
    assert own.ctypes.data % 64 == 0
    np.testing.assert_array_equal(own[arrangement.place], vector)
    assert np.count_nonzero(own) == tape.parameters
    # Unit 1 of the first layer begins 70 weights on; its first weight stands next to that of unit 0.
    assert arrangement.place[[0, INPUTS, 1]].tolist() == [0, 1, 16]


def test_what_is_not_zero_is_listed_once_for_each_matrix():
    x = np.array([[0, 2, 0], [0, 0, 0], [-1, 0, np.nan]], np.float32)
    jit.load(jit.SPARSE)
    found = nonzero.nonzero(x)
    assert nonzero.nonzero(x) is found
    assert found.starts.tolist() == [0, 1, 1, 3]
    assert found.columns[:3].tolist() == [1, 0, 2]
    np.testing.assert_array_equal(found.values[:3], np.float32([2, -1, np.nan]))
    key = id(x)
    del x
    gc.collect()
    assert key not in nonzero._found


@pytest.mark.parametrize("inputs", range(1, 13))
def test_a_sample_has_room_for_the_list_of_what_is_not_0(inputs):
    tape = lower(chain(Input((inputs,)), Dense(2048, "tanh"), Dense(1)), "mse")
    assert bool(sparse_readers(tape)) == (inputs * 4 >= ENTRY * 8)
    # It is written at the start of the values.
    assert tape.buffer("a", 0) == 0


def test_the_panels_of_a_layer_are_as_wide_as_what_is_worked_on_at_once():
    assert PANEL == lanes.WIDTH


def test_few_inputs_into_a_wide_layer():
    # In a process of its own: what is written beyond a buffer ends it.
    code = """
from nnsim.engine.trainer import Trainer
from nnsim.model.layers import Dense, Input
from nnsim.model.network import chain
from tests.engine.networks import dataset, document
one_hot = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
data = dataset(one_hot, [[0], [1], [1], [0]], "binary")
wide = document(chain(Input((4,)), Dense(256, "tanh"), Dense(1, "sigmoid")), loss="bce", batch_size=0)
ends = [Trainer(wide, data, engine=name).run_steps(20).parameters for name in ("jit", "reference")]
print(abs(ends[0] - ends[1]).max() < 1e-5)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr
