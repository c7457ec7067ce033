"""The gradient put to the test: change one parameter a little, and compare with what it foretold."""

from __future__ import annotations

from dataclasses import dataclass

from nnsim.engine.reference import forward, new_buffers, set_clock
from nnsim.lesson.focus import Focus
from nnsim.lesson.trace import Trace

EPSILON = 0.01


@dataclass(frozen=True, slots=True)
class Nudge:
    """What a small change of one parameter does to the loss of the batch, penalty included.

    Attributes
    ----------
    change : float
        ε, added to the parameter.
    predicted : float
        ε · ∂L/∂w.
    measured : float
        L(w + ε) − L(w), by running the forward pass again.
    """

    change: float
    predicted: float
    measured: float


def can_nudge(trace: Trace, focus: Focus | None) -> bool:
    """Whether a focus is a parameter, or stands on one, that can be changed."""
    return trace.place_of(focus) is not None and focus not in trace.network.removed_edges


def nudge(trace: Trace, focus: Focus, change: float = EPSILON) -> Nudge:
    """Change one parameter and run the batch again, with the same mask; the trace stays as it is.

    Parameters
    ----------
    trace : Trace
    focus : Edge or ParameterFocus
        Of an edge, its weight: that of a filter is changed at all places.
    change : float

    Raises
    ------
    ValueError
        Where the edge is taken out of the network or has no weight.
    """
    index = trace.place_of(focus)
    if index is None or not can_nudge(trace, focus):
        raise ValueError("an edge that is taken out has no weight to change")
    theta = trace.before.theta.copy()
    theta[index] += change
    values = new_buffers(trace.tape, trace.samples)
    values[0][...] = trace.x
    values[trace.tape.expected][...] = trace.y
    set_clock(trace.tape, values, trace.before.step)
    loss = forward(trace.tape, theta, values)
    l2 = trace.document.training.l2
    penalty = float(values[trace.tape.buffer("penalty", trace.last)][0, 0]) if l2 > 0 else 0.0
    measured = loss + penalty - trace.loss - trace.penalty
    return Nudge(change, change * float(trace.gradient[index]), measured)
