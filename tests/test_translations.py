"""The catalogues: whole, true to their places, and built from what is written."""

import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

_ROOT = Path(__file__).resolve().parents[1]
_CATALOGUES = sorted((_ROOT / "resources" / "i18n").glob("nnsim_*.ts"))
_PLACE = re.compile(r"\{\w*\}|%n|%\d")


def _tool():
    spec = importlib.util.spec_from_file_location("translations", _ROOT / "tools" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _messages(catalogue: Path) -> dict[tuple[str, str], ElementTree.Element]:
    return {
        (context.findtext("name"), message.findtext("source")): message.find("translation")
        for context in ElementTree.parse(catalogue).getroot().iter("context")
        for message in context.iter("message")
    }


def test_there_is_vietnamese():
    assert "nnsim_vi.ts" in [path.name for path in _CATALOGUES]


@pytest.mark.parametrize("catalogue", _CATALOGUES, ids=lambda path: path.stem)
def test_every_text_of_the_code_is_translated_and_no_other(catalogue):
    wanted = {(text.context, text.source) for text in _tool().texts()}
    assert len(wanted) > 1500
    found = _messages(catalogue)
    assert set(found) == wanted
    unfinished = [
        key
        for key, translation in found.items()
        if translation.get("type") or not (translation.text or "").strip()
    ]
    assert not unfinished


@pytest.mark.parametrize("catalogue", _CATALOGUES, ids=lambda path: path.stem)
def test_the_places_of_a_text_are_those_of_its_translation(catalogue):
    wrong = [
        (source, translation.text)
        for (_, source), translation in _messages(catalogue).items()
        if sorted(set(_PLACE.findall(source))) != sorted(set(_PLACE.findall(translation.text or "")))
    ]
    assert not wrong


@pytest.mark.parametrize("catalogue", _CATALOGUES, ids=lambda path: path.stem)
def test_what_the_app_reads_is_built_from_it(catalogue, tmp_path):
    copy = tmp_path / catalogue.name
    copy.write_bytes(catalogue.read_bytes())
    assert _tool().build(copy).read_bytes() == catalogue.with_suffix(".qm").read_bytes()


def test_an_f_string_to_be_translated_is_refused(tmp_path):
    tool = _tool()
    package = tmp_path / "nnsim"
    package.mkdir()
    (package / "a.py").write_text('class A:\n    def f(self, n):\n        return self.tr(f"{n} units")\n')
    with pytest.raises(tool.UnclearError, match="f-string"):
        tool.texts(package)
