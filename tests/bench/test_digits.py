"""The measure of generated digits counts what it says; its figures are never asserted."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnsim.bench import digits
from nnsim.data import mnist
from nnsim.data.digits import load_digits
from nnsim.data.scenes import find_scene
from nnsim.model.data import DigitsData
from tests.data.idx_files import fake_mnist


def test_every_test_digit_is_counted_once_in_its_row() -> None:
    dataset = load_digits(DigitsData("generated", 60))
    counts = digits.read(find_scene("mnist").document, dataset, 1, engine="reference")
    assert counts.sum(axis=1).tolist() == dataset.validation_y.sum(axis=0).tolist()


def test_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    counts = np.diag([5, 4, 3, 2, 1, 1, 2, 3, 4, 5])
    counts[3, 5] = 10
    monkeypatch.setattr(digits, "read", lambda *_: counts)
    monkeypatch.setattr(digits, "SAMPLES", 20)
    monkeypatch.setenv(mnist.FOLDER_VARIABLE, str(fake_mnist(tmp_path)))
    assert digits.run(True) == 0
    (result,) = json.loads(capsys.readouterr().out).values()
    assert result["accuracy"] == [0.75] * 3
    assert result["confusion"][3] == [0, 0, 0, 6, 0, 30, 0, 0, 0, 0]
    assert digits.run() == 0
    out = capsys.readouterr().out
    assert "75.0% right" in out
    assert "16.7%" in out
