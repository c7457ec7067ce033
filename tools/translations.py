"""The catalogues of other languages: brought up to date with the code, and built.

    python tools/translations.py update     # resources/i18n/nnsim_<language>.ts: what is new, what is gone
    python tools/translations.py build      # resources/i18n/nnsim_<language>.qm: what the app reads

`pyside6-lupdate` finds neither the templates of lessons and errors nor a context that is a name. So every
text is collected here and handed to it as one file of plain calls; the merging is its own.
"""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "nnsim"
CATALOGUES = ROOT / "resources" / "i18n"
_CALLS = {
    "translate": 1,
    "QT_TRANSLATE_NOOP": 1,
    "tr": 0,
    "translatable": 0,
    "DocumentError": 1,
    "ShapeError": 1,
}
"""By name of the function: which argument is the text."""
_ERRORS = {"DocumentError", "ShapeError"}


class Text(NamedTuple):
    """A text to be translated, and where a translator finds it."""

    context: str
    source: str
    place: str


class UnclearError(ValueError):
    """A call whose text or context cannot be read from the code."""


def texts(package: Path = PACKAGE) -> list[Text]:
    """Every text of the package, each once a context."""
    found: dict[tuple[str, str], Text] = {}
    for path in sorted(package.rglob("*.py")):
        for text in _of_module(path, package):
            found.setdefault((text.context, text.source), text)
    return sorted(found.values())


def _of_module(path: Path, package: Path) -> Iterator[Text]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = _constants(tree, package)
    template_context = "Lesson" if path.relative_to(package).parts[0] == "lesson" else "Errors"
    for call, class_name in _calls(tree, ""):
        function = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        place = f"{path.relative_to(package.parent).as_posix()}:{call.lineno}"
        number = _CALLS.get(function)
        if number is None or len(call.args) <= number:
            continue
        if function == "translatable":
            context = template_context
        elif function in _ERRORS:
            context = "Errors"
        elif function == "tr":
            context = class_name
        else:
            context = _constant(call.args[0], names) or ""
        for source in _literals(call.args[number]):
            if not context:
                raise UnclearError(f"{place}: no context for {source!r}")
            yield Text(context, source, place)


def _calls(node: ast.AST, class_name: str) -> Iterator[tuple[ast.Call, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, class_name
        yield from _calls(child, child.name if isinstance(child, ast.ClassDef) else class_name)


def _literals(node: ast.expr) -> Iterator[str]:
    """The literal texts an argument can be; nothing where it is a name, whose text is marked elsewhere."""
    if isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        raise UnclearError(
            f"line {node.lineno}: an f-string never matches a translation: {ast.unparse(node)}"
        )


def _constants(tree: ast.Module, package: Path) -> dict[str, str]:
    """The texts that the names of a module stand for, its own and those of nnsim's it imports."""
    found: dict[str, str] = {}
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("nnsim."):
            file = package.parent.joinpath(*(statement.module or "").split(".")).with_suffix(".py")
            if file.is_file():
                own = _assigned(ast.parse(file.read_text(encoding="utf-8")))
                found |= {
                    name.asname or name.name: own[name.name] for name in statement.names if name.name in own
                }
    return found | _assigned(tree)


def _assigned(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: statement.value.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _constant(node: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def update(catalogue: Path) -> None:
    """Add to a catalogue what is new, and take out what is gone."""
    with tempfile.TemporaryDirectory() as folder:
        calls = Path(folder) / "texts.py"
        lines = (
            f"QCoreApplication.translate({_quoted(text.context)}, {_quoted(text.source)})" for text in texts()
        )
        calls.write_text("from PySide6.QtCore import QCoreApplication\n" + "\n".join(lines) + "\n", "utf-8")
        _run("lupdate", str(calls), "-ts", str(catalogue), "-locations", "none", "-no-obsolete")


def build(catalogue: Path) -> Path:
    """What the app reads, beside the catalogue."""
    built = catalogue.with_suffix(".qm")
    _run("lrelease", "-silent", "-removeidentical", str(catalogue), "-qm", str(built))
    return built


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _run(tool: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([str(program), *arguments], check=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("update", "build"))
    what = update if parser.parse_args().what == "update" else build
    for catalogue in sorted(CATALOGUES.glob("nnsim_*.ts")):
        what(catalogue)


if __name__ == "__main__":
    main()
