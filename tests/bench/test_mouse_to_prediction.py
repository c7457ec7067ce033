"""What is drawn is read at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("mouse_to_prediction.py")


def test_from_the_mouse_to_the_prediction_takes_at_most_8_ms_of_the_gui_thread():
    # In a process of its own: what other tests leave behind is not nnsim's.
    environment = {name: value for name, value in os.environ.items() if name != "NNSIM_DATA_DIR"}
    done = subprocess.run(
        [sys.executable, SCRIPT], capture_output=True, check=True, text=True, env=environment
    )
    medians = json.loads(done.stdout)
    print(medians)
    # CPU times waver where another process fills the caches: the best round.
    assert min(medians) <= 0.008
