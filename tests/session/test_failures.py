"""What is said of work beside the window that failed: what happened, why, and what to do."""

import pytest

from nnsim.model.errors import DocumentError
from nnsim.session import loading
from nnsim.session.failures import pictures_failed, samples_failed
from nnsim.session.picture_reading import PictureReading
from tests.session.driving import scene

GONE = OSError(5, "Input/output error", "/disk/train-images")


@pytest.mark.parametrize("told", [samples_failed, pictures_failed])
@pytest.mark.parametrize(
    ("error", "why"),
    [
        (GONE, "train-images"),
        (MemoryError(), "not enough memory"),
        (ValueError("cannot reshape"), ": cannot reshape."),
        (KeyError(), "KeyError"),
    ],
)
def test_every_failure_is_a_sentence_with_its_reason_and_a_way_on(told, error, why):
    words = told(error)
    assert why in words
    assert words.count(". ") + words.count(": ") >= 2
    assert words.endswith(".")


def test_what_a_document_says_is_told_as_it_is():
    assert samples_failed(DocumentError("", "the file is damaged")) == "the file is damaged"


def test_the_threads_tell_it(monkeypatch, qtbot):
    def fail(*_):
        raise GONE

    monkeypatch.setattr(loading, "load", fail)
    started = loading.Loading()
    document = scene("playground")
    monkeypatch.setattr(loading, "is_slow", lambda *_: True)
    started._wanted = document.data, document.training
    started._start()
    started._thread.join()
    assert started._loaded.error == samples_failed(GONE)
    reading = PictureReading()
    with qtbot.waitSignal(reading.failed) as heard:
        reading._begin(fail)
    assert heard.args == [pictures_failed(GONE)]
