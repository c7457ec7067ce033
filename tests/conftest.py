"""Every test runs without a screen and away from the user's own files."""

import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

import nnsim

# Imported before any test module imports NumPy: it says how many threads NumPy may have.
assert nnsim
_FOLDERS = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")

# Before any test module is imported: Qt, numba and platformdirs read these once.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
_home = tempfile.TemporaryDirectory(prefix="nnsim-tests-", ignore_cleanup_errors=True)
for _name in _FOLDERS:
    _folder = os.path.join(_home.name, _name.lower())
    os.mkdir(_folder, 0o700)
    os.environ[_name] = _folder
REAL_MNIST = os.environ.pop("NNSIM_DATA_DIR", "")
"""For the few tests that are about the real digits; everything else is told that there are none."""
# One for the whole run and its child processes, so that each kernel compiles once; one given is kept,
# so that a developer can keep it between runs.
os.environ.setdefault("NUMBA_CACHE_DIR", os.path.join(_home.name, "numba"))

# What is started in the background, as by a nightly job, ignores interrupts, and so do its children.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Wall time says nothing on a shared machine.
settings.register_profile("nnsim", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("nnsim")

_PATIENCE = 120_000
"""Milliseconds after which what a test waits for will not come; how long it takes is not tested."""


class PatientBot(QtBot):
    """Waits on a busy machine as on an idle one."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 0) -> None:
        super().waitUntil(callback, timeout=max(timeout, _PATIENCE))

    def waitSignal(self, signal: object, *, timeout: int = 0, **settings: Any) -> object:
        if settings.get("raising") is False:  # nothing is expected, and so not waited for
            return super().waitSignal(signal, timeout=timeout, **settings)
        return super().waitSignal(signal, timeout=max(timeout, _PATIENCE), **settings)

    def waitExposed(self, widget: object, *, timeout: int = 0) -> object:
        return super().waitExposed(widget, timeout=max(timeout, _PATIENCE))


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, with patience."""
    return PatientBot(request)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """All tests run on all cores; a part that somebody asks for begins at once, in this process."""
    return 0 if config.args_source is pytest.Config.ArgsSource.ARGS else None


@pytest.fixture(scope="session", autouse=True)
def _remove_folders() -> Iterator[None]:
    yield
    _home.cleanup()


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """What a command does with signals is over with the test."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)
