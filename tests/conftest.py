"""Every test runs without a screen and away from the user's own files."""

import os
import signal
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

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
os.environ.pop("NNSIM_DATA_DIR", None)
# One for the whole run and its child processes, so that each kernel compiles once; one given is kept,
# so that a developer can keep it between runs.
os.environ.setdefault("NUMBA_CACHE_DIR", os.path.join(_home.name, "numba"))

# Wall time says nothing on a shared machine.
settings.register_profile("nnsim", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("nnsim")


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
