"""An edit and how its parts are put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from nnsim.model.arrangement import carried
from nnsim.model.document import Document
from nnsim.model.edits.checks import built, check_size
from nnsim.model.edits.masks import bridged_masks, carried_masks, edges_of, masks_of
from nnsim.model.edits.misfit import Fix, MisfitError, RefusalError, Step
from nnsim.model.edits.plan import Plan
from nnsim.model.edits.remedies import remedies
from nnsim.model.errors import DocumentError
from nnsim.model.layers import Conv2d, Dense, Layer, named
from nnsim.model.network import Network
from nnsim.model.origin import Origin, followed
from nnsim.model.parameters import Layout
from nnsim.model.pieces import shifts

Pair = tuple[int, int]
MOST_STEPS = 4
"""What a fix may do, at most, beside what was asked for."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited network, and where its layers and units come from.

    Attributes
    ----------
    network : Network
    origin : Origin
        For :meth:`nnsim.engine.trainer.Trainer.set_document`.
    """

    network: Network
    origin: Origin

    def of(self, document: Document) -> Document:
        """The document with this network; a start given by hand is dropped where it no longer fits."""
        return replace(
            document,
            network=self.network,
            start=document.start if self._keeps_tensors(document) else (),
            arrangement=carried(document.arrangement, self.origin),
        )

    def _keeps_tensors(self, document: Document) -> bool:
        old, new = Layout(document.network), Layout(self.network)
        stays = {tensor.name: tensor.shape for tensor in new.tensors}
        given = {name for name, _ in document.start}
        return self.origin == Origin.same(document.network) and all(
            stays.get(tensor.name) == tensor.shape for tensor in old.tensors if tensor.name in given
        )


def unmoved(old: Network, network: Network) -> Edit:
    """An edit in which every layer and unit stays what it was."""
    check_size(network)
    return Edit(network, Origin.same(old))


def moved(old: Network, layers: Iterable[Layer], connections: Iterable[Pair], origin: Origin) -> Edit:
    """An edit whose removed and frozen edges are renumbered with the units they join.

    A connection that has no edge left goes, where something else feeds that layer.

    Parameters
    ----------
    old : Network
    layers : iterable of Layer
        Of the new network.
    connections : iterable of (int, int)
        Likewise.
    origin : Origin

    Raises
    ------
    MisfitError
        Where a layer could not read what would feed it; with the nearest edit after which all can.
    DocumentError
        Where the network became too large.
    """
    bare = fitting(old, layers, connections, origin)
    return _carried(old, bare, origin)


def _carried(old: Network, bare: Network, origin: Origin) -> Edit:
    check_size(bare)
    origin = followed(origin, old, bare)
    bare = _with_frozen_filters(old, bare, origin)
    removed = bridged_masks(old, masks_of(old, old.removed_edges), origin.bridged)
    frozen = masks_of(old, old.frozen_edges)
    network = replace(
        bare,
        removed_edges=edges_of(carried_masks(removed, old, bare, origin)),
        frozen_edges=edges_of(carried_masks(frozen, old, bare, origin)),
    )
    return Edit(without_empty(network, network.connections), origin)


def fitting(old: Network, layers: Iterable[Layer], connections: Iterable[Pair], origin: Origin) -> Network:
    """The network of some layers, none of its edges removed or frozen; raises as :func:`moved` does."""
    plan = Plan(old, named(tuple(layers)), frozenset(connections), origin)
    try:
        return built(plan.layers, plan.connections)
    except MisfitError as error:
        error.fix = _fix(plan, error, MOST_STEPS)
        raise


def _with_frozen_filters(old: Network, new: Network, origin: Origin) -> Network:
    """Filters that were frozen are so under their new numbers, copies included; new ones are not."""
    for number, layer in enumerate(new.layers):
        if not isinstance(layer, Conv2d):
            continue
        was, units = origin.layers[number], origin.units[number]
        before = None if was is None else old.layers[was]
        known = isinstance(before, Conv2d) and was not in (origin.layers[i] for i in new.sources(number))
        frozen = before.frozen_filters if known and isinstance(before, Conv2d) else ()
        kept = tuple(i for i, unit in enumerate(units) if unit in frozen)
        if kept != layer.frozen_filters:
            new = new.with_layer(number, replace(layer, frozen_filters=kept))
    return new


def _fix(plan: Plan, error: MisfitError, left: int) -> Fix | None:
    """The gentlest remedy after which everything fits, with whatever else it needs, in so many steps."""
    for step, mended in remedies(plan, error) if left else ():
        try:
            edit = _carried(plan.old, built(mended.layers, mended.connections), mended.origin)
        except MisfitError as further:
            fix = _fix(mended, further, left - 1)
            if fix is not None:
                return Fix(fix.edit, (step, *fix.steps))
        except DocumentError:
            continue
        else:
            if edit.network != plan.old:
                return Fix(edit, (step,))
    return None


def instead(step: Step, make: Callable[[], Edit]) -> Fix | None:
    """Another edit than was asked for, with whatever it needs; None where that is refused, too."""
    try:
        return Fix(make(), (step,))
    except RefusalError as error:
        return error.fix and Fix(error.fix.edit, (step, *error.fix.steps))
    except DocumentError:
        return None


def without_connections(network: Network, pairs: set[tuple[int, int]]) -> Network:
    """The network without some connections and the edges of them that were removed or frozen."""

    def stays(pair: tuple[int, int]) -> bool:
        return pair not in pairs

    return replace(
        network,
        connections=tuple(filter(stays, network.connections)),
        removed_edges=frozenset(e for e in network.removed_edges if stays((e.source_layer, e.layer))),
        frozen_edges=frozenset(e for e in network.frozen_edges if stays((e.source_layer, e.layer))),
    )


def without_empty(network: Network, pairs: Iterable[Pair]) -> Network:
    """The network without those connections that have no edge left, each layer's last one excepted."""
    removed = Counter((edge.source_layer, edge.layer) for edge in network.removed_edges)
    for source, layer in sorted(pairs):
        empty = removed[source, layer] == network.units(source) * network.units(layer)
        if empty and len(network.sources(layer)) > 1:
            network = without_connections(network, {(source, layer)})
    return network


def without_layers(old: Network, layers: list[Layer], origin: Origin, gone: Iterable[int]) -> Edit:
    """An edit that takes whole layers out and joins what they stood between.

    Parameters
    ----------
    old : Network
    layers : list of Layer
        All layers with their old numbers, edited or not.
    origin : Origin
        Of `layers`.
    gone : iterable of int
        Numbers of those to take out.
    """
    gone = tuple(sorted(gone))
    connections = set(old.connections)
    for layer in gone:
        into = [source for source, to in connections if to == layer]
        out_of = [to for source, to in connections if source == layer]
        connections |= {(source, to) for source in into for to in out_of}
        connections -= {pair for pair in connections if layer in pair}
        if shifts(old, layer):
            layers = [_with_bias(each) if i in out_of else each for i, each in enumerate(layers)]
    places = {layer: place for place, layer in enumerate(i for i in range(len(layers)) if i not in gone)}
    return moved(
        old,
        (layers[layer] for layer in places),
        ((places[source], places[to]) for source, to in connections),
        origin.without_layers(gone),
    )


def _with_bias(layer: Layer) -> Layer:
    return replace(layer, bias=True) if isinstance(layer, Dense) else layer
