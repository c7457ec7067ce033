"""Edges as cubic Bézier curves, all at once, as arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnsim.ui.graph.edges import EdgeSet
from nnsim.ui.graph.geometry import Geometry, Points

SLOPE = 0.45
"""Where the inner control points of an ordinary edge lie, as a share of its width."""
BEND = 0.16
"""The same for an edge that passes over layers: it rises early and runs level."""


def bernstein(t: Points) -> Points:
    """Weights of the four control points at curve parameters `t`: shape ``t.shape + (4,)``."""
    s = 1.0 - t
    return np.stack([s**3, 3 * s * s * t, 3 * s * t * t, t**3], axis=-1)


def controls(geometry: Geometry, edges: EdgeSet) -> Points:
    """Control points of every edge, rim to rim.

    Returns
    -------
    array, shape (edges, 4, 2)
    """
    out = np.empty((len(edges), 4, 2))
    out[:, 0] = _leaving(geometry, edges)
    out[:, 3] = geometry.centres[edges.target]
    out[:, 3, 0] -= geometry.radii[edges.target]
    # An edge leaves to the right and arrives from the left even where its ends were moved past each other.
    across = np.abs(out[:, 3, 0] - out[:, 0, 0])
    reach = np.where(edges.layer - edges.source_layer > 1, BEND, SLOPE) * across
    out[:, 1, 0] = out[:, 0, 0] + reach
    out[:, 2, 0] = out[:, 3, 0] - reach
    out[:, 1, 1], out[:, 2, 1] = out[:, 0, 1], out[:, 3, 1]
    skips = np.flatnonzero(edges.layer - edges.source_layer > 1)
    sources, layers = edges.source_layer[skips], edges.layer[skips]
    for source, layer in set(zip(sources.tolist(), layers.tolist(), strict=True)):
        mine = skips[(sources == source) & (layers == layer)]
        out[mine] = _bent(geometry, out[mine], source, layer)
    return out


def _leaving(geometry: Geometry, edges: EdgeSet) -> Points:
    """Right rim of each source; out of a plane, the middle of the pixel."""
    out = geometry.centres[edges.source].copy()
    out[:, 0] += geometry.radii[edges.source]
    for layer, place in enumerate(geometry.layers):
        if place.is_plane:
            out[edges.source_layer == layer, 0] -= place.radius
    return out


def _bent(geometry: Geometry, curves: Points, source: int, layer: int) -> Points:
    """Lift the curves of one skip connection over, or under, the layers between its ends.

    With both inner control points at height c, a curve is at ``a·y₀ + b·c + d·y₃`` where it passes a
    layer; c is what clears every layer passed.
    """
    t = np.linspace(0.0, 1.0, 65)
    along = bernstein(t) @ np.array([0.0, BEND, 1.0 - BEND, 1.0])
    between = geometry.layers[source + 1 : layer]
    left, right = curves[:, 0, 0].mean(), curves[:, 3, 0].mean()
    between = tuple(place for place in between if left < place.rect.middle[0] < right)
    if not between:
        return curves
    where = [np.interp((place.rect.middle[0] - left) / (right - left), along, t) for place in between]
    top = np.array([place.centres[:, 1].min() - 2.1 * place.radius for place in between])
    bottom = np.array([place.centres[:, 1].max() + 2.1 * place.radius for place in between])
    middle = (curves[:, 0, 1] + curves[:, 3, 1]) / 2
    above = middle <= (top.min() + bottom.max()) / 2 + 1e-6
    weight = bernstein(np.array(where))
    ends = weight[:, :1] * curves[:, 0, 1] + weight[:, 3:] * curves[:, 3, 1]
    inner = (weight[:, 1] + weight[:, 2])[:, None]
    over = ((top[:, None] - ends) / inner).min(axis=0)
    under = ((bottom[:, None] - ends) / inner).max(axis=0)
    out = curves.copy()
    out[:, 1, 1] = out[:, 2, 1] = np.where(above, np.minimum(over, middle), np.maximum(under, middle))
    return out


def sample(curves: Points, steps: int) -> Points:
    """Points along every curve: shape (edges, steps + 1, 2)."""
    return np.matmul(bernstein(np.linspace(0.0, 1.0, steps + 1)), curves)


def at(curves: Points, t: Points) -> Points:
    """One point on every curve at its own parameter: shape (edges, 2)."""
    return np.einsum("ec,ecx->ex", bernstein(t), curves)


def distances(points: Points, x: float, y: float) -> NDArray[np.floating]:
    """Distance of a point from every sampled curve, to its segments: shape (edges,)."""
    start, end = points[:, :-1], points[:, 1:]
    along = end - start
    length = np.maximum((along**2).sum(axis=-1), 1e-12)
    share = np.clip((((x, y) - start) * along).sum(axis=-1) / length, 0.0, 1.0)
    gap = start + share[..., None] * along - (x, y)
    return np.sqrt((gap**2).sum(axis=-1)).min(axis=1)
