"""What is told about a network that is built wrong, and about what helps."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from nnsim.model.network import Node
from nnsim.model.warnings import Warning
from nnsim.ui.graph.words import Names
from nnsim.ui.numbers import count

_CONTEXT = "Warnings"
_SENTENCES: dict[str, tuple[Any, Any]] = {
    "leads_nowhere": (
        QT_TRANSLATE_NOOP("Warnings", "{name} reaches no output: nothing uses what it computes."),
        QT_TRANSLATE_NOOP("Warnings", "{layer} reaches no output: nothing uses what it computes."),
    ),
    "hears_nothing": (
        QT_TRANSLATE_NOOP("Warnings", "No edge enters {name}: it says the same to every sample."),
        QT_TRANSLATE_NOOP("Warnings", "No edge enters {layer}: it says the same to every sample."),
    ),
    "softmax_of_one": (
        QT_TRANSLATE_NOOP("Warnings", "{layer}: softmax of one neuron is always 1, whatever the weights."),
    )
    * 2,
    "bce_without_sigmoid": (
        QT_TRANSLATE_NOOP("Warnings", "Binary cross-entropy needs answers in 0…1: a sigmoid output."),
    )
    * 2,
    "cross_entropy_without_softmax": (
        QT_TRANSLATE_NOOP("Warnings", "Cross-entropy needs shares that add up to 1: a softmax output."),
    )
    * 2,
    "softmax_without_cross_entropy": (
        QT_TRANSLATE_NOOP(
            "Warnings",
            "With this loss a softmax learns slowly where it is surely wrong; cross-entropy does not.",
        ),
    )
    * 2,
    "perceptron_without_step": (
        QT_TRANSLATE_NOOP("Warnings", "The perceptron rule is made for a step output."),
    )
    * 2,
    "step_without_slope": (
        QT_TRANSLATE_NOOP(
            "Warnings", "{layer}: no gradient passes through a step, so what is before it never learns."
        ),
    )
    * 2,
    "dead_units": (
        QT_TRANSLATE_NOOP(
            "Warnings",
            "{name} passes on 0 for every sample, without a slope: it learns nothing."
            " Try leaky ReLU, or a new start with a lower learning rate.",
        ),
        QT_TRANSLATE_NOOP(
            "Warnings",
            "{layer}: all neurons pass on 0 for every sample, without a slope: they learn nothing."
            " Try leaky ReLU, or a new start with a lower learning rate.",
        ),
    ),
    "saturated": (
        QT_TRANSLATE_NOOP(
            "Warnings",
            "{layer}: every neuron is at an end of its range for every sample: hardly any gradient gets"
            " through. Try a new start with smaller weights and a lower learning rate.",
        ),
    )
    * 2,
}
"""Of a unit, and of a whole layer."""
_SEVERAL: dict[str, Any] = {
    "dead_units": QT_TRANSLATE_NOOP(
        "Warnings",
        "{layer}: {number} of {units} neurons pass on 0 for every sample, without a slope: they learn"
        " nothing. Try leaky ReLU, or a new start with a lower learning rate.",
    ),
}
"""Of some of a layer's units."""
_FIXES: dict[str, Any] = {
    "remove_unit": QT_TRANSLATE_NOOP("Warnings", "Remove neuron"),
    "remove_layer": QT_TRANSLATE_NOOP("Warnings", "Remove layer"),
    "connect": QT_TRANSLATE_NOOP("Warnings", "Reconnect"),
    "use_sigmoid": QT_TRANSLATE_NOOP("Warnings", "Use sigmoid"),
    "use_softmax": QT_TRANSLATE_NOOP("Warnings", "Use softmax"),
    "use_step": QT_TRANSLATE_NOOP("Warnings", "Use step"),
    "use_bce": QT_TRANSLATE_NOOP("Warnings", "Use sigmoid and binary cross-entropy"),
    "use_cross_entropy": QT_TRANSLATE_NOOP("Warnings", "Use softmax and cross-entropy"),
    "use_perceptron": QT_TRANSLATE_NOOP("Warnings", "Use the perceptron rule"),
    "use_leaky_relu": QT_TRANSLATE_NOOP("Warnings", "Use leaky ReLU"),
}


def sentence(warning: Warning, names: Names) -> str:
    """What is wrong, and where."""
    of_unit, of_layer = _SENTENCES[warning.kind]
    where = warning.where
    if isinstance(where, Node):
        words = {"name": names.name(where), "layer": names.layer(where.layer)}
        return QCoreApplication.translate(_CONTEXT, of_unit).format(**words)
    layer = "" if where is None else names.layer(where)
    if where is not None and warning.units:
        numbers = {"number": count(len(warning.units)), "units": count(names.units(where))}
        return QCoreApplication.translate(_CONTEXT, _SEVERAL[warning.kind]).format(layer=layer, **numbers)
    return QCoreApplication.translate(_CONTEXT, of_layer).format(layer=layer)


def fix_words(warning: Warning) -> str:
    """What helps, as it stands on a button and in the history."""
    return QCoreApplication.translate(_CONTEXT, _FIXES[warning.fix])
