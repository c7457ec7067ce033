"""The gradient put to the test: change one weight a little, and compare with what it foretold."""

from __future__ import annotations

from dataclasses import dataclass

from nnsim.engine.reference import forward, new_buffers
from nnsim.lesson.trace import Trace
from nnsim.model.network import Edge

EPSILON = 0.01


@dataclass(frozen=True, slots=True)
class Nudge:
    """What a small change of one weight does to the loss of the batch, penalty included.

    Attributes
    ----------
    change : float
        ε, added to the weight.
    predicted : float
        ε · ∂L/∂w.
    measured : float
        L(w + ε) − L(w), by running the forward pass again.
    """

    change: float
    predicted: float
    measured: float


def nudge(trace: Trace, edge: Edge, change: float = EPSILON) -> Nudge:
    """Change the weight of an edge and run the batch again; the trace stays as it is.

    Raises
    ------
    ValueError
        Where the edge is taken out of the network, so that there is no weight to change.
    """
    if edge in trace.network.removed_edges:
        raise ValueError("an edge that is taken out has no weight to change")
    index = trace.layout.edge_index(edge)
    theta = trace.before.theta.copy()
    theta[index] += change
    values = new_buffers(trace.tape, trace.samples)
    values[0][...] = trace.x
    values[trace.tape.expected][...] = trace.y
    loss = forward(trace.tape, theta, values)
    l2 = trace.document.training.l2
    penalty = float(values[trace.tape.buffer("penalty", trace.last)][0, 0]) if l2 > 0 else 0.0
    measured = loss + penalty - trace.loss - trace.penalty
    return Nudge(change, change * float(trace.gradient[index]), measured)
