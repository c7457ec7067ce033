"""What keeps nnsim quick, by its causes; figures are ``nnsim bench --budgets``'s."""

import json
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from nnsim.bench.budgets import report
from nnsim.bench.budgets.watch import Watch
from nnsim.bench.budgets.yardstick import yardstick
from nnsim.cli import main
from nnsim.data.scenes import find_scene
from nnsim.engine import jit
from nnsim.session.session import Session


def _figures(module, **environment):
    done = subprocess.run(
        [sys.executable, "-P", "-m", f"nnsim.bench.budgets.{module}"],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_the_first_window_is_painted_before_anything_slow_is_loaded():
    figures = _figures("start")
    assert figures["painted"]
    assert figures["loaded"] == []
    assert figures["status"] == 0


def test_what_has_been_compiled_once_is_loaded(tmp_path):
    cold, warm = (_figures("compiling", NUMBA_CACHE_DIR=str(tmp_path)) for _ in "ab")
    assert (cold["cached"], warm["cached"]) == (False, True)


def test_a_small_network_needs_few_kernels():
    assert len(jit.needed(find_scene("xor").document)) <= 12


def test_sixty_frames_a_second_are_asked_for(qapp):
    session = Session(find_scene("xor").document)
    try:
        assert session._frame_timer.interval() <= 17
    finally:
        session.close()


def test_the_yardstick_is_some_work(qapp):
    assert yardstick() > 0.0


def test_a_long_turn_of_the_loop_is_told_with_its_stack(qapp):
    watch, loop = Watch(0.001), QEventLoop()

    def linger():
        watch.doing = "lingering"
        watch._seen.clear()
        for _ in range(100_000_000):
            if sum(list(watch._seen.values())) > 2:
                break

    QTimer.singleShot(0, linger)
    QTimer.singleShot(1, loop.quit)
    loop.exec()
    watch.stop()
    assert [each.doing for each in watch.offenders if "in linger" in each.stack] == ["lingering"]


USED = {
    "done": 7,
    "longest": 0.2,
    "offenders": [{"seconds": 0.2, "limit": 0.05, "doing": "key L", "stack": "  in typeset"}],
    "exceptions": ["ValueError: no"],
}


@pytest.fixture
def children(monkeypatch):
    """Every measurement costs twice its yardstick; the lesson's fails."""

    def child(module, *_, **__):
        if module.endswith("random_user"):
            return USED
        return {"error": "no lesson"} if module.endswith("lesson") else {"cost": 0.2, "yardstick": 0.1}

    monkeypatch.setattr(report, "_child", child)


def test_the_report_says_what_is_over_and_fails_nothing(children, capsys):
    assert main(["bench", "--budgets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.endswith("over") for line in lines if line.startswith(("start", "theme"))] == [True, False]
    assert any(line.startswith("lesson step") and "no lesson" in line for line in lines)
    assert any("7 things done" in line and "1 exceptions" in line for line in lines)
    assert "200 ms (at most 50): key L" in lines
    assert "  in typeset" in lines


def test_the_report_as_json(children, capsys):
    assert main(["bench", "--budgets", "--json", "--user", "0"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["random_user"] is None
    assert {each["name"]: each.get("ratio") for each in told["budgets"]}["theme"] == pytest.approx(2.0)


def test_a_measurement_that_fails_is_told_by_its_last_words():
    assert "No module named" in report._child("nnsim.bench.budgets.nothing")["error"]
