"""The progress bar draws on terminals and nowhere else."""

import errno
import io

import pytest

from nnsim.commands.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_silent_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    with Progress(10, stream) as progress:
        progress.show(5, "half")
    assert stream.getvalue() == ""


def test_bar_and_words_on_a_terminal_and_a_clean_line_at_the_end() -> None:
    stream = Terminal()
    with Progress(4, stream) as progress:
        progress.show(1, "epoch 1")
        # 30 cells: a quarter of them, rounded down, is 7.
        assert stream.getvalue().endswith("━" * 7 + "─" * 23 + "  25 %  epoch 1")
    assert stream.getvalue().endswith("\r\x1b[K")


def test_a_terminal_that_was_closed_stops_nobody() -> None:
    class Closed(Terminal):
        def flush(self) -> None:
            raise OSError(errno.EIO, "Input/output error")

    with Progress(4, Closed()) as progress:
        progress.show(1, "epoch 1")


def test_draws_at_most_ten_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    stream = Terminal()
    progress = Progress(100, stream)
    for done in range(100):
        now[0] = 1.0 + done * 0.01
        progress.show(done, "")
    # 0.99 s of calls: at 1.00, then ten hundredths later each time.
    assert 9 <= stream.getvalue().count("\r") <= 10
