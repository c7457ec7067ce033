"""What each quantity of a network is called in a formula, and in plain Unicode on a chip.

A neuron is called by what it passes on, on the stage and in formulas alike: x, h (hidden) and ŷ. Layers
stand in brackets above, units below; what a small network has only one of goes without: one neuron has
w₁, w₂ and b, one hidden layer h₁, h₂. Units count from 1, outputs that are the classes 0, 1, 2 … from 0.
"""

from __future__ import annotations

from nnsim.model.data import answers_classes
from nnsim.model.document import Document
from nnsim.model.network import Edge, Network, Node

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("0123456789()→", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾→")


class Symbols:
    """The symbols of one network, as LaTeX.

    Parameters
    ----------
    network : Network
    classes : bool
        Whether the outputs are the classes 0, 1, 2 …
    """

    def __init__(self, network: Network, classes: bool = False) -> None:
        self._network = network
        self._last = len(network.layers) - 1
        self._from_zero = classes

    def _units(self, layer: int) -> int:
        return self._network.units(layer)

    def _above(self, layer: int) -> str:
        return f"^{{({layer})}}" if self._last > 1 else ""

    def _below(self, layer: int, unit: int | None) -> str:
        return "" if unit is None or self._units(layer) == 1 else f"_{{{self.number(layer, unit)}}}"

    def number(self, layer: int, unit: int) -> int:
        """How a unit is counted in its layer: that of a class is the class."""
        return unit if self._from_zero and layer == self._last else unit + 1

    def sum(self, index: str, layer: int) -> str:
        """Σ over the units of a layer, as LaTeX."""
        first, last = self.number(layer, 0), self.number(layer, self._units(layer) - 1)
        return rf"\sum_{{{index}={first}}}^{{{last}}}"

    def name(self, node: Node) -> str:
        """A neuron in Unicode, such as ``h₂⁽¹⁾``."""
        below = "" if self._units(node.layer) == 1 else str(self.number(*node)).translate(_SUBSCRIPTS)
        if node.layer in (0, self._last):
            return f"{'ŷ' if node.layer else 'x'}{below}"
        return f"h{below}{self._raised(node.layer) if self._last > 2 else ''}"

    @staticmethod
    def _raised(layer: int) -> str:
        return f"({layer})".translate(_SUPERSCRIPTS)

    def a(self, layer: int, unit: int | None = None) -> str:
        """Activation of a unit, or of the layer: x, h or ŷ."""
        below = self._below(layer, unit)
        if layer == 0:
            return f"x{below}"
        return rf"\hat{{y}}{below}" if layer == self._last else f"h{below}{self._hidden(layer)}"

    def _hidden(self, layer: int) -> str:
        """Above a hidden layer's activation: its number, where there are several."""
        return f"^{{({layer})}}" if self._last > 2 else ""

    def y(self, unit: int | None = None) -> str:
        """Target."""
        return f"y{self._below(self._last, unit)}"

    def z(self, layer: int, unit: int | None = None) -> str:
        """Pre-activation."""
        return f"z{self._below(layer, unit)}{self._above(layer)}"

    def delta(self, layer: int, unit: int | None = None) -> str:
        """∂L/∂z."""
        return rf"\delta{self._below(layer, unit)}{self._above(layer)}"

    def bias(self, layer: int, unit: int | None = None) -> str:
        """Bias."""
        return f"b{self._below(layer, unit)}{self._above(layer)}"

    def alpha(self, layer: int) -> str:
        """Learned slope."""
        return rf"\alpha{self._above(layer)}"

    def _connection(self, source: int, layer: int) -> str:
        if len(self._network.sources(layer)) > 1:
            return rf"^{{({source} \to {layer})}}"
        return self._above(layer)

    def weights(self, source: int, layer: int) -> str:
        """Weight matrix of a connection, or its one row where the layer has one unit."""
        letter = "w" if self._units(layer) == 1 else "W"
        return f"{letter}{self._connection(source, layer)}"

    def weight(self, edge: Edge) -> str:
        """Weight of an edge: first the unit it enters, then the one it leaves."""
        places = [
            str(self.number(layer, unit))
            for layer, unit in ((edge.layer, edge.unit), (edge.source_layer, edge.source_unit))
            if self._units(layer) > 1
        ]
        comma = "," if any(len(place) > 1 for place in places) else ""
        below = f"_{{{comma.join(places)}}}" if places else ""
        return f"w{below}{self._connection(edge.source_layer, edge.layer)}"

    def node(self, node: Node) -> str:
        """A unit, by its activation."""
        return self.a(node.layer, node.unit)

    def tensor(self, layer: int, role: str) -> str:
        """A whole tensor of parameters."""
        if role == "weight":
            return f"{'w' if self._units(layer) == 1 else 'W'}{self._above(layer)}"
        return self.bias(layer) if role == "bias" else self.alpha(layer)

    # --- the same in Unicode, for where nothing can be typeset

    def plain(self, letter: str, layer: int, source: int | None = None) -> str:
        """A letter with its layer above, such as ``z⁽¹⁾``; a layer's activation by its own name."""
        if letter == "a":
            if layer in (0, self._last):
                return "ŷ" if layer else "x"
            return f"h{self._raised(layer) if self._last > 2 else ''}"
        if source is not None and len(self._network.sources(layer)) > 1:
            return f"{letter}{f'({source}→{layer})'.translate(_SUPERSCRIPTS)}"
        return letter + (self._raised(layer) if self._last > 1 else "")


def symbols_of(document: Document) -> Symbols:
    """The symbols of a document's network."""
    return Symbols(document.network, answers_classes(document.data))


def slope(symbol: str, of: str = "L") -> str:
    """∂L/∂ a symbol."""
    return rf"\frac{{\partial {of}}}{{\partial {symbol}}}"
