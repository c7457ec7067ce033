"""Before Qt is imported: what is missing is named as packages to install."""

import subprocess
import sys
from pathlib import Path

import pytest

from nnsim.ui import platform_check, screen_check
from nnsim.ui.platform_check import obstacle

X11 = {"DISPLAY": ":0"}


class Loader:
    """Loads every library but some, as the dynamic loader would."""

    def __init__(self, *missing: str) -> None:
        self.missing = missing
        self.asked: list[str] = []

    def __call__(self, name: str) -> object:
        self.asked.append(Path(name).name)
        # Qt's own libraries fail for the first library that they miss.
        for soname in self.missing:
            if name == soname or name.startswith("/"):
                raise OSError(f"{soname}: cannot open shared object file: No such file or directory")
        return object()


@pytest.fixture(autouse=True)
def debian(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A Debian with all of Qt's own files, whatever the machine that tests."""
    plugins = tmp_path / "plugins" / "platforms"
    plugins.mkdir(parents=True)
    for name in ("xcb", "offscreen", "wayland", "vnc"):
        (plugins / f"libq{name}.so").touch()
    (tmp_path / "lib").mkdir()
    for name in ("Core", "Gui", "Widgets", "Svg"):
        (tmp_path / "lib" / f"libQt6{name}.so.6").touch()
    monkeypatch.setattr(platform_check, "_qt_folder", lambda: tmp_path)
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/apt")
    monkeypatch.setattr(screen_check, "unreachable", lambda *_: None)


def test_nothing_is_in_the_way() -> None:
    loader = Loader()
    assert obstacle(X11, "linux", loader) is None
    assert loader.asked[-1] == "libqxcb.so"


@pytest.mark.parametrize(
    ("environment", "plugin"),
    [
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "libqoffscreen.so"),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, "libqwayland.so"),
        ({"QT_QPA_PLATFORM": "offscreen:size=1x1"}, "libqoffscreen.so"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w", "XDG_SESSION_TYPE": "wayland"}, "libqwayland.so"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w", "XDG_SESSION_TYPE": "x11"}, "libqxcb.so"),
        ({"WAYLAND_DISPLAY": "w"}, "libqwayland.so"),
        ({"QT_QPA_PLATFORM": "vnc"}, "libQt6Svg.so.6"),
    ],
)
def test_the_plugin_that_qt_will_choose_is_tried(environment: dict[str, str], plugin: str) -> None:
    loader = Loader()
    assert obstacle(environment, "linux", loader) is None
    assert loader.asked[-1] == plugin


@pytest.mark.parametrize(
    ("missing", "command"),
    [
        (["libEGL.so.1"], "sudo apt install libegl1"),
        (["libxcb-cursor.so.0"], "sudo apt install libxcb-cursor0"),
        (
            ["libxcb-cursor.so.0", "libGL.so.1", "libdbus-1.so.3", "libfontconfig.so.1"],
            "sudo apt install libdbus-1-3 libfontconfig1 libgl1 libxcb-cursor0",
        ),
        # One package holds both.
        (["libglib-2.0.so.0", "libgthread-2.0.so.0"], "sudo apt install libglib2.0-0"),
    ],
)
def test_all_that_is_missing_is_one_command(missing: list[str], command: str) -> None:
    words = obstacle(X11, "linux", Loader(*missing))
    assert words is not None
    assert words.endswith(f"\n  {command}")


def test_what_another_platform_would_need_is_not_asked_for() -> None:
    words = obstacle({"QT_QPA_PLATFORM": "offscreen"}, "linux", Loader("libEGL.so.1", "libxcb-cursor.so.0"))
    assert words is not None
    assert words.endswith("sudo apt install libegl1")


def test_without_apt_or_for_an_unknown_library_the_libraries_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert str(obstacle(X11, "linux", Loader("libnew.so.1"))).endswith(": libnew.so.1")
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert str(obstacle(X11, "linux", Loader("libEGL.so.1"))).endswith(": libEGL.so.1")


def test_no_screen_is_said_and_ways_without_one_are_shown() -> None:
    words = obstacle({}, "linux", Loader())
    assert words is not None
    assert "DISPLAY" in words
    assert "nnsim shot" in words


def test_a_platform_that_qt_does_not_have_is_named_with_those_that_it_has() -> None:
    words = obstacle({"QT_QPA_PLATFORM": "nonsense"}, "linux", Loader())
    assert words is not None
    assert "'nonsense'" in words
    assert "offscreen, vnc, wayland, xcb" in words


def test_a_screen_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_check, "unreachable", lambda platform, _: f"{platform} is silent")
    assert obstacle(X11, "linux", Loader()) == "xcb is silent"


def test_qt_turns_to_x_where_wayland_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_check, "unreachable", lambda platform, _: "silent" * (platform == "wayland"))
    loader = Loader()
    both = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "w", "XDG_SESSION_TYPE": "wayland"}
    assert not obstacle(both, "linux", loader)
    assert loader.asked[-1] == "libqxcb.so"


def test_other_systems_are_not_looked_at() -> None:
    assert obstacle({}, "darwin", Loader("libEGL.so.1")) is None
    assert obstacle({}, "win32", Loader("libEGL.so.1")) is None


def test_an_error_that_names_no_library_is_left_to_qt() -> None:
    def fail(_: str) -> object:
        raise OSError("wrong ELF class")

    assert obstacle(X11, "linux", fail) is None


def test_the_check_itself_imports_no_qt() -> None:
    code = (
        "import sys; from nnsim.ui.platform_check import obstacle; print(obstacle());"
        "sys.exit(any('PySide6' in name for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "None")
