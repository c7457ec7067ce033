"""Traces for the lesson's tests."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from hypothesis import strategies as st

from nnsim.data.dataset import Dataset
from nnsim.engine.engine import RunState
from nnsim.engine.trainer import Trainer
from nnsim.lesson.plain import plain
from nnsim.lesson.steps import Step
from nnsim.lesson.trace import Trace, trace
from nnsim.model.document import Document
from nnsim.model.parameters import Layout
from tests.engine.networks import problems

with warnings.catch_warnings():
    # It reads its font through a function that Python 3.11 deprecates.
    warnings.simplefilter("ignore", DeprecationWarning)
    import ziamath


def typeset(latex: str) -> str:
    """A formula as SVG; whatever cannot be typeset raises."""
    return str(ziamath.Latex(latex).svg())


def start(document: Document, theta: Any = None) -> RunState:
    """The state in which a document's training begins, or one with other parameters."""
    if theta is None:
        from nnsim.engine.initialize import initial_parameters

        theta = initial_parameters(document)
    theta = np.array(theta, np.float64)
    return RunState(theta, np.zeros_like(theta), np.zeros_like(theta))


def traced(document: Document, x: Any, y: Any, theta: Any = None) -> Trace:
    """The first step of training on some samples."""
    return trace(document, start(document, theta), np.array(x, float), np.array(y, float))


def shown(step: Step, focus: Any = None, sample: int = 0) -> list[str]:
    """The formulas with their numbers as plain text."""
    return [plain(line.numbers.latex) for line in step.lines(focus, sample) if line.numbers is not None]


@st.composite
def traces(draw: st.DrawFn) -> tuple[Trace, Trainer]:
    """A random network a few steps into its training, and the trainer that will make the step traced."""
    document, dataset = draw(problems())
    trainer = Trainer(document, dataset, engine="reference")
    trainer.run_steps(draw(st.integers(0, 3)))
    return upcoming(trainer), trainer


def upcoming(trainer: Trainer) -> Trace:
    """The step that a trainer will make next."""
    batch = trainer.upcoming_batch()
    dataset: Dataset = trainer.dataset
    return trace(trainer.document, trainer.state, dataset.x[batch], dataset.y[batch])


@st.composite
def scattered(draw: st.DrawFn) -> Trace:
    """A random network with random parameters, biases too, on some samples."""
    document, dataset = draw(problems())
    layout = Layout(document.network)
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    theta = random.normal(0.0, 0.7, layout.size)
    theta[layout.removed()] = 0.0
    return trace(document, start(document, theta), dataset.x, dataset.y)
