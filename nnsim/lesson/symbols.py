"""What each quantity of a network is called in a formula, and in plain Unicode on a chip.

A neuron is called by what it passes on, on the stage and in formulas alike: x, h (hidden) and ŷ. Layers
stand in brackets above, units below; what a small network has only one of goes without: one neuron has
w₁, w₂ and b, one hidden layer h₁, h₂. Units count from 1, outputs that are the classes 0, 1, 2 … from 0.
A cell of an image has channel, row and column behind it, such as h[2,4,7], in PyTorch's order and from 1,
too; an only channel goes without.
"""

from __future__ import annotations

import numpy as np

from nnsim.lesson.focus import ParameterFocus
from nnsim.model.data import answers_classes
from nnsim.model.document import Document
from nnsim.model.network import Edge, Network, Node

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("0123456789()→", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾→")

NORMS = ("batch_norm", "layer_norm", "instance_norm", "group_norm")
_LETTERS: dict[tuple[str, str], str] = {
    ("conv2d", "weight"): "K",
    **{
        (kind, role): letter for kind in NORMS for role, letter in (("weight", r"\gamma"), ("bias", r"\beta"))
    },
    ("batch_norm", "running_mean"): "M",
    ("batch_norm", "running_var"): "V",
}
"""What a tensor of a kind of layer is called, where not as a dense layer's."""
_AS_A_ROW = frozenset({"dense"})
"""Kinds of layer that read an image as one row of numbers."""


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
        self._maps = frozenset(layer for layer in range(self._last + 1) if self._is_map(layer))

    def _is_map(self, layer: int) -> bool:
        """Whether a layer's numbers are cells of images; those of an input, where something reads them so."""
        network = self._network
        readers = {network.layers[to].kind for source, to in network.connections if source == layer}
        return network.shapes[layer].is_image and (layer > 0 or not readers <= _AS_A_ROW)

    def is_map(self, layer: int) -> bool:
        """Whether a layer's numbers are called by channel, row and column."""
        return layer in self._maps

    def _units(self, layer: int) -> int:
        return self._network.units(layer)

    def _above(self, layer: int) -> str:
        return f"^{{({layer})}}" if self._last > 1 else ""

    def _below(self, layer: int, unit: int | None) -> str:
        if layer in self._maps:
            return ""
        return "" if unit is None or self._units(layer) == 1 else f"_{{{self.number(layer, unit)}}}"

    def number(self, layer: int, unit: int) -> int:
        """How a unit is counted in its layer: that of a class is the class."""
        return unit if self._from_zero and layer == self._last else unit + 1

    def cell(self, layer: int, unit: int | None) -> str:
        """Where a cell of an image stands, such as ``[2,4,7]``; nothing of other units."""
        if unit is None or layer not in self._maps:
            return ""
        sizes = self._network.shapes[layer].sizes
        return self.places(sizes, tuple(int(i) for i in np.unravel_index(unit, sizes)))

    @staticmethod
    def places(sizes: tuple[int, ...], at: tuple[int, ...]) -> str:
        """Indices in brackets, from 1; the first ones, channels and filters, not where there is only one."""
        outer = len(sizes) - 2
        kept = [
            str(i + 1) for k, (i, size) in enumerate(zip(at, sizes, strict=True)) if k >= outer or size > 1
        ]
        return f"[{','.join(kept)}]"

    def sum(self, index: str, layer: int) -> str:
        """Σ over the units of a layer, as LaTeX."""
        first, last = self.number(layer, 0), self.number(layer, self._units(layer) - 1)
        return rf"\sum_{{{index}={first}}}^{{{last}}}"

    def name(self, node: Node) -> str:
        """A neuron in Unicode, such as ``h₂⁽¹⁾``, or a cell, such as ``h⁽¹⁾[2,4,7]``."""
        if node.layer in self._maps:
            return self.plain("a", node.layer) + self.cell(*node)
        below = "" if self._units(node.layer) == 1 else str(self.number(*node)).translate(_SUBSCRIPTS)
        if node.layer in (0, self._last):
            return f"{'ŷ' if node.layer else 'x'}{below}"
        return f"h{below}{self._raised(node.layer) if self._last > 2 else ''}"

    @staticmethod
    def _raised(layer: int) -> str:
        return f"({layer})".translate(_SUPERSCRIPTS)

    def a(self, layer: int, unit: int | None = None) -> str:
        """Activation of a unit, or of the layer: x, h or ŷ."""
        below, cell = self._below(layer, unit), self.cell(layer, unit)
        if layer == 0:
            return f"x{below}{cell}"
        return rf"\hat{{y}}{below}{cell}" if layer == self._last else f"h{below}{self._hidden(layer)}{cell}"

    def _hidden(self, layer: int) -> str:
        """Above a hidden layer's activation: its number, where there are several."""
        return f"^{{({layer})}}" if self._last > 2 else ""

    def y(self, unit: int | None = None) -> str:
        """Target."""
        return f"y{self._below(self._last, unit)}"

    def z(self, layer: int, unit: int | None = None) -> str:
        """Pre-activation."""
        if not self.has_sums(layer):
            return self.a(self._network.sources(layer)[0], unit)
        return f"z{self._below(layer, unit)}{self._above(layer)}{self.cell(layer, unit)}"

    def delta(self, layer: int, unit: int | None = None) -> str:
        """∂L/∂z."""
        if not self.has_sums(layer):
            return slope(self.z(layer, unit))
        return rf"\delta{self._below(layer, unit)}{self._above(layer)}{self.cell(layer, unit)}"

    def has_sums(self, layer: int) -> bool:
        """Whether a layer bends sums of its own, and not what another puts out."""
        return self._network.layers[layer].kind != "activation"

    def normalized(self, layer: int, unit: int | None = None) -> str:
        """What a normalisation makes of what it reads, before γ and β."""
        return rf"\hat{{x}}{self._below(layer, unit)}{self._above(layer)}{self.cell(layer, unit)}"

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

    def letter(self, layer: int, role: str) -> str:
        """What the numbers of a tensor are called, without index and layer."""
        usual = {"weight": "w", "bias": "b", "slope": r"\alpha"}
        kind = self._network.layers[layer].kind
        return _LETTERS.get((kind, role)) or usual[role]

    def channel(self, letter: str, layer: int, channel: int, count: int) -> str:
        """What there is one of for each channel, or for each number: γ₂, b₂."""
        below = f"_{{{channel + 1}}}" if count > 1 else ""
        return f"{letter}{below}{self._above(layer)}"

    def parameter(self, focus: ParameterFocus) -> str:
        """One number of a tensor."""
        sizes = next(
            spec.shape for spec in self._network.parameter_specs(focus.layer) if spec.role == focus.role
        )
        letter = self.letter(focus.layer, focus.role)
        if len(sizes) > 2:
            return f"{letter}{self._above(focus.layer)}{self.places(sizes, focus.at)}"
        return self.channel(letter, focus.layer, focus.at[0], sizes[0])

    def node(self, node: Node) -> str:
        """A unit, by its activation."""
        return self.a(node.layer, node.unit)

    def tensor(self, layer: int, role: str) -> str:
        """A whole tensor of parameters."""
        own = _LETTERS.get((self._network.layers[layer].kind, role))
        if own is not None:
            return f"{own}{self._above(layer)}"
        if role == "weight":
            return f"{'w' if self._units(layer) == 1 else 'W'}{self._above(layer)}"
        return self.bias(layer) if role == "bias" else self.alpha(layer)

    # --- the same in Unicode, for where nothing can be typeset

    def plain(self, letter: str, layer: int, source: int | None = None) -> str:
        """A letter with its layer above, such as ``z⁽¹⁾``; a layer's activation by its own name."""
        if letter in ("z", "δ") and not self.has_sums(layer):
            read = self.plain("a", self._network.sources(layer)[0])
            return read if letter == "z" else f"∂L/∂{read}"
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
