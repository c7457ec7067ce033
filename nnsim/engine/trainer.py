"""Training in slices, and snapshots of it: what the session, the commands and the tests drive."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from nnsim.data.dataset import Dataset
from nnsim.engine.engine import Engine, Numbers, Pass, Problem, RunState, Slice, Vector
from nnsim.engine.initialize import initial_parameters
from nnsim.engine.own_pass import MOST_WALKED, LastStep, Walk, own_pass, trains_otherwise
from nnsim.engine.reference import ReferenceEngine
from nnsim.engine.scores import Scores
from nnsim.engine.snapshot import Array, Moments, Probe, Sample, Score, Snapshot
from nnsim.model.carry import carry_moments, carry_over
from nnsim.model.document import Document
from nnsim.model.errors import DocumentError
from nnsim.model.origin import Origin
from nnsim.model.parameters import Layout

LARGEST_GROWTH = 50
"""How much longer the next slice may be than the last while the pace is being measured."""


def _jit(problem: Problem) -> Engine:
    # Loads Numba, so not before somebody asks for this engine.
    from nnsim.engine.compiled import JitEngine

    return JitEngine(problem)


ENGINES: dict[str, Callable[[Problem], Engine]] = {"jit": _jit, "reference": ReferenceEngine}


def check_fit(document: Document, dataset: Dataset) -> None:
    """Check that the network has the data's inputs and outputs.

    Raises
    ------
    DocumentError
        Naming the layer that does not fit.
    """
    network = document.network
    if network.input.units != dataset.features:
        raise DocumentError(
            "network.layers[0].shape",
            "has {units} inputs; allowed: {features}, as the data has",
            units=network.input.units,
            features=dataset.features,
        )
    if network.outputs != dataset.outputs:
        raise DocumentError(
            f"network.layers[{len(network.layers) - 1}].units",
            "is {found}; allowed: {wanted}, as the data has outputs",
            found=network.outputs,
            wanted=dataset.outputs,
        )


def sample_of(dataset: Dataset, index: int) -> Sample:
    """One of a dataset's training samples."""
    return Sample(dataset.x[index], dataset.y[index], index)


def _same_in(dataset: Dataset, sample: Sample | None) -> Sample | None:
    """What to follow when the data is exchanged: the sample of that number, or the same input if it fits."""
    if sample is None or len(sample.x) != dataset.features:
        return None
    if sample.index < 0:
        return sample
    return sample_of(dataset, sample.index) if sample.index < dataset.samples else None


def _within(state: RunState, dataset: Dataset) -> RunState:
    """The same state; where there are fewer samples than it has used, the next epoch begins."""
    if state.cursor >= dataset.samples:
        state.cursor, state.epoch = 0, state.epoch + 1
    return state


class Trainer:
    """A training run. Used from one thread at a time.

    Parameters
    ----------
    document : Document
    dataset : Dataset
    engine : str
        ``jit`` or ``reference``.
    parameters : array of shape (P,), optional
        Where to start instead of where the document says.

    Attributes
    ----------
    followed : Sample or None
        What snapshots follow through the network; None follows the first sample of the last batch.

    Raises
    ------
    DocumentError
        Where the network does not fit the data.
    """

    def __init__(
        self, document: Document, dataset: Dataset, *, engine: str = "jit", parameters: Array | None = None
    ) -> None:
        check_fit(document, dataset)
        self.followed: Sample | None = None
        self._problem = Problem(document, dataset)
        self._engine = ENGINES[engine](self._problem)
        self._begin(initial_parameters(document) if parameters is None else parameters)

    def _begin(self, theta: Array) -> None:
        zeros = np.zeros(len(theta))
        self._state = RunState(theta, zeros, zeros).astype(self._engine.dtype)
        self._last: LastStep | None = None
        self._diverged = False
        self._measure_afresh()

    def _measure_afresh(self) -> None:
        self._scores = Scores(self._problem, self._engine)
        self._pace = 0.0

    @property
    def document(self) -> Document:
        """What is trained."""
        return self._problem.document

    @property
    def dataset(self) -> Dataset:
        """What it is trained on."""
        return self._problem.dataset

    @property
    def layout(self) -> Layout:
        """Where each parameter stands."""
        return self._problem.layout

    @property
    def engine(self) -> str:
        """``jit`` or ``reference``."""
        return self._engine.name

    def use_engine(self, name: str) -> None:
        """Change over to another engine; everything learned and counted is kept."""
        if name != self._engine.name:
            self._install(ENGINES[name](self._problem))

    def _install(self, engine: Engine) -> None:
        self._engine = engine
        self._state = self._state.astype(engine.dtype)
        self._measure_afresh()

    def reset(self, parameters: Array | None = None) -> None:
        """Go back to where the document starts, the same start every time, or to given parameters."""
        self._begin(initial_parameters(self.document) if parameters is None else parameters)

    def set_document(
        self, document: Document, dataset: Dataset | None = None, origin: Origin | None = None
    ) -> None:
        """Go on with an edited document, or other data, and everything that was learned.

        Weights are carried over by :func:`nnsim.model.carry.carry_over`, the optimiser's vectors by
        :func:`nnsim.model.carry.carry_moments` where its kind is still the same; the counters go on.

        Parameters
        ----------
        document : Document
        dataset : Dataset, optional
            The present one where left out.
        origin : Origin, optional
            Where the layers and units come from; without it they keep their numbers.

        Raises
        ------
        DocumentError
            Where the network does not fit the data; nothing has changed then.
        """
        dataset = self.dataset if dataset is None else dataset
        check_fit(document, dataset)
        old, new = self._problem, Problem(document, dataset)
        engine = ENGINES[self._engine.name](new)
        state = self._state.copy()
        if document.network != old.document.network or origin is not None:
            fresh = initial_parameters(document)
            state.theta = carry_over(old.layout, state.theta, new.layout, fresh.astype(engine.dtype), origin)
            state.m = carry_moments(old.layout, state.m, new.layout, origin)
            state.v = carry_moments(old.layout, state.v, new.layout, origin)
            self._last = None
        if document.training.optimizer.kind != old.training.optimizer.kind:
            state.m[:], state.v[:], state.count = 0.0, 0.0, 0
        # A weight that may no longer move must not coast on its velocity.
        state.m *= new.mask
        state.v *= new.mask
        if dataset is not old.dataset:
            self._last = None
            self.followed = _same_in(dataset, self.followed)
        self._problem, self._engine, self._state = new, engine, _within(state, dataset)
        self._diverged = False
        self._measure_afresh()

    def set_values(self, indices: Numbers, values: Array) -> None:
        """Overwrite some parameters by hand; an edge that is not there stays without weight.

        Parameters
        ----------
        indices : array of int, shape (n,)
            Places in the flat vector.
        values : array, shape (n,)

        Raises
        ------
        ValueError
            Where a value is not finite.
        """
        if not np.isfinite(values).all():
            raise ValueError("a weight must be a finite number")
        self._state.theta[indices] = values
        self._state.theta[self._problem.removed] = 0.0
        self._last = None
        self._diverged = False
        self._measure_afresh()

    @property
    def state(self) -> RunState:
        """Parameters, the optimiser's vectors and the counters, copied."""
        return self._state.copy()

    def restore(self, state: RunState) -> None:
        """Go back to a state of this network, bit for bit; what the last step did is then not known.

        Where the state has used more samples than there are now, the next epoch begins.

        Raises
        ------
        ValueError
            Where the state is of another network.
        """
        if len(state.theta) != self.layout.size:
            raise ValueError(f"the state has {len(state.theta)} parameters, the network {self.layout.size}")
        self._state = _within(state.astype(self._engine.dtype), self.dataset)
        self._last = None
        self._diverged = False
        self._measure_afresh()

    def upcoming_batch(self) -> Numbers:
        """Numbers of the training samples that the next step will use."""
        return self._engine.next_batch(self._state)

    def sample(self, index: int) -> Sample:
        """One training sample."""
        return sample_of(self.dataset, index)

    def probe(self, sample: Sample) -> Probe:
        """A sample on its way through the network as it is."""
        return self._probe(self._state.theta, sample)

    def walked(self, place: int) -> Probe:
        """A sample of the coming batch, by its place there, on its way through the coming step."""
        state, batch = self._state, self.upcoming_batch()
        walk = Walk(state.theta, self.dataset, batch, state.step)
        return self._walked(walk, place, self.sample(int(batch[place])))

    def last_walked(self) -> Probe | None:
        """The first sample of the last batch on its way through the last step; None before the first."""
        last = self._last
        return None if last is None else self._walked(last.walk, 0, last.sample)

    def _walked(self, walk: Walk, place: int, sample: Sample) -> Probe:
        if len(walk.batch) > MOST_WALKED or not trains_otherwise(self._problem):
            return self._probe(walk.theta, sample)
        return self._told(sample, own_pass(self._problem, walk, place))

    def teach(self, sample: Sample) -> Snapshot:
        """Make one update on a sample that need not be among the training samples.

        The pass over the training samples goes on afterwards where it was.

        Raises
        ------
        ValueError
            Where nobody has said what is right for the sample.
        """
        if sample.y is None:
            raise ValueError("a sample without a target teaches nothing")
        alone = replace(self.dataset, x=sample.x[None], y=sample.y[None])
        training = replace(self.document.training, batch_size=1)
        engine = ENGINES[self._engine.name](Problem(replace(self.document, training=training), alone))
        state = self._state.copy()
        state.epoch = state.cursor = 0
        done = engine.train(state, 1)
        self._diverged = done.failed or not bool(np.isfinite(state.theta).all())
        if not self._diverged:
            state.epoch, state.cursor = self._state.epoch, self._state.cursor
            gradient = self._without_removed(engine.gradient.copy())
            before, self._state = self._state.theta, state
            batch = np.array([sample.index], np.int64)
            where = Walk(before, alone, np.zeros(1, np.int64), state.step - 1)
            self._last = LastStep(batch, sample, gradient, state.theta - before, where)
            self._measure_afresh()
        return self.snapshot()

    def run_steps(self, n: int) -> Snapshot:
        """Make `n` updates, fewer where the loss ceases to be finite."""
        self._advance(n)
        return self.snapshot()

    def run_for(self, seconds: float) -> Snapshot:
        """Train for about that long, at least one step."""
        deadline = time.perf_counter() + seconds
        steps = int(self._pace * seconds)
        while not self._advance(max(1, steps)):
            remaining = deadline - time.perf_counter()
            if remaining < seconds / 2:
                break
            steps = min(int(self._pace * remaining), LARGEST_GROWTH * max(1, steps))
        return self.snapshot()

    def _advance(self, n: int) -> bool:
        """Make `n` updates; True where the run diverged."""
        if n < 1:
            return False
        checkpoint, last = self._state.copy(), self._last
        begin = time.perf_counter()
        done = self._train(n)
        self._pace = done.steps / max(time.perf_counter() - begin, 1e-9)
        self._diverged = done.failed or not self._is_finite()
        if self._diverged:
            self._state, self._last = checkpoint.copy(), last
            # The loss before the last update was finite: go there again, and no further. Where it never
            # failed, an infinite parameter hides behind it, and nothing tells which step it came from.
            done = self._train(done.steps - 1 if done.failed else 0)
            if not self._is_finite():
                self._state, self._last = checkpoint, last
        self._scores.saw(done)
        return self._diverged

    def _is_finite(self) -> bool:
        return bool(np.isfinite(self._state.theta).all())

    def _train(self, n: int) -> Slice:
        """Make `n` updates, the last one by itself, so that what it changed is known."""
        if n < 1:
            return Slice(0, 0, 0, 0.0, failed=False)
        engine, state = self._engine, self._state
        done = engine.train(state, n - 1)
        if done.failed:
            return done
        batch, before = engine.next_batch(state), state.theta.copy()
        last = engine.train(state, 1)
        if last.steps == 1:
            gradient = self._without_removed(engine.gradient.copy())
            first = self.sample(int(batch[0]))
            where = Walk(before, self.dataset, batch, state.step - 1)
            self._last = LastStep(batch, first, gradient, state.theta - before, where)
        return done + last

    def _without_removed(self, gradient: Vector) -> Vector:
        """The same array; an edge that is not there has no gradient in it."""
        gradient[self._problem.removed] = 0.0
        return gradient

    def snapshot(self) -> Snapshot:
        """The present state, copied; trains nothing."""
        state, last, dataset = self._state, self._last, self.dataset
        size = self._problem.batch_size
        train, exact = self._scores.train(state.theta)
        return Snapshot(
            step=state.step,
            epoch=state.epoch,
            batch=-(-state.cursor // size),
            batches=-(-dataset.samples // size),
            parameters=state.theta.copy(),
            train=train,
            train_is_exact=exact,
            validation=self._scores.validation(state.theta, state.epoch),
            probe=self.probe(self._on_stage()),
            last_gradient=None if last is None else last.gradient,
            last_update=None if last is None else last.update,
            last_batch=None if last is None else last.batch,
            before=None if last is None else self._probe(last.walk.theta, last.sample),
            gradient_norms=None if last is None else self._norms(last.gradient),
            engine=self._engine.name,
            diverged=self._diverged,
            moments=self._moments(),
        )

    def _moments(self) -> Moments | None:
        if self.document.training.optimizer.kind == "sgd":
            return None
        state = self._state
        return Moments(state.m.copy(), state.v.copy(), state.count)

    def _on_stage(self) -> Sample:
        if self.followed is not None:
            return self.followed
        return self.sample(0) if self._last is None else self._last.sample

    def _probe(self, theta: Vector, sample: Sample) -> Probe:
        y = sample.y if sample.y is not None else np.zeros(self.dataset.outputs, np.float32)
        return self._told(sample, self._engine.probe(theta, sample.x, y))

    def _told(self, sample: Sample, run: Pass) -> Probe:
        known, y = sample.y is not None, sample.y
        return Probe(
            index=sample.index,
            x=sample.x.copy(),
            y=None if y is None else y.copy(),
            activations=run.activations,
            pre_activations=run.pre_activations,
            deltas=run.deltas if known else (None,) * len(run.deltas),
            gradient=self._without_removed(run.gradient) if known else None,
            loss=run.loss if known else None,
        )

    def _norms(self, gradient: Vector) -> tuple[float, ...]:
        with np.errstate(over="ignore"):
            squares = np.zeros(len(self.document.network.layers) - 1)
            for tensor in self.layout.tensors:
                part = gradient[tensor.span]
                # Unlike a dot product, this starts no threads for a long vector.
                squares[tensor.layer - 1] += np.einsum("i,i->", part, part)
        return tuple(np.sqrt(squares).tolist())

    def layer_outputs(self, x: Array, layers: Sequence[int] | None = None) -> tuple[Array, ...]:
        """Activations of layers for many inputs.

        Parameters
        ----------
        x : array, shape (n, features)
        layers : sequence of int, optional
            Which ones, counted from 0, the input; without it, all of them.

        Returns
        -------
        tuple of arrays, shapes (n, units)
        """
        wanted = range(len(self.document.network.layers)) if layers is None else layers
        return self._engine.layer_outputs(self._state.theta, x, wanted)

    def answers(self, x: Array) -> Array:
        """What the network says to many inputs: shape (n, outputs) for (n, features)."""
        return self.layer_outputs(x, (len(self.document.network.layers) - 1,))[0]

    def score(self, x: Array, y: Array) -> Score:
        """Exact loss and accuracy on given samples, shapes (n, features) and (n, outputs)."""
        return self._scores.exact(self._state.theta, x, y)

    def evaluate(self) -> tuple[Score, Score | None]:
        """Exact scores on the training samples and, where there are any, on those kept back."""
        data = self.dataset
        validation = self.score(data.validation_x, data.validation_y) if len(data.validation_x) else None
        return self.score(data.x, data.y), validation
