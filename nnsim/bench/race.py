"""How long nnsim and PyTorch take until a scene of digits answers right: ``nnsim bench --mnist``."""

from __future__ import annotations

import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

from nnsim.bench.racers import Nnsim, Racer, Start, Torch, fastest_way
from nnsim.data import load
from nnsim.data.dataset import Dataset
from nnsim.data.scenes import find_scene
from nnsim.model.document import Document
from nnsim.model.errors import DocumentError

LOOKS = 20
"""How often in an epoch the accuracy is looked at, while the clock stands still."""


@dataclass(frozen=True, slots=True)
class Race:
    """What is run.

    Attributes
    ----------
    scene : str
    goal : float
        Accuracy on the test samples that is to be reached.
    epochs : int
        How long is trained in any case.
    seeds : tuple of int
        One run for each: other first weights, another order of the samples.
    """

    scene: str
    goal: float
    epochs: int
    seeds: tuple[int, ...]


RACES = (Race("mnist", 0.95, 6, (1, 2, 3)), Race("mnist-accurate", 0.975, 10, (1,)))


@dataclass(frozen=True, slots=True)
class Run:
    """How one racer did.

    Attributes
    ----------
    seconds, epochs_to_goal : float or None
        Training until the goal was first seen reached; None where it was not.
    samples_per_second : float
    accuracy : float
        At the end.
    """

    seconds: float | None
    epochs_to_goal: float | None
    samples_per_second: float
    accuracy: float


class _Watch:
    """Clock and observations of one racer."""

    def __init__(self, racer: Racer, goal: float) -> None:
        self._racer = racer
        self._goal = goal
        self._clock = 0.0
        self._reached: tuple[float, float] | None = None

    def train(self, steps: int, epochs: float) -> None:
        """Train for so many steps, which end after that many epochs, and look at the accuracy."""
        self._racer.prepare(steps)
        begin = time.perf_counter()
        self._racer.train(steps)
        self._clock += time.perf_counter() - begin
        if self._reached is None and self._racer.accuracy() >= self._goal:
            self._reached = self._clock, epochs

    def run(self, samples: int) -> Run:
        """How it did, after that many samples."""
        seconds, epochs = self._reached or (None, None)
        return Run(seconds, epochs, samples / max(self._clock, 1e-9), self._racer.accuracy())


def run_together(
    racers: Mapping[str, Racer], document: Document, dataset: Dataset, goal: float, epochs: int
) -> dict[str, Run]:
    """Train all for some epochs, a little of each in turn: what else the machine does slows them alike."""
    steps = -(-dataset.samples // document.training.batch_size)
    watches = {name: _Watch(racer, goal) for name, racer in racers.items()}
    for epoch in range(epochs):
        for look in range(LOOKS):
            portion = steps * (look + 1) // LOOKS - steps * look // LOOKS
            for watch in watches.values():
                watch.train(portion, epoch + (look + 1) / LOOKS)
    return {name: watch.run(dataset.samples * epochs) for name, watch in watches.items()}


def compete(race: Race, document: Document, dataset: Dataset) -> dict[str, Any]:
    """Everybody's runs, one for each seed."""
    starts: dict[str, Start] = {"nnsim": Nnsim}
    result: dict[str, Any] = {"scene": race.scene, **_described(document), **_asked(race)}
    result["nnsim_prepared_seconds"] = _prepare(document, dataset)
    if importlib.util.find_spec("torch"):
        way = fastest_way(document, dataset)
        starts["torch"] = partial(Torch, way=way)
        result["torch"] = asdict(way)
    runs: dict[str, list[Run]] = {name: [] for name in starts}
    for seed in race.seeds:
        seeded = replace(document, training=replace(document.training, seed=seed))
        racers = {name: start(seeded, dataset) for name, start in starts.items()}
        for name, done in run_together(racers, seeded, dataset, race.goal, race.epochs).items():
            runs[name].append(done)
    result["runs"] = {name: [asdict(run) for run in some] for name, some in runs.items()}
    result["median"] = {name: _medians(some) for name, some in runs.items()}
    result["nnsim_is_faster_by"] = _ratios(result["median"])
    return result


def _prepare(document: Document, dataset: Dataset) -> float:
    """Seconds to get ready once the code is loaded: of these data, to list what is not 0, once for all."""
    few = slice(0, 1000)
    Nnsim(document, replace(dataset, x=dataset.x[few], y=dataset.y[few])).train(100)
    return Nnsim(document, dataset).preparing


def _described(document: Document) -> dict[str, Any]:
    optimizer = document.training.optimizer
    return {
        "layers": [shape.size for shape in document.network.shapes],
        "network": " – ".join(filter(None, (_WORDS[layer.kind](layer) for layer in document.network.layers))),
        "batch": document.training.batch_size,
        "optimizer": optimizer.kind,
        "learning_rate": optimizer.learning_rate,
    }


_WORDS: dict[str, Callable[[Any], str]] = {
    "input": lambda layer: str(layer.units),
    "dense": lambda layer: str(layer.units),
    "conv2d": lambda layer: f"{layer.channels}@{layer.kernel[0]}×{layer.kernel[1]}",
    "max_pool2d": lambda layer: "pool",
    "flatten": lambda layer: "",
}


def _asked(race: Race) -> dict[str, Any]:
    return {"goal": race.goal, "epochs": race.epochs, "seeds": list(race.seeds)}


def _medians(runs: Sequence[Run]) -> dict[str, float | None]:
    def median(name: str) -> float | None:
        numbers = [getattr(run, name) for run in runs]
        return None if None in numbers else statistics.median(numbers)

    return {name: median(name) for name in ("seconds", "epochs_to_goal", "samples_per_second", "accuracy")}


def _ratios(medians: Mapping[str, Mapping[str, float | None]]) -> dict[str, float | None]:
    """How many times less time to the goal, and how many times more samples a second, than PyTorch."""

    def ratio(name: str, larger: str, smaller: str) -> float | None:
        one, other = (medians.get(racer, {}).get(name) for racer in (larger, smaller))
        return None if one is None or other is None else one / other

    return {
        "time_to_goal": ratio("seconds", "torch", "nnsim"),
        "samples_per_second": ratio("samples_per_second", "nnsim", "torch"),
    }


_LINES = (
    ("time to {goal:.1%}", "seconds", "{:.3f} s"),
    ("epochs to {goal:.1%}", "epochs_to_goal", "{:.2f}"),
    ("samples per second", "samples_per_second", "{:,.0f}"),
    ("accuracy after {epochs} epochs", "accuracy", "{:.2%}"),
)


def _table(result: Mapping[str, Any]) -> str:
    title = f"{result['scene']}: {result['network']}, batch {result['batch']}, {result['optimizer']} "
    lines = [f"{title}{result['learning_rate']:g}"]
    names = list(result["median"])
    lines.append(" " * 28 + "".join(f"{name:>14}" for name in names))
    for words, key, form in _LINES:
        numbers = [result["median"][name][key] for name in names]
        cells = "".join(f"{'–' if n is None else form.format(n):>14}" for n in numbers)
        lines.append(f"  {words.format_map(result):26}{cells}")
    for words, key in (
        ("nnsim gets there faster by", "time_to_goal"),
        ("and steps by", "samples_per_second"),
    ):
        if (ratio := result["nnsim_is_faster_by"][key]) is not None:
            lines.append(f"  {words:26}{ratio:13.1f}×")
    if (way := result.get("torch")) is not None:
        fused = "fused" if way["fused"] else "not fused"
        lines.append(f"  torch at its fastest here: threads {way['threads']}, optimiser {fused}")
    lines.append(f"  nnsim got ready in {result['nnsim_prepared_seconds']:.3f} s")
    return "\n".join(lines)


_PREFACE = """\
Both start from the same weights and take the same batches; medians over the seeds. Gathering and shuffling
count for nnsim, only gathering for PyTorch. Not counted for either: reading the data, loading and compiling
code, warming up, testing; nor, for nnsim, the listing of the pixels that are not 0, once for all runs.
"""


_MISSING = (
    "MNIST is not on this machine. Name its folder with --data DIR or "
    "NNSIM_DATA_DIR, or fetch it in the window."
)


def run(as_json: bool = False, races: Sequence[Race] = RACES) -> int:
    """Run the races and print how they went.

    Returns
    -------
    int
        The exit status: 1 where MNIST is not on this machine.
    """
    if not as_json:
        print(_PREFACE)
    try:
        results = run_all(races, tell=not as_json)
    except DocumentError as error:
        print(f"nnsim bench --mnist: {error}", file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps({"mnist": results}))
    return 0


def run_all(races: Sequence[Race], *, tell: bool) -> list[dict[str, Any]]:
    """Run the races; each is printed as soon as it is over, if wanted.

    Raises
    ------
    DocumentError
        MNIST is not on this machine.
    """
    results: list[dict[str, Any]] = []
    for race in races:
        document = find_scene(race.scene).document
        dataset = load(document.data, document.training)
        if dataset.source != "mnist":
            raise DocumentError("", _MISSING)
        results.append(compete(race, document, dataset))
        if tell:
            print(_table(results[-1]), end="\n\n", flush=True)
    return results
