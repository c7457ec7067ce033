"""Digits come from MNIST, from the generator or from the user, and say from which."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnsim.data import digits as digits_module
from nnsim.data.digits import PREVIEW_TEST, PREVIEW_TRAIN, load_digits, preview_digits
from nnsim.data.handwriting import generate
from nnsim.data.load import is_slow, load, preview
from nnsim.data.mnist import FILES, use_folder
from nnsim.data.own_digits import keep_own
from nnsim.model.data import DigitsData, GateData
from nnsim.model.errors import DocumentError
from nnsim.model.training import Training
from tests.data.idx_files import fake_mnist


@pytest.fixture
def mnist(tmp_path: Path) -> Path:
    folder = fake_mnist(tmp_path / "mnist")
    use_folder(folder)
    return folder


def test_mnist_brings_its_test_set(mnist: Path) -> None:
    data = load(DigitsData(), Training(validation_split=0.5))
    assert (data.task, data.source, data.is_test) == ("multiclass", "mnist", True)
    assert data.classes == tuple("0123456789")
    assert data.x.shape == (30, 784)
    assert data.validation_x.shape == (10, 784)
    assert data.x.dtype == data.y.dtype == np.float32
    assert np.allclose(data.x[:, 0], 8 * np.arange(30) / 255)
    assert data.y.argmax(axis=1).tolist() == [i % 10 for i in range(30)]
    assert (data.y.sum(axis=1) == 1).all()


def test_arrays_are_shared_and_sealed(mnist: Path) -> None:
    data, again, part = (load_digits(DigitsData(samples=samples)) for samples in (0, 0, 7))
    assert data.x is again.x
    assert part.samples == 7
    assert np.shares_memory(part.x, data.x)
    assert len(part.validation_x) == 10
    for array in (data.x, data.y, part.x, part.validation_x):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_other_files_are_read_anew(mnist: Path) -> None:
    assert load_digits(DigitsData()).samples == 30
    fake_mnist(mnist, train=40)
    assert load_digits(DigitsData()).samples == 40


def test_generated_digits_stand_in_for_mnist_and_say_so() -> None:
    data = load_digits(DigitsData(samples=60))
    assert (data.source, data.is_test) == ("generated", True)
    assert data.samples == 60
    assert len(data.validation_x) == 10
    same = load_digits(DigitsData("generated", 60))
    assert np.array_equal(data.x, same.x)
    assert not np.array_equal(data.x[:10], data.validation_x)
    assert not np.array_equal(load_digits(DigitsData("generated", 60, seed=2)).x, data.x)


def test_as_many_generated_digits_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digits_module, "GENERATED_TRAIN", 20)
    monkeypatch.setattr(digits_module, "GENERATED_TEST", 10)
    data = load_digits(DigitsData("generated"))
    assert (data.samples, len(data.validation_x)) == (20, 10)


def test_a_folder_that_was_named_must_hold_mnist(tmp_path: Path) -> None:
    use_folder(tmp_path)
    for read in (load_digits, preview_digits):
        with pytest.raises(DocumentError, match="lacks train-images"):
            read(DigitsData())
    assert load_digits(DigitsData("generated", 10)).samples == 10


def test_own_digits(mnist: Path) -> None:
    with pytest.raises(DocumentError, match="kept no digits of your own yet"):
        load_digits(DigitsData("mine"))
    keep_own(np.ones((28, 28)), 7)
    mine = load_digits(DigitsData("mine"))
    assert (mine.source, mine.samples, mine.is_test) == ("mine", 1, False)
    assert mine.validation_x.shape == (0, 784)
    keep_own(np.ones((28, 28)), 3)
    assert load_digits(DigitsData("mine")).y.argmax(axis=1).tolist() == [7, 3]


def test_own_digits_join_the_training_samples(mnist: Path) -> None:
    assert load_digits(DigitsData(samples=5, mine=True)).samples == 5
    keep_own(np.ones((28, 28)), 7)
    data = load_digits(DigitsData(samples=5, mine=True))
    assert data.source == "mnist"
    assert data.y.argmax(axis=1).tolist() == [0, 1, 2, 3, 4, 7]
    assert data.x[-1].min() == 1.0
    assert len(data.validation_x) == 10


def test_what_is_slow() -> None:
    assert is_slow(DigitsData())
    assert not is_slow(GateData())
    assert preview(GateData(), Training()).samples == 4


def test_a_preview_is_the_beginning(tmp_path: Path) -> None:
    for data in (DigitsData("generated", 600), DigitsData()):
        if data.source == "mnist":
            use_folder(fake_mnist(tmp_path, train=600, test=100))
        some, whole = preview_digits(data), load_digits(data)
        assert (some.samples, len(some.validation_x)) == (PREVIEW_TRAIN, PREVIEW_TEST)
        assert np.allclose(some.x, whole.x[:PREVIEW_TRAIN], atol=1.5 / 255)
        assert np.array_equal(some.validation_y, whole.validation_y[:PREVIEW_TEST])
        assert (some.source, some.is_test, some.classes) == (whole.source, whole.is_test, whole.classes)


def test_a_preview_of_few_is_no_more() -> None:
    assert preview_digits(DigitsData("generated", 12)).samples == 12


def test_a_preview_writes_no_more_than_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    written = []

    def counted(samples: int, *arguments: int, **more: int) -> tuple[Any, Any]:
        written.append(samples)
        return generate(samples, *arguments, **more)

    monkeypatch.setattr("nnsim.data.handwriting.generate", counted)
    preview_digits(DigitsData("generated", seed=9))
    assert written == [PREVIEW_TRAIN, PREVIEW_TEST]


def test_a_damaged_file_is_named(mnist: Path) -> None:
    path = mnist / f"{FILES[0].name}.gz"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    os.utime(path)
    with pytest.raises(DocumentError, match="cut off"):
        load_digits(DigitsData())


def test_the_first_of_the_generated_digits_are_written_once(monkeypatch) -> None:
    data = DigitsData("generated", seed=41)
    first = preview_digits(data)
    monkeypatch.setattr("nnsim.data.handwriting.generate", lambda *_, **__: pytest.fail("written again"))
    again = preview_digits(data)
    assert again.x is first.x
    assert not again.x.flags.writeable
