"""Compiling and caching, in processes of their own."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import nnsim
from nnsim.engine import jit
from nnsim.model.layers import Dense, Input
from nnsim.model.network import chain
from nnsim.model.training import Optimizer
from tests.engine.networks import document, xor


def _python(code, folder):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder), "TMPDIR": str(Path(folder).parent)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_what_a_document_needs():
    assert set(jit.needed(xor())) == {
        "run",
        "hits",
        "update.sgd",
        *(
            f"{kind}.{way}"
            for kind in ("affine", "tanh", "sigmoid", "bce_logits")
            for way in ("forward", "backward")
        ),
    }
    large = document(
        chain(Input((784,)), Dense(16), Dense(4, "softmax")), Optimizer("adam"), loss="cross_entropy", l2=0.1
    )
    names = jit.needed(large)
    assert {"affine_blas.forward", "affine.forward", "cross_entropy_logits.backward", "penalty.backward"} < {
        *names
    }
    assert set(names) < set(jit.all_names())
    assert len(set(names)) == len(names)


def test_the_engine_package_does_not_import_numba(tmp_path):
    code = """
import sys
from nnsim.engine.trainer import Trainer
from nnsim.engine import jit
print("numba" in sys.modules, "scipy" in sys.modules, jit.is_loaded(["run"]), jit.is_cached(["run"]))
"""
    assert _python(code, tmp_path) == ["False"] * 4


def test_a_child_fills_the_cache(tmp_path):
    names = ["step.forward", "step.backward"]
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    subprocess.run(jit.command(names), env=environment, check=True)
    code = f"""
from nnsim.engine import jit
names = {names!r}
print(jit.is_cached(names), jit.is_cached(["tanh.forward"]), jit.is_loaded(names))
jit.load(names)
print(jit.is_loaded(names), *(jit._loaded[name].cache_hits for name in names))
"""
    assert _python(code, tmp_path) == ["True", "False", "False", "True", "1", "1"]


def test_a_child_runs_nothing_that_lies_in_the_current_folder(tmp_path):
    here = tmp_path / "downloads"
    (here / "nnsim").mkdir(parents=True)
    for name in ("random.py", "numba.py", "sitecustomize.py", "nnsim/__init__.py"):
        (here / name).write_text("open('ran', 'w').close()")
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    environment.pop("PYTHONPATH", None)
    subprocess.run(jit.command(["step.forward"]), env=environment, cwd=here, check=True)
    assert not (here / "ran").exists()
    assert list((tmp_path / "cache").rglob("*.nbc"))


def test_no_child_process_looks_for_modules_in_the_current_folder():
    started = [
        (path.name, words)
        for path in Path(nnsim.__file__).parent.rglob("*.py")
        for words in _lists_with_python(ast.parse(path.read_text("utf-8")))
    ]
    assert started
    for path, words in started:
        assert words[1:2] == ["'-P'"], path


def _lists_with_python(tree):
    """What follows ``sys.executable``, wherever it is used."""
    lists = [[ast.unparse(e) for e in node.elts] for node in ast.walk(tree) if isinstance(node, ast.List)]
    found = [words for words in lists if "sys.executable" in words]
    uses = sum(isinstance(n, ast.Attribute) and ast.unparse(n) == "sys.executable" for n in ast.walk(tree))
    return found + [[]] * (uses - len(found))


def test_an_unknown_name_is_an_error():
    with pytest.raises(KeyError, match="nothing"):
        jit.load(["nothing"])


def test_a_child_does_not_nest_its_cache(tmp_path):
    code = "from nnsim.engine import jit; print(jit.cache_folder())"
    (folder,) = _python(code, tmp_path)
    assert _python(code, folder) == [folder]


def test_a_folder_that_cannot_be_made_is_replaced(tmp_path):
    taken = tmp_path / "file"
    taken.write_text("")
    code = """
import os
from nnsim.engine import jit
print(jit.cache_folder().is_dir(), os.environ["NUMBA_CACHE_DIR"] == str(jit.cache_folder()))
jit.load(["identity.forward"])
"""
    assert _python(code, taken) == ["True", "True"]
