"""The one thread that computes: it takes orders for the workshop, and leaves copies in a mailbox."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Concatenate, ParamSpec

from nnsim.engine.snapshot import Snapshot
from nnsim.model.errors import DocumentError
from nnsim.session.error_words import error_words
from nnsim.session.keepsake import Keepsake
from nnsim.session.patience import Patience
from nnsim.session.updates import Update
from nnsim.session.workshop import Workshop

P = ParamSpec("P")
_EXPECTED = (DocumentError, MemoryError, OSError)
"""What is told in its own words; everything else is a fault of the program."""
Work = Callable[[Workshop], Snapshot | None]
_LONG = 0.2
"""Seconds of computing that a person would notice."""


@dataclass(frozen=True, slots=True)
class _Order:
    """Work to be done; of quiet work nothing is published."""

    number: int
    work: Work
    is_quiet: bool = False


class Worker:
    """Runs a workshop in a thread of its own; every public method may be called from the GUI thread.

    Orders are numbered; an :class:`Update` tells which was the last one carried out.
    """

    def __init__(self) -> None:
        self._orders: queue.SimpleQueue[_Order] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._shop = Workshop(self._stopping)
        self._count = 0
        self._latest = 0
        self._done = 0
        self._lock = threading.Lock()
        self._mail: Update | None = None
        self._spent = 0.0
        # A daemon, so that a crash elsewhere never leaves the process hanging; `stop` joins it.
        self._thread = threading.Thread(target=self._loop, name="nnsim-training", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self, patience: Patience | None = None) -> bool:
        """End the thread, and wait for it with patience; what it was still to do is dropped.


        Returns
        -------
        bool
            Whether it has ended now: neither before nor, in the middle of a long step, later.
        """
        if self._stopping.is_set() or not self._thread.is_alive():
            return False
        self.abandon()
        return (patience or Patience()).wait_for(self._thread)

    @property
    def is_slow(self) -> bool:
        """Whether what it did last took so long that nobody should wait for the next."""
        return self._spent > _LONG

    def abandon(self) -> None:
        """Let the thread end by itself, if it ever comes to that; nothing of it is shown any more."""
        self._stopping.set()
        self._orders.put(_Order(0, lambda _: None))

    @property
    def silence(self) -> float:
        """Seconds without a sign of life since the thread began what it does; 0 while that is nothing."""
        since = self._shop.since
        return 0.0 if since is None else time.monotonic() - since

    def take(self) -> Update | None:
        """The newest update, once."""
        with self._lock:
            mail, self._mail = self._mail, None
        return mail

    @property
    def waiting(self) -> bool:
        """Whether an order is still to be carried out; if not, the mailbox holds what came of the last."""
        with self._lock:
            return self._done < self._count

    def order(
        self, act: Callable[Concatenate[Workshop, P], Snapshot | None], *args: P.args, **kwargs: P.kwargs
    ) -> int:
        """Have something done in the workshop; the order's number.

        Parameters
        ----------
        act : callable
            A method of :class:`Workshop`.
        *args, **kwargs
            What it is given besides.
        """
        self._count += 1
        self._latest = self._count
        self._orders.put(_Order(self._count, lambda shop: act(shop, *args, **kwargs)))
        return self._count

    def keep(self, keepsake: Keepsake) -> None:
        """Keep the moment that this order meets; there is nothing to show of it."""
        self._count += 1
        self._orders.put(_Order(self._count, lambda shop: shop.keep(keepsake), is_quiet=True))

    def _loop(self) -> None:
        while True:
            order: _Order | None
            try:
                order = self._orders.get(timeout=self._shop.patience)
            except queue.Empty:
                order = None
            if self._stopping.is_set():
                return
            self._shop.since = time.monotonic()
            begun = time.thread_time()
            if order is None:
                self._train()
            else:
                self._carry_out(order)
            self._shop.since = None
            if order is None or not order.is_quiet:
                self._spent = time.thread_time() - begun

    def _carry_out(self, order: _Order) -> None:
        try:
            snapshot = order.work(self._shop)
            if order.is_quiet:
                with self._lock:
                    self._done = order.number
                return
            update = self._shop.look(snapshot, fresh=order.number >= self._latest)
        except Exception as error:
            update = self._give_up(error)
        self._publish(replace(update, order=order.number))

    def _train(self) -> None:
        try:
            snapshot = self._shop.advance()
            update = None if snapshot is None else self._shop.look(snapshot, fresh=False)
        except Exception as error:
            update = self._give_up(error)
        if update is not None:
            self._publish(replace(update, order=self._done))

    def _give_up(self, error: Exception) -> Update:
        """Stop training; what no user can do anything about goes on in the GUI thread."""
        self._shop.pause()
        if isinstance(error, _EXPECTED):
            return Update(0, None, error=error_words(error))
        return Update(0, None, fault=error)

    def _publish(self, update: Update) -> None:
        with self._lock:
            # What was published of another network or other parameters must not mix with what follows.
            if not self._shop.take_is_other() and self._mail is not None:
                update = update.after(self._mail)
            self._mail = update
            self._done = update.order
