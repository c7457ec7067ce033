"""The user's own digits are kept one by one, and a damaged file is never written over."""

import numpy as np
import pytest
from safetensors.numpy import save

from nnsim.data import own_digits
from nnsim.data.own_digits import clear_own, forget_own, keep_own, own_file, read_own
from nnsim.model.errors import DocumentError


def image(brightness: int) -> np.ndarray:
    return np.full((28, 28), brightness / 255, np.float32)


def test_none_at_first() -> None:
    own = read_own()
    assert own.x.shape == (0, 28, 28)
    assert own.y.shape == (0,)
    assert not own_file().exists()
    clear_own()


def test_keeping_forgetting_and_clearing() -> None:
    assert [keep_own(image(value), value % 10) for value in (10, 21, 32)] == [1, 2, 3]
    own = read_own()
    assert own.x[:, 3, 3].tolist() == [10, 21, 32]
    assert own.y.tolist() == [0, 1, 2]
    forget_own(1)
    assert read_own().y.tolist() == [0, 2]
    for index in (-1, 2):
        with pytest.raises(IndexError):
            forget_own(index)
    clear_own()
    assert len(read_own().y) == 0


@pytest.mark.parametrize(("pixels", "label"), [(np.zeros((27, 28)), 1), (np.zeros(784), 1), (image(1), 10)])
def test_no_other_images_and_labels(pixels: np.ndarray, label: int) -> None:
    with pytest.raises(ValueError, match="an image of shape"):
        keep_own(pixels, label)


def test_there_is_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_digits, "MOST_OWN_DIGITS", 2)
    keep_own(image(1), 1)
    keep_own(image(2), 2)
    with pytest.raises(DocumentError, match="holds 2 digits, as many as are kept"):
        keep_own(image(3), 3)
    assert read_own().y.tolist() == [1, 2]


X, Y = np.zeros((2, 28, 28), np.uint8), np.zeros(2, np.uint8)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing of the kind",
        save({"x": X, "y": Y})[:-1],
        save({"x": X}),
        save({"x": X, "y": Y[:1]}),
        save({"x": X, "y": Y + np.uint8(10)}),
        save({"x": X.astype(np.float32), "y": Y}),
        save({"x": X[:, :27], "y": Y}),
        save({"x": X, "y": Y.reshape(2, 1)}),
        bytes(9_000_000),
    ],
)
def test_a_damaged_file_is_named_and_left_alone(content: bytes) -> None:
    own_file().parent.mkdir(parents=True, exist_ok=True)
    own_file().write_bytes(content)
    for act in (read_own, lambda: keep_own(image(1), 1), lambda: forget_own(0)):
        with pytest.raises(DocumentError, match="move it away to begin a new collection") as caught:
            act()
        assert caught.value.field == str(own_file())
    assert own_file().read_bytes() == content
