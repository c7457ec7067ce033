"""The scenes that ship are what the course needs, and unknown ones are refused in words."""

import json
import os
import re
from pathlib import Path

import numpy as np
import pytest

from nnsim.data import scenes
from nnsim.data.load import load
from nnsim.data.scenes import DEFAULT, find_scene, scene_documents, scene_names
from nnsim.engine.trainer import Trainer
from nnsim.model.document import document_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.files import save_file
from nnsim.model.parameters import Layout
from nnsim.session.neighbours import contests, measured


def trained(
    name: str, seed: int | None = None, engine: str = "reference"
) -> tuple[Trainer, float, float | None]:
    """Train a scene for its own epochs; the trainer, and its loss and accuracy then."""
    document = find_scene(name).document
    document = document if seed is None else document.with_new_seed(seed)
    trainer = Trainer(document, load(document.data, document.training), engine=engine)
    trainer.run_steps(document.training.epochs * trainer.snapshot().batches)
    score, _ = trainer.evaluate()
    return trainer, score.loss, score.accuracy


def test_listing_scenes_reads_no_weights(monkeypatch) -> None:
    monkeypatch.setattr(scenes, "open_file", lambda path: pytest.fail(f"{path} is read"))
    documents = scene_documents()
    monkeypatch.undo()
    assert tuple(documents) == scene_names()
    assert all(documents[name] == find_scene(name).document for name in documents)


def test_what_ships_is_read_again_only_when_it_has_changed(monkeypatch, tmp_path) -> None:
    (tmp_path / "scenes").mkdir()
    path = tmp_path / "scenes" / "one.json"
    path.write_text(json.dumps(document_to_json(find_scene("xor").document)), "utf-8")
    monkeypatch.setattr(scenes, "resource_dir", lambda: tmp_path)
    first = scene_documents()["one"]
    assert scene_documents()["one"] is first
    path.write_text(json.dumps(document_to_json(first.with_new_seed(77))), "utf-8")
    os.utime(path, (1, 1))
    assert scene_documents()["one"].training.seed == 77


def test_scenes_come_in_the_order_in_which_they_teach() -> None:
    assert scene_names() == (
        "perceptron",
        "xor",
        "scratch",
        "playground",
        "curve",
        "mnist",
        "mnist-accurate",
        "shapes",
        "mnist-conv",
        "neighbours",
    )
    assert DEFAULT in scene_names()


@pytest.mark.parametrize("name", scene_names())
def test_every_scene_speaks_english_and_vietnamese(name: str) -> None:
    document = find_scene(name).document
    for words in (document.title, document.description):
        assert {"en", "vi"} <= dict(words).keys()
        assert all(text.strip() for _, text in words)
    assert document.description_in("en") != document.description_in("vi")


def test_perceptron_starts_at_the_worked_numbers_and_settles_on_and() -> None:
    document = find_scene("perceptron").document
    assert document.start == (("output.weight", (0.2, 0.3)), ("output.bias", (-0.1,)))
    assert document.training.optimizer.learning_rate == 0.1
    assert trained("perceptron")[2] == 1.0


def test_xor_reaches_every_answer_from_at_least_19_of_20_starts() -> None:
    assert sum(trained("xor", seed, "jit")[2] == 1.0 for seed in range(1, 21)) >= 19


def test_xor_answers_right_from_its_own_start() -> None:
    assert trained("xor")[2] == 1.0


def test_the_curve_follows_its_points() -> None:
    # The noise alone leaves 0.05² = 0.0025; a straight line through a sine leaves about 0.2.
    assert trained("curve")[1] < 0.02


def test_scratch_is_the_network_of_the_course_and_its_loss_falls_steadily() -> None:
    document = find_scene("scratch").document
    layers = document_to_json(document)["network"]["layers"]
    assert [layer.get("units", layer.get("shape")) for layer in layers] == [[3], 4, 1]
    assert not any(layer.get("bias") for layer in layers)
    trainer = Trainer(document, load(document.data, document.training), engine="reference")
    losses = [trainer.run_steps(100).train.loss for _ in range(15)]
    assert losses == sorted(losses, reverse=True)
    predictions = trainer.layer_outputs(trainer.dataset.x)[-1][:, 0]
    assert np.abs(predictions - [0, 1, 1, 0]).max() < 0.1


def test_playground_learns_and_keeps_samples_back_to_prove_it() -> None:
    trainer, _, accuracy = trained("playground")
    _, validation = trainer.evaluate()
    assert accuracy is not None
    assert accuracy > 0.9
    assert validation is not None
    assert validation.accuracy is not None
    assert validation.accuracy > 0.85


@pytest.mark.parametrize("seed", range(1, 7))
def test_shapes_are_told_apart_whatever_the_start(seed: int) -> None:
    trainer, _, accuracy = trained("shapes", seed, "jit")
    _, kept_back = trainer.evaluate()
    assert accuracy > 0.97
    assert kept_back.accuracy > 0.93


def test_shapes_are_the_network_of_the_course() -> None:
    document = find_scene("shapes").document
    assert [shape.sizes for shape in document.network.shapes] == [(1, 12, 12), (4, 10, 10), (4, 5, 5), (4,)]
    # 4 filters of 3 × 3 with a bias each, and 4 classes that read 4 maps of 5 × 5.
    assert Layout(document.network).size == 4 * 10 + 4 * 101
    assert document.script


def test_digits_are_read_by_fewer_than_ten_thousand_numbers() -> None:
    network = find_scene("mnist-conv").document.network
    sizes = [shape.sizes for shape in network.shapes]
    assert sizes == [(1, 28, 28), (8, 24, 24), (8, 12, 12), (24, 10, 10), (24, 5, 5), (10,)]
    assert Layout(network).size == 8 * 26 + 24 * 73 + 10 * 601
    assert Layout(network).size < min(10_000, Layout(find_scene("mnist").document.network).size)


@pytest.mark.parametrize("seed", [11, 1, 5])
def test_filters_need_neighbours_and_a_dense_network_does_not(seed: int) -> None:
    document = find_scene("neighbours").document
    four = contests(document if seed == document.training.seed else document.with_new_seed(seed))
    own, own_shuffled, dense, dense_shuffled = (measured(each.document, engine="jit") for each in four)
    assert four[0].parameters < four[2].parameters
    # In order the filters know something that the dense network cannot, and it is gone with the order.
    assert own > 0.88
    assert own > dense + 0.1
    assert own > own_shuffled + 0.1
    # To a dense network one order is as good as another.
    assert abs(dense - dense_shuffled) < 0.05


def test_a_scene_can_be_a_json_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text('{"format": 3}', "utf-8")
    with pytest.raises(DocumentError, match=r"cannot open '.*mine\.json': format: .*allowed: 1 to 2"):
        find_scene(str(path))


def test_a_file_brings_its_weights(tmp_path: Path) -> None:
    document = find_scene("xor").document
    parameters = np.arange(Layout(document.network).size, dtype=np.float32)
    save_file(tmp_path / "mine.nnsim", document, parameters)
    scene = find_scene(str(tmp_path / "mine.nnsim"))
    assert scene.name == "mine"
    assert scene.document == document
    assert scene.parameters is not None
    assert scene.parameters.tolist() == parameters.tolist()
    assert find_scene(scene.source).document == document


def damaged(tmp_path: Path, name: str, content: bytes) -> str:
    (tmp_path / name).write_bytes(content)
    return str(tmp_path / name)


def test_what_is_not_there_is_refused_with_what_there_is(tmp_path: Path) -> None:
    for name in ("nothing", "nothing.json", "nothing.nnsim", str(tmp_path), ""):
        with pytest.raises(DocumentError, match=r"there is no .*; scenes: perceptron, xor") as caught:
            find_scene(name)
        assert repr(name) in str(caught.value)


def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    cases = {
        damaged(tmp_path, "a.json", b"\xff\xfe"): "UTF-8",
        damaged(tmp_path, "b.json", b"{"): "not valid JSON",
        damaged(tmp_path, "c.nnsim", b"{"): "not a whole .nnsim file",
        str(tmp_path / "folder.json"): "directory",
    }
    for name, words in cases.items():
        with pytest.raises(DocumentError, match=re.escape(words)):
            find_scene(name)


def test_a_json_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnsim.data.own_scenes.LARGEST_JSON", 10)
    with pytest.raises(DocumentError, match="larger than"):
        find_scene(damaged(tmp_path, "a.json", b" " * 11))
