"""The benchmark's own arithmetic; its figures are never asserted."""

import json

import numpy as np
import pytest

from nnsim.bench.cases import CASES, Case
from nnsim.bench.report import run
from nnsim.bench.rivals import nnsim_jit, numpy_plain
from nnsim.engine.trainer import Trainer


def test_every_case_is_a_document_that_trains():
    for case in CASES[:3]:
        end = Trainer(case.document(), case.dataset(), engine="reference").run_steps(2)
        assert end.step == 2
        assert not end.diverged


def test_products_of_a_step():
    # 2–4–1, batch 8: forward 4×8×2 and 1×8×4, weights 2×4×8 and 4×1×8, one gradient of activations 4×8×1.
    products = Case((2, 4, 1), 8).products()
    assert products == [(4, 8, 2), (2, 4, 8), (1, 8, 4), (4, 1, 8), (4, 8, 1)]


def test_the_rivals_do_run():
    case = Case((3, 5, 2), 4, "adam", samples=8, hidden="tanh")
    for build in (nnsim_jit, numpy_plain):
        build(case)(5)


def test_report_as_json_and_as_a_table(monkeypatch, capsys):
    monkeypatch.setattr("nnsim.bench.report.SLICE", 0.001)
    monkeypatch.setattr("nnsim.bench.report.rivals", lambda cores: {"nnsim": nnsim_jit, "numpy": numpy_plain})
    case = Case((2, 4, 2), 4, samples=8)
    assert run(True, [case]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    speeds = result["samples_per_second"]
    assert result["case"] == "2–4–2, batch 4, sgd"
    assert result["nnsim_is_faster_by"]["numpy"] == pytest.approx(speeds["nnsim"] / speeds["numpy"])
    assert np.isfinite(list(speeds.values())).all()
    assert run(False, [case]) == 0
    assert case.name in capsys.readouterr().out


def test_digits_have_as_much_ink_as_mnist():
    digits = [case for case in CASES if case.sizes[0] == 784]
    assert np.mean(digits[0].dataset().x != 0) == pytest.approx(0.19, abs=0.002)
    assert np.mean(CASES[2].dataset().x != 0) > 0.999
