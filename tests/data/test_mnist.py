"""MNIST is found where it was said to lie, and read only where its four files belong together."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from nnsim.data import mnist
from nnsim.data.mnist import FILES, FOLDER_VARIABLE, default_folder, find_mnist, read_mnist, use_folder
from nnsim.model.errors import DocumentError
from tests.data.idx_files import fake_mnist, idx


def replaced(folder: Path, number: int, array: np.ndarray) -> None:
    (folder / f"{FILES[number].name}.gz").write_bytes(gzip.compress(idx(array)))


def test_sizes_are_those_of_the_shapes() -> None:
    for file in FILES:
        assert file.size == 4 + 4 * len(file.shape) + int(np.prod(file.shape))
        assert len(file.sha256) == 64
        assert len(file.md5) == 32


@pytest.mark.parametrize("packed", [True, False])
def test_reading(tmp_path: Path, packed: bool) -> None:
    digits = read_mnist(fake_mnist(tmp_path, packed=packed))
    assert digits.train_x.shape == (30, 28, 28)
    assert digits.test_x.shape == (10, 28, 28)
    assert digits.train_y.tolist() == [i % 10 for i in range(30)]
    assert digits.train_x[:, 5, 5].tolist() == [8 * i for i in range(30)]


def test_reading_the_head(tmp_path: Path) -> None:
    digits = read_mnist(fake_mnist(tmp_path), head=(4, 3))
    assert [len(part) for part in digits] == [4, 4, 3, 3]


def test_names_with_a_dot(tmp_path: Path) -> None:
    fake_mnist(tmp_path, packed=False)
    for path in list(tmp_path.iterdir()):
        path.rename(path.with_name(path.name.replace("-idx", ".idx")))
    assert find_mnist(tmp_path) == tmp_path
    assert len(read_mnist(tmp_path).train_x) == 30


def test_order_of_the_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_mnist() is None
    usual, named, asked, given = (tmp_path / name for name in ("usual", "named", "asked", "given"))
    for folder in (usual, named, asked, given):
        fake_mnist(folder)
    monkeypatch.setattr(mnist, "default_folder", lambda: usual)
    assert find_mnist() == usual
    monkeypatch.setenv(FOLDER_VARIABLE, str(named))
    assert find_mnist() == named
    use_folder(asked)
    assert find_mnist() == asked
    assert find_mnist(given) == given


def test_half_a_download_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_mnist(tmp_path)
    next(tmp_path.glob("t10k-labels*")).unlink()
    monkeypatch.setattr(mnist, "default_folder", lambda: tmp_path)
    assert find_mnist() is None


def test_a_named_folder_must_hold_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mnist, "default_folder", lambda: fake_mnist(tmp_path / "usual"))
    with pytest.raises(DocumentError, match="no such folder"):
        find_mnist(tmp_path / "nowhere")
    fake_mnist(tmp_path / "part")
    next((tmp_path / "part").glob("t10k-images*")).unlink()
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "part"))
    with pytest.raises(DocumentError, match="lacks t10k-images-idx3-ubyte"):
        find_mnist()
    with pytest.raises(DocumentError, match="lacks t10k-images-idx3-ubyte"):
        read_mnist(tmp_path / "part")


def test_the_default_folder_is_the_users() -> None:
    assert default_folder().name == "mnist"


def test_swapped_sets_are_noticed(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"10 samples and the test files .* 30; they seem to be swapped"):
        read_mnist(fake_mnist(tmp_path, train=10, test=30))


@pytest.mark.parametrize(
    ("number", "array", "words"),
    [
        (0, np.zeros((29, 28, 28)), "train-images-idx3-ubyte holds 29 images, its file of labels 30"),
        (3, np.zeros(11), "t10k-images-idx3-ubyte holds 10 images, its file of labels 11"),
        (1, np.zeros((30, 28, 28)), "images .* where labels"),
        (2, np.zeros(10), "labels .* where images"),
        (0, np.zeros((30, 32, 32)), "32 × 32 pixels; allowed: 28 × 28"),
        (1, np.arange(30), "label 29; allowed: 0 to 9"),
    ],
)
def test_files_that_do_not_belong_together(
    tmp_path: Path, number: int, array: np.ndarray, words: str
) -> None:
    fake_mnist(tmp_path)
    replaced(tmp_path, number, array)
    with pytest.raises(DocumentError, match=words):
        read_mnist(tmp_path)
