"""What the network says about a digit, in words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from nnsim.ui.numbers import percent

translate = QCoreApplication.translate

SURE = 0.8
_PERHAPS = 0.3
_EIGHT = 8
"""It alone wants another article in English."""


def verdict(probabilities: NDArray[np.floating] | None, label: int | None = None) -> str:
    """One sentence on ten probabilities; with the label, whether the first guess is right.

    Parameters
    ----------
    probabilities : array, shape (10,), or None
        None while there is nothing on the canvas.
    label : int, optional
        What the digit is known to be.
    """
    if probabilities is None:
        return translate("Verdict", "I don't know yet: the canvas is empty.")
    if not np.isfinite(probabilities).all():
        return translate("Verdict", "No numbers are left: reset the training.")
    second, first = (int(i) for i in np.argsort(probabilities, kind="stable")[-2:])
    share = float(probabilities[first])
    if label is not None:
        return _checked(first, share, label)
    if share >= SURE:
        words = (
            translate("Verdict", "This is an {first} — {share} sure")
            if first == _EIGHT
            else translate("Verdict", "This is a {first} — {share} sure")
        )
    elif share >= _PERHAPS:
        words = translate("Verdict", "Perhaps {first} ({share}), or {second} ({other})")
    else:
        words = translate("Verdict", "I can't tell: {first} ({share}) or {second} ({other})?")
    return words.format(
        first=first, share=percent(share), second=second, other=percent(float(probabilities[second]))
    )


def _checked(first: int, share: float, label: int) -> str:
    if first == label:
        words = translate("Verdict", "✓ Right: it is {label} — {share} sure")
    else:
        words = translate("Verdict", "✗ Wrong: I said {first} ({share}), it is {label}")
    return words.format(first=first, share=percent(share), label=label)
