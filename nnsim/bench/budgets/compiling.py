"""CPU seconds of loading what XOR runs, beside ``import numba`` in the same process."""

from __future__ import annotations

import json
import sys
import time


def main() -> None:
    """Load the kernels from the cache as it is, and print the figures."""
    begin = time.process_time()
    import numba  # noqa: F401

    imported = time.process_time() - begin

    from nnsim.data.scenes import find_scene
    from nnsim.engine import jit

    names = jit.needed(find_scene("xor").document)
    cached = jit.is_cached(names)
    begin = time.process_time()
    jit.load(names)
    figures = {"cost": time.process_time() - begin, "yardstick": imported, "cached": cached}
    json.dump({**figures, "kernels": len(names)}, sys.stdout)


if __name__ == "__main__":
    main()
