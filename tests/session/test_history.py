"""The course of a run stays bounded, and goes back when the run does."""

from dataclasses import replace

import numpy as np

from nnsim.engine.snapshot import Score
from nnsim.session.history import LONGEST, History
from tests.ui.graph.factory import XOR, random_snapshot

SNAPSHOT = random_snapshot(XOR)


def at(epoch, batch=0, batches=4, loss=1.0):
    return replace(SNAPSHOT, epoch=epoch, batch=batch, batches=batches, train=Score(loss, 0.5))


def epochs_of(history):
    return history.columns()[0].tolist()


def test_points_stand_where_in_an_epoch_they_were_measured():
    history = History()
    assert history.add(at(0))
    assert history.add(at(0, 1))
    assert not history.add(at(0, 1))
    assert history.add(at(1, 2))
    assert epochs_of(history) == [0.0, 0.25, 1.5]


def test_what_is_not_known_is_no_number():
    history = History()
    history.add(replace(at(0), train=Score(0.5, None)))
    history.add(replace(at(1), validation=Score(0.25, 0.75)))
    columns = history.columns()
    np.testing.assert_array_equal(columns[:, 0], [0, 0.5, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(columns[:, 1], [1, 1.0, 0.25, 0.5, 0.75])


def test_a_validation_score_counts_only_where_it_was_measured():
    history, measured = History(), Score(0.25, 0.75)
    history.add(replace(at(0), validation=measured))
    history.add(replace(at(0, 1), validation=measured))
    history.add(replace(at(0, 2), validation=Score(0.2, 0.8)))
    np.testing.assert_array_equal(history.columns()[2], [0.25, np.nan, 0.2])
    history.clear()
    history.add(replace(at(0), validation=measured))
    assert history.columns()[2].tolist() == [0.25]


def test_a_long_run_is_thinned_and_keeps_its_ends():
    history = History()
    longest = 0
    for epoch in range(3 * LONGEST):
        history.add(at(epoch, loss=float(epoch)))
        longest = max(longest, len(history.rows))
    epochs, losses = history.columns()[:2]
    assert longest == LONGEST
    assert len(epochs) > LONGEST / 2
    assert (epochs[0], epochs[-1]) == (0.0, 3 * LONGEST - 1)
    assert (np.diff(epochs) > 0).all()
    np.testing.assert_array_equal(epochs, losses)


def test_going_back_drops_only_what_lay_ahead():
    history = History()
    for batch in (0, 1, 2, 3):
        history.add(at(5, batch))
    # With batches of another size, the same place in the data is a smaller share of the epoch.
    history.add(at(5, 1, batches=2))
    assert epochs_of(history) == [5.0, 5.25, 5.5]
    history.add(at(5, 1, batches=3))
    assert epochs_of(history) == [5.0, 5.25, 5 + 1 / 3]
