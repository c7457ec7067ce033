"""``nnsim train``: training without a window."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from nnsim.commands.epochs import Epochs
from nnsim.commands.interrupted import Interrupted
from nnsim.commands.overrides import override
from nnsim.commands.progress import Progress
from nnsim.commands.streams import complain, naming, unless_gone
from nnsim.data.dataset import Dataset
from nnsim.data.load import load
from nnsim.data.scenes import Scene, find_scene
from nnsim.engine.snapshot import Score, Snapshot
from nnsim.engine.trainer import Trainer
from nnsim.model.document import Document
from nnsim.model.errors import DocumentError
from nnsim.model.files import save_file
from nnsim.model.parameters import Layout

MOST_PREDICTIONS = 64
_SLICE_SECONDS = 0.1
_DATA = {"mnist": " (MNIST)", "generated": " (generated digits)", "mine": " (your own digits)"}


class Run(NamedTuple):
    """A training run; `seconds` leaves compiling out, `stopped` is 0 or the exit code of what stopped it."""

    trainer: Trainer
    snapshot: Snapshot
    seconds: float
    stopped: int = 0


def train(options: Namespace) -> int:
    """Train as the command line says and print the outcome.

    Returns
    -------
    int
        0; 1 if the loss became NaN or infinite; 129, 130 or 143 if it was told to stop and kept what it had.

    Raises
    ------
    DocumentError, OSError
        What the user asked for cannot be done.
    """
    scene = find_scene(options.scene)
    document = _document(scene, options.set, options.seed)
    _check_destination(options.save)
    dataset = load(document.data, document.training)
    epochs = Epochs(
        document, dataset, options.epochs or document.training.epochs, options.augment, options.anneal
    )
    run = _run(epochs, scene.parameters, options.engine, is_kept=options.save is not None)
    if options.save:
        with naming(options.save):
            save_file(options.save, document, np.asarray(run.snapshot.parameters))
    report = _report(scene.name, dataset, run)
    # Who is told to stop by a terminal that was closed has kept everything, and nobody to tell.
    with unless_gone() if run.stopped else nullcontext():
        print(json.dumps(report, ensure_ascii=False) if options.json else _text(document, report))
    if run.snapshot.diverged:
        complain(
            "the loss became infinite; these are the last finite parameters. "
            "Try a smaller training.optimizer.learning_rate."
        )
    if run.stopped:
        complain(
            f"told to stop after {run.snapshot.step:,} steps; "
            f"what was learned by then is in {str(options.save)!r}"
        )
    return run.stopped or int(run.snapshot.diverged)


def _document(scene: Scene, settings: Sequence[str], seed: int | None) -> Document:
    document = override(scene.document, settings)
    if seed is not None and scene.parameters is None:
        document = document.with_new_seed(seed)
    elif seed is not None:
        document = replace(document, training=replace(document.training, seed=seed))
    if scene.parameters is not None and (
        Layout(document.network).tensors != Layout(scene.document.network).tensors
    ):
        raise DocumentError("network", "no longer fits the weights that the file holds")
    return document


def _check_destination(path: Path | None) -> None:
    """Refuse before training what could not be saved after it."""
    if path is None:
        return
    if path.suffix.lower() != ".nnsim":
        raise DocumentError("--save", "{file} must end in .nnsim", file=repr(str(path)))
    if not path.absolute().parent.is_dir():
        raise DocumentError("--save", "there is no folder {folder}", folder=repr(str(path.parent)))
    if path.exists() and not path.is_file():
        raise DocumentError("--save", "{file} is no ordinary file", file=repr(str(path)))


def _run(
    epochs: Epochs, parameters: np.ndarray[Any, np.dtype[np.float32]] | None, engine: str, *, is_kept: bool
) -> Run:
    document, dataset = epochs.document, epochs.dataset
    if engine == "jit":
        # One step of a run that is thrown away compiles, so that the time measured is training.
        Trainer(document, dataset, engine=engine, parameters=parameters).run_steps(1)
    trainer = Trainer(document, dataset, engine=engine, parameters=parameters)
    snapshot = trainer.snapshot()
    batches = snapshot.batches
    total, size, seconds = epochs.count * batches, 1, 0.0
    interrupted = Interrupted()
    # Where nothing is kept there is nothing to be careful about, and Ctrl+C ends it at once.
    with Progress(total) as progress, interrupted if is_kept else nullcontext():
        while snapshot.step < total and not (snapshot.diverged or interrupted.code):
            epoch, done = divmod(snapshot.step, batches)
            if done == 0:
                epochs.begin(trainer, epoch)
            began = time.perf_counter()
            snapshot = trainer.run_steps(min(size, epochs.most_steps(batches - done, total - snapshot.step)))
            spent = time.perf_counter() - began
            seconds += spent
            size = size * 2 if spent < _SLICE_SECONDS / 2 else size
            progress.show(
                snapshot.step, f"epoch {snapshot.epoch}/{epochs.count}  loss {snapshot.train.loss:.4g}"
            )
    epochs.end(trainer)
    return Run(trainer, snapshot, seconds, interrupted.code)


def _report(name: str, dataset: Dataset, run: Run) -> dict[str, Any]:
    snapshot = run.snapshot
    score, validation = run.trainer.evaluate()
    samples = snapshot.step * dataset.samples / snapshot.batches
    return {
        "scene": name,
        "data": dataset.source or None,
        "epochs": snapshot.epoch,
        "steps": snapshot.step,
        "seconds": run.seconds,
        "samples_per_second": samples / run.seconds if run.seconds else None,
        "train": _score(score),
        "validation": None if validation is None else _score(validation),
        "predictions": _predictions(run.trainer, dataset),
    }


def _score(score: Score) -> dict[str, float | None]:
    # JSON knows no NaN and no infinity.
    return {"loss": score.loss if np.isfinite(score.loss) else None, "accuracy": score.accuracy}


def _predictions(trainer: Trainer, dataset: Dataset) -> list[dict[str, list[float]]] | None:
    if len(dataset.x) + len(dataset.validation_x) > MOST_PREDICTIONS:
        return None
    x = np.concatenate((dataset.x, dataset.validation_x))
    y = np.concatenate((dataset.y, dataset.validation_y))
    output = trainer.answers(x)
    rows = zip(x.tolist(), y.tolist(), output.tolist(), strict=True)
    return [{"x": sample, "y": target, "prediction": answer} for sample, target, answer in rows]


def _text(document: Document, report: dict[str, Any]) -> str:
    lines = [
        (document.title_in("en") or report["scene"]) + _DATA.get(report["data"], ""),
        f"  {report['epochs']:,} epochs, {report['steps']:,} steps in {report['seconds']:.2f} s"
        + (f", {report['samples_per_second']:,.0f} samples/s" if report["samples_per_second"] else ""),
    ]
    lines += [
        f"  {part:<10}  {_score_text(report[part])}" for part in ("train", "validation") if report[part]
    ]
    if report["predictions"]:
        lines.append("  x → target, prediction")
        lines += [
            f"  {_numbers(row['x'])} → {_numbers(row['y'])}  {_numbers(row['prediction'])}"
            for row in report["predictions"]
        ]
    return "\n".join(lines)


def _score_text(score: dict[str, float | None]) -> str:
    loss, accuracy = score["loss"], score["accuracy"]
    words = "loss not finite" if loss is None else f"loss {loss:.4g}"
    return words if accuracy is None else f"{words}  accuracy {accuracy:.1%}"


def _numbers(values: Sequence[float]) -> str:
    return "(" + ", ".join(f"{value:.3g}" for value in values) + ")"
