"""Digits of the machine's own, and a folder named for them, stay out of the tests."""

from collections.abc import Iterator

import pytest

from nnsim.data import mnist
from nnsim.data.own_digits import clear_own


@pytest.fixture(autouse=True)
def _no_digits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(mnist.FOLDER_VARIABLE, raising=False)
    yield
    mnist.use_folder(None)
    clear_own()
