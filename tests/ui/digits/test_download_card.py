"""The card that fetches MNIST, clicked and watched."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from nnsim.session.download import Download
from nnsim.session.part_file import RemoteFile
from nnsim.ui.digits.download_card import DownloadCard
from tests.session.mirror import Mirror

PACKED = gzip.compress(
    b"".join(hashlib.sha256(i.to_bytes(4, "big")).digest() for i in range(40_000)), mtime=0
)
FILE = RemoteFile("images.gz", len(PACKED), hashlib.md5(PACKED).hexdigest(), 1_280_000, "")


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    """A server of the file."""
    with Mirror({"images.gz": PACKED}) as server:
        yield server


@pytest.fixture
def card(qtbot, application, mirror, tmp_path) -> Iterator[DownloadCard]:
    """A shown card of its own."""
    card = DownloadCard(lambda: Download(tmp_path, [FILE], [mirror.address], pause=1), FILE.size)
    card.folders = []
    card.arrived.connect(card.folders.append)
    card.setFixedWidth(249)
    card.show()
    qtbot.waitExposed(card)
    yield card
    card.stop()
    card.close()
    card.deleteLater()


def click(qtbot, button) -> None:
    """As a person would: on a button that can be seen."""
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nothing_is_fetched_unasked(qtbot, card, mirror):
    assert "generated digits" in card.words.text()
    assert "1.3 MB" in card.words.text()
    assert not card.bar.isVisible()
    assert not card.cancel_button.isVisible()
    qtbot.wait(30)
    assert mirror.requests == []


def test_fetches_and_says_where(qtbot, card, mirror, tmp_path):
    click(qtbot, card.get_button)
    assert card.cancel_button.isVisible()
    qtbot.waitUntil(lambda: bool(card.folders), timeout=20_000)
    assert card.folders == [tmp_path]
    assert (tmp_path / "images.gz").read_bytes() == PACKED
    assert not card.get_button.isVisible()
    assert not card.bar.isVisible()


def test_cancelled_and_gone_on_with_by_keyboard(qtbot, card, mirror, tmp_path):
    mirror.stall["images.gz"] = 600_000
    card.activateWindow()
    card.get_button.setFocus()
    qtbot.waitUntil(card.get_button.hasFocus)
    qtbot.keyClick(card.get_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: card.words.text() == "0.6 of 1.3 MB", timeout=20_000)
    assert 0.4 < card.bar.value() / card.bar.maximum() < 0.5
    assert card.cancel_button.hasFocus()
    qtbot.keyClick(card.cancel_button, Qt.Key.Key_Space)
    assert "0.6 of 1.3 MB are kept" in card.words.text()
    assert card.get_button.hasFocus()
    assert not card.bar.isVisible()
    mirror.release()
    qtbot.keyClick(card.get_button, Qt.Key.Key_Space)
    assert card.words.text().startswith("0.6 of")
    qtbot.waitUntil(lambda: bool(card.folders), timeout=20_000)
    assert ("images.gz", "bytes=600000-") in mirror.requests


def test_says_why_it_failed_and_tries_again(qtbot, card, mirror, tmp_path):
    files, mirror.files = mirror.files, {}
    click(qtbot, card.get_button)
    qtbot.waitUntil(lambda: "does not have the file" in card.words.text(), timeout=20_000)
    assert card.get_button.text() == "Try again"
    mirror.files = files
    click(qtbot, card.get_button)
    qtbot.waitUntil(lambda: bool(card.folders), timeout=20_000)


def test_closing_while_it_fetches_leaves_a_part(qtbot, card, mirror, tmp_path):
    mirror.stall["images.gz"] = 600_000
    click(qtbot, card.get_button)
    qtbot.waitUntil(lambda: card.words.text() == "0.6 of 1.3 MB", timeout=20_000)
    card.stop()
    assert [path.name for path in tmp_path.iterdir()] == ["images.gz.part"]


def test_stays_as_narrow_as_its_column_whatever_the_folder_is_called(card):
    card._fail("MNIST could not be written to /" + 300 * "x")
    assert card.minimumSizeHint().width() <= 249


def test_every_control_is_named_and_told(card):
    for button in (card.get_button, card.cancel_button):
        assert button.toolTip()
        assert button.accessibleName()
    assert card.bar.accessibleName()
