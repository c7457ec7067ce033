"""The mask of a dropout layer: which numbers it left out, as far as what is shown tells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale

from nnsim.engine.snapshot import Probe
from nnsim.model.network import Network
from nnsim.ui.graph.words import count, translate

Mask = NDArray[np.bool_]


def dropped(network: Network, layer: int, probe: Probe | None) -> Mask | None:
    """True where a dropout layer made 0 of a number.

    Returns
    -------
    array of bool, shape (units,), or None
        None for other layers, and before the numbers are known.
    """
    if probe is None or network.layers[layer].kind != "dropout":
        return None
    read, made = (probe.activations[i] for i in (network.sources(layer)[0], layer))
    if np.isnan(read).any() or np.isnan(made).any():
        return None
    return np.asarray((made == 0) & (read != 0))


def words(mask: Mask, locale: QLocale) -> str:
    """What stands below the layer: how many it left out; off where none, as while it predicts."""
    if not mask.any():
        return translate("GraphCanvas", "off: predicts")
    text = translate("GraphCanvas", "%1 of %2 out").replace("%1", count(locale, int(mask.sum())))
    return text.replace("%2", count(locale, len(mask)))
