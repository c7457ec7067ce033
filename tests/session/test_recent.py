"""The list of recent files survives whatever stands in the settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from nnsim.session.recent import MOST, RecentFiles


@pytest.fixture
def settings(tmp_path) -> QSettings:
    return QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)


def test_the_newest_stands_first_and_none_twice(settings, tmp_path):
    recent = RecentFiles(settings)
    for name in ("a", "b", "a"):
        recent.add(tmp_path / name)
    assert recent.paths() == [tmp_path / "a", tmp_path / "b"]
    for number in range(2 * MOST):
        recent.add(tmp_path / str(number))
    assert len(recent.paths()) == MOST


@pytest.mark.parametrize("number", [0, 1, 2])
def test_it_is_read_back_by_the_next_program(settings, tmp_path, number):
    paths = [tmp_path / f"ä, {i}.nnsim" for i in range(number)]
    for path in reversed(paths):
        RecentFiles(settings).add(path)
    settings.sync()
    again = QSettings(settings.fileName(), QSettings.Format.IniFormat)
    assert RecentFiles(again).paths() == paths


@pytest.mark.parametrize("value", [3, "", ["", 4, "/a"], {"a": 1}, b"x"])
def test_nonsense_in_the_settings_is_passed_over(settings, value):
    settings.setValue("recent", value)
    assert all(isinstance(path, Path) and str(path) for path in RecentFiles(settings).paths())
