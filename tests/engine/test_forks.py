"""A fork, such as Qt makes to look for D-Bus, does not stop a matrix product for ever."""

import os
import subprocess
import sys

import pytest

FORKS = 300
"""Where products have threads, the first few stop them."""
HANGS = 300
"""Seconds; a hang has no end."""
PROVOKE = """
import os, sys, threading
from nnsim.engine.trainer import Trainer
from nnsim.model.layers import Dense, Input
from nnsim.model.network import chain
from tests.engine.networks import dataset, document

forks, engine = int(sys.argv[1]), sys.argv[2]
x, y = [[1.0] * 128] * 128, [[1.0]] * 128
wide = chain(Input((128,)), Dense(128, "tanh"), Dense(128, "tanh"), Dense(1))
trainer = Trainer(document(wide, batch_size=0), dataset(x, y), engine=engine)
turn = threading.Semaphore(0)

def train():
    while True:
        trainer.run_steps(1)
        turn.release()

threading.Thread(target=train, daemon=True).start()
turn.acquire()
for _ in range(forks):
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
# One step may have ended unseen; the second began after the last fork, or goes on in spite of it.
while turn.acquire(blocking=False):
    pass
turn.acquire()
turn.acquire()
print("goes on")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize("engine", ["reference", "jit"])
def test_a_fork_does_not_stop_training(engine):
    # What a user may have set for other programs.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "4", "OMP_NUM_THREADS": "4"}
    done = subprocess.run(
        [sys.executable, "-c", PROVOKE, str(FORKS), engine],
        env=environment,
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    assert done.stdout == "goes on\n", done.stderr
