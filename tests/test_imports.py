"""Imports point down only, and each toolkit stays where it belongs."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import nnsim

ROOT = Path(nnsim.__file__).parent

# A module may import from a lower level, or from its own part.
LEVELS = {
    "paths": 0,
    "model": 1,
    "data": 2,
    "engine": 3,
    "lesson": 4,
    "session": 5,
    "ui": 6,
    "app": 7,
    "bench": 8,
    "commands": 8,
    "cli": 9,
    "__main__": 10,
}
NOT_EVERYWHERE = {
    "PySide6": {"session", "ui", "app", "bench", "commands"},
    "PySide6.QtWidgets": {"ui", "app", "bench"},
    "pyqtgraph": {"ui", "app"},
    "numba": {"engine", "bench"},
    "llvmlite": {"engine"},
    "scipy": {"engine", "bench"},
    "torch": {"bench"},
    "sklearn": {"bench"},
}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}

MODULES = sorted(ROOT.rglob("*.py"))


def part_of(path: Path) -> str:
    """The part of the program that a file belongs to: ``nnsim/data/load.py`` to ``data``."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


def imported(tree: ast.AST) -> Iterator[str]:
    """Every dotted name that a module imports, wherever in it; names taken from a module too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def complaints(part: str, tree: ast.AST) -> list[str]:
    """What a module of that part imports although it must not."""
    out = []
    for name in imported(tree):
        for toolkit, parts in NOT_EVERYWHERE.items():
            if f"{name}.".startswith(f"{toolkit}.") and part not in parts:
                out.append(f"{part} imports {name}")
        if name.startswith("nnsim."):
            other = name.split(".")[1]
            if other in LEVELS and other != part and LEVELS[other] >= LEVELS[part]:
                out.append(f"{part} imports {name}")
    return out


@pytest.mark.parametrize("path", [path for path in MODULES if path != ROOT / "__init__.py"], ids=str)
def test_imports_point_down(path: Path) -> None:
    assert complaints(part_of(path), ast.parse(path.read_text("utf-8"))) == []


def test_every_part_has_its_level() -> None:
    assert {part_of(path) for path in MODULES} - {"__init__"} <= LEVELS.keys()


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("model", "from nnsim.data.load import load"),
        ("data", "from nnsim import engine"),
        ("ui", "import nnsim.app"),
        ("engine", "def late():\n    import nnsim.session"),
        ("lesson", "from PySide6 import QtCore"),
        ("session", "from PySide6.QtWidgets import QLabel"),
        ("session", "from PySide6 import QtWidgets"),
        ("session", "import pyqtgraph as pg"),
        ("ui", "from numba import njit"),
        ("engine", "import torch.nn"),
    ],
)
def test_the_reading_would_notice(part: str, source: str) -> None:
    assert len(complaints(part, ast.parse(source))) == 1


def test_no_file_is_a_drawer_of_leftovers() -> None:
    assert [path for path in MODULES if path.stem in FORBIDDEN_NAMES] == []
