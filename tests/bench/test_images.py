"""The benchmark of convolutional networks; its figures are never asserted."""

import json

import pytest

from nnsim.bench import images
from nnsim.bench.images import CASES, ImageCase, run
from nnsim.engine.trainer import Trainer


def test_every_case_is_a_document_that_trains():
    for case in CASES:
        end = Trainer(case.document(), case.dataset(), engine="reference").run_steps(2)
        assert (end.step, end.diverged) == (2, False)


@pytest.fixture
def quick(monkeypatch):
    """A case of a moment's, without PyTorch and without windows."""
    monkeypatch.setattr("nnsim.bench.report.SLICE", 0.001)
    monkeypatch.setattr("nnsim.bench.images.importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(images, "find_mnist", lambda: None)
    told = {"stage": {"cost": 0.02}, "lesson": {"error": "no lesson"}, "prediction": {"cost": 0.001}}
    monkeypatch.setattr(images, "figures_of", lambda module, scene: told[module])
    return ImageCase(6, (2,), 3, 4, samples=8)


def test_report_as_json_and_as_a_table(quick, capsys):
    assert run(True, [quick]) == 0
    told = json.loads(capsys.readouterr().out)
    (result,) = told["results"]
    assert result["case"] == "6×6, 2@3×3 – 3, batch 4"
    assert result["samples_per_second"]["nnsim"] > 0
    assert result["nnsim_is_faster_by"] is None
    assert told["mnist"] == []
    assert [each.get("cost") for each in told["window"]] == [0.001, 0.02, None, None]
    assert run(False, [quick]) == 0
    out = capsys.readouterr().out
    assert quick.name in out
    assert "20.0 ms (at most 14)   over" in out
    assert "not measured: no lesson" in out
    assert "no race, MNIST is not on this machine" in out


def test_with_mnist_there_is_a_race_as_well(quick, monkeypatch, capsys):
    monkeypatch.setattr(images, "find_mnist", lambda: "somewhere")
    monkeypatch.setattr(images.race, "run_all", lambda races, tell: [races[0].scene, races[0].goal])
    assert run(True, [quick]) == 0
    assert json.loads(capsys.readouterr().out)["mnist"] == ["mnist-conv", 0.985]
