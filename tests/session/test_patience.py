"""Closing and pausing wait for nothing that takes long; a wide network is computed in pieces."""

import threading
import tracemalloc

import pytest

from nnsim import app
from nnsim.data.handwriting.writing import alphabet
from nnsim.data.load import load
from nnsim.model.data import DigitsData, ToyData
from nnsim.model.document import Document
from nnsim.model.layers import LARGEST_LAYER, Dense, Input
from nnsim.model.network import chain
from nnsim.model.training import Training
from nnsim.session import autosave, leftovers, patience, session, undoing
from nnsim.session.current import Current
from nnsim.session.field import COARSEST, MOST_UNITS, RESOLUTION, domain_of
from nnsim.session.loading import Loading
from nnsim.session.patience import Patience, left_behind
from nnsim.session.picture_reading import PictureReading
from nnsim.session.session import Session
from nnsim.session.warmup import Warmup
from nnsim.session.workshop import Workshop
from nnsim.ui.graph import geometry
from tests.session.driving import scene, wait_idle

MILLION = DigitsData("generated", 1_000_000)
WIDE = Document(
    chain(Input((2,)), Dense(LARGEST_LAYER, "tanh"), Dense(1, "sigmoid")),
    ToyData("moons", 200),
    Training(batch_size=10),
)


@pytest.fixture
def held(monkeypatch):
    """The worker is in the middle of something that takes as long as the test wants."""
    begun, end, look = threading.Event(), threading.Event(), Workshop.look

    def long_look(self, *arguments, **more):
        begun.set()
        end.wait(240)
        return look(self, *arguments, **more)

    monkeypatch.setattr(Workshop, "look", long_look)
    yield begun
    end.set()
    for thread in threading.enumerate():
        if thread.name.startswith("nnsim-"):
            thread.join()


def test_digits_that_nobody_waits_for_are_given_up():
    loading = Loading()
    loading.begin(MILLION, Training())
    thread = loading._thread
    # A million take more than a minute.
    loading.stop(Patience(50))
    assert not thread.is_alive()


def test_other_digits_do_not_wait_for_a_million(qtbot):
    loading = Loading()
    loading.begin(MILLION, Training())
    loading.begin(DigitsData("generated", 600), Training())
    found = []
    qtbot.waitUntil(lambda: found.append(loading.take()) or found[-1] is not None, timeout=50_000)
    assert found[-1].dataset.samples == 600


def test_the_same_digits_asked_for_again_are_not_begun_anew():
    loading = Loading()
    loading.begin(MILLION, Training())
    loading.begin(MILLION, Training(seed=3))
    assert not loading._given_up.is_set()
    loading.stop(Patience(50))


def test_closing_leaves_behind_what_is_in_the_middle_of_something(qapp, held, monkeypatch):
    monkeypatch.setattr(session, "Patience", lambda: Patience(0.05))
    one = Session(scene("xor"))
    assert held.wait(120)
    one.close()
    assert left_behind()
    left = []
    monkeypatch.setattr("os._exit", left.append)
    app._leave(3)
    assert left == [3]


@pytest.fixture
def let_go():
    """What ends a thread that nobody should wait for: much later, or when the test is over."""
    event = threading.Event()
    much_later = threading.Timer(30, event.set)
    much_later.start()
    yield event
    much_later.cancel()
    event.set()
    for thread in threading.enumerate():
        if thread.name.startswith("nnsim-"):
            thread.join()


def test_closing_does_not_wait_for_a_disk_that_does_not_answer(qtbot, let_go, monkeypatch, tmp_path):
    monkeypatch.setattr(leftovers, "autosave_dir", lambda: tmp_path)
    monkeypatch.setattr(autosave, "save_file", lambda *_, **__: let_go.wait())
    one = Session(scene("xor"))
    keeper = autosave.Autosave(one, Current(one), lambda: "xor")
    wait_idle(qtbot, one)
    keeper.start()
    one.step_silently(3)
    wait_idle(qtbot, one)
    assert not keeper.keep_now(patience=Patience(0.05))
    keeper.close(patience=Patience(0.05))
    assert not let_go.is_set()
    assert left_behind()
    one.close()


def test_closing_does_not_wait_for_a_picture(qapp, let_go):
    reading = PictureReading()
    reading._begin(lambda _: let_go.wait())
    reading.stop(Patience(0.05))
    assert not let_go.is_set()
    assert not reading.busy
    assert left_behind()


def test_where_nothing_is_left_behind_the_status_is_handed_on(monkeypatch):
    monkeypatch.setattr("os._exit", lambda _: pytest.fail("ended"))
    assert app._leave(3) == 3


def test_closing_has_less_than_two_seconds_of_patience_for_everything():
    assert patience.MOST < 2.0
    threads = [threading.Thread(target=threading.Event().wait, args=(60,), daemon=True) for _ in range(3)]
    waited = []
    for thread in threads:
        thread.start()
        thread.join = waited.append
    one = Patience(0.0)
    assert not any(one.wait_for(thread) for thread in threads)
    assert waited == [0.0] * 3


def test_pausing_waits_for_nothing(qapp, held, monkeypatch):
    waited = []
    monkeypatch.setattr(undoing.Keepsake, "wait", lambda self, seconds: waited.append(seconds))
    one = Session(scene("xor"))
    try:
        one.run()
        assert held.wait(120)
        one.pause()
        assert not one.running
        assert waited == []
        assert one.is_ending
        assert one.undo_stack.count() == 0
    finally:
        monkeypatch.setattr(session, "Patience", lambda: Patience(0.05))
        one.close()


def test_an_edit_after_a_pause_waits_for_the_run_unless_the_worker_is_slow(qapp, held, monkeypatch):
    waited = []
    monkeypatch.setattr(undoing.Keepsake, "wait", lambda self, seconds: waited.append(seconds))
    one = Session(scene("xor"))
    try:
        one.run()
        assert held.wait(120)
        one.pause()
        one._worker._spent = 1.0
        one.edit_optimizer("Learning rate", learning_rate=0.25)
        assert waited == [0.0]
        assert [one.undo_stack.text(i) for i in range(2)] == ["Training", "Learning rate"]
        assert not one.is_ending
    finally:
        monkeypatch.setattr(session, "Patience", lambda: Patience(0.05))
        one.close()


def test_what_digits_are_written_with_is_made_beside_the_window():
    alphabet.cache_clear()
    Warmup()._prepare(())
    assert alphabet.cache_info().currsize == 1


def test_of_a_wide_layer_only_what_is_drawn_is_kept():
    assert MOST_UNITS == geometry.MOST_DISCS
    shop = Workshop(threading.Event())
    tracemalloc.start()
    try:
        shop.load(WIDE, load(WIDE.data, WIDE.training), None, "reference")
        update = shop.look(shop.step(1), fresh=True)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    inputs, hidden, answer = update.field.layers
    assert hidden is None
    assert inputs.shape[0] == 2
    assert answer.shape[1:] == inputs.shape[1:]
    assert COARSEST <= answer.shape[1] < RESOLUTION
    assert peak < 400_000_000


def test_a_small_network_has_the_finest_grid():
    data = load(WIDE.data, WIDE.training)
    assert len(domain_of(data, 100).points) == RESOLUTION**2
    assert len(domain_of(data, 20_000_000).points) == COARSEST**2
