"""``nnsim trace``: Markdown for people, one JSON object for programs, one sentence for misuse."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnsim.cli import GRAINS, main
from nnsim.data.load import load
from nnsim.data.scenes import find_scene, scene_names
from nnsim.engine.initialize import initial_parameters
from nnsim.engine.trainer import Trainer
from nnsim.lesson import grains
from nnsim.model.document import document_to_json
from nnsim.model.files import save_file


def traced(capsys, *arguments):
    assert main(["trace", *arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    return json.loads(out)


def test_one_json_object(capsys):
    report = traced(capsys, "xor", "--sample", "1")
    assert list(report) == [
        "document",
        "sample",
        "loss",
        "steps",
        "parameters_before",
        "gradients",
        "parameters_after",
    ]
    assert report["document"] == document_to_json(find_scene("xor").document)
    assert report["sample"] == {"x": [0.0, 1.0], "y": [1.0]}
    fields = ["index", "phase", "op", "layer", "title", "formula", "numbers", "text", "values"]
    assert all(list(step) == fields for step in report["steps"])
    assert [step["index"] for step in report["steps"]] == list(range(12))
    assert report["steps"][5]["values"]["loss"] == pytest.approx(report["loss"])


def test_tensors_as_in_a_file_and_the_update_as_in_training(capsys):
    document = find_scene("xor").document
    report = traced(capsys, "xor", "--batch")
    trainer = Trainer(document, load(document.data, document.training), engine="reference")
    batch = trainer.upcoming_batch()
    assert report["sample"]["x"] == trainer.dataset.x[batch[0]].tolist()
    trained = trainer.run_steps(1)
    for name, vector in (("parameters_after", trained.parameters), ("gradients", trained.last_gradient)):
        views = trainer.layout.views(vector)
        assert list(report[name]) == list(views)
        for tensor, values in views.items():
            np.testing.assert_allclose(report[name][tensor], values, rtol=1e-12, atol=1e-12)
    assert np.shape(report["parameters_before"]["hidden1.weight"]) == (4, 2)


def test_a_batch_has_a_row_for_each_sample(capsys):
    report = traced(capsys, "scratch", "--batch")
    assert report["sample"]["x"] == [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
    assert np.shape(report["steps"][1]["values"]["z1"]) == (4, 4)


def test_a_file_with_weights_is_traced_with_them(capsys, tmp_path: Path):
    document = find_scene("xor").document
    theta = initial_parameters(document) + np.float32(0.5)
    save_file(tmp_path / "moved.nnsim", document, theta)
    before = traced(capsys, str(tmp_path / "moved.nnsim"))["parameters_before"]
    assert np.ravel(before["hidden1.weight"]).tolist() == theta[:8].tolist()


@pytest.mark.parametrize(("grain", "count"), [("phase", 4), ("operation", 12), ("neuron", 17)])
def test_grains(capsys, grain, count):
    assert len(traced(capsys, "xor", "--grain", grain)["steps"]) == count


def test_the_grains_offered_are_those_there_are():
    assert GRAINS == grains.GRAINS


def test_a_focus_on_an_edge_lists_its_paths(capsys):
    report = traced(capsys, "xor", "--sample", "1", "--focus", "edge:0.1-1.2")
    gradient = report["gradients"]["hidden1.weight"][2][1]
    assert report["paths"]["total"] == pytest.approx(gradient, rel=1e-12)
    (path,) = report["paths"]["paths"]
    assert path["nodes"] == [[0, 1], [1, 2], [2, 0]]
    assert np.prod(path["factors"]) == pytest.approx(gradient, rel=1e-12)
    assert "w_{32}^{(1)}" in report["steps"][-1]["formula"]


def test_markdown(capsys):
    assert main(["trace", "perceptron", "--sample", "1", "--focus", "edge:0.1-1.0"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# Perceptron\n\nSample 1; loss 0.2\n\n## 1 · input · ")
    assert "    w₂ ← 0.3 + 0.1 · (−1) · 1 = 0.2\n" in out
    assert out.rstrip().endswith("sum = 1")
    assert "\\" not in out


@pytest.mark.parametrize("scene", scene_names())
@pytest.mark.parametrize("options", [(), ("--batch", "--grain", "phase"), ("--focus", "layer:1")])
def test_every_scene_can_be_read(capsys, scene, options):
    assert main(["trace", scene, *options]) == 0
    out = capsys.readouterr().out
    assert "\\" not in out
    assert "{count}" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing",), "there is no scene 'nothing'"),
        (("xor", "--sample", "4"), "allowed: 0 to 3"),
        (("xor", "--sample", "-1"), "whole number"),
        (("xor", "--sample", "0", "--batch"), "not allowed with"),
        (("xor", "--focus", "weight"), "must be such as"),
        (("xor", "--focus", "node:1.9"), "layer 1 has no unit 9"),
        (("xor", "--focus", "edge:0.0-2.0"), "not connected"),
        (("xor", "--grain", "epoch"), "invalid choice"),
    ],
)
def test_misuse_gets_one_sentence(capsys, arguments, words):
    try:
        code = main(["trace", *arguments])
    except SystemExit as ended:
        code = ended.code
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert words in err.strip().splitlines()[-1]
