"""Fetching files from a server in this process: whole, cut, resumed, wrong, or not at all."""

from __future__ import annotations

import errno
import gzip
import hashlib
import shutil
import socket
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QLockFile

from nnsim.data.mnist import MIRRORS, default_folder, find_mnist
from nnsim.session import download as module
from nnsim.session.download import Download
from nnsim.session.mnist_download import MNIST_FILES, MNIST_SIZE, mnist_download
from nnsim.session.part_file import PartFile, RemoteFile, Verdict
from tests.session.mirror import Mirror

CONTENTS = {
    f"{name}.gz": np.random.default_rng(i).integers(0, 40, size).astype(np.uint8).tobytes()
    for i, (name, size) in enumerate([("images", 300_000), ("labels", 5_000)])
}
PACKED = {name: gzip.compress(content, 9, mtime=0) for name, content in CONTENTS.items()}
FILES = [
    RemoteFile(
        name,
        len(PACKED[name]),
        hashlib.md5(PACKED[name]).hexdigest(),
        len(content),
        hashlib.sha256(content).hexdigest(),
    )
    for name, content in CONTENTS.items()
]
TOTAL = sum(map(len, PACKED.values()))


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    """A server of the right files."""
    with Mirror(PACKED) as server:
        yield server


@pytest.fixture
def second() -> Iterator[Mirror]:
    """Another one."""
    with Mirror(PACKED) as server:
        yield server


class Heard:
    """What a download has said."""

    def __init__(self, download: Download) -> None:
        self.progress: list[tuple[int, int]] = []
        self.ends: list[object] = []
        download.progressed.connect(self._hear_progress)
        download.finished.connect(self.ends.append)
        download.failed.connect(self.ends.append)
        download.cancelled.connect(self._hear_cancelled)

    def _hear_progress(self, received: int, total: int) -> None:
        self.progress.append((received, total))

    def _hear_cancelled(self) -> None:
        self.ends.append("cancelled")


@pytest.fixture
def fetch(qtbot, qapp, tmp_path):
    """Runs a download to its end."""
    made: list[Download] = []

    def run(*mirrors: Mirror | str, **settings: int) -> Heard:
        addresses = [mirror if isinstance(mirror, str) else mirror.address for mirror in mirrors]
        download = Download(
            tmp_path / "mnist", FILES, addresses, **{"patience": 5_000, "pause": 1} | settings
        )
        made.append(download)
        heard = Heard(download)
        download.start()
        qtbot.waitUntil(lambda: bool(heard.ends), timeout=20_000)
        assert not download.running
        return heard

    yield run
    for download in made:
        download.cancel()
        download.deleteLater()


def assert_whole(folder: Path) -> None:
    """All files are there under their names, and nothing else is left."""
    assert {path.name for path in folder.iterdir()} == set(CONTENTS)
    for name, content in CONTENTS.items():
        assert gzip.decompress((folder / name).read_bytes()) == content


def resumed(mirror: Mirror) -> int:
    """Where the first request that did not begin at the beginning went on; 0 where there was none."""
    # Not always the byte at which the server broke off: of what Qt has not passed on by then, some is lost.
    spans = [asked for name, asked in mirror.requests if name == "images.gz" and asked]
    return int(spans[0].removeprefix("bytes=").rstrip("-")) if spans else 0


def nowhere() -> str:
    """An address at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


def test_fetches_all_files(fetch, mirror, tmp_path):
    heard = fetch(mirror)
    assert heard.ends == [tmp_path / "mnist"]
    assert_whole(tmp_path / "mnist")
    assert heard.progress[0] == (0, TOTAL)
    assert heard.progress[-1] == (TOTAL, TOTAL)
    assert [received for received, _ in heard.progress] == sorted(received for received, _ in heard.progress)


def test_a_file_that_is_there_already_is_not_fetched_again(fetch, mirror, tmp_path):
    (tmp_path / "mnist").mkdir()
    (tmp_path / "mnist" / "images.gz").write_bytes(PACKED["images.gz"])
    fetch(mirror)
    assert [path for path, _ in mirror.requests] == ["labels.gz"]
    assert_whole(tmp_path / "mnist")


def test_goes_on_after_the_connection_was_cut(fetch, mirror, tmp_path):
    mirror.cut["images.gz"] = [100_000]
    heard = fetch(mirror)
    assert heard.ends == [tmp_path / "mnist"]
    assert resumed(mirror) > 0
    assert_whole(tmp_path / "mnist")


def test_begins_again_where_a_server_knows_no_ranges(fetch, mirror, tmp_path):
    mirror.cut["images.gz"] = [100_000]
    mirror.ranges = False
    fetch(mirror)
    assert resumed(mirror) > 0
    assert mirror.sent["images.gz"] > len(PACKED["images.gz"])
    assert_whole(tmp_path / "mnist")


def test_a_server_that_cuts_without_saying_how_long_it_would_be(fetch, mirror, tmp_path):
    mirror.cut["images.gz"] = [100_000]
    mirror.lengths = False
    fetch(mirror)
    assert resumed(mirror) > 0
    assert_whole(tmp_path / "mnist")


def test_another_range_than_asked_for_is_not_glued_on(fetch, mirror, second, tmp_path):
    mirror.cut["images.gz"] = [100_000]
    mirror.shift = 7
    fetch(mirror, second)
    assert_whole(tmp_path / "mnist")


def test_a_mirror_that_always_cuts_is_left_for_the_next_which_goes_on(fetch, mirror, second, tmp_path):
    mirror.cut["images.gz"] = [10_000] * 50
    fetch(mirror, second)
    assert 2 <= len(set(mirror.requests)) <= module.MOST_ATTEMPTS
    assert resumed(second) >= 10_000
    assert_whole(tmp_path / "mnist")


def test_cancelled_then_resumed(qtbot, fetch, mirror, tmp_path):
    mirror.stall["images.gz"] = 60_000
    download = Download(tmp_path / "mnist", FILES, [mirror.address])
    heard = Heard(download)
    download.start()
    qtbot.waitUntil(lambda: heard.progress[-1][0] == 60_000, timeout=20_000)
    download.cancel()
    assert heard.ends == ["cancelled"]
    assert [path.name for path in (tmp_path / "mnist").iterdir()] == ["images.gz.part"]
    mirror.release()
    fetch(mirror)
    assert ("images.gz", "bytes=60000-") in mirror.requests
    assert_whole(tmp_path / "mnist")
    download.deleteLater()


def test_a_mirror_that_stops_sending_is_asked_again(fetch, mirror, tmp_path):
    mirror.stall["images.gz"] = 60_000
    fetch(mirror, patience=100)
    assert resumed(mirror) == 60_000
    assert_whole(tmp_path / "mnist")


def test_a_mirror_that_never_answers_is_left(fetch, mirror, second, tmp_path):
    mirror.stall["images.gz"] = 0
    fetch(mirror, second, patience=100)
    assert second.requests[0] == ("images.gz", None)
    assert_whole(tmp_path / "mnist")


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass as the test says; looked at often."""
    monkeypatch.setattr(module, "_LOOK", 5)
    return SimpleNamespace(seconds=0.0)


def test_a_mirror_that_crawls_is_given_up_after_a_minute(qtbot, fetch, mirror, second, tmp_path, clock):
    mirror.crawl = set(CONTENTS)
    # Every byte comes long before Qt's own timeout, and every look is five seconds after the last.
    looks = iter(range(0, 1_000_000, 5))
    heard = fetch(mirror, second, clock=lambda: next(looks))
    assert heard.ends == [tmp_path / "mnist"]
    assert_whole(tmp_path / "mnist")
    assert 0 < mirror.sent["images.gz"] < 16_384
    assert [name for name, _ in second.requests] == ["images.gz", "labels.gz"]


def test_where_every_mirror_crawls_it_is_said(fetch, mirror, clock):
    mirror.crawl = set(CONTENTS)
    looks = iter(range(0, 1_000_000, 5))
    (words,) = fetch(mirror, clock=lambda: next(looks)).ends
    assert "it sends next to nothing" in words


def test_a_mirror_that_sends_enough_in_a_minute_is_kept(qtbot, mirror, second, tmp_path, clock):
    mirror.stall["images.gz"] = 60_000
    download = Download(
        tmp_path / "mnist",
        FILES,
        [mirror.address, second.address],
        patience=60_000,
        pause=1,
        clock=lambda: clock.seconds,
    )
    heard = Heard(download)
    download.start()
    qtbot.waitUntil(lambda: bool(heard.progress) and heard.progress[-1][0] >= 30_000, timeout=20_000)
    clock.seconds = 61.0
    qtbot.wait(50)
    assert not second.requests
    clock.seconds = 122.0
    qtbot.waitUntil(lambda: bool(heard.ends), timeout=20_000)
    assert heard.ends == [tmp_path / "mnist"]
    assert second.requests[0][0] == "images.gz"


def test_what_is_wrong_is_fetched_from_the_next_mirror(fetch, mirror, second, tmp_path):
    mirror.files["images.gz"] = gzip.compress(bytes(300_000))
    fetch(mirror, second)
    assert [path for path, _ in second.requests] == ["images.gz", "labels.gz"]
    assert_whole(tmp_path / "mnist")


def test_wrong_everywhere_leaves_nothing_behind(fetch, mirror, second, tmp_path):
    mirror.files["labels.gz"] = second.files["labels.gz"] = b"<html>Please log in</html>"
    (words,) = fetch(mirror, second).ends
    assert "MNIST could not be fetched" in words
    assert words.count("it sends something other than MNIST") == 2
    assert "generated digits" in words
    assert str(tmp_path / "mnist") in words
    assert {path.name for path in (tmp_path / "mnist").iterdir()} == {"images.gz.part"}


def test_a_mirror_may_compress_differently(fetch, mirror, tmp_path):
    mirror.files = {name: gzip.compress(content, 1) for name, content in CONTENTS.items()}
    assert mirror.files["images.gz"] != PACKED["images.gz"]
    fetch(mirror)
    assert_whole(tmp_path / "mnist")


def test_parts_of_different_mirrors_that_do_not_fit_are_fetched_whole(fetch, mirror, second, tmp_path):
    mirror.cut["images.gz"] = [100_000]
    mirror.vanish_after = 1
    second.files = {name: gzip.compress(content, 1) for name, content in CONTENTS.items()}
    fetch(mirror, second)
    assert resumed(second) > 0
    assert ("images.gz", None) in second.requests
    assert_whole(tmp_path / "mnist")


@pytest.mark.parametrize("size", [len(PACKED["images.gz"]), len(PACKED["images.gz"]) + 90])
def test_a_part_that_is_as_long_as_the_file_but_wrong(fetch, mirror, tmp_path, size):
    (tmp_path / "mnist").mkdir()
    (tmp_path / "mnist" / "images.gz.part").write_bytes(bytes(size))
    fetch(mirror)
    assert mirror.statuses[0] == 416
    assert_whole(tmp_path / "mnist")


def test_a_part_that_was_complete_needs_no_connection(fetch, tmp_path):
    (tmp_path / "mnist").mkdir()
    for name, packed in PACKED.items():
        (tmp_path / "mnist" / f"{name}.part").write_bytes(packed)
    assert fetch(nowhere()).ends == [tmp_path / "mnist"]
    assert_whole(tmp_path / "mnist")


def test_never_writes_more_than_the_file_can_have(fetch, mirror, tmp_path):
    mirror.files["images.gz"] = PACKED["images.gz"] + bytes(10 * FILES[0].largest)
    mirror.lengths = False
    (words,) = fetch(mirror).ends
    assert "something other than MNIST" in words
    assert not list((tmp_path / "mnist").glob("images*"))
    assert mirror.statuses == [200]


def test_not_there(fetch, mirror, tmp_path):
    mirror.files = {}
    (words,) = fetch(mirror).ends
    assert "it does not have the file" in words


def test_no_connection(fetch, tmp_path):
    addresses = [nowhere(), nowhere()]
    (words,) = fetch(*addresses).ends
    hosts = [address[7:-1] for address in addresses]
    assert f"no connection to {hosts[0]}, {hosts[1]}." in words
    assert "put the four files into" in words


def test_no_connection_to_the_first_mirror_only(fetch, mirror, tmp_path):
    fetch(nowhere(), mirror)
    assert_whole(tmp_path / "mnist")


def test_endless_redirects(fetch, mirror, second, tmp_path):
    mirror.redirect = mirror.address
    fetch(mirror, second)
    assert len(mirror.requests) <= module.MOST_REDIRECTS + 3
    assert_whole(tmp_path / "mnist")


def test_follows_a_redirect(fetch, mirror, second, tmp_path):
    mirror.redirect = second.address
    fetch(mirror)
    assert_whole(tmp_path / "mnist")


def test_a_full_disk_is_told_before_anything_is_fetched(fetch, mirror, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=TOTAL))
    (words,) = fetch(mirror).ends
    assert "is full" in words
    assert mirror.requests == []


def test_a_disk_that_fills_up_meanwhile(fetch, mirror, tmp_path, monkeypatch):
    append = PartFile.append

    def until_full(part: PartFile, data: bytes) -> None:
        if part.size + len(data) > 50_000:
            append(part, data[: 50_000 - part.size])
            raise OSError(errno.ENOSPC, "No space left on device")
        append(part, data)

    monkeypatch.setattr(PartFile, "append", until_full)
    (words,) = fetch(mirror).ends
    assert f"The disk that holds {tmp_path / 'mnist'} is full" in words
    assert "try again" in words
    monkeypatch.setattr(PartFile, "append", append)
    fetch(mirror)
    assert resumed(mirror) == 50_000
    assert_whole(tmp_path / "mnist")


def test_a_folder_that_cannot_be_made(fetch, mirror, tmp_path):
    (tmp_path / "mnist").write_text("a file in its place")
    (words,) = fetch(mirror).ends
    assert "could not be written" in words


def test_two_downloads_into_one_folder(fetch, mirror, tmp_path):
    (tmp_path / "mnist").mkdir()
    lock = QLockFile(str(tmp_path / "mnist" / "download.lock"))
    assert lock.tryLock(0)
    (words,) = fetch(mirror).ends
    assert "another window" in words.lower()
    lock.unlock()
    fetch(mirror)
    assert_whole(tmp_path / "mnist")


def test_a_small_file_that_unpacks_to_far_too_much_is_wrong(tmp_path):
    wanted = RemoteFile("bomb.gz", 100_000, "", 1_000, "")
    part = PartFile(tmp_path, wanted)
    part.append(gzip.compress(bytes(50_000_000)))
    unpacked = 0
    real = zlib.decompressobj

    class Counting:
        def __init__(self, *options: int) -> None:
            self._real = real(*options)

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

        def decompress(self, *options: object) -> bytes:
            nonlocal unpacked
            content = self._real.decompress(*options)
            unpacked += len(content)
            return content

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zlib, "decompressobj", Counting)
        assert list(part.verdicts())[-1] is Verdict.WRONG
    assert unpacked < 1_000_000


def test_mnist_is_what_the_reader_looks_for(qapp, tmp_path):
    for file in MNIST_FILES:
        (tmp_path / file.name).touch()
    assert find_mnist(tmp_path) == tmp_path
    download = mnist_download()
    assert download.folder == default_folder()
    assert download.total == MNIST_SIZE == 11_594_722
    assert all(mirror.startswith("https://") and mirror.endswith("/") for mirror in MIRRORS)
