"""Finding a scene by its name, or a document by its file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnsim.data.own_scenes import own_scenes, read_json
from nnsim.model.document import Document
from nnsim.model.errors import DocumentError
from nnsim.model.files import open_file
from nnsim.model.sentence import Sentence, sentence, translatable
from nnsim.paths import resource_dir

DEFAULT = "xor"
_CHOICES = translatable("scenes: {names}; or the path of a .json or .nnsim file")
_TEACHING_ORDER = (
    "perceptron",
    "xor",
    "scratch",
    "playground",
    "curve",
    "mnist",
    "mnist-accurate",
    "shapes",
    "mnist-conv",
    "neighbours",
)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A document and where it came from.

    Attributes
    ----------
    name : str
        Name of the scene, or of the file without its ending.
    source : str
        What :func:`find_scene` finds it again by: the name, or the file's whole path.
    document : Document
    parameters : array of float32, shape (P,), or None
        Present when the file holds weights.
    trained : array of float32, shape (P,), or None
        The weights that ship with a scene: what it shows when it is opened. Training it from the command
        line, and Reset, begin at the document's own start instead.
    """

    name: str
    source: str
    document: Document
    parameters: NDArray[np.float32] | None = None
    trained: NDArray[np.float32] | None = None

    @property
    def opening(self) -> NDArray[np.float32] | None:
        """The weights to open it with; None: those that the document draws."""
        return self.trained if self.parameters is None else self.parameters


def scene_names() -> tuple[str, ...]:
    """Names of all scenes: those that ship in the order in which they teach, then the user's own."""
    shipped = shipped_names()
    return (*shipped, *(name for name in own_scenes()[0] if name not in shipped))


def shipped_names() -> tuple[str, ...]:
    """Names of the scenes that ship, in the order in which they teach."""
    found = {path.stem for path in (resource_dir() / "scenes").glob("*.json")}
    ordered = [name for name in _TEACHING_ORDER if name in found]
    return (*ordered, *sorted(found.difference(ordered)))


def scene_documents() -> dict[str, Document]:
    """The documents of all scenes by name, in the order of :func:`scene_names`, without any weights.

    Raises
    ------
    DocumentError
    """
    shipped = {name: _shipped(name) for name in shipped_names()}
    # What ships keeps its place and its meaning under a name that the user has taken, too.
    return {**shipped, **own_scenes()[0], **shipped}


def find_scene(name: str) -> Scene:
    """Open a scene by its name, or a ``.json`` or ``.nnsim`` file by its path.

    Raises
    ------
    DocumentError
        In words for the user: no such scene or file, not readable, or not valid.
    """
    if name in shipped_names():
        document = _shipped(name)
        return Scene(name, name, document, trained=_trained(name, document))
    own = own_scenes()[0]
    if name in own:
        return Scene(name, name, own[name])
    path = Path(name)
    # Cameras and old systems write endings in capitals.
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise DocumentError("", "there is no scene {name}; {choices}", name=repr(name), choices=_choices())
    try:
        return read(path)
    except FileNotFoundError as error:
        raise DocumentError(
            "", "there is no file {name}; {choices}", name=repr(name), choices=_choices()
        ) from error
    except (OSError, ValueError) as error:
        cause = (
            error.whole
            if isinstance(error, DocumentError)
            else getattr(error, "strerror", None) or str(error)
        )
        raise DocumentError("", "cannot open {name}: {cause}", name=repr(name), cause=cause) from error


def _shipped(name: str) -> Document:
    path = resource_dir() / "scenes" / f"{name}.json"
    return _read_once(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read_once(path: Path, _changed: int) -> Document:
    """A scene that ships: all are asked for their titles whenever one is opened."""
    return read_json(path)


def _trained(name: str, document: Document) -> NDArray[np.float32] | None:
    path = resource_dir() / "models" / f"{name}.nnsim"
    if not path.exists():
        return None
    shipped, parameters = open_file(path)
    return parameters if shipped.network == document.network else None


def _choices() -> Sentence:
    return sentence(_CHOICES, names=", ".join(scene_names()))


def _json_scene(path: Path) -> Scene:
    return Scene(path.stem, str(path.absolute()), read_json(path))


def _file_scene(path: Path) -> Scene:
    document, parameters = open_file(path)
    return Scene(path.stem, str(path.absolute()), document, parameters)


_READERS = {".json": _json_scene, ".nnsim": _file_scene}
