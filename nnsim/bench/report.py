"""Measures every rival on every case, side by side in one run, and prints ratios."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from typing import Any

from nnsim.bench.cases import CASES, Case
from nnsim.bench.rivals import Steps, rivals

ROUNDS = 3
SLICE = 0.15
"""Seconds that a rival runs in each round."""


def _pace(steps: Steps, n: int) -> float:
    begin = time.perf_counter()
    steps(n)
    return n / max(time.perf_counter() - begin, 1e-9)


def measure(contenders: Mapping[str, Steps]) -> dict[str, float]:
    """Steps per second of each contender: the best of some rounds in which they take turns."""
    best = dict.fromkeys(contenders, 0.0)
    for name, steps in contenders.items():
        steps(3)
        n = 10
        while n < 1e9 and n / (best[name] or 1.0) < SLICE:
            n *= 4
            best[name] = max(best[name], _pace(steps, n))
    for _ in range(ROUNDS):
        for name, steps in contenders.items():
            best[name] = max(best[name], _pace(steps, max(1, int(best[name] * SLICE))))
    return best


def compare(case: Case) -> dict[str, Any]:
    """One case: samples per second of each rival, and how many times faster nnsim is."""
    contenders = {name: build(case) for name, build in rivals(os.cpu_count() or 1).items()}
    samples = {name: pace * case.batch for name, pace in measure(contenders).items()}
    torch = [name for name in samples if name.startswith("torch")]
    if torch:
        samples["torch"] = max(samples.pop(name) for name in torch)
    ratios = {name: samples["nnsim"] / samples[name] for name in samples if name != "nnsim"}
    return {"case": case.name, "samples_per_second": samples, "nnsim_is_faster_by": ratios}


_COLUMNS = ("torch", "sklearn", "numpy", "sgemm")


def _line(result: Mapping[str, Any]) -> str:
    ratios = result["nnsim_is_faster_by"]
    cells = [f"{ratios[name]:9.2f}×" if name in ratios else f"{'–':>10}" for name in _COLUMNS]
    return f"{result['case']:34}{result['samples_per_second']['nnsim']:14,.0f}" + "".join(cells)


def run(as_json: bool = False, cases: Sequence[Case] = CASES) -> int:
    """Measure and print.

    Parameters
    ----------
    as_json : bool
        Print one JSON object instead of a table.
    cases : sequence of Case

    Returns
    -------
    int
        The exit status, 0.
    """
    results = []
    if not as_json:
        print("nnsim's training speed, and how many times faster it is than the others;")
        print("sgemm: than the step's bare matrix products, none left out.")
        print("All but PyTorch run on one core.")
        print("784 inputs stand for images of digits: as in MNIST's, 19 % of them are not 0.\n")
        print(f"{'':34}{'samples/s':>14}" + "".join(f"{name:>10}" for name in _COLUMNS))
    for case in cases:
        results.append(compare(case))
        if not as_json:
            print(_line(results[-1]), flush=True)
    if as_json:
        print(json.dumps({"results": results}))
    return 0
