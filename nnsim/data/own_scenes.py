"""Scenes of the user's own: one JSON file each."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from nnsim.model.document import Document, document_from_text, document_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.json_text import LARGEST_JSON
from nnsim.model.outside import read_outside_text
from nnsim.model.parameters import Layout, Vector
from nnsim.model.writing import write_whole
from nnsim.paths import user_data_dir

MOST_WEIGHTS = 2_000
"""Weights that a scene may carry: a scene is a text that one can read."""
_LONGEST_NAME = 60
_MOST_SCENES = 200


def own_scenes_dir() -> Path:
    """Where they are kept (not created here)."""
    return user_data_dir() / "scenes"


def own_scenes() -> tuple[dict[str, Document], tuple[str, ...]]:
    """Every scene of one's own by its name, and a sentence on each file that is none."""
    scenes: dict[str, Document] = {}
    damaged = []
    for path in sorted(own_scenes_dir().glob("*.json"))[:_MOST_SCENES]:
        try:
            stat = path.stat()
            scenes[path.stem] = _read(path, stat.st_mtime_ns, stat.st_size)
        except (DocumentError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            damaged.append(f"{path.name}: {reason}")
    return scenes, tuple(damaged)


def read_json(path: Path) -> Document:
    """Read a document from a JSON file.

    Raises
    ------
    DocumentError
        If it holds none.
    OSError
        If it cannot be read at all.
    """
    return document_from_text(read_outside_text(path, LARGEST_JSON))


@lru_cache(maxsize=_MOST_SCENES)
def _read(path: Path, changed: int, size: int) -> Document:
    """Read again only when the file has changed."""
    return read_json(path)


def own_name(title: str) -> str:
    """The name, and the file's, of a scene with this title.

    Raises
    ------
    DocumentError
        If there is no letter or digit in it.
    """
    # Composed, for accents typed apart are no letters.
    letters = unicodedata.normalize("NFC", title.casefold())
    name = re.sub(r"[\W_]+", "-", letters).strip("-")[:_LONGEST_NAME]
    if not name:
        raise DocumentError("", "a scene's name needs a letter or a digit")
    return name


def save_own_scene(title: str, language: str, document: Document, parameters: Vector) -> str:
    """Keep a document as a scene; one of the same name is replaced.

    Parameters
    ----------
    title : str
    language : str
        Of the title.
    document : Document
    parameters : array, shape (P,)
        Become its start, up to :data:`MOST_WEIGHTS` of them; a larger one starts from its seed.

    Returns
    -------
    str
        What :func:`nnsim.data.scenes.find_scene` finds it by.

    Raises
    ------
    DocumentError
        If it cannot have that title.
    OSError
        If it cannot be written.
    """
    scene = replace(document, title=((language, title),))
    if carries_weights(parameters):
        scene = replace(scene, start=_as_start(document, parameters))
    content = json.dumps(document_to_json(scene), ensure_ascii=False, indent=1)
    # What could not be opened again is not written.
    document_from_text(content)
    path = own_scenes_dir() / f"{own_name(title)}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content.encode("utf-8"))
    return path.stem


def carries_weights(parameters: Vector) -> bool:
    """Whether there are few enough."""
    return parameters.size <= MOST_WEIGHTS


def _as_start(document: Document, parameters: Vector) -> tuple[tuple[str, tuple[float, ...]], ...]:
    views = Layout(document.network).views(parameters)
    # Nine digits tell every float32 from the next.
    return tuple((name, tuple(float(f"{v:.9g}") for v in view.ravel())) for name, view in views.items())
