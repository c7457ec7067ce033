"""A built wheel, installed away from the checkout, has its resources and runs."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from nnsim.paths import resource_dir

CHECKOUT = Path(__file__).resolve().parent.parent


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(CHECKOUT))
    (built,) = folder.glob("*.whl")
    return built


def files(folder: Path, pattern: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern) if path.is_file()}


def test_every_module_and_resource_but_the_screenshot_is_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    packed = {name.removeprefix("nnsim/") for name in names if name.startswith("nnsim/")}
    resources = {f"resources/{name}" for name in files(resource_dir(), "*")}
    assert packed == files(CHECKOUT / "nnsim", "*.py") | resources - {"resources/screenshot.png"}
    assert "resources/scenes/xor.json" in packed


def test_nothing_but_the_package_is_in_the_wheel(wheel: Path) -> None:
    tops = {name.split("/")[0].split("-")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"nnsim"}


def test_the_installed_package_finds_its_own_resources(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    pip("install", "--no-deps", "--no-index", "--target", str(target), str(wheel))
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        "from nnsim.cli import main\nfrom nnsim.paths import resource_dir\n"
        "print(resource_dir()); sys.exit(main(['scenes']))"
    )
    # Isolated (-I) and elsewhere, so that the checkout cannot be what answers.
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    first, *scenes = done.stdout.splitlines()
    assert Path(first) == target / "nnsim" / "resources"
    assert [line.split()[0] for line in scenes[:2]] == ["perceptron", "xor"]


MODULES_OF = {"PySide6-Essentials": {"PySide6", "shiboken6"}}
REACHED_INTO = {"numba", "llvmlite", "scipy"}


def _requirements() -> dict[str, str]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    found = (re.match(r"([\w-]+)(.*)", each) for each in project["dependencies"])
    return {each[1]: each[2] for each in found if each is not None}


def test_what_is_imported_is_required() -> None:
    known = {"nnsim", *sys.stdlib_module_names}
    imported = set()
    for path in (CHECKOUT / "nnsim").rglob("*.py"):
        if "bench" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                imported |= {name.split(".")[0] for name in names} - known
    required = {module for name in _requirements() for module in MODULES_OF.get(name, {name})}
    assert imported <= required


def test_what_the_code_reaches_into_has_an_upper_bound() -> None:
    requirements = _requirements()
    assert all("<" in requirements[name] for name in REACHED_INTO)
