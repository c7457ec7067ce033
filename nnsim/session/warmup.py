"""Getting the compiled engine ready while the reference engine serves."""

from __future__ import annotations

import importlib
import subprocess
import threading

from nnsim.engine import jit
from nnsim.model.document import Document
from nnsim.session.patience import Patience

_LOOK = 0.05
"""Seconds between two looks at the child process."""


class Warmup:
    """Compiles in a child process, then loads from the cache in a short-lived thread.

    Compiling holds the GIL for long stretches, so it is not done in this process; should the child
    fail, it is done here after all. Nothing happens before :meth:`start`. Every public method is called
    from the GUI thread.
    """

    def __init__(self) -> None:
        self._started = False
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._next: tuple[str, ...] = ()
        self.failure = ""

    @property
    def busy(self) -> bool:
        """Whether something is being made ready, or has just been and is not taken yet."""
        return self._thread is not None

    def ready_for(self, document: Document) -> bool:
        """Whether the compiled engine can be used for a document at once."""
        return jit.is_loaded(jit.needed(document))

    def start(self, document: Document) -> None:
        """From now on, get ready for whatever document is open."""
        self._started = True
        self.follow(document)

    def follow(self, document: Document) -> None:
        """Get ready for this document, after what is already under way."""
        names = jit.needed(document)
        if not self._started or self.failure or jit.is_loaded(names):
            return
        self._next = names
        if self._thread is None:
            self._begin()

    def take_finished(self) -> bool:
        """Whether a preparation has ended since the last call; the next one is then begun."""
        if self._thread is None or self._thread.is_alive():
            return False
        self._thread.join()
        self._thread = None
        if self._next and not self.failure:
            self._begin()
        return True

    def stop(self, patience: Patience) -> None:
        """End the child process and the thread, and wait for both with patience."""
        self._stopping.set()
        if self._thread is not None:
            patience.wait_for(self._thread)
            self._thread = None

    def _begin(self) -> None:
        names, self._next = self._next, ()
        if not jit.is_loaded(names):
            self._thread = threading.Thread(
                target=self._prepare, args=(names,), name="nnsim-warmup", daemon=True
            )
            self._thread.start()

    def _prepare(self, names: tuple[str, ...]) -> None:
        try:
            if not jit.is_cached(names):
                self._compile_elsewhere(names)
            # One at a time: should they have to be compiled here, closing need not wait for all.
            for name in names:
                if not self._stopping.is_set():
                    jit.load((name,))
            # What the first lesson, and then the first digits, would otherwise wait for.
            if not self._stopping.is_set():
                importlib.import_module("ziamath")
            if not self._stopping.is_set():
                importlib.import_module("nnsim.data.handwriting.writing").alphabet()
        except Exception as error:
            self.failure = str(error) or type(error).__name__

    def _compile_elsewhere(self, names: tuple[str, ...]) -> None:
        jit.cache_folder()
        try:
            child = subprocess.Popen(
                jit.command(names),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return
        while child.poll() is None:
            if self._stopping.wait(_LOOK):
                child.kill()
                child.wait()
                return
