"""The random user of ``nnsim bench --budgets`` at the real window."""

import pytest
from PySide6.QtCore import QObject

from nnsim.bench.budgets.random_user import LIMIT, RandomUser
from nnsim.data import digits


class Told(QObject):
    """Takes what the user says, in the watch's place."""

    doing, limit = "", LIMIT


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_that_is_done_at_random_raises(open_window, qapp, monkeypatch, seed):
    monkeypatch.setattr(digits, "GENERATED_TRAIN", 200)
    monkeypatch.setattr(digits, "GENERATED_TEST", 40)
    window = open_window()
    told = []
    user = RandomUser(window, Told(), seed)
    for _ in range(60):
        user.act()
        told.append(user._watch.doing)
        qapp.processEvents()
    assert user.done == 60
    assert len(set(told)) > 20
