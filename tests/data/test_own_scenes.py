"""Scenes of one's own: listed after those that ship, with few weights or none; damaged ones are left out."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnsim.data import own_scenes as module
from nnsim.data.own_scenes import MOST_WEIGHTS, own_name, own_scenes, save_own_scene
from nnsim.data.scenes import find_scene, scene_names, shipped_names
from nnsim.model.errors import DocumentError
from nnsim.model.parameters import Layout

XOR = find_scene("xor").document
WEIGHTS = np.random.default_rng(1).normal(size=17).astype(np.float32)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "own_scenes_dir", lambda: tmp_path / "scenes")
    return tmp_path / "scenes"


def test_a_scene_of_ones_own_comes_back_with_its_weights_bit_for_bit() -> None:
    name = save_own_scene("Lớp 10A: XOR!", "vi", XOR, WEIGHTS)
    assert name == "lớp-10a-xor"
    assert scene_names() == (*shipped_names(), name)
    scene = find_scene(name)
    assert scene.source == name
    assert scene.document.title == (("vi", "Lớp 10A: XOR!"),)
    assert scene.document.network == XOR.network
    start = scene.document.apply_start(np.zeros(17, np.float32))
    assert start.tobytes() == WEIGHTS.tobytes()


def test_a_large_network_goes_without_weights() -> None:
    document = find_scene("mnist").document
    size = Layout(document.network).size
    assert size > MOST_WEIGHTS
    name = save_own_scene("Digits", "en", document, np.ones(size, np.float32))
    assert find_scene(name).document.start == document.start == ()


def test_the_file_is_replaced_and_read_again(folder: Path) -> None:
    save_own_scene("Mine", "en", XOR, WEIGHTS)
    save_own_scene("Mine", "en", find_scene("perceptron").document, np.ones(3, np.float32))
    assert [path.name for path in folder.iterdir()] == ["mine.json"]
    assert find_scene("mine").document.network == find_scene("perceptron").document.network


def test_damaged_scenes_are_left_out_and_named(folder: Path) -> None:
    save_own_scene("Good", "en", XOR, WEIGHTS)
    (folder / "broken.json").write_text("{")
    (folder / "other.json").write_text(json.dumps({"format": 1}))
    (folder / "folder.json").mkdir()
    scenes, damaged = own_scenes()
    assert list(scenes) == ["good"]
    assert [words.partition(":")[0] for words in damaged] == ["broken.json", "folder.json", "other.json"]
    assert scene_names()[-1] == "good"
    with pytest.raises(DocumentError, match="there is no scene 'broken'"):
        find_scene("broken")


def test_one_that_ships_is_not_hidden_by_one_of_the_same_name(folder: Path) -> None:
    save_own_scene("xor", "en", find_scene("perceptron").document, np.ones(3, np.float32))
    assert scene_names() == shipped_names()
    assert find_scene("xor").document == XOR


@pytest.mark.parametrize("title", ["", "  ", "…", "../..", "___"])
def test_a_name_needs_letters(title: str) -> None:
    with pytest.raises(DocumentError, match="a letter or a digit"):
        own_name(title)


def test_a_name_never_leaves_the_folder() -> None:
    assert own_name("../etc/passwd") == "etc-passwd"
    assert own_name("C:\\a\0b") == "c-a-b"
    assert len(own_name("long " * 100)) <= 60


def test_what_could_not_be_opened_again_is_not_written(folder: Path) -> None:
    with pytest.raises(DocumentError, match="title"):
        save_own_scene("a" * 3_000, "en", XOR, WEIGHTS)
    assert not folder.exists()
