"""Can Qt open a window here? Asked before Qt is imported, because its own answer is a loader error.

Linux only: elsewhere everything that Qt needs comes with PySide6.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from nnsim.ui import screen_check

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}
"""System libraries that Qt's own libraries name, and the Debian packages that hold them."""

PLATFORM_PACKAGES = {
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxcb.so.1": "libxcb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
    },
}
"""What one platform plugin needs besides."""

_MISSING = re.compile(r"(\S+\.so[.\d]*): cannot open shared object file")
_COMMON = ("lib/libQt6Core.so.6", "lib/libQt6Gui.so.6", "lib/libQt6Widgets.so.6", "lib/libQt6Svg.so.6")
_PLUGINS = {
    "offscreen": "plugins/platforms/libqoffscreen.so",
    "wayland": "plugins/platforms/libqwayland.so",
    "xcb": "plugins/platforms/libqxcb.so",
}
Loader = Callable[[str], object]


def obstacle(
    environment: Mapping[str, str] = os.environ, system: str = sys.platform, load: Loader = ctypes.CDLL
) -> str | None:
    """What keeps Qt from opening a window, in words for the user; None if nothing does.

    Parameters
    ----------
    environment : mapping
        The environment variables.
    system : str
        As `sys.platform`.
    load : callable
        Loads a shared library or raises `OSError`.
    """
    if system != "linux":
        return None
    platform = _platform(environment)
    if platform is None:
        return (
            "there is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set. "
            "`nnsim shot SCENE OUT.png` makes pictures without one, `nnsim train SCENE` trains."
        )
    folder = _qt_folder()
    if folder is None:
        return None
    try:
        for name in (*_COMMON, _PLUGINS.get(platform)):
            if name and (folder / name).exists():
                load(str(folder / name))
    except OSError as error:
        return _advice(str(error), platform, load)
    return _missing_plugin(folder, platform) or screen_check.unreachable(platform, environment)


def _missing_plugin(folder: Path, platform: str) -> str | None:
    """Words on a name of ``QT_QPA_PLATFORM`` that Qt knows nothing of."""
    there = sorted(path.stem.removeprefix("libq") for path in (folder / "plugins/platforms").glob("libq*.so"))
    if not there or platform in there:
        return None
    return (
        f"QT_QPA_PLATFORM asks for {platform!r}, which Qt does not have here; allowed: {', '.join(there)}. "
        "Without the variable Qt chooses by itself."
    )


def _platform(environment: Mapping[str, str]) -> str | None:
    """The platform plugin that Qt will choose."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        return re.split("[:;]", chosen)[0].removesuffix("-egl")
    wayland = environment.get("WAYLAND_DISPLAY") and environment.get("XDG_SESSION_TYPE") == "wayland"
    # Qt turns to X where Wayland does not answer.
    if wayland and not (environment.get("DISPLAY") and screen_check.unreachable("wayland", environment)):
        return "wayland"
    if environment.get("DISPLAY"):
        return "xcb"
    return "wayland" if environment.get("WAYLAND_DISPLAY") else None


def _qt_folder() -> Path | None:
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "Qt"


def _advice(message: str, platform: str, load: Loader) -> str | None:
    """How to install what a loader's message misses, and whatever else is missing with it."""
    match = _MISSING.search(message)
    if match is None:
        return None
    packages = PACKAGES | PLATFORM_PACKAGES.get(platform, {})
    missing = {match[1], *(name for name in packages if not _loads(name, load))}
    words = "Qt needs system libraries that are missing here"
    if missing - packages.keys() or shutil.which("apt") is None:
        return f"{words}: {', '.join(sorted(missing))}"
    return (
        f"{words}. Install them:\n  sudo apt install {' '.join(sorted({packages[name] for name in missing}))}"
    )


def _loads(name: str, load: Loader) -> bool:
    try:
        load(name)
    except OSError:
        return False
    return True
