"""Names of layers and nodes, and numbers as the reader's language writes them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from nnsim.lesson.symbols import Symbols
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Network
from nnsim.ui.graph.geometry import Node
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
        classes, units = tuple(outputs), network.output.units
        classes = classes if units > 1 else ()
        self._given = {0: tuple(inputs), self._last: classes}
        self._symbols = Symbols(network, classes=units > 1 and classes == tuple(map(str, range(units))))
        self._names: dict[Node, str] = {}

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
        shares = isinstance(described, Dense) and described.activation == "softmax"
        return (
            shares and len(given) == self._network.units(layer) and all(0 < len(name) <= 2 for name in given)
        )

    def layer(self, layer: int) -> str:
        """Input, hidden (with its number, if there are several) or output."""
        if layer == 0:
            return translate("GraphCanvas", "Input")
        if layer == self._last:
            return translate("GraphCanvas", "Output")
        return (
            translate("GraphCanvas", "Hidden")
            if self._last == 2
            else translate("GraphCanvas", "Hidden %n").replace("%n", str(layer))
        )

    def headings(self, layer: int) -> tuple[str, ...]:
        """The layer's heading, from long to short."""
        described = self._network.layers[layer]
        if isinstance(described, Input):
            size = "×".join(map(str, described.shape))
            return f"{self.layer(layer)} · {size}", size
        size = str(self._network.shapes[layer])
        if not isinstance(described, Dense):
            return f"{self.layer(layer)} · {described.kind} · {size}", size
        kind = activation_name(described.activation)
        if described.frozen:
            frozen = translate("GraphCanvas", "frozen")
            return f"{self.layer(layer)} · {size} · {kind} · {frozen}", f"{size} · {kind} · {frozen}", frozen
        return f"{self.layer(layer)} · {size} · {kind}", f"{size} · {kind}", size
