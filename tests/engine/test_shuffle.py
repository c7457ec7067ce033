"""The order of the samples."""

import itertools

import numpy as np

from nnsim.engine.shuffle import epoch_order
from nnsim.engine.trainer import Trainer
from tests.engine.networks import dataset, xor


def test_every_epoch_is_another_permutation():
    orders = [tuple(epoch_order(3, epoch, 50).tolist()) for epoch in range(20)]
    assert all(sorted(order) == list(range(50)) for order in orders)
    assert len(set(orders)) == 20
    assert epoch_order(3, 0, 50).tolist() == list(orders[0])
    assert epoch_order(4, 0, 50).tolist() != list(orders[0])


def test_all_orders_come_about_equally_often():
    seen = [tuple(epoch_order(seed, epoch, 4).tolist()) for seed in range(24) for epoch in range(100)]
    counts = [seen.count(order) for order in itertools.permutations(range(4))]
    # 2,400 draws of 24 orders: 100 each, with a deviation of √(100·23/24) = 9.8; five of them is a lot.
    assert min(counts) > 51
    assert max(counts) < 149


def test_compiled_code_shuffles_alike():
    data = dataset(np.arange(22).reshape(11, 2), np.zeros((11, 1)), "binary")
    trainer = Trainer(xor(batch_size=2, seed=9), data, engine="jit")
    for epoch in range(3):
        order = epoch_order(9, epoch, 11)
        # Steps in one go, so that the compiled loop and not Python goes over the end of the epoch.
        last = trainer.run_steps(6)
        assert last.epoch == epoch + 1
        assert last.last_batch.tolist() == order[10:].tolist()


def test_the_full_batch_is_in_order():
    for size in (0, 4, 9):
        trainer = Trainer(
            xor(batch_size=size), dataset(np.eye(4)[:, :2], np.ones((4, 1))), engine="reference"
        )
        assert trainer.run_steps(3).last_batch.tolist() == [0, 1, 2, 3]
