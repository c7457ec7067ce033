"""What the stage shows: the network, its values and its places. No painting here."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic, thread_time

import numpy as np

from nnsim.engine.snapshot import Snapshot
from nnsim.model.arrangement import Arrangement
from nnsim.model.connectivity import Connectivity
from nnsim.model.layers import Input, Layer
from nnsim.model.network import Network
from nnsim.model.parameters import Layout, Vector
from nnsim.ui.graph import edges as edge_sets
from nnsim.ui.graph.arranged import arranged, view_of_all
from nnsim.ui.graph.edges import OVERLAYS, EdgeSet, Floats, Ints
from nnsim.ui.graph.geometry import Geometry, Item, Node, arrange
from nnsim.ui.graph.ribbons import RibbonSet, links_of, ribbons_of, snapshot_values, strongest
from nnsim.ui.graph.rounding import floor, value_floor
from nnsim.ui.graph.scales import Scale, levels, top
from nnsim.ui.graph.sprites import ABSENT
from nnsim.ui.graph.view import View
from nnsim.ui.graph.viewport import Viewport
from nnsim.ui.graph.words import Names, activation_of

BOUNDED = ("step", "sigmoid", "tanh", "softmax")
"""Activations that stay within [-1, 1]: full brightness is 1."""
SIGNED = ("identity", "tanh", "leaky_relu", "prelu", "elu")
"""Activations that can be negative."""
_CENTRED = ("batch_norm", "layer_norm", "instance_norm", "group_norm")
"""Kinds whose numbers lie about 0."""
MOST_FOCUS_EDGES = 250
_INPUT_FADE = 0.995
"""The data stays the same: one small sample among others does not make the inputs brighter."""
_RIBBON_SECONDS = 0.5
"""Between two choices of which ribbons to draw while training runs."""
_CHOICE_SHARE = 0.05
"""Of the time, spent at most on choosing which edges to draw while training runs."""


class Scene:
    """The state of the stage.

    Attributes
    ----------
    network : Network
    layout : Layout
    connectivity : Connectivity
    names : Names
    viewport : Viewport
    geometry : Geometry
    arrangement : Arrangement
        By what it differs from the automatic places.
    home : View
        Shows all of it.
    edges : EdgeSet
        The edges that are drawn.
    snapshot : Snapshot or None
    overlay : str
        One of :data:`nnsim.ui.graph.edges.OVERLAYS`.
    ribbons, all_ribbons, links : RibbonSet
        The ribbons that are drawn and all there are, and the plain lines.
    scales, ribbon_scales : dict of Scale
        Full scale of each overlay.
    brightness : tuple of Scale
        Full brightness of each layer.
    bias_numbers : array of int
        The nodes that have a bias, numbered through all layers.
    """

    def __init__(
        self,
        network: Network,
        inputs: Sequence[str],
        outputs: Sequence[str],
        viewport: Viewport,
        arrangement: Arrangement = (),
    ) -> None:
        self.network = network
        self.layout = Layout(network)
        self.connectivity = Connectivity(network)
        self.names = Names(network, inputs, outputs)
        self.snapshot: Snapshot | None = None
        self.overlay = "weight"
        self.arrangement = arrangement
        self.resize(viewport)
        self.scales = {overlay: Scale() for overlay in OVERLAYS}
        self.brightness = tuple(_full_brightness(layer) for layer in network.layers)
        self._largest_target = 0.0
        self._focus: Node | None = None
        self._all = False
        self._chosen_until = self._ribbons_until = 0.0
        self.edges: EdgeSet = edge_sets.choose(self.layout, self.overlay, None)
        self.all_ribbons: RibbonSet = ribbons_of(network)
        self.ribbons: RibbonSet = strongest(self.all_ribbons, None)
        self.links: RibbonSet = links_of(network)
        self.ribbon_scales = {overlay: Scale() for overlay in OVERLAYS}
        self._ribbons_of: tuple[object, object, object] = (None, None, None)
        self._ribbon_values: Floats | None = None
        self.bias_numbers, self._bias_index = self._find_biases()

    def resize(self, viewport: Viewport) -> None:
        """Arrange the network for another viewport."""
        self.viewport = viewport
        self._automatic = arrange(self.network, viewport)
        self._put()

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Move nodes and layers to where hands have put them."""
        self.arrangement = arrangement
        self._put()

    def _put(self) -> None:
        self.geometry: Geometry = arranged(self._automatic, self.arrangement)
        self.home = view_of_all(self.geometry) if self.arrangement else View()

    def is_like(self, other: Scene) -> bool:
        """Whether another network has the same layers and parameters, in the same places."""
        units = [shape.size for shape in self.network.shapes]
        return (
            units == [shape.size for shape in other.network.shapes] and self.layout.size == other.layout.size
        )

    def take_up(self, before: Scene) -> None:
        """Show what still holds of the network before an edit, until more is computed."""
        if self.is_like(before):
            self.scales, self.snapshot = before.scales, before.snapshot
            self.ribbon_scales = before.ribbon_scales
            if self.is_thinned:
                self._choose()

    def is_other_sample(self, snapshot: Snapshot | None) -> bool:
        """Whether a snapshot follows another sample than the one shown: its numbers must not lag behind."""
        if snapshot is None or self.snapshot is None:
            return True
        return snapshot.probe.index != self.snapshot.probe.index

    def show(self, snapshot: Snapshot | None, hurried: bool = False) -> bool:
        """Take a snapshot over; True if other edges are drawn now.

        Parameters
        ----------
        hurried : bool
            More snapshots follow at once: which edges are the strongest need not be up to date.
        """
        first = self.snapshot is None
        self.snapshot = snapshot
        if snapshot is not None:
            self._follow_activations(snapshot, hurried)
        due = first or not hurried or monotonic() >= self._chosen_until
        changed = self.is_thinned and due and self._choose()
        if first or not hurried or monotonic() >= self._ribbons_until:
            self._choose_ribbons()
        self._follow_edges(hurried)
        return changed

    def set_overlay(self, overlay: str) -> None:
        """Choose what the edges show, one of :data:`nnsim.ui.graph.edges.OVERLAYS`."""
        self.overlay = overlay
        if self.is_thinned:
            self._choose()
        self._choose_ribbons()
        self._follow_edges()

    def set_focus(self, item: Item | None) -> None:
        """Draw the edges of the selected node first; they need not be among the strongest of all."""
        focus = item if isinstance(item, Node) else None
        if focus != self._focus:
            self._focus = focus
            if self.is_thinned and not self._all:
                self._choose()
                self._follow_edges()

    def set_all_edges(self, on: bool) -> None:
        """Draw every edge, or only the strongest."""
        if on != self._all:
            self._all = on
            if self.is_large:
                self._choose()
                self._follow_edges()

    @property
    def is_large(self) -> bool:
        """Whether there are more edges than are drawn unless all are asked for."""
        return self.edges.total > edge_sets.MOST_EDGES

    @property
    def is_thinned(self) -> bool:
        """Whether there are more edges than may be drawn, so that the strongest are chosen."""
        return self.edges.total > (edge_sets.MOST_OF_ALL if self._all else edge_sets.MOST_EDGES)

    def _choose(self) -> bool:
        """Choose the drawn edges anew; costly for a large network, so not again until it has paid off."""
        start = thread_time()
        before = self.edges
        most, focus = edge_sets.MOST_EDGES, self._focus
        if self._all:
            most, focus = edge_sets.MOST_OF_ALL, None
        elif focus is not None:
            most = MOST_FOCUS_EDGES
        self.edges = edge_sets.choose(self.layout, self.overlay, self.snapshot, most, focus)
        self._chosen_until = monotonic() + (thread_time() - start) / _CHOICE_SHARE
        return not np.array_equal(before.index, self.edges.index)

    def _choose_ribbons(self) -> None:
        """Choose the drawn ribbons anew, where there are more than are drawn."""
        if len(self.all_ribbons) == len(self.ribbons):
            return
        values = snapshot_values(self.layout, self.all_ribbons, self.overlay, self.snapshot)
        chosen = strongest(self.all_ribbons, values)
        if not chosen.is_like(self.ribbons):
            self.ribbons = chosen
        self._ribbons_until = monotonic() + _RIBBON_SECONDS

    def _follow_edges(self, patient: bool = False) -> None:
        values = self.edge_values()
        if values is not None and self.snapshot is not None:
            shown = np.concatenate([values, *self._shared_weights()])
            self.follow(self.overlay, shown, self.snapshot.parameters, patient)
        ribbons = self.ribbon_values()
        if ribbons is not None:
            self.ribbon_scales[self.overlay].follow(ribbons, patient)

    def _shared_weights(self) -> list[Floats]:
        """What the single weights of ribbons show: of one cell they are drawn, on the same scale as edges."""
        vector = edge_sets.source_of(self.overlay, self.snapshot)
        if vector is None or self.overlay == "contribution":
            return []
        return [vector[self.layout.weight(layer).span] for layer in sorted(set(self.ribbons.layer.tolist()))]

    def follow(self, overlay: str, values: Floats, parameters: Vector, patient: bool = False) -> None:
        """Bring the scale of an overlay up to date; rounding errors alone never fill it."""
        lowest = floor(overlay, self.network, self.sizes, parameters[self.edges.index])
        self.scales[overlay].follow(values, patient, lowest)

    @property
    def sizes(self) -> list[float]:
        """How large the numbers of each layer are, those of the last at least as its targets."""
        *others, last = (scale.full for scale in self.brightness)
        return [*others, max(last, self._largest_target)]

    def _follow_activations(self, snapshot: Snapshot, patient: bool) -> None:
        if snapshot.probe.y is not None:
            self._largest_target = max(self._largest_target, top(np.abs(snapshot.probe.y)))
        weights = snapshot.parameters[self.edges.index]
        for i, (scale, layer) in enumerate(zip(self.brightness, self.network.layers, strict=True)):
            values = snapshot.probe.activations[i]
            if isinstance(layer, Input):
                scale.follow(values, patient=True)
            elif not _is_bounded(layer):
                scale.follow(values, patient, value_floor(self.network, i, self.sizes, weights))

    def edge_values(self) -> Floats | None:
        """What each drawn edge shows; None while not computed."""
        return edge_sets.edge_values(self.edges, self.overlay, self.snapshot)

    def ribbon_values(self) -> Floats | None:
        """What each ribbon shows; None while not computed."""
        now = self.snapshot, self.overlay, self.ribbons
        if any(new is not old for new, old in zip(now, self._ribbons_of, strict=True)):
            self._ribbons_of = now
            self._ribbon_values = snapshot_values(self.layout, self.ribbons, self.overlay, self.snapshot)
        return self._ribbon_values

    def levels(self, layer: int, activations: Floats) -> Ints:
        """Brightness of one layer's nodes."""
        shares = self.brightness[layer].shares(activations)
        return np.where(np.isfinite(shares), levels(np.nan_to_num(shares)), ABSENT)

    def _find_biases(self) -> tuple[Ints, Ints]:
        numbers, places = [], []
        for layer in range(1, len(self.network.layers)):
            tensor = self.layout.find(layer, "bias")
            if tensor is not None and self.network.layers[layer].kind == "dense":
                span = self.geometry.span(layer)
                numbers.append(np.arange(span.start, span.stop))
                places.append(np.arange(tensor.offset, tensor.offset + tensor.size))
        empty = np.zeros(0, np.intp)
        return np.concatenate([empty, *numbers]), np.concatenate([empty, *places])

    def biases(self, vector: Vector) -> Floats:
        """What a flat vector holds for the biases of the nodes `bias_numbers`."""
        return vector[self._bias_index]

    @property
    def has_bias(self) -> bool:
        """Whether any node has a bias."""
        return bool(len(self.bias_numbers))

    @property
    def has_negative(self) -> bool:
        """Whether a node can be, or is, negative."""
        layers = self.network.layers
        signed = any(activation_of(layer) in SIGNED or layer.kind in _CENTRED for layer in layers)
        return signed or (self.snapshot is not None and bool((self.snapshot.probe.x < 0).any()))


def _is_bounded(layer: Layer) -> bool:
    return activation_of(layer) in BOUNDED


def _full_brightness(layer: Layer) -> Scale:
    fade = _INPUT_FADE if isinstance(layer, Input) else 0.9
    return Scale(1.0 if _is_bounded(layer) else 0.0, fade=fade)
