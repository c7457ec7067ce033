"""The files that were opened or saved last, the newest first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

MOST = 8
_KEY = "recent"


class RecentFiles:
    """Kept in the settings.

    Parameters
    ----------
    settings : QSettings
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def paths(self) -> list[Path]:
        """At most :data:`MOST`; some may not be there at the moment, on a stick that was pulled out."""
        value = self._settings.value(_KEY)
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list):
            return []
        return [Path(name) for name in names if isinstance(name, str) and name][:MOST]

    def add(self, path: Path) -> None:
        """Put a file in the first place."""
        path = path.absolute()
        others = [other for other in self.paths() if other != path]
        self._settings.setValue(_KEY, [str(other) for other in (path, *others)][:MOST])

    def clear(self) -> None:
        """Forget all of them."""
        self._settings.remove(_KEY)
