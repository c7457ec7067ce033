"""Where nnsim finds its own files and keeps the user's."""

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def resource_dir() -> Path:
    """Folder of scenes, icons and translations: inside an installed package, beside it in a checkout."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def cache_dir() -> Path:
    """Folder for files that can be made again (not created here)."""
    return Path(platformdirs.user_cache_dir("nnsim", appauthor=False))


def user_data_dir() -> Path:
    """Folder for the user's own scenes and data (not created here)."""
    return Path(platformdirs.user_data_dir("nnsim", appauthor=False))
