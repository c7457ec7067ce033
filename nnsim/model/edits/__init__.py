"""Structural edits: pure functions from a network to an edited one that keeps what was learned."""

from nnsim.model.edits.edges import connect, cut, freeze
from nnsim.model.edits.edit import Edit
from nnsim.model.edits.insert import INSERTABLE, insert_kind, insert_layer, insert_usual
from nnsim.model.edits.layers import (
    connect_layers,
    disconnect_layers,
    forgets,
    freeze_filters,
    freeze_layers,
    remove_layer,
    rename_layer,
    set_activation,
    set_bias,
    set_fields,
)
from nnsim.model.edits.misfit import Fit, Fix, Freeze, Join, MisfitError, Part, Put, RefusalError, Step
from nnsim.model.edits.plan import SIZES
from nnsim.model.edits.units import add_units, duplicate_units, remove_units

__all__ = [
    "INSERTABLE",
    "SIZES",
    "Edit",
    "Fit",
    "Fix",
    "Freeze",
    "Join",
    "MisfitError",
    "Part",
    "Put",
    "RefusalError",
    "Step",
    "add_units",
    "connect",
    "connect_layers",
    "cut",
    "disconnect_layers",
    "duplicate_units",
    "forgets",
    "freeze",
    "freeze_filters",
    "freeze_layers",
    "insert_kind",
    "insert_layer",
    "insert_usual",
    "remove_layer",
    "remove_units",
    "rename_layer",
    "set_activation",
    "set_bias",
    "set_fields",
]
