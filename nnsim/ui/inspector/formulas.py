"""The formula of what is selected, in symbols: its numbers stand below it."""

from __future__ import annotations

from nnsim.engine.ops.operation import FIRES_ABOVE
from nnsim.lesson.forward import ACTIVATIONS, indexed
from nnsim.lesson.notation import mark, number
from nnsim.lesson.symbols import Symbols
from nnsim.lesson.writer import Line, line
from nnsim.model.network import Edge, Network, Node
from nnsim.ui.inspector.selection import Selection

_FUNCTIONS = {
    "identity": "{z}",
    "step": r"\operatorname{step}({z}) = " + ACTIVATIONS["step"].rule("{z}", "{least}"),
    "sigmoid": r"\sigma({z})",
    "relu": r"\max(0, {z})",
    "softmax": r"\frac{e^{{z}}}{\sum_j e^{z_j}}",
}


def formulas(selection: Selection, symbols: Symbols, z: float | None = None) -> tuple[Line, ...]:
    """What an edge adds to a sum, or what a neuron does with one; nothing for anything else.

    Parameters
    ----------
    selection : Selection
    symbols : Symbols
        Of its network.
    z : float, optional
        The sum of the neuron that is selected: a step is told exactly where it lies next to nothing.
    """
    if selection.kind == "edge" and selection.network.layers[selection.edges[0].layer].kind == "dense":
        return (_edge(selection.network, symbols, selection.edges[0]),)
    if selection.kind == "neuron":
        return _neuron(selection.network, symbols, selection.nodes[0], z)
    return ()


def _edge(network: Network, symbols: Symbols, edge: Edge) -> Line:
    z = mark("activation", symbols.z(edge.layer, edge.unit))
    w = mark("weight", symbols.weight(edge), edge)
    x = mark("activation", symbols.a(edge.source_layer, edge.source_unit))
    others = (
        r" + \cdots"
        if network.fan_in(edge.layer) > 1 or getattr(network.layers[edge.layer], "bias", False)
        else ""
    )
    return line(rf"{z} = {w} \, {x}{others}")


def _neuron(network: Network, symbols: Symbols, node: Node, value: float | None) -> tuple[Line, ...]:
    if network.layers[node.layer].kind != "dense":
        return ()
    layer = network.dense(node.layer)
    least = FIRES_ABOVE if value is not None and 0.0 < value <= FIRES_ABOVE else 0.0
    z = mark("activation", symbols.z(*node))
    sums = [
        rf"\sum_i {mark('weight', 'w_i')} \, {mark('activation', indexed(symbols.a(source), 'i'))}"
        for source in network.sources(node.layer)
    ]
    if layer.bias:
        sums.append(mark("weight", symbols.bias(*node)))
    a = mark("activation", symbols.a(*node))
    written = _FUNCTIONS.get(layer.activation, rf"\text{{{_plain(layer.activation)}}}({{z}})")
    return line(f"{z} = {' + '.join(sums)}"), line(
        f"{a} = {written.replace('{z}', z).replace('{least}', number(least))}"
    )


def _plain(activation: str) -> str:
    return activation.replace("_", " ")
