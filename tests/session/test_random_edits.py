"""Two hundred edits at random: whatever is done, the network stays whole, and all of it can be undone."""

import json
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QCoreApplication, QEventLoop

from nnsim.model import edits
from nnsim.model.data import TableData, ToyData
from nnsim.model.document import Document, document_from_json, document_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.layers import ACTIVATIONS, BatchNorm, Conv2d, Dense, Flatten, Input, MaxPool2d
from nnsim.model.network import Edge, Node, chain
from nnsim.model.parameters import Layout
from nnsim.model.training import OPTIMIZERS, Optimizer, Training
from nnsim.session.session import Session
from tests.session.driving import is_idle, scene

STEPS = 200
MOST_UNITS = 40
NUMBERS = st.integers(0, 10_000)
WEIGHTS = st.floats(-2.0, 2.0, width=32)


class Editing(RuleBasedStateMachine):
    """Edits a session in every way there is."""

    most_units = MOST_UNITS

    def opening(self):
        return scene("playground")

    @initialize()
    def begin(self):
        self.session = Session(self.opening())
        self.session.undo_stack.setUndoLimit(0)
        self.problems = []
        self.session.problem.connect(self.problems.append)
        self.settle()
        self.start = self.state()

    def settle(self):
        QCoreApplication.processEvents()
        while not is_idle(self.session):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

    def state(self):
        snapshot = self.session.snapshot
        counters = snapshot.step, snapshot.epoch, snapshot.batch
        return self.session.document, snapshot.parameters.tobytes(), counters

    @property
    def network(self):
        return self.session.document.network

    def layer(self, number):
        return 1 + number % (len(self.network.layers) - 1)

    def node(self, number):
        layer = number % len(self.network.layers)
        return Node(layer, number // 7 % self.network.units(layer))

    def edge(self, number):
        source, layer = self.network.connections[number % len(self.network.connections)]
        units = self.network.units
        return Edge(source, number // 3 % units(source), layer, number // 5 % units(layer))

    def edit(self, name, edit, *arguments):
        """Make an edit, unless it makes no sense here, which must be said in words."""
        try:
            made = edit(self.network, *arguments)
        except DocumentError as error:
            assert len(str(error)) > 10  # noqa: PT017
            return
        if sum(shape.size for shape in made.network.shapes) <= self.most_units:
            self.session.edit_network(name, made)
            self.settle()

    @rule(layer=NUMBERS, count=st.integers(1, 3))
    def add_neurons(self, layer, count):
        self.edit("Neurons", edits.add_units, self.layer(layer), count)

    @rule(nodes=st.lists(NUMBERS, min_size=1, max_size=3))
    def remove_neurons(self, nodes):
        self.edit("Remove", edits.remove_units, [self.node(number) for number in nodes])

    @rule(nodes=st.lists(NUMBERS, min_size=1, max_size=2))
    def duplicate_neurons(self, nodes):
        self.edit("Duplicate", edits.duplicate_units, [self.node(number) for number in nodes])

    @rule(number=NUMBERS)
    def insert_a_layer(self, number):
        self.edit(
            "Layer", edits.insert_layer, *self.network.connections[number % len(self.network.connections)]
        )

    @rule(layer=NUMBERS)
    def remove_a_layer(self, layer):
        self.edit("Remove layer", edits.remove_layer, self.layer(layer))

    @rule(source=NUMBERS, end=NUMBERS)
    def connect(self, source, end):
        self.edit("Connect", edits.connect, self.node(source), self.node(end))

    @rule(numbers=st.lists(NUMBERS, min_size=1, max_size=4))
    def cut(self, numbers):
        self.edit("Cut", edits.cut, [self.edge(number) for number in numbers])

    @rule(numbers=st.lists(NUMBERS, min_size=1, max_size=4), on=st.booleans())
    def freeze(self, numbers, on):
        self.edit("Freeze", edits.freeze, [self.edge(number) for number in numbers], on)

    @rule(layer=NUMBERS, on=st.booleans())
    def freeze_a_layer(self, layer, on):
        self.edit("Freeze layer", edits.freeze_layers, [self.layer(layer)], on)

    @rule(
        layer=NUMBERS, kind=st.sampled_from([name for name in ACTIVATIONS if name not in ("softmax", "step")])
    )
    def choose_an_activation(self, layer, kind):
        self.edit("Activation", edits.set_activation, [self.layer(layer)], kind)

    @rule(layer=NUMBERS, on=st.booleans())
    def choose_biases(self, layer, on):
        self.edit("Bias", edits.set_bias, self.layer(layer), on)

    @rule(place=NUMBERS, value=WEIGHTS)
    def set_a_value(self, place, value):
        size = Layout(self.network).size
        self.session.set_values("Weight", np.array([place % size]), np.array([value]))
        self.settle()

    @rule(place=NUMBERS, values=st.lists(WEIGHTS, min_size=2, max_size=4))
    def drag_a_value(self, place, values):
        size = Layout(self.network).size
        for value in values:
            self.session.set_values("Drag", np.array([place % size]), np.array([value]), f"drag {place}")
        self.settle()

    @rule(steps=st.integers(1, 20))
    def train(self, steps):
        self.session.step_silently(steps)
        self.settle()

    @rule(kind=st.sampled_from(tuple(OPTIMIZERS)))
    def choose_an_optimiser(self, kind):
        self.session.edit_optimizer("Optimiser", kind=kind, learning_rate=0.01)
        self.settle()

    @rule(name=st.sampled_from(("moons", "circles", "spirals")), samples=st.integers(20, 60))
    def choose_data(self, name, samples):
        document = self.session.document
        self.session.edit("Data", replace(document, data=ToyData(name, samples)))
        self.settle()

    @rule()
    def begin_again(self):
        self.session.reset()
        self.settle()

    @rule(times=st.integers(1, 3))
    def undo(self, times):
        for _ in range(times):
            self.session.undo()
        self.settle()

    @rule(times=st.integers(1, 3))
    def redo(self, times):
        for _ in range(times):
            self.session.redo()
        self.settle()

    @invariant()
    def the_network_is_whole(self):
        if not hasattr(self, "start"):
            return
        document, snapshot = self.session.document, self.session.snapshot
        written = json.loads(json.dumps(document_to_json(document)))
        assert document_from_json(written) == document
        layout = Layout(document.network)
        assert snapshot.parameters.shape == (layout.size,)
        assert np.isfinite(snapshot.parameters).all()
        assert not snapshot.parameters[layout.removed()].any()
        assert [len(a) for a in snapshot.probe.activations] == [
            shape.size for shape in document.network.shapes
        ]
        assert self.problems == []

    def teardown(self):
        if not hasattr(self, "start"):
            return
        end = self.state()
        made = self.session.undo_stack.index()
        for _ in range(made):
            self.session.undo()
        self.settle()
        assert self.state() == self.start
        for _ in range(made):
            self.session.redo()
        self.settle()
        assert self.state() == end
        self.session.close()


class EditingImages(Editing):
    """The same, and more, to a network over images."""

    most_units = 1500

    def opening(self):
        network = chain(
            Input((1, 6, 5)), Conv2d(2, padding=(1, 1)), BatchNorm(), MaxPool2d(), Flatten(),
            Dense(4, "tanh"), Dense(2, "identity"),
        )  # fmt: skip
        x, y = (np.random.default_rng(1).normal(size=(5, n)).round(3).tolist() for n in (30, 2))
        data = TableData(tuple(map(tuple, x)), tuple(map(tuple, y)), "regression")
        return Document(network, data, Training(optimizer=Optimizer("momentum", 0.001), batch_size=2))

    choose_data = None

    @rule(number=NUMBERS, kind=st.sampled_from(edits.INSERTABLE))
    def insert_any_kind(self, number, kind):
        pair = self.network.connections[number % len(self.network.connections)]
        self.edit("Insert", edits.insert_kind, *pair, kind)

    @rule(
        layer=NUMBERS,
        name=st.sampled_from(("kernel", "stride", "padding")),
        size=st.tuples(st.integers(0, 3), st.integers(0, 3)),
    )
    def set_a_window(self, layer, name, size):
        if name != "padding":
            size = tuple(max(1, side) for side in size)
        self.edit("Window", partial(edits.set_fields, **{name: size}), self.layer(layer))

    @rule(layer=NUMBERS, channels=st.integers(1, 4))
    def choose_the_filters(self, layer, channels):
        self.edit("Filters", partial(edits.set_fields, channels=channels), self.layer(layer))

    @rule(layer=NUMBERS, number=NUMBERS)
    def rename(self, layer, number):
        self.edit("Name", edits.rename_layer, self.layer(layer), f"layer{number % 20}")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("machine", [Editing, EditingImages])
def test_random_edits_keep_the_network_whole_and_can_all_be_undone(machine):
    chosen = settings(max_examples=2, stateful_step_count=STEPS, derandomize=True, database=None)
    run_state_machine_as_test(machine, settings=chosen)
