"""``nnsim trace``: one pass of learning, step by step, as Markdown or JSON."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

import numpy as np

from nnsim.data.dataset import Dataset
from nnsim.data.load import load
from nnsim.data.scenes import find_scene
from nnsim.engine.trainer import Trainer
from nnsim.lesson.focus import Focus, parse_focus
from nnsim.lesson.paths import Paths, paths
from nnsim.lesson.plain import plain
from nnsim.lesson.steps import Step, steps
from nnsim.lesson.symbols import symbols_of
from nnsim.lesson.trace import Trace
from nnsim.lesson.trace import trace as take_apart
from nnsim.model.document import Document, document_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.network import Edge, Node
from nnsim.model.numerals import spelled

_LARGEST_FLAT = 8
"""Numbers of a sample that the heading lists."""


def trace(options: Namespace) -> int:
    """Print what the next step of training would compute.

    Raises
    ------
    DocumentError, OSError
        What the user asked for cannot be done.
    """
    scene = find_scene(options.scene)
    document = scene.document
    dataset = load(document.data, document.training)
    focus = None if options.focus is None else parse_focus(options.focus, document.network)
    trainer = Trainer(document, dataset, engine="reference", parameters=scene.parameters)
    batch = trainer.upcoming_batch() if options.batch else _sample(options.sample or 0, dataset)
    found = take_apart(document, trainer.state, dataset.x[batch], dataset.y[batch])
    told = steps(found, options.grain)
    if options.json:
        print(json.dumps(_report(found, told, focus), ensure_ascii=False))
    else:
        print(_markdown(document, found, told, focus, batch))
    return 0


def _sample(number: int, dataset: Dataset) -> np.ndarray[Any, np.dtype[np.int64]]:
    if number >= dataset.samples:
        raise DocumentError(
            "--sample",
            "there is no training sample {number}; allowed: 0 to {last}",
            number=number,
            last=dataset.samples - 1,
        )
    return np.array([number])


# --- JSON


def _report(found: Trace, told: tuple[Step, ...], focus: Focus | None) -> dict[str, Any]:
    layout, one = found.layout, found.samples == 1
    out = {
        "document": document_to_json(found.document),
        "sample": {"x": _json(found.x[0] if one else found.x), "y": _json(found.y[0] if one else found.y)},
        "loss": _json(np.array(found.loss)),
        "steps": [_step(step, focus) for step in told],
        "parameters_before": _tensors(layout.views(found.before.theta)),
        "gradients": _tensors(layout.views(found.gradient)),
        "parameters_after": _tensors(layout.views(found.after.theta)),
    }
    ways = _paths(found, focus)
    if ways is not None:
        out["paths"] = {
            "count": ways.count,
            "total": ways.total,
            "paths": [
                {
                    "nodes": [list(node) for node in way.nodes],
                    "factors": [float(factor.values[0]) for factor in way.factors],
                    "product": way.product,
                }
                for way in ways.paths
            ],
        }
    return out


def _step(step: Step, focus: Focus | None) -> dict[str, Any]:
    return {
        "index": step.index,
        "phase": step.phase,
        "op": step.op,
        "layer": step.layer,
        "title": step.heading(focus).english,
        "formula": step.formula(focus),
        "numbers": step.numbers(focus),
        "text": " ".join(said.english for said in step.text(focus)),
        "values": _tensors(step.values),
    }


def _tensors(arrays: dict[str, np.ndarray[Any, Any]]) -> dict[str, Any]:
    return {name: _json(array) for name, array in arrays.items()}


def _json(array: np.ndarray[Any, Any]) -> Any:
    """Nested lists; JSON knows no NaN and no infinity."""
    if np.isfinite(array).all():
        return array.tolist()
    numbers = array.astype(object)
    numbers[~np.isfinite(array)] = None
    return numbers.tolist()


# --- Markdown


def _markdown(
    document: Document,
    found: Trace,
    told: tuple[Step, ...],
    focus: Focus | None,
    batch: np.ndarray[Any, np.dtype[np.int64]],
) -> str:
    lines = [f"# {document.title_in('en') or 'Trace'}", "", _heading(found, batch), ""]
    for step in told:
        lines += [f"## {step.index + 1} · {step.phase} · {step.heading(focus).english}", ""]
        for line in step.lines(focus):
            lines += [f"    {plain(formula.latex)}" for formula in (line.symbols, line.numbers) if formula]
        lines += ["", *(said.english for said in step.text(focus)), ""]
    ways = _paths(found, focus)
    return "\n".join([*lines, *(_path_lines(found, ways) if ways is not None else [])]).rstrip()


def _heading(found: Trace, batch: np.ndarray[Any, np.dtype[np.int64]]) -> str:
    if len(batch) > 1:
        listed = ", ".join(map(str, batch[:_LARGEST_FLAT])) + (", …" if len(batch) > _LARGEST_FLAT else "")
        return f"Batch of {len(batch)} samples ({listed}); loss {spelled(found.loss, 6)}"
    return f"Sample {batch[0]}; loss {spelled(found.loss, 6)}"


def _paths(found: Trace, focus: Focus | None) -> Paths | None:
    return paths(found, focus) if isinstance(focus, Node | Edge) else None


_MIXED = (
    "## Paths to the loss: a batch normalisation mixes the samples, so that no path is one sample's alone;"
    " trace one sample to see them"
)


def _path_lines(found: Trace, ways: Paths) -> list[str]:
    if ways.mixes:
        return [_MIXED]
    if ways.total is None:
        return [f"## Paths to the loss: {ways.count:,}, too many to list"]
    symbols = symbols_of(found.document)
    lines = ["## Every path to the loss", ""]
    for way in ways.paths:
        nodes = " → ".join(map(symbols.name, way.nodes))
        factors = ""
        if found.samples == 1:
            numbers = (_factor(float(factor.values[0])) for factor in way.factors)
            factors = " · ".join(numbers) + " = "
        lines.append(f"    {nodes} → L:  {factors}{spelled(way.product)}")
    return [*lines, f"    sum = {spelled(ways.total)}"]


def _factor(value: float) -> str:
    """A number of a product as a terminal shows it."""
    text = spelled(value)
    return f"({text})" if value < 0 else text
