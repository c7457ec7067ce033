"""A window that slides over an image: how often it fits."""

from __future__ import annotations

from nnsim.model.fields import Fields, as_integer
from nnsim.model.layers.layer import ShapeError
from nnsim.model.layers.setting import Setting
from nnsim.model.sentence import translatable

LARGEST_WINDOW = 64
Pair = tuple[int, int]
_TOO_HIGH = (
    translatable("is {size} high, and its image only {most}; allowed: 1 to {most}"),
    translatable(
        "is {size} high, and its image with a padding of {padding} only {most}; allowed: 1 to {most}"
    ),
)
_TOO_WIDE = (
    translatable("is {size} wide, and its image only {most}; allowed: 1 to {most}"),
    translatable(
        "is {size} wide, and its image with a padding of {padding} only {most}; allowed: 1 to {most}"
    ),
)
"""What is said without a padding, and with one."""


def window_settings() -> tuple[Setting, ...]:
    """What can be set of a window."""
    lowest = {"kernel": 1, "stride": 1, "padding": 0}
    return tuple(Setting(name, "pair", low, LARGEST_WINDOW) for name, low in lowest.items())


def read_pair(fields: Fields, name: str, usual: Pair | None, *, low: int) -> Pair:
    """Two whole numbers, (vertical, horizontal); one stands for both."""
    value = fields.raw(name) if usual is None else fields.raw(name, list(usual))
    if not isinstance(value, list):
        value = [value, value]
    if len(value) != 2:
        raise ShapeError(
            fields.at(name), "has {count} numbers; allowed: 2, or one for both", count=len(value)
        )
    first, second = (
        as_integer(number, f"{fields.at(name)}[{i}]", low=low, high=LARGEST_WINDOW)
        for i, number in enumerate(value)
    )
    return first, second


def places(sides: Pair, kernel: Pair, stride: Pair, padding: Pair) -> Pair:
    """How many places a window has: (n + 2 · padding − kernel) / stride + 1 along each side, rounded down.

    Raises
    ------
    ShapeError
        Where the window is larger than the padded image.
    """
    out = []
    for n, k, s, p, too_large in zip(sides, kernel, stride, padding, (_TOO_HIGH, _TOO_WIDE), strict=True):
        if k > n + 2 * p:
            template = too_large[0 if p == 0 else 1]
            raise ShapeError("kernel", template, size=k, padding=p, most=n + 2 * p)
        out.append((n + 2 * p - k) // s + 1)
    return out[0], out[1]


def check_padding(kernel: Pair, padding: Pair) -> None:
    """Check that no place of a pool's window holds padding alone.

    Raises
    ------
    ShapeError
        Where the padding is more than half of the window.
    """
    for k, p in zip(kernel, padding, strict=True):
        if 2 * p > k:
            raise ShapeError(
                "padding",
                "is {padding}, more than half of a window of {size}; allowed: at most {most}",
                padding=p,
                size=k,
                most=k // 2,
            )
