"""What each quantity of a network is called in a formula, and in plain Unicode on a chip.

Layers stand in brackets above, units below, counted from 1; what a small network has only one of goes
without: one neuron has w₁, w₂ and b.
"""

from __future__ import annotations

from nnsim.model.network import Edge, Network, Node

_SUPERSCRIPTS = str.maketrans("0123456789()→", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾→")


class Symbols:
    """The symbols of one network, as LaTeX.

    Parameters
    ----------
    network : Network
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._last = len(network.layers) - 1

    def _units(self, layer: int) -> int:
        return self._network.layers[layer].units

    def _above(self, layer: int) -> str:
        return f"^{{({layer})}}" if self._last > 1 else ""

    def _below(self, layer: int, unit: int | None) -> str:
        return "" if unit is None or self._units(layer) == 1 else f"_{{{unit + 1}}}"

    def a(self, layer: int, unit: int | None = None) -> str:
        """Activation of a unit, or of the layer: x, a or ŷ."""
        below = self._below(layer, unit)
        if layer == 0:
            return f"x{below}"
        return rf"\hat{{y}}{below}" if layer == self._last else f"a{below}{self._above(layer)}"

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
            str(unit + 1)
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
        if letter == "a" and layer in (0, self._last):
            return "x" if layer == 0 else "ŷ"
        if source is not None and len(self._network.sources(layer)) > 1:
            return f"{letter}{f'({source}→{layer})'.translate(_SUPERSCRIPTS)}"
        return letter + (f"({layer})".translate(_SUPERSCRIPTS) if self._last > 1 else "")


def slope(symbol: str, of: str = "L") -> str:
    """∂L/∂ a symbol."""
    return rf"\frac{{\partial {of}}}{{\partial {symbol}}}"
