"""Thousands of damaged files: opened or refused in words, quickly and without taking memory."""

import copy
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from nnsim.data.scenes import find_scene
from nnsim.model.document import document_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.files import open_file
from nnsim.model.imports import import_weights
from nnsim.model.parameters import Layout
from nnsim.model.tensor_files import LARGEST_HEADER

_BYTES, _FIELDS = 1_200, 1_200
_MEMORY = 200_000_000
DOCUMENT = find_scene("xor").document
TENSORS = {
    name: np.ascontiguousarray(view)
    for name, view in Layout(DOCUMENT.network).views(np.linspace(-1, 1, 17).astype(np.float32)).items()
}
_ODD: tuple[Any, ...] = (
    *(None, True, -1, 0, 1, 65_536, 2**31, 2**63, 10**400, -0.5, 1e308),
    *("", "x", "é\ud800", "9" * 5_000, [], {}, [[]], [0] * 999, {"a": {}}),
)


def file_of(value: object) -> bytes:
    return save(TENSORS, metadata={"nnsim": json.dumps(value, ensure_ascii=True)})


WHOLE = file_of(document_to_json(DOCUMENT))


def damaged_bytes(rng: random.Random) -> bytes:
    """Bytes changed, cut off, doubled or put in; half of the damage falls on the header."""
    content = bytearray(WHOLE)
    for _ in range(rng.randint(1, 4)):
        end = len(content) if rng.random() < 0.5 else min(40, len(content))
        at = rng.randrange(max(end, 1))
        match rng.randrange(8):
            case 0 | 1 | 2 | 3:
                content[at : at + 1] = bytes([rng.randrange(256)])
            case 4:
                del content[at:]
            case 5:
                content[at:at] = rng.randbytes(rng.randint(1, 20))
            case 6:
                content[at:at] = content[at : at + rng.randint(1, 60)]
            case 7:
                del content[at : at + rng.randint(1, 20)]
    return bytes(content)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where every field and element of a JSON value is."""
    items: Any = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in items:
        yield (*path, key)
        if isinstance(part, dict | list):
            yield from places(part, (*path, key))


def damaged_fields(rng: random.Random) -> bytes:
    """Fields given odd values, dropped, doubled or renamed."""
    value = copy.deepcopy(document_to_json(DOCUMENT))
    for _ in range(rng.randint(1, 3)):
        *path, key = rng.choice(list(places(value)))
        parent = value
        for step in path:
            parent = parent[step]
        match rng.randrange(4):
            case 0 | 1:
                parent[key] = copy.deepcopy(rng.choice(_ODD))
            case 2:
                del parent[key]
            case 3 if isinstance(parent, dict):
                parent[f"{key}s"] = copy.deepcopy(parent[key])
            case 3:
                parent.insert(key, copy.deepcopy(parent[key]))
    return file_of(value)


def peak_memory() -> int:
    """Bytes that this process has taken at most; 0 where that is not known."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024


@dataclass
class Outcome:
    """What became of many files."""

    opened: int = 0
    words: list[str] = field(default_factory=list)


def try_all(path: Path, contents: Iterator[bytes]) -> Outcome:
    outcome = Outcome()
    for content in contents:
        path.write_bytes(content)
        try:
            document, weights = open_file(path)
        except DocumentError as error:
            outcome.words.append(str(error))
        else:
            outcome.opened += 1
            assert weights.size == Layout(document.network).size
            assert np.isfinite(weights).all()
    return outcome


@pytest.mark.parametrize(("damaged", "number"), [(damaged_bytes, _BYTES), (damaged_fields, _FIELDS)])
def test_damage_is_survived_or_refused_in_words(tmp_path: Path, damaged: Any, number: int) -> None:
    rng, memory = random.Random(1), peak_memory()
    outcome = try_all(tmp_path / "a.nnsim", (damaged(rng) for _ in range(number)))
    assert outcome.opened > 10
    assert len(outcome.words) == number - outcome.opened > 400
    assert all(5 < len(words) < 1_200 and words.encode() for words in outcome.words)
    assert peak_memory() - memory < _MEMORY


BOMB = """
import resource, sys
from pathlib import Path
from nnsim.model.errors import DocumentError
from nnsim.model.files import open_file
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    open_file(Path(sys.argv[1]))
except DocumentError as error:
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1_024)
"""


def header_of(text: bytes, said: int | None = None) -> bytes:
    return (len(text) if said is None else said).to_bytes(8, "little") + text


BOMBS = {
    "a header said to be huge": lambda: header_of(b"{}", 2**63),
    "a header said to be a little too long": lambda: header_of(b"{}", 99_999_999) + bytes(1_000),
    "a tensor said to be huge": lambda: (
        header_of(b'{"layers.1.weight":{"dtype":"F32","shape":[4294967296,1073741824],"data_offsets":[0,4]}}')
        + bytes(4)
    ),
    "a tensor of millions of axes": lambda: _padded(
        '"layers.1.weight":{"dtype":"F32","shape":[' + "9," * 2_700_000 + '0],"data_offsets":[0,0]}'
    ),
    "a large network without weights": lambda: file_of(
        document_to_json(DOCUMENT)
        | {
            "network": {
                "layers": [
                    {"kind": "input", "shape": [2]},
                    {"kind": "dense", "units": 65_536},
                    {"kind": "dense", "units": 300},
                    {"kind": "dense", "units": 1},
                ]
            }
        }
    ),
    "millions of tensors": lambda: _padded(
        ",".join(f'"{i}":{{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}' for i in range(600_000))
    ),
    "as many names as a header can hold": lambda: _padded(
        '"__metadata__":{' + ",".join(f'"{i:07}":""' for i in range(LARGEST_HEADER // 13 - 9)) + "}"
    ),
    "more names than a header can hold": lambda: _padded(
        '"__metadata__":{' + ",".join(f'"{i:07}":""' for i in range(1_900_000)) + "}"
    ),
    "millions of objects": lambda: _text("[" + "{}," * 1_666_000 + "0]"),
    "too long a text": lambda: _text("[" + "{}," * 6_000_000 + "0]"),
}


def _text(text: str) -> bytes:
    return save(TENSORS, metadata={"nnsim": text})


def _padded(body: str) -> bytes:
    return header_of(("{" + body + "}").encode())


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
@pytest.mark.parametrize("bomb", BOMBS)
def test_what_a_file_claims_costs_no_memory(tmp_path: Path, bomb: str) -> None:
    path = tmp_path / "bomb.nnsim"
    path.write_bytes(BOMBS[bomb]())
    command = [sys.executable, "-c", BOMB, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < _MEMORY


def test_damaged_weights_are_survived_or_refused_in_words(tmp_path: Path) -> None:
    rng, path = random.Random(2), tmp_path / "a.safetensors"
    imported, refused = 0, []
    for _ in range(300):
        path.write_bytes(damaged_bytes(rng))
        try:
            imported += bool(np.isfinite(import_weights(path, DOCUMENT.network)).all())
        except DocumentError as error:
            refused.append(str(error))
    assert imported > 1
    assert imported + len(refused) == 300
    assert all(words.encode() for words in refused)
