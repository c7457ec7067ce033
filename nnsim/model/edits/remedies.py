"""What makes a layer fit that would not: for each reason what may be done about it, the gentlest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from nnsim.model.edits.misfit import Fit, MisfitError, Part, Put, Step
from nnsim.model.edits.plan import SIZES, Plan, decider
from nnsim.model.layers import Add, Concat, Conv2d, Dense, Flatten, Layer, Shape
from nnsim.model.layers.conv2d import MOST_CHANNELS

LARGEST_STEP = 8
"""Strides, and windows beyond 1×1, that a convolution on a shortcut may have."""

Offer = tuple[Step, Plan]
Remedy = Callable[[Plan, MisfitError], Iterator[Offer]]


def remedies(plan: Plan, at: MisfitError) -> Iterator[Offer]:
    """What may be done about a layer that does not fit; each is a step towards a network that does."""
    for remedy in REMEDIES.get(at.reason, ()):
        yield from remedy(plan, at)


# Settings


def _set(plan: Plan, at: MisfitError, value: Any) -> Iterator[Offer]:
    yield Fit(at.layer, at.setting, value), plan.with_layer(at.number, **{at.setting: value})


def _fed(plan: Plan, at: MisfitError) -> Shape:
    return plan.before(at.number).shapes[plan.sources(at.number)[0]]


def _former(plan: Plan, at: MisfitError) -> Any:
    was = plan.origin.layers[at.number]
    return None if was is None else getattr(plan.old.layers[was], at.setting, None)


def _smaller_window(plan: Plan, at: MisfitError) -> Iterator[Offer]:
    """As large as the image with its padding."""
    layer: Any = plan.layers[at.number]
    sides = zip(layer.kernel, _fed(plan, at).sizes[1:], layer.padding, strict=True)
    yield from _set(plan, at, tuple(min(k, n + 2 * p) for k, n, p in sides))


def _less_padding(plan: Plan, at: MisfitError) -> Iterator[Offer]:
    """Half of the window."""
    layer: Any = plan.layers[at.number]
    yield from _set(plan, at, tuple(min(p, k // 2) for k, p in zip(layer.kernel, layer.padding, strict=True)))


def _divisor(plan: Plan, at: MisfitError) -> Iterator[Offer]:
    """The divisor that is closest, other than the one before: that is no step from it."""
    layer: Any = plan.layers[at.number]
    channels, former = _fed(plan, at).channels, _former(plan, at)
    divisors = [n for n in range(1, channels + 1) if channels % n == 0 and n != former]
    yield from _set(plan, at, min(divisors or [1], key=lambda n: abs(n - layer.groups)))


def _number_by_number(plan: Plan, at: MisfitError) -> Iterator[Offer]:
    """Instead of softmax what is like it and looks at one number only."""
    yield from _set(plan, at, "relu" if _former(plan, at) == "sigmoid" else "sigmoid")


# Layers


def _flattened(plan: Plan, at: MisfitError) -> Iterator[Offer]:
    """Images laid out as features first."""
    before = plan.before(at.number)
    for source in plan.sources(at.number):
        if before.shapes[source].is_image:
            yield _inserted(plan, at, Flatten(), (source,), source, before.shapes[source].size)
            return


def _joined(plan: Plan, at: MisfitError) -> Iterator[Offer]:
    """What feeds a layer that reads only one made one: side by side if that changes nothing, else added."""
    before, sources = plan.before(at.number), plan.sources(at.number)
    shapes = [before.shapes[source] for source in sources]
    if len({(shape.axes, shape.sizes[1:]) for shape in shapes}) > 1:
        return
    main = _main(plan, at)
    beside = tuple(
        unit if source == main else None
        for source, shape in zip(sources, shapes, strict=True)
        for unit in range(shape.channels)
    )
    if plan.layers[at.number].kind == "conv2d" or len(set(shapes)) > 1:
        yield _inserted(plan, at, Concat(), sources, main, 0, beside)
    if len(set(shapes)) == 1:
        yield _inserted(plan, at, Add(), sources, main, shapes[0].channels)


def _parted(plan: Plan, at: MisfitError) -> Iterator[Offer]:
    """The longest of the connections that are new left out."""
    new = [source for source in plan.sources(at.number) if not plan.was_fed(source, at.number)]
    if new:
        pair = min(new), at.number
        left = Plan(plan.old, plan.layers, plan.connections - {pair}, plan.origin)
        yield Part(plan.layers[pair[0]].name, at.layer), left


def _inserted(
    plan: Plan,
    at: MisfitError,
    layer: Layer,
    sources: tuple[int, ...],
    carried: int,
    known: int,
    units: tuple[int | None, ...] | None = None,
) -> Offer:
    """A layer before the one that does not fit; its first units carry those of one of its sources."""
    name = plan.layers[sources[0]].name if len(sources) == 1 else ""
    carries = plan.origin.layers[carried]
    more = plan.with_inserted(layer, sources, at.number, carries, units or tuple(range(known)))
    return Put(layer.kind, name, at.layer), more


# Branches that meet


def _main(plan: Plan, at: MisfitError) -> int:
    """Of the layers that meet the one that decides: that which changed, else the first that was there."""
    before, sources = plan.before(at.number), plan.sources(at.number)
    there = [source for source in sources if plan.was_fed(source, at.number)]

    def changed(source: int) -> bool:
        was = plan.origin.layers[source]
        return was is None or plan.old.shapes[was] != before.shapes[source]

    return next(filter(changed, there), (there or list(sources))[0])


def _others(plan: Plan, at: MisfitError) -> Iterator[tuple[int, Shape, Shape]]:
    """Layers that meet another one of another shape: number, shape, and what is wanted."""
    before = plan.before(at.number)
    main = _main(plan, at)
    wanted, sums = before.shapes[main], plan.layers[at.number].kind == "add"
    for source in plan.sources(at.number):
        shape = before.shapes[source]
        channels = wanted.channels if sums or not shape.is_image else shape.channels
        if shape.axes == wanted.axes and shape.sizes != (channels, *wanted.sizes[1:]):
            yield source, shape, Shape((channels, *wanted.sizes[1:]), wanted.axes)


def _padded(plan: Plan, at: MisfitError) -> Iterator[Offer]:
    """Padding with which a changed window makes maps as large as before."""
    before = plan.before(at.number)
    for number, layer in enumerate(plan.layers[: at.number]):
        was, window = plan.origin.layers[number], _window(layer)
        if window is None or was is None or layer == plan.old.layers[was]:
            continue
        fed, sides = before.shapes[plan.sources(number)[0]], plan.old.shapes[was].sizes[1:]
        if before.shapes[number].sizes[1:] == sides or len(sides) != len(fed.sizes[1:]):
            continue
        found = [_padding_for(*each) for each in zip(fed.sizes[1:], sides, *window, strict=True)]
        if None not in found:
            yield Fit(layer.name, "padding", tuple(found)), plan.with_layer(number, padding=tuple(found))


def _window(layer: Any) -> tuple[tuple[int, int], tuple[int, int]] | None:
    return (layer.kernel, layer.stride) if hasattr(layer, "kernel") else None


def _padding_for(side: int, wanted: int, kernel: int, stride: int) -> int | None:
    """The least padding with which a window has so many places along a side."""
    paddings = range(max(0, -(-(kernel - side) // 2)), kernel)
    return next((p for p in paddings if (side + 2 * p - kernel) // stride + 1 == wanted), None)


def _widened(plan: Plan, at: MisfitError) -> Iterator[Offer]:
    """The other branch given as many channels, the same ones more, or less, as the one that changed."""
    before = plan.before(at.number)
    leading = decider(before, _main(plan, at))
    for source, shape, wanted in _others(plan, at):
        number = decider(before, source)
        if number is None or number == leading or shape.sizes[1:] != wanted.sizes[1:]:
            continue
        layer, was = plan.layers[number], plan.origin.layers[number]
        there = 0 if was is None else plan.old.shapes[was].channels
        units = tuple(unit if unit < there else None for unit in range(wanted.channels))
        if leading is not None and plan.was_fed(source, at.number):
            units = tuple(
                unit if unit is not None and unit < there else None for unit in plan.origin.units[leading]
            )
        field = SIZES[layer.kind]
        yield (
            Fit(layer.name, field, wanted.channels),
            plan.with_layer(number, units, **{field: wanted.channels}),
        )


def _projected(plan: Plan, at: MisfitError) -> Iterator[Offer]:
    """A layer on the other branch after which its shape is that of the one that changed."""
    for source, shape, wanted in _others(plan, at):
        layer = _between(shape, wanted)
        if layer is not None:
            known = min(shape.channels, wanted.channels)
            units = (*range(known), *[None] * (wanted.channels - known))
            yield _inserted(plan, at, layer, (source,), source, known, units)


def _between(shape: Shape, wanted: Shape) -> Layer | None:
    """A layer from one shape to another: a convolution that skips, else one that has a larger window."""
    if not shape.is_image:
        return Dense(wanted.size, "identity")
    sides = zip(shape.sizes[1:], wanted.sizes[1:], strict=True)
    found = [windows for n, m in sides if (windows := _skipping(n, m) or _reaching(n, m))]
    if len(found) < len(shape.sizes) - 1 or wanted.channels > MOST_CHANNELS:
        return None
    kernel, stride = zip(*found, strict=True)
    return Conv2d(wanted.channels, kernel, stride, activation="identity")


def _skipping(side: int, wanted: int) -> tuple[int, int] | None:
    """Window and stride of a window of 1 that has so many places."""
    strides = range(1, LARGEST_STEP + 1)
    return next(((1, stride) for stride in strides if (side - 1) // stride + 1 == wanted), None)


def _reaching(side: int, wanted: int) -> tuple[int, int] | None:
    kernel = side - wanted + 1
    return (kernel, 1) if 1 <= kernel <= LARGEST_STEP else None


REMEDIES: dict[str, tuple[Remedy, ...]] = {
    "kernel": (_smaller_window,),
    "padding": (_less_padding,),
    "groups": (_divisor,),
    "activation": (_number_by_number,),
    "function": (_flattened, _number_by_number),
    "inputs": (_joined, _parted),
    "shapes": (_padded, _widened, _projected, _flattened),
}
"""By the reason that a :class:`nnsim.model.layers.ShapeError` gives."""
