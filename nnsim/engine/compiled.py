"""The JIT engine: the tape in float32, run by :mod:`nnsim.engine.vm` without the GIL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.engine import jit
from nnsim.engine.arrangement import in_panels, sparse_readers
from nnsim.engine.engine import Numbers, Pass, Problem, RunState, Slice, Vector, piece
from nnsim.engine.nonzero import is_sparse, nonzero
from nnsim.engine.ops.operation import COLUMNS, EXPECTED, PREDICTION, SOURCE_WIDTH, TARGET
from nnsim.engine.optimizers import settings_vector
from nnsim.engine.plane_sizes import WORKSPACE, workspace_size
from nnsim.engine.shuffle import seed_key
from nnsim.engine.tape import Tape

CHUNK = 256
"""Samples run forwards at once where there are many."""


class _Machine:
    """A tape with memory for batches of up to `capacity` samples, and the plan that the interpreter reads.

    Every array whose address stands in the plan is kept in `arrays`, by the name of its place.
    """

    def __init__(self, problem: Problem, tape: Tape, capacity: int) -> None:
        from nnsim.engine import vm

        self.vm = vm
        self.tape = tape
        self.starts = tape.starts(capacity)
        self.capacity = capacity
        self.plan = np.zeros(vm.PLACES, np.int64)
        self.arrays: dict[int, NDArray[Any]] = {}
        self._run = jit.runner()
        size = int(self.starts[-1])
        kernels = jit.kernel_names(tape)
        # One more place, for the number of right answers.
        self.place(vm.VALUES, np.zeros(size + 1, np.float32))
        self.place(vm.DVALUES, np.zeros(size, np.float32))
        self.place(vm.GRAD, np.zeros(tape.parameters, np.float32))
        self.place(vm.ROWS, np.vstack([self._rows(), self._hits_row()]))
        self.place(vm.ORDER_FORWARD, np.array([*tape.forward, len(tape.ops)], np.int64))
        self.place(vm.BACKWARD, np.array(tape.backward, np.int64))
        self.place(vm.AFTER, np.array(tape.after, np.int64))
        forward = [jit.address(name) for name in (*(f"{kind}.forward" for kind in kernels), "hits")]
        backward = [jit.address(f"{kind}.backward") for kind in kernels]
        self.place(vm.FORWARD_KERNELS, np.array(forward, np.int64))
        self.place(vm.BACKWARD_KERNELS, np.array(backward, np.int64))
        self.place(vm.COUNTERS, np.zeros(5, np.int64))
        self.place(vm.TOTALS, np.zeros(3))
        self.plan[vm.PARAMETERS] = tape.parameters
        self.plan[vm.OPS] = len(tape.forward) + 1
        self.plan[vm.BACKWARD_OPS], self.plan[vm.AFTER_OPS] = len(tape.backward), len(tape.after)
        self.plan[vm.CLOCK] = -1 if tape.clock is None else self.starts[tape.clock]
        self.plan[vm.FEATURES] = tape.network.units(0)
        self.plan[vm.OUTPUTS] = tape.network.units(-1)
        self.plan[vm.BATCH] = capacity
        self.plan[vm.TARGETS] = self.starts[tape.expected]
        self.plan[vm.LOSS] = self.starts[tape.loss]
        self.plan[vm.HITS] = size
        self.plan[vm.AVERAGES] = problem.averages

    def _rows(self) -> NDArray[np.int64]:
        """The tape's rows, and in those that need room to work in, where it is."""
        rows = self.tape.rows(self.capacity)
        windows = {i: op.attributes for i, op in enumerate(self.tape.ops) if op.kind == "conv2d"}
        room = max((workspace_size(window) for window in windows.values()), default=0)
        self._workspace = np.zeros(room, np.float32)
        rows[list(windows), WORKSPACE] = self._workspace.ctypes.data
        return rows

    def _hits_row(self) -> NDArray[np.int64]:
        """Where the counting of right answers, which is on no tape, finds its numbers."""
        row = np.zeros((1, COLUMNS), np.int64)
        row[0, PREDICTION] = self.starts[self.tape.output]
        row[0, EXPECTED] = self.starts[self.tape.expected]
        row[0, SOURCE_WIDTH] = self.tape.network.units(-1)
        row[0, TARGET] = self.starts[-1]
        return row

    def place_whole(self, place: int, array: Vector, shape: tuple[int, ...]) -> None:
        """Let the plan point to an array of this shape, or to a copy in float32."""
        if array.shape != shape:
            raise ValueError(f"the compiled engine expects shape {shape}, not {array.shape}")
        self.place(place, np.ascontiguousarray(array, np.float32))

    def place(self, place: int, array: NDArray[Any]) -> None:
        """Let the plan point to an array, and keep it alive."""
        self.arrays[place] = array
        self.plan[place] = array.ctypes.data

    def feed(self, x: Vector, y: Vector) -> None:
        """Say which samples are run, shapes (n, features) and (n, outputs).

        Raises
        ------
        ValueError
            Where the samples are of another network: compiled code would read what is not theirs.
        """
        self.place_whole(self.vm.X, x, (len(x), int(self.plan[self.vm.FEATURES])))
        self.place_whole(self.vm.Y, y, (len(x), int(self.plan[self.vm.OUTPUTS])))
        self.place(self.vm.ORDER, np.arange(len(x), dtype=np.int64))
        self.plan[self.vm.SAMPLES] = len(x)

    def run(self, steps: int, stage: int) -> int:
        """Run the interpreter."""
        return self._run(self.plan.ctypes.data, steps, stage)

    def buffer(self, number: int, batch: int, *, gradient: bool = False) -> NDArray[np.float32]:
        """A copy of one buffer, (batch, width)."""
        flat = self.arrays[self.vm.DVALUES if gradient else self.vm.VALUES]
        buffer, start = self.tape.buffers[number], self.starts[number]
        rows = buffer.rows(batch)
        return flat[start : start + rows * buffer.width].reshape(rows, buffer.width).copy()


class JitEngine:
    """As :class:`nnsim.engine.engine.Engine`. Compiles what is not in the cache.

    Parameters
    ----------
    problem : Problem
    """

    name = "jit"
    dtype = np.float32

    def __init__(self, problem: Problem) -> None:
        jit.compile_for(problem.document)
        self.problem = problem
        dataset, training = problem.dataset, problem.training
        sparse = bool(sparse_readers(problem.tape)) and is_sparse(dataset.x)
        self._arrangement = in_panels(problem.tape) if sparse else None
        tape = self._arrangement.tape if self._arrangement else problem.tape
        self._machine = machine = _Machine(problem, tape, problem.batch_size)
        self._single = _Machine(problem, problem.plain, 1)
        self._chunk = _Machine(problem, problem.plain, piece(problem.plain, CHUNK))
        vm = machine.vm
        self._vm = vm
        machine.feed(dataset.x, dataset.y)
        if self._arrangement:
            found = nonzero(machine.arrays[vm.X])
            machine.place(vm.STARTS, found.starts)
            machine.place(vm.COLUMNS_OF, found.columns)
            machine.place(vm.VALUES_OF, found.values)
            machine.place(vm.GRAD, self._arranged(np.zeros(problem.layout.size)))
        machine.place(vm.MASK, self._arranged(problem.mask))
        masked = not problem.mask.all()
        machine.place(vm.SETTINGS, settings_vector(training.optimizer, training.clip_norm, masked=masked))
        machine.plan[vm.CLIP] = jit.address("clip") if training.clip_norm > 0 else 0
        machine.plan[vm.UPDATE] = jit.address(f"update.{training.optimizer.kind}")
        machine.plan[vm.SEED_KEY] = np.uint64(seed_key(training.seed)).astype(np.int64)
        machine.arrays[vm.COUNTERS][vm.SHUFFLED_EPOCH] = -1

    def _arranged(self, vector: Vector) -> Vector:
        """A parameter vector as the machine keeps it; the same one, if that is as it is."""
        return self._arrangement.arranged(vector) if self._arrangement else vector

    @property
    def gradient(self) -> Vector:
        """As in :class:`Engine`."""
        gradient = self._machine.arrays[self._vm.GRAD]
        return gradient[self._arrangement.place] if self._arrangement else gradient

    def next_batch(self, state: RunState) -> Numbers:
        """As in :class:`Engine`."""
        machine, vm = self._machine, self._vm
        machine.arrays[vm.COUNTERS][vm.EPOCH] = state.epoch
        machine.run(1, vm.SHUFFLE)
        order = machine.arrays[vm.ORDER]
        return order[state.cursor : state.cursor + self.problem.batch_size].copy()

    def train(self, state: RunState, steps: int) -> Slice:
        """As in :class:`Engine`."""
        machine, vm = self._machine, self._vm
        self._check(state)
        counters, totals = machine.arrays[vm.COUNTERS], machine.arrays[vm.TOTALS]
        vectors = ((vm.THETA, state.theta), (vm.M, state.m), (vm.V, state.v))
        for place, vector in vectors:
            machine.place(place, self._arranged(vector))
        counters[: vm.SHUFFLED_EPOCH] = state.count, state.step, state.epoch, state.cursor
        totals[:] = 0.0
        before = state.step
        done = machine.run(steps, vm.TRAIN)
        if self._arrangement:
            for place, vector in vectors:
                np.take(machine.arrays[place], self._arrangement.place, out=vector, mode="clip")
        state.count, state.step, state.epoch, state.cursor = counters[: vm.SHUFFLED_EPOCH].tolist()
        loss, right, samples = totals.tolist()
        return Slice(state.step - before, int(samples), int(right), loss, failed=done != steps)

    def _check(self, state: RunState) -> None:
        """Compiled code works on these vectors where they are, and trusts their size.

        Raises
        ------
        ValueError
            Where the state is of another network, another precision or other data.
        """
        for vector in (state.theta, state.m, state.v):
            if vector.shape != (self.problem.layout.size,) or vector.dtype != self.dtype:
                raise ValueError(f"the compiled engine cannot train {vector.dtype} {vector.shape}")
            if not vector.flags.carray:
                raise ValueError("the compiled engine needs vectors that are whole")
        if not 0 <= state.cursor < self.problem.dataset.samples:
            raise ValueError(f"there is no sample {state.cursor} to go on from")

    def probe(self, theta: Vector, x: Vector, y: Vector) -> Pass:
        """As in :class:`Engine`."""
        machine, vm, tape = self._single, self._vm, self.problem.plain
        self._run_alone(machine, theta, x[None], y[None], vm.GRADIENT)
        layers = range(1, len(tape.network.layers))
        return Pass(
            tuple(machine.buffer(tape.outputs[i], 1)[0] for i in (0, *layers)),
            (None, *(machine.buffer(tape.sums(i), 1)[0] for i in layers)),
            (None, *(machine.buffer(tape.sums(i), 1, gradient=True)[0] for i in layers)),
            machine.arrays[vm.GRAD].copy(),
            float(machine.buffer(tape.loss, 1)[0, 0]),
        )

    def _run_alone(self, machine: _Machine, theta: Vector, x: Vector, y: Vector, stage: int) -> None:
        """Run all of some samples once, in their order."""
        vm = self._vm
        machine.place_whole(vm.THETA, theta, (machine.tape.parameters,))
        machine.feed(x, y)
        machine.arrays[vm.COUNTERS][:] = 0
        machine.arrays[vm.TOTALS][:] = 0.0
        machine.run(-(-len(x) // machine.capacity), stage)

    def layer_outputs(self, theta: Vector, x: Vector, layers: Sequence[int]) -> tuple[Vector, ...]:
        """As in :class:`Engine`."""
        machine, tape = self._chunk, self.problem.plain
        out = tuple(np.zeros((len(x), tape.network.units(layer)), np.float32) for layer in layers)
        y = np.zeros((machine.capacity, tape.network.units(-1)), np.float32)
        for start in range(0, len(x), machine.capacity):
            part = x[start : start + machine.capacity]
            self._run_alone(machine, theta, part, y[: len(part)], self._vm.FORWARD)
            for layer, found in zip(layers, out, strict=True):
                found[start : start + len(part)] = machine.buffer(tape.outputs[layer], len(part))
        return out

    def score(self, theta: Vector, x: Vector, y: Vector) -> tuple[float, int]:
        """As in :class:`Engine`."""
        vm = self._vm
        self._run_alone(self._chunk, theta, x, y, vm.FORWARD)
        loss, right, samples = self._chunk.arrays[vm.TOTALS].tolist()
        if samples < len(x):
            return float("nan"), int(right)
        return loss / (samples if self.problem.averages else 1.0), int(right)
