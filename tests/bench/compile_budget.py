"""CPU time of loading what a scene runs, as a multiple of ``import numba`` in the same process.

``python tests/bench/compile_budget.py`` prints the ratio for the cache as it is; with a fresh folder in
``NUMBA_CACHE_DIR`` the first run is cold and the second warm.
"""

import json
import sys
import time

begin = time.process_time()
import numba  # noqa: E402, F401

imported = time.process_time() - begin

from nnsim.engine import jit  # noqa: E402
from nnsim.model.data import GateData  # noqa: E402
from nnsim.model.document import Document  # noqa: E402
from nnsim.model.layers import Dense, Input  # noqa: E402
from nnsim.model.network import chain  # noqa: E402
from nnsim.model.training import Optimizer, Training  # noqa: E402

XOR = Document(
    chain(Input((2,)), Dense(4, "tanh"), Dense(1, "sigmoid")),
    GateData("xor"),
    Training(loss="bce", optimizer=Optimizer("sgd", 0.5)),
)


def main() -> None:
    """Load what XOR runs and print the figures as JSON."""
    names = jit.needed(XOR)
    was_cached = jit.is_cached(names)
    begin = time.process_time()
    jit.load(names)
    loaded = time.process_time() - begin
    figures = {"cached": was_cached, "import": imported, "load": loaded, "ratio": loaded / imported}
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
