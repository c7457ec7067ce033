"""Errors: a template and what goes into it, kept apart until they are shown."""

import ast
import string
from pathlib import Path

import pytest

import nnsim
from nnsim.model.errors import DocumentError, one_of
from nnsim.model.sentence import sentence

_ERRORS = {"DocumentError", "ShapeError"}


def test_every_place_of_a_template_is_filled():
    wrong = []
    found = 0
    for path in Path(nnsim.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (
                isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _ERRORS
            ):
                continue
            found += 1
            problem = call.args[1]
            # Not put together here: a translator finds whole templates only.
            if isinstance(problem, ast.JoinedStr | ast.BinOp):
                wrong.append(f"{path}:{call.lineno}: put together")
            if not isinstance(problem, ast.Constant):
                continue
            places = {name for _, name, _, _ in string.Formatter().parse(problem.value) if name is not None}
            # ShapeError's own.
            if places != {keyword.arg for keyword in call.keywords} - {"reason"}:
                wrong.append(f"{path}:{call.lineno}: {places}")
    assert found > 100
    assert not wrong


def test_the_english_sentence_and_its_parts():
    error = DocumentError("a.b", "{found} is no name; {allowed}", found="'z'", allowed=one_of(["x", "y"]))
    assert str(error) == "a.b: 'z' is no name; allowed: x, y"
    assert error.problem == "'z' is no name; allowed: x, y"
    assert DocumentError("", "is missing").field == ""


def test_it_is_said_in_another_language():
    catalogue = {
        "{found} is no name; {allowed}": "{allowed}, không phải {found}",
        "allowed: {names}": "chọn {names}",
    }
    error = DocumentError("a", "{found} is no name; {allowed}", found="'z'", allowed=one_of(["x", "y"]))
    assert error.render(lambda text: catalogue.get(text, text)) == "a: chọn x, y, không phải 'z'"


@pytest.mark.parametrize(
    ("value", "text"),
    [(9999, "9999"), (10_000, "10,000"), (-12345, "-12,345"), (0.5, "0.5"), (1e-9, "1e-09")],
)
def test_numbers_in_english(value, text):
    assert DocumentError("", "{value}", value=value).problem == text


def test_what_is_no_number_is_written_out():
    assert DocumentError("", "{shape}", shape=(2, 3)).problem == "(2, 3)"
    assert DocumentError("", "{what}", what=sentence("{a}", a=1)).problem == "1"
