"""What a filter looks for: the patches of the data that light it most, and in which direction it rises."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from nnsim.model.network import Network
from nnsim.model.parameters import Layout
from nnsim.ui.graph.edges import Floats

SHOWN = 5
"""Patches of one filter."""
MOST_SAMPLES = 1500
_CHUNK = 64
_CLEAR = 0.45
"""Share of a filter's variance that a plane, or a spot, explains, from which it is called so."""
DIRECTIONS = ("right", "lower_right", "below", "lower_left", "left", "upper_left", "above", "upper_right")


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """The strongest patches of each filter.

    Attributes
    ----------
    patches : array, shape (filters, shown, channels, rows, columns)
    sums : array, shape (filters, shown)
        Σ w·x there, from the largest down.
    """

    patches: Floats
    sums: Floats


def first_filters(network: Network) -> int | None:
    """The layer whose filters look at the input itself; None without one."""
    for source, layer in network.connections:
        if source == 0 and network.layers[layer].kind == "conv2d":
            return layer
    return None


def strongest_patches(
    weights: Floats,
    images: Floats,
    stride: tuple[int, int],
    padding: tuple[int, int],
    is_wanted: Callable[[], bool],
) -> Looks | None:
    """Of each picture the patch that lights a filter most; of these the strongest.

    Parameters
    ----------
    weights : array, shape (filters, channels, rows, columns)
    images : array, shape (pictures, channels, height, width)
    is_wanted : callable
        Asked now and then; once it says no, the work is left.
    """
    filters, channels, tall, wide = weights.shape
    flat = weights.reshape(filters, -1).T.astype(np.float32)
    best = np.full((filters, 0), -np.inf, np.float32)
    kept = np.zeros((filters, 0, channels, tall, wide), np.float32)
    for start in range(0, len(images), _CHUNK):
        if not is_wanted():
            return None
        some = np.pad(images[start : start + _CHUNK], ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2))
        seen = np.lib.stride_tricks.sliding_window_view(some, (tall, wide), axis=(2, 3))
        seen = seen[:, :, :: stride[0], :: stride[1]].transpose(0, 2, 3, 1, 4, 5)
        patches = np.ascontiguousarray(seen).reshape(len(some), -1, channels * tall * wide)
        sums = patches @ flat
        where = sums.argmax(axis=1).T
        pictures = np.arange(len(some))
        found = patches[pictures[None, :], where].reshape(filters, -1, channels, tall, wide)
        best = np.concatenate([best, np.take_along_axis(sums, where.T[:, None], axis=1)[:, 0].T], axis=1)
        kept = np.concatenate([kept, found], axis=1)
        order = np.argsort(-best, axis=1, kind="stable")[:, :SHOWN]
        best = np.take_along_axis(best, order, axis=1)
        kept = kept[np.arange(filters)[:, None], order]
        # Others have the processor in between.
        time.sleep(0.001)
    return Looks(kept, best)


def direction(weights: Floats) -> str | None:
    """Where a filter's weights rise to, one of :data:`DIRECTIONS`, or ``spot``; None where neither is clear.

    Parameters
    ----------
    weights : array, shape (rows, columns)
    """
    centred = weights - weights.mean()
    whole = float((centred**2).sum())
    rows, columns = weights.shape
    if whole <= 0 or min(rows, columns) < 2:
        return None
    y, x = np.mgrid[0:rows, 0:columns]
    y, x = (axis - axis.mean() for axis in (y, x))
    down, across = float((centred * y).sum() / (y**2).sum()), float((centred * x).sum() / (x**2).sum())
    plane = down * y + across * x
    if float((plane**2).sum()) >= _CLEAR * whole:
        turn = round(np.arctan2(down, across) / (np.pi / 4)) % 8
        return DIRECTIONS[turn]
    near = -(x**2 + y**2)
    near = near - near.mean()
    share = float((centred * near).sum()) / np.sqrt(whole * float((near**2).sum()))
    return "spot" if share > 0 and share**2 >= _CLEAR else None


class Looking(QObject):
    """Finds the patches beside the window's own thread.

    Signals
    -------
    found : Looks
    """

    found = Signal(object)
    _ready = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order = 0
        self._threads: list[threading.Thread] = []
        self._ready.connect(self._take)

    def look(self, network: Network, parameters: Floats, x: Floats) -> None:
        """Look through some samples, (samples, inputs); what was under way is left."""
        layer = first_filters(network)
        if layer is None:
            return
        settings: Any = network.layers[layer]
        weights = Layout(network).view(parameters, layer, "weight")
        assert weights is not None
        images = x[:MOST_SAMPLES].reshape(-1, *network.shapes[0].sizes)
        self._order += 1
        work = self._order, weights.copy(), images, settings.stride, settings.padding
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._threads.append(
            threading.Thread(target=self._work, args=work, name="nnsim-filters", daemon=True)
        )
        self._threads[-1].start()

    def stop(self) -> None:
        """Leave what is under way, and wait for it."""
        self._order += 1
        for thread in self._threads:
            thread.join()
        self._threads = []

    def _work(
        self, order: int, weights: Floats, images: Floats, stride: tuple[int, int], padding: tuple[int, int]
    ) -> None:
        looks = strongest_patches(weights, images, stride, padding, lambda: order == self._order)
        if looks is not None:
            self._ready.emit(order, looks)

    def _take(self, order: int, looks: Looks) -> None:
        if order == self._order:
            self.found.emit(looks)
