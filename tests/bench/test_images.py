"""The benchmark of convolutional networks; its figures are never asserted."""

import json

from nnsim.bench.images import CASES, ImageCase, run
from nnsim.engine.trainer import Trainer


def test_every_case_is_a_document_that_trains():
    for case in CASES:
        end = Trainer(case.document(), case.dataset(), engine="reference").run_steps(2)
        assert (end.step, end.diverged) == (2, False)


def test_report_as_json_and_as_a_table(monkeypatch, capsys):
    monkeypatch.setattr("nnsim.bench.report.SLICE", 0.001)
    monkeypatch.setattr("nnsim.bench.images.importlib.util.find_spec", lambda name: None)
    case = ImageCase(6, (2,), 3, 4, samples=8)
    assert run(True, [case]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert result["case"] == "6×6, 2@3×3 – 3, batch 4"
    assert result["samples_per_second"]["nnsim"] > 0
    assert result["nnsim_is_faster_by"] is None
    assert run(False, [case]) == 0
    assert case.name in capsys.readouterr().out
