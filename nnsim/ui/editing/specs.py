"""The table of what can be done to the network on the stage."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from nnsim.ui.spec import Spec

EDIT_SPECS: dict[str, Spec] = {
    "select_all": Spec(
        QT_TRANSLATE_NOOP("Actions", "Select all hidden neurons"),
        QT_TRANSLATE_NOOP("Actions", "Select every neuron between input and output"),
        "Ctrl+A",
    ),
    "edit_value": Spec(
        QT_TRANSLATE_NOOP("Actions", "Set value…"),
        QT_TRANSLATE_NOOP("Actions", "Type the weight of the selected edge or the bias of the neuron"),
        "F2",
    ),
    "add_neuron": Spec(
        QT_TRANSLATE_NOOP("Actions", "Add neuron"),
        QT_TRANSLATE_NOOP("Actions", "One more neuron in the selected layer; it starts without a say"),
        "Ins",
    ),
    "insert_layer": Spec(
        QT_TRANSLATE_NOOP("Actions", "Insert layer"),
        QT_TRANSLATE_NOOP("Actions", "A new layer behind the selected one; what was learned stays"),
        "Shift+Ins",
    ),
    "add_layer": Spec(
        QT_TRANSLATE_NOOP("Actions", "Add a layer…"),
        QT_TRANSLATE_NOOP("Actions", "A layer of any kind before the output"),
        "Ctrl+Shift+Ins",
    ),
    "duplicate": Spec(
        QT_TRANSLATE_NOOP("Actions", "Duplicate neurons"),
        QT_TRANSLATE_NOOP("Actions", "Put a copy beside each selected neuron; both share its say"),
        "Ctrl+D",
    ),
    "copy_neurons": Spec(
        QT_TRANSLATE_NOOP("Actions", "Copy neurons"),
        QT_TRANSLATE_NOOP("Actions", "Remember the selected neurons for pasting"),
        "Ctrl+C",
    ),
    "paste_neurons": Spec(
        QT_TRANSLATE_NOOP("Actions", "Paste neurons"),
        QT_TRANSLATE_NOOP("Actions", "Put copies of the remembered neurons into their layer"),
        "Ctrl+V",
    ),
    "delete": Spec(
        QT_TRANSLATE_NOOP("Actions", "Remove"),
        QT_TRANSLATE_NOOP("Actions", "Remove the selected neurons and cut the selected edges"),
        "Del Backspace",
    ),
    "delete_layer": Spec(
        QT_TRANSLATE_NOOP("Actions", "Remove layer"),
        QT_TRANSLATE_NOOP("Actions", "Remove the whole layer of the selected neuron"),
        "Shift+Del",
    ),
    "connect": Spec(
        QT_TRANSLATE_NOOP("Actions", "Connect"),
        QT_TRANSLATE_NOOP("Actions", "Join the two selected neurons by an edge"),
        "C",
    ),
    "freeze": Spec(
        QT_TRANSLATE_NOOP("Actions", "Freeze or thaw"),
        QT_TRANSLATE_NOOP("Actions", "Keep training from changing the selected weights, or let it again"),
        "K",
    ),
    "freeze_layer": Spec(
        QT_TRANSLATE_NOOP("Actions", "Freeze or thaw layer"),
        QT_TRANSLATE_NOOP("Actions", "Keep training from changing the selected layer, or let it again"),
        "Shift+K",
    ),
    "zero": Spec(
        QT_TRANSLATE_NOOP("Actions", "Set to zero"),
        QT_TRANSLATE_NOOP("Actions", "Make the selected weights and biases 0"),
        "Z",
    ),
    "randomise": Spec(
        QT_TRANSLATE_NOOP("Actions", "Randomise"),
        QT_TRANSLATE_NOOP("Actions", "Other random values for the selected weights, as at a start"),
        "X",
    ),
    "restart": Spec(
        QT_TRANSLATE_NOOP("Actions", "Re-initialise"),
        QT_TRANSLATE_NOOP("Actions", "The selected weights and biases begin again from their start"),
        "Shift+R",
    ),
}

EDIT_MENU: tuple[str, ...] = (
    "select_all",
    "edit_value",
    "",
    "add_neuron",
    "insert_layer",
    "add_layer",
    "duplicate",
    "copy_neurons",
    "paste_neurons",
    "connect",
    "",
    "delete",
    "delete_layer",
    "",
    "freeze",
    "freeze_layer",
    "zero",
    "randomise",
    "restart",
)
"""Names of the actions above in their order in the Edit menu; empty ones separate."""
