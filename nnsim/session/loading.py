"""Fetching large data beside the window: a few samples at once, all of them as soon as they are there."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from nnsim.data.dataset import Dataset
from nnsim.data.giving_up import GivenUpError, while_wanted
from nnsim.data.load import is_slow, load, preview
from nnsim.model.data import Data, DigitsData
from nnsim.model.document import Document
from nnsim.model.training import Training
from nnsim.session.failures import samples_failed
from nnsim.session.patience import Patience


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """What came of loading: the samples, or words on why there are none."""

    data: Data
    dataset: Dataset | None
    error: str = ""


def samples_key(document: Document) -> tuple[object, ...]:
    """What a document's samples depend on: as long as it stays the same, so do they."""
    if isinstance(document.data, DigitsData):
        return (document.data,)
    training = document.training
    return document.data, training.validation_split, training.seed


class Loading:
    """Loads in a short-lived thread. Every method is called from the GUI thread."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._given_up = threading.Event()
        self._wanted: tuple[Data, Training] | None = None
        self._under_way: Data | None = None
        self._loaded: Loaded | None = None

    @property
    def busy(self) -> bool:
        """Whether samples are under way, or have arrived and are not taken yet."""
        return self._thread is not None

    def begin(self, data: Data, training: Training) -> Dataset:
        """Samples to begin with: all of them where that takes no time; else some, and the rest follows.

        Raises
        ------
        DocumentError
            If there are none, in words for the user.
        """
        self._wanted = None
        if not is_slow(data):
            self._given_up.set()
            return load(data, training)
        some = preview(data, training)
        if self._under_way != data:
            self._given_up.set()
        self._wanted = data, training
        if self._thread is None:
            self._start()
        return some

    def take(self) -> Loaded | None:
        """What was last asked for, once it is there."""
        if self._thread is None or self._thread.is_alive():
            return None
        self._thread.join()
        self._thread = None
        if self._wanted is None:
            return None
        loaded, self._loaded = self._loaded, None
        if loaded is None or loaded.data != self._wanted[0]:
            self._start()
            return None
        return loaded

    def stop(self, patience: Patience) -> None:
        """Give up what is under way, and wait for it with patience."""
        self._wanted = None
        self._given_up.set()
        if self._thread is not None:
            patience.wait_for(self._thread)
            self._thread = None

    def _start(self) -> None:
        assert self._wanted is not None
        self._under_way, self._given_up = self._wanted[0], threading.Event()
        arguments = (*self._wanted, self._given_up)
        self._thread = threading.Thread(target=self._load, args=arguments, name="nnsim-data", daemon=True)
        self._thread.start()

    def _load(self, data: Data, training: Training, given_up: threading.Event) -> None:
        try:
            with while_wanted(lambda: not given_up.is_set()):
                self._loaded = Loaded(data, load(data, training))
        except GivenUpError:
            self._loaded = None
        except Exception as error:
            self._loaded = Loaded(data, None, samples_failed(error))
