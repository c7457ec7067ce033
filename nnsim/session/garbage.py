"""Garbage is collected in the GUI thread only.

Python's cyclic collector runs in whichever thread happens to allocate. In the training thread, or while
Numba is imported in its own, it would destroy Qt objects outside the thread they live in, which ends in
a crash some time later.
"""

from __future__ import annotations

import gc

_holders = 0


def hold() -> None:
    """Stop the automatic collection; call :func:`collect` now and then instead."""
    global _holders
    _holders += 1
    gc.disable()


def release() -> None:
    """Take one :func:`hold` back; after the last, collection is automatic again."""
    global _holders
    _holders -= 1
    if _holders == 0:
        gc.enable()


def spare() -> None:
    """What is there now stays until the end: no collection looks through it again.

    A full one goes through all that is loaded, which takes as long as several pictures.
    """
    gc.freeze()


def collect() -> None:
    """Collect what is due, by Python's own thresholds; cheap when nothing is."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return
