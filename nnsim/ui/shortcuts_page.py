"""The page that lists every key."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import QKeySequence

from nnsim.ui.actions import SPECS, words


def shortcuts_page() -> str:
    """A table of keys and what they do, as rich text."""
    rows = []
    for spec in SPECS.values():
        keys = " · ".join(
            QKeySequence(k).toString(QKeySequence.SequenceFormat.NativeText) for k in spec.shortcuts.split()
        )
        if keys:
            tip = escape(words(spec.tip))
            rows.append(f"<tr><td><b>{escape(keys)}</b>&nbsp;&nbsp;&nbsp;</td><td>{tip}</td></tr>")
    return f"<table cellpadding='3'>{''.join(rows)}</table>"
