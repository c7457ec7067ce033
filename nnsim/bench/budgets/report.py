"""Measures every budget, each in a process of its own beside its yardstick, and prints ratios."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_PATIENCE = 300
"""Seconds after which a measurement is given up."""
_TOLD = 12
"""Offenders that are printed with their stack."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What something may cost.

    Attributes
    ----------
    name : str
    module : str
        Prints `cost` and `yardstick`, both in CPU seconds, as JSON.
    most : float
        The ratio of the two that is within the budget.
    beside : str
        What the yardstick is.
    """

    name: str
    module: str
    most: float
    beside: str = "the fixed piece"


BUDGETS = (
    Budget("start", "start", 1.6, "bare imports"),
    Budget("compile, cold", "compiling", 6.0, "import numba"),
    Budget("compile, warm", "compiling", 1.5, "import numba"),
    Budget("frame", "frame", 0.3),
    Budget("mouse to prediction", "prediction", 0.4),
    Budget("lesson step", "lesson", 1.7),
    Budget("theme", "theme", 5.0),
)


def measured() -> Iterator[tuple[Budget, dict[str, Any]]]:
    """Each budget with its figures; with `error` in their place where it could not be measured."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {
            **os.environ,
            # Compiled here for the first time, then loaded from here.
            "NUMBA_CACHE_DIR": os.path.join(cache, "numba"),
            # As from the second start on, Python has its bytecode.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": os.path.join(cache, "bytecode"),
        }
        _child("nnsim.bench.budgets.start", environment=environment)
        for budget in BUDGETS:
            yield budget, _child(f"nnsim.bench.budgets.{budget.module}", environment=environment)


def figures_of(module: str, *arguments: str) -> dict[str, Any]:
    """What a module of the budgets prints in a process of its own; `error` where it fails."""
    return _child(f"nnsim.bench.budgets.{module}", *arguments)


def _child(
    module: str, *arguments: str, environment: Any = None, patience: float = _PATIENCE
) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", module, *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, check=True, text=True, env=environment, timeout=patience
        )
        figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except subprocess.CalledProcessError as error:
        return {"error": (error.stderr.strip().splitlines() or [str(error)])[-1]}
    except (subprocess.TimeoutExpired, ValueError, IndexError) as error:
        return {"error": str(error)}
    return figures


def run(as_json: bool = False, seconds: float = 20.0, seed: int = 1) -> int:
    """Measure and print; what is over its budget is said, and fails nothing.

    Parameters
    ----------
    as_json : bool
    seconds : float
        How long the random user is let at the window; 0: not at all.
    seed : int
        Of the random user.

    Returns
    -------
    int
        The exit status, 0.
    """
    results = []
    if not as_json:
        print("CPU time as a multiple of a yardstick that is measured beside it.\n")
    for budget, figures in measured():
        results.append({"name": budget.name, "most": budget.most, "beside": budget.beside, **figures})
        if "error" not in figures:
            results[-1]["ratio"] = figures["cost"] / figures["yardstick"]
        if not as_json:
            print(_line(results[-1]), flush=True)
    user = None
    if seconds > 0.0:
        user = _child(
            "nnsim.bench.budgets.random_user", str(seconds), str(seed), patience=seconds + _PATIENCE
        )
    if as_json:
        print(json.dumps({"budgets": results, "random_user": user}))
    elif user is not None:
        print(_about(user, seconds, seed))
    return 0


def _line(result: dict[str, Any]) -> str:
    if "error" in result:
        return f"{result['name']:22}not measured: {result['error']}"
    ratio, most = result["ratio"], result["most"]
    verdict = "" if ratio <= most else "   over"
    return (
        f"{result['name']:22}{1000 * result['cost']:9.1f} ms{ratio:8.2f} × {result['beside']:16}"
        f"(at most {most:g}){verdict}"
    )


def _about(user: dict[str, Any], seconds: float, seed: int) -> str:
    if "error" in user:
        return f"\nrandom user not measured: {user['error']}"
    lines = [
        f"\nrandom user, {seconds:g} s, seed {seed}: {user['done']} things done, longest turn of the loop "
        f"{1000 * user['longest']:.0f} ms, {len(user['offenders'])} over their limit, "
        f"{len(user['exceptions'])} exceptions"
    ]
    lines += [f"  {each}" for each in user["exceptions"]]
    for each in user["offenders"][:_TOLD]:
        lines.append(
            f"\n{1000 * each['seconds']:.0f} ms (at most {1000 * each['limit']:.0f}): {each['doing']}"
        )
        lines.append(each["stack"] or "  (within one call of Qt's)")
    return "\n".join(lines)
