"""What a right click offers: on a neuron, an edge, the heading of a layer, the ground."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from nnsim.model.edits import INSERTABLE
from nnsim.model.layers import ACTIVATIONS
from nnsim.model.network import Network, Node
from nnsim.ui.actions import Actions
from nnsim.ui.editing.structure import Structure
from nnsim.ui.graph.geometry import Item
from nnsim.ui.graph.words import KIND_WORDS
from nnsim.ui.names import name_of
from nnsim.ui.panels.name_line import NameLine
from nnsim.ui.panels.setting_fields import words_for

translate = QCoreApplication.translate

INPUT = ("edit_value", "", "insert_layer", "connect")
NODE = (
    "edit_value", "", "add_neuron", "duplicate", "copy_neurons", "connect", "", "freeze", "zero",
    "randomise", "restart", "", "insert_layer", "freeze_layer", "", "delete", "delete_layer",
)  # fmt: skip
EDGE = ("edit_value", "", "freeze", "zero", "randomise", "restart", "", "delete")
LAYER = ("add_neuron", "insert_layer", "", "freeze_layer", "zero", "randomise", "restart", "", "delete_layer")
_KIND_TIPS: dict[str, Any] = {
    "dense": QT_TRANSLATE_NOOP("GraphEditor", "Every neuron sees every number before it"),
    "activation": QT_TRANSLATE_NOOP("GraphEditor", "A function of every number, as a layer of its own"),
    "conv2d": QT_TRANSLATE_NOOP("GraphEditor", "Filters that slide over the image; at first they pass it on"),
    "max_pool2d": QT_TRANSLATE_NOOP("GraphEditor", "The largest number of every window: a smaller image"),
    "avg_pool2d": QT_TRANSLATE_NOOP("GraphEditor", "The mean of every window: a smaller image"),
    "flatten": QT_TRANSLATE_NOOP("GraphEditor", "All numbers of the image in one row"),
    "add": QT_TRANSLATE_NOOP("GraphEditor", "Adds up all layers that lead into it"),
    "concat": QT_TRANSLATE_NOOP("GraphEditor", "Puts all layers that lead into it side by side"),
    "dropout": QT_TRANSLATE_NOOP("GraphEditor", "Leaves numbers out by chance while training"),
    "batch_norm": QT_TRANSLATE_NOOP("GraphEditor", "Normalises every channel over the batch"),
    "layer_norm": QT_TRANSLATE_NOOP("GraphEditor", "Normalises every sample over all of its numbers"),
    "instance_norm": QT_TRANSLATE_NOOP("GraphEditor", "Normalises every channel of every sample"),
    "group_norm": QT_TRANSLATE_NOOP("GraphEditor", "Normalises groups of channels of every sample"),
}
GROUND = ("select_all", "paste_neurons", "", "undo", "redo", "", "fit", "tidy")


class Menus:
    """Makes them from the actions of the window.

    Parameters
    ----------
    parent : QWidget
    structure : Structure
    actions : Actions

    Attributes
    ----------
    open : QMenu or None
        The last that was shown.
    """

    def __init__(self, parent: QWidget, structure: Structure, actions: Actions) -> None:
        self._parent, self._structure, self._actions = parent, structure, actions
        self.open: QMenu | None = None

    def show_on(self, item: Item | None, at: QPoint) -> None:
        """Offer what can be done to what is selected; None: to the ground."""
        menu = self._fresh()
        names = _names_for(item)
        if len(self._structure.nodes) != 2:
            names = tuple(name for name in names if name != "connect")
        self._fill(menu, names)
        menu.popup(at)

    def show_on_layer(self, layer: int, at: QPoint) -> None:
        """Offer what can be done to a whole layer, which is selected."""
        network, menu = self._structure.network, self._fresh()
        if layer:
            fields = network.layers[layer].fields
            if not {"activation", "function"}.isdisjoint(fields):
                self._add_activations(menu, network, layer)
            if "bias" in fields:
                self._add_bias(menu, network, layer)
            if menu.actions():
                menu.addSeparator()
        self._fill(menu, LAYER if layer else ("insert_layer",))
        behind = [to for source, to in network.connections if source == layer]
        if behind:
            kinds = menu.addMenu(translate("GraphEditor", "Insert behind"))
            kinds.setToolTipsVisible(True)
            self._add_kinds(kinds, layer, behind[0])
        self._add_name(menu.addMenu(translate("GraphEditor", "Name")), layer)
        menu.popup(at)

    def show_between(self, source: int, destination: int, at: QPoint) -> None:
        """Offer every kind of layer for the place between two; why one does not fit is in its tooltip."""
        menu = self._fresh()
        self._add_kinds(menu, source, destination)
        menu.popup(at)

    def _add_kinds(self, menu: QMenu, source: int, destination: int) -> None:
        for kind in INSERTABLE:
            action = menu.addAction(translate("GraphCanvas", KIND_WORDS[kind][0]))
            why_not = self._structure.why_not(source, destination, kind)
            # What does not fit can be chosen where something else is offered then.
            action.setEnabled(why_not is None or getattr(why_not, "fix", None) is not None)
            action.setToolTip(str(why_not or translate("GraphEditor", _KIND_TIPS[kind])))
            action.triggered.connect(
                lambda _on, chosen=kind: self._structure.insert_kind(source, destination, chosen)
            )

    def _add_name(self, menu: QMenu, layer: int) -> None:
        line, action = NameLine(), QWidgetAction(menu)
        words, tip = words_for("name")
        line.setAccessibleName(words)
        line.setToolTip(tip)
        line.show_value(self._structure.network.names[layer])
        line.chosen.connect(lambda name: self._rename(layer, name))
        action.setDefaultWidget(line)
        menu.addAction(action)
        menu.aboutToShow.connect(line.setFocus)

    def _rename(self, layer: int, name: str) -> None:
        if self.open is not None:
            self.open.close()
        self._structure.rename(layer, name)

    def _fresh(self) -> QMenu:
        if self.open is not None:
            self.open.deleteLater()
        self.open = QMenu(self._parent)
        self.open.setToolTipsVisible(True)
        return self.open

    def _fill(self, menu: QMenu, names: tuple[str, ...]) -> None:
        for name in names:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()

    def _add_activations(self, menu: QMenu, network: Network, layer: int) -> None:
        choices = menu.addMenu(translate("GraphEditor", "Activation"))
        for kind in ACTIVATIONS:
            action = choices.addAction(name_of(kind))
            action.setCheckable(True)
            action.setChecked(network.activation(layer) == kind)
            action.triggered.connect(lambda _on, chosen=kind: self._structure.set_activation([layer], chosen))

    def _add_bias(self, menu: QMenu, network: Network, layer: int) -> None:
        action = menu.addAction(translate("GraphEditor", "Biases"))
        action.setToolTip(translate("GraphEditor", "Each neuron of this layer adds a number of its own"))
        action.setCheckable(True)
        action.setChecked(bool(getattr(network.layers[layer], "bias", False)))
        action.triggered.connect(lambda on: self._structure.set_bias(layer, on))


def _names_for(item: Item | None) -> tuple[str, ...]:
    if item is None:
        return GROUND
    if isinstance(item, Node):
        return NODE if item.layer else INPUT
    return EDGE
