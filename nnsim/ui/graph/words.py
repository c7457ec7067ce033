"""Names of layers and nodes, and numbers as the reader's language writes them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from nnsim.lesson.symbols import Symbols
from nnsim.model.layers import Dense, Input, Layer
from nnsim.model.network import Network
from nnsim.ui.graph.geometry import Node, is_mixed
from nnsim.ui.numbers import percentage, power_of_ten

MINUS = "−"
_ACTIVATIONS = {"relu": "ReLU", "leaky_relu": "leaky ReLU", "prelu": "PReLU", "elu": "ELU"}
translate = QCoreApplication.translate

FUNCTIONS = {"sigmoid": "σ", "relu": "ReLU", "leaky_relu": "LReLU", "prelu": "PReLU", "elu": "ELU"}
"""How an activation is written inside a formula, where that is not its name."""


def activation_name(activation: str) -> str:
    """An activation as people write it."""
    return _ACTIVATIONS.get(activation, activation)


def fixed(locale: QLocale, value: float, decimals: int) -> str:
    """A number with a fixed count of decimals; in short scientific form where that would be too long."""
    if not math.isfinite(value):
        return "∞" if value > 0 else (MINUS + "∞" if value < 0 else "NaN")
    if abs(value) >= 10_000:
        return _typographic(locale, locale.toString(value, "g", 3))
    rounded = round(value, decimals) + 0.0
    return _typographic(locale, locale.toString(rounded, "f", decimals))


def significant(locale: QLocale, value: float, digits: int) -> str:
    """A number to some significant digits."""
    if not math.isfinite(value):
        return fixed(locale, value, 0)
    return _typographic(locale, locale.toString(float(value), "g", digits))


def exact(locale: QLocale, value: float) -> str:
    """A number to five significant digits."""
    return significant(locale, value, 5)


def brief(locale: QLocale, value: float) -> str:
    """A round number, as a legend states it."""
    return significant(locale, value, 3)


def percent(locale: QLocale, share: float) -> str:
    """A share in percent with one decimal; 100 and 0 only where it is exactly that."""
    return f"{percentage(locale, share)}\u202f%" if math.isfinite(share) else fixed(locale, share, 0)


def count(locale: QLocale, value: int) -> str:
    """A whole number with the language's separators."""
    return locale.toString(value)


def _typographic(locale: QLocale, text: str) -> str:
    return power_of_ten(text.replace(locale.negativeSign(), MINUS))


class Names:
    """What the layers and nodes of a network are called.

    Parameters
    ----------
    network : Network
    inputs, outputs : sequences of str
        Names that the data gives to the inputs, and to the outputs where there are several.
    """

    def __init__(self, network: Network, inputs: Sequence[str] = (), outputs: Sequence[str] = ()) -> None:
        self._network = network
        self._last = len(network.layers) - 1
        # One output for two classes is called after neither.
        classes, units = tuple(outputs), network.outputs
        classes = classes if units > 1 else ()
        self._given = {0: tuple(inputs), self._last: classes}
        self._symbols = Symbols(network, classes=units > 1 and classes == tuple(map(str, range(units))))
        self._names: dict[Node, str] = {}
        self._is_mixed = is_mixed(network)

    def label(self, node: Node) -> str:
        """What stands beside a node: the class it stands for, or its name."""
        given = self._given.get(node.layer, ())
        if node.unit < len(given) and given[node.unit]:
            return given[node.unit]
        return self.name(node)

    def name(self, node: Node) -> str:
        """What a node is called in formulas, too."""
        if node not in self._names:
            self._names[node] = self._symbols.name(node)
        return self._names[node]

    def units(self, layer: int) -> int:
        """How many nodes a layer has."""
        return self._network.units(layer)

    def are_classes(self, layer: int) -> bool:
        """Whether a layer's nodes are classes with names so short that they stand inside the discs."""
        given = self._given.get(layer, ())
        described = self._network.layers[layer]
        shares = activation_of(described) == "softmax"
        return (
            shares and len(given) == self._network.units(layer) and all(0 < len(name) <= 2 for name in given)
        )

    def layer(self, layer: int) -> str:
        """Input, hidden (with its number, if there are several) or output; among other kinds what it is."""
        if layer == 0:
            return translate("GraphCanvas", "Input")
        if layer == self._last:
            return translate("GraphCanvas", "Output")
        if self._is_mixed:
            return self.kind(layer)
        return (
            translate("GraphCanvas", "Hidden")
            if self._last == 2
            else translate("GraphCanvas", "Hidden %n").replace("%n", str(layer))
        )

    def headings(self, layer: int) -> tuple[str, ...]:
        """The layer's heading, from long to short; among layers of other kinds in two lines."""
        described = self._network.layers[layer]
        if self._is_mixed:
            size = self.shape(layer)
            return tuple(f"{text}\n{size}" for text in self._kinds(layer))
        if isinstance(described, Input):
            size = "×".join(map(str, described.shape))
            return f"{self.layer(layer)} · {size}", size
        size = str(self._network.shapes[layer])
        assert isinstance(described, Dense)
        kind = activation_name(described.activation)
        if described.frozen:
            frozen = translate("GraphCanvas", "frozen")
            return f"{self.layer(layer)} · {size} · {kind} · {frozen}", f"{size} · {kind} · {frozen}", frozen
        return f"{self.layer(layer)} · {size} · {kind}", f"{size} · {kind}", size

    def _kinds(self, layer: int) -> list[str]:
        """What a layer is, with its activation, without it, and as short as can be."""
        described, activation = self._network.layers[layer], activation_of(self._network.layers[layer])
        long = short = self.kind(layer)
        if layer not in self._given:
            short = translate("GraphCanvas", KIND_WORDS[described.kind][1])
        frozen = translate("GraphCanvas", "frozen") if described.frozen else ""
        shown = "" if activation == "identity" else activation_name(activation)
        parts = [part for part in (shown, frozen) if part]
        if described.kind == "activation":
            long = short = activation_name(activation)
            parts = [frozen] if frozen else []
        return [" · ".join((long, *parts)), " · ".join((short, *parts[:1])), short]

    def shape(self, layer: int) -> str:
        """The shape of what a layer puts out, in PyTorch's order: ``8×24×24``."""
        return "×".join(map(str, self._network.shapes[layer].sizes))

    def kind(self, layer: int) -> str:
        """What a layer is in words; the first and the last are called after their place."""
        if layer in self._given:
            return self.layer(layer)
        return translate("GraphCanvas", KIND_WORDS[self._network.layers[layer].kind][0])


_ACTIVATION_FIELDS = {"dense": "activation", "conv2d": "activation", "activation": "function"}


def activation_of(layer: Layer) -> str:
    """The activation that a layer has or is; empty for one without."""
    return str(getattr(layer, _ACTIVATION_FIELDS.get(layer.kind, ""), ""))


KIND_WORDS: dict[str, tuple[Any, Any]] = {
    "dense": (QT_TRANSLATE_NOOP("GraphCanvas", "Dense"), QT_TRANSLATE_NOOP("GraphCanvas", "Dense")),
    "activation": (
        QT_TRANSLATE_NOOP("GraphCanvas", "Activation"),
        QT_TRANSLATE_NOOP("GraphCanvas", "Activation"),
    ),
    "conv2d": (QT_TRANSLATE_NOOP("GraphCanvas", "Convolution"), QT_TRANSLATE_NOOP("GraphCanvas", "Conv")),
    "max_pool2d": (QT_TRANSLATE_NOOP("GraphCanvas", "Max pool"), QT_TRANSLATE_NOOP("GraphCanvas", "Max")),
    "avg_pool2d": (QT_TRANSLATE_NOOP("GraphCanvas", "Mean pool"), QT_TRANSLATE_NOOP("GraphCanvas", "Mean")),
    "flatten": (QT_TRANSLATE_NOOP("GraphCanvas", "Flatten"), QT_TRANSLATE_NOOP("GraphCanvas", "Flat")),
    "add": (QT_TRANSLATE_NOOP("GraphCanvas", "Add"), QT_TRANSLATE_NOOP("GraphCanvas", "Add")),
    "concat": (QT_TRANSLATE_NOOP("GraphCanvas", "Concat"), QT_TRANSLATE_NOOP("GraphCanvas", "Cat")),
    "dropout": (QT_TRANSLATE_NOOP("GraphCanvas", "Dropout"), QT_TRANSLATE_NOOP("GraphCanvas", "Drop")),
    "batch_norm": (QT_TRANSLATE_NOOP("GraphCanvas", "Batch norm"), QT_TRANSLATE_NOOP("GraphCanvas", "BN")),
    "layer_norm": (QT_TRANSLATE_NOOP("GraphCanvas", "Layer norm"), QT_TRANSLATE_NOOP("GraphCanvas", "LN")),
    "instance_norm": (
        QT_TRANSLATE_NOOP("GraphCanvas", "Instance norm"),
        QT_TRANSLATE_NOOP("GraphCanvas", "IN"),
    ),
    "group_norm": (QT_TRANSLATE_NOOP("GraphCanvas", "Group norm"), QT_TRANSLATE_NOOP("GraphCanvas", "GN")),
}
"""What each kind of layer but the input is called, long and short."""
