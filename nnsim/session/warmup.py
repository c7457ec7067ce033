"""Getting the compiled engine ready while the reference engine serves."""

from __future__ import annotations
