"""A picture of the real window, made without a screen."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from nnsim.model.document import Document
from nnsim.model.errors import DocumentError
from nnsim.session.session import Session
from nnsim.ui.main_window import MainWindow
from nnsim.ui.theme import THEMES

_PATIENCE = 120_000
"""Milliseconds until a picture that does not come is given up."""
