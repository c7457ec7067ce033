"""Compiling, loading and caching of what the JIT engine runs.

Importing this module is cheap; Numba is imported by the first :func:`load`. Every operation compiles and
is cached by itself, under a name such as ``tanh.backward``, ``affine.forward``, ``update.adam``, ``run``.

For the session
---------------
1. ``names = needed(document)`` says what a document runs.
2. ``is_loaded(names)``: the ``jit`` engine can be used at once.
3. Otherwise ``is_cached(names)``: ``load(names)`` takes about as long as ``import numba``; do it on the
   worker.
4. Otherwise run ``command(names)`` as a child process (compiling holds the GIL for long stretches, so not
   in a thread); when it has ended well, go on with 3. Meanwhile the ``reference`` engine serves.

The cache lies in a folder of its own below ``NUMBA_CACHE_DIR``, or the user's cache folder, named by a
hash of the engine's sources: Numba's cache does not notice an edit in a function that the cached one calls.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
import threading
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import nnsim
from nnsim import paths
from nnsim.engine.arrangement import sparse_readers
from nnsim.engine.code_cache import CodeCache
from nnsim.engine.lowering import Mode, lower, lower_training
from nnsim.engine.ops import OPERATIONS
from nnsim.engine.ops.operation import Op
from nnsim.engine.ops.pools import halves
from nnsim.engine.optimizers import UPDATE_KERNELS, clip_kernel
from nnsim.engine.plane_sizes import takes
from nnsim.engine.tape import Tape
from nnsim.model.document import Document

WORTH_BLAS = 128
"""Weights in one connection from which its products are BLAS's rather than plain loops."""
TWINS = ("affine_blas", "conv2d_planes", "max_pool2d_halving")
"""Operations that exist compiled only, each in place of another where it pays."""
SPARSE = ("nonzero", "affine_sparse.forward", "affine_sparse.backward")
"""What else may be needed where the input is wide: whether it is depends on the data."""
_CHILD = "import sys; sys.path.append(sys.argv[1]); from nnsim.engine import jit; jit.load(sys.argv[2:])"
_OPTIONS = {
    "error_model": "numpy",
    # What may be reordered; NaN and infinity must stay what they are.
    "fastmath": {"reassoc", "nsz", "contract", "arcp"},
}
_loaded: dict[str, Any] = {}
_one_at_a_time = threading.Lock()


def kernel_names(tape: Tape) -> tuple[str, ...]:
    """The operation that each entry of a tape runs compiled: its kind, or a twin of that kind."""
    return tuple(_kernel_name(tape, op) for op in tape.ops)


def _kernel_name(tape: Tape, op: Op) -> str:
    if op.kind == "affine":
        weights = tape.buffers[op.source].width * tape.buffers[op.target].width
        return "affine_blas" if weights >= WORTH_BLAS else "affine"
    if op.kind == "conv2d":
        return "conv2d_planes" if takes(op.attributes) else "conv2d"
    if op.kind == "max_pool2d" and halves(op.attributes):
        return "max_pool2d_halving"
    return op.kind


def needed(document: Document) -> tuple[str, ...]:
    """Names of the compiled functions that a document runs, each once."""
    training = document.training
    tape = lower_training(document)
    predicting = lower(document.network, training.loss, mode=Mode.EVAL)
    kinds = dict.fromkeys((*kernel_names(tape), *kernel_names(predicting)))
    kernels = [f"{kind}.{way}" for kind in kinds for way in ("forward", "backward")]
    if sparse_readers(tape):
        kernels += SPARSE
    if training.clip_norm > 0:
        kernels.append("clip")
    return ("run", "hits", f"update.{training.optimizer.kind}", *kernels)


def all_names() -> tuple[str, ...]:
    """Names of every compiled function there is."""
    kernels = [f"{kind}.{way}" for kind in (*OPERATIONS, *TWINS) for way in ("forward", "backward")]
    return ("run", "hits", "clip", *(f"update.{kind}" for kind in UPDATE_KERNELS), *kernels, *SPARSE)


@cache
def _store() -> CodeCache:
    """The compiled code of exactly these sources, in this place, for these versions."""
    # Slow to import, and not needed before the window stands.
    from importlib.metadata import version

    package = Path(__file__).parent
    digest = hashlib.sha256(str(package).encode())
    for source in sorted(package.rglob("*.py")):
        digest.update(source.read_bytes())
    versions = (sys.version, *(version(name) for name in ("numba", "llvmlite", "numpy")))
    digest.update(repr(versions).encode())
    key = f"engine-{digest.hexdigest()[:16]}"
    base = Path(os.environ.get("NUMBA_CACHE_DIR") or paths.cache_dir() / "numba").absolute()
    store = CodeCache(base if base.name == key else base / key)
    # A child process must find the same folder.
    os.environ["NUMBA_CACHE_DIR"] = str(store.folder)
    return store


def cache_folder() -> Path:
    """Where compiled code is kept; made here, in a temporary place if need be."""
    return _store().folder


def is_loaded(names: Iterable[str]) -> bool:
    """Whether all of these can be run at once."""
    return all(name in _loaded for name in names)


def is_cached(names: Iterable[str]) -> bool:
    """Whether all of these have been compiled, now or in an earlier run of the program."""
    return all(name in _loaded or _store().holds(name) for name in names)


def command(names: Iterable[str]) -> list[str]:
    """A command line that compiles these into the cache and ends with status 0.

    Nothing is imported from the current folder, which may be anybody's: this package is found where it is.
    """
    return [sys.executable, "-P", "-c", _CHILD, str(Path(nnsim.__file__).parents[1]), *names]


def compile_for(document: Document) -> None:
    """Load what a document runs, compiling what is not in the cache."""
    load(needed(document))


def load(names: Iterable[str]) -> None:
    """Load functions, compiling those that are not in the cache.

    Raises
    ------
    KeyError
        Where a name is none of :func:`all_names`.
    """
    missing = [name for name in names if name not in _loaded]
    for name in missing:
        # Numba is told the folder by a setting of the whole process.
        with _one_at_a_time:
            if name not in _loaded:
                _loaded[name] = _load(name, *_numba()[1][name])


def _load(name: str, signature: Any, function: Any) -> Any:
    """From the cache if it is whole there, else compiled into it, else compiled for this process alone."""
    store = _store()
    if store.holds(name):
        try:
            found = _compile(signature, function, store.entry(name))
            if not found.cache_hits:
                # Kept for another kind of processor: this one's code has been added.
                store.seal(store.entry(name))
            return found
        except Exception:
            # Whatever Numba makes of files that are whole and yet not what it wrote.
            store.discard(name)
    while store.is_open:
        try:
            with store.filling(name) as folder:
                return _compile(signature, function, folder)
        except OSError:
            store.retreat()
            os.environ["NUMBA_CACHE_DIR"] = str(store.folder)
    return _compile(signature, function, None)


def _compile(signature: Any, function: Any, folder: Path | None) -> Any:
    """Compile a function, or load it where the folder has it."""
    numba, _ = _numba()
    numba.config.CACHE_DIR = str(folder or "")
    return numba.cfunc(signature, cache=folder is not None, **_OPTIONS)(function)


def address(name: str) -> int:
    """Where a loaded function stands in memory."""
    return int(_loaded[name].address)


def runner() -> Callable[[int, int, int], int]:
    """The interpreter :func:`nnsim.engine.vm.run`, which lets go of the GIL while it runs."""
    kind = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64)
    return kind(address("run"))


@cache
def _numba() -> tuple[Any, dict[str, tuple[Any, Any]]]:
    """Numba, and signature and source of every function."""
    # Compiles a tenth faster than the usual 3, to code that is as fast.
    os.environ.setdefault("NUMBA_OPT", "2")
    import numba

    from nnsim.engine import blas, exponential, halving, inlined, planes, pointers, sparse, vm

    for module in (exponential, inlined):  # imported for what they tell Numba
        assert module
    blas.load_sgemm()
    kernels = {kind: (o.forward_kernel, o.backward_kernel) for kind, o in OPERATIONS.items()}
    kernels["affine_blas"] = (blas.affine_forward, blas.affine_backward)
    kernels["conv2d_planes"] = (planes.conv_forward, planes.conv_backward)
    kernels["max_pool2d_halving"] = (halving.pool_forward, halving.pool_backward)
    kernels["affine_sparse"] = (sparse.affine_forward, sparse.affine_backward)
    table: dict[str, tuple[Any, Any]] = {
        "run": (pointers.RUN, vm.run),
        "hits": (pointers.KERNEL, vm.count_hits),
        "clip": (pointers.UPDATE, clip_kernel),
        "nonzero": (pointers.LIST_NONZERO, sparse.list_nonzero),
    }
    for kind, update in UPDATE_KERNELS.items():
        table[f"update.{kind}"] = (pointers.UPDATE, update)
    for kind, (forward, backward) in kernels.items():
        table[f"{kind}.forward"] = (pointers.KERNEL, forward)
        table[f"{kind}.backward"] = (pointers.KERNEL, backward)
    return numba, table
