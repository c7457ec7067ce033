"""The edges of the node that is pointed at, in a network too large to show them all."""

from __future__ import annotations

import numpy as np

from nnsim.model.network import Edge
from nnsim.ui.graph import edges as edge_sets
from nnsim.ui.graph.edges import EdgeSet, edge_values, source_of
from nnsim.ui.graph.frames import EdgeLayer, Frame
from nnsim.ui.graph.geometry import Item, Node, is_mixed
from nnsim.ui.graph.reach import edges_among, edges_of
from nnsim.ui.graph.scales import top
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen

MOST_POINTED = 160
"""Edges shown of one node, the strongest; the 16 or 128 of a pixel are all among them."""


class PointedEdges:
    """Chooses them, again only when they can have become others."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._screen: Screen | None = None

    def screen(
        self, scene: Scene, screen: Screen, item: Item | None, meant: frozenset[Edge] = frozenset()
    ) -> Screen | None:
        """The node's edges on the same view; None where nothing is pointed at, or the network is small.

        Parameters
        ----------
        meant : frozenset of Edge
            That a lesson is about: shown where nothing is pointed at, if ribbons stand for them else.
        """
        mixed = is_mixed(scene.network)
        meant = meant if mixed and not isinstance(item, Node) else frozenset()
        if not meant and (not (scene.is_large or mixed) or not isinstance(item, Node)):
            self._key, self._screen = (), None
            return None
        key = (item, meant, screen.geometry, screen.view, scene.overlay, scene.snapshot)
        if key != self._key:
            self._key = key
            edges = (
                edges_among(scene.connectivity, meant, scene.overlay, scene.snapshot, MOST_POINTED)
                if not isinstance(item, Node)
                else edges_of(scene.connectivity, item, scene.overlay, scene.snapshot, MOST_POINTED)
                if mixed
                else edge_sets.choose(scene.layout, scene.overlay, scene.snapshot, MOST_POINTED, item)
            )
            before = self._screen
            same = before is not None and before.geometry is screen.geometry and before.view == screen.view
            if before is None or not same or not _same(before.edges, edges):
                self._screen = Screen(screen.geometry, edges, screen.view)
        return self._screen


def _same(one: EdgeSet, other: EdgeSet) -> bool:
    """Whether two sets have the same edges: a shared weight alone does not tell."""
    names = ("index", "source", "target")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def pointed_layer(scene: Scene, frame: Frame, screen: Screen) -> EdgeLayer:
    """What those edges show, drawn as the frame draws the others."""
    style = frame.edges[0].style
    if style in ("gradient", "update"):
        vector = source_of(style, scene.snapshot)
        values = edge_values(screen.edges, style, scene.snapshot)
    else:
        vector = frame.parameters
        values = None if vector is None else vector[screen.edges.index]
        if style == "contribution" and values is not None and frame.probe is not None:
            values = values * np.concatenate(frame.probe.activations)[screen.edges.source]
    largest = 0.0 if values is None or not is_mixed(scene.network) else top(np.abs(values))
    if values is not None and largest > scene.scales[style].full:
        # Its edges are no part of what is drawn at rest, and may be stronger.
        scene.scales[style].follow(values)
    return EdgeLayer(style, None if values is None else scene.scales[style].shares(values))
