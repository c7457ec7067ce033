"""What the network learns from."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from nnsim.model.change import Change, Part
from nnsim.model.data import (
    DIGIT_SOURCES,
    FEWEST_POINTS,
    FEWEST_SHAPES,
    GATES,
    MOST_POINTS,
    MOST_SHAPES,
    SURFACES,
    TOYS,
    Data,
    DigitsData,
    GateData,
    ShapesData,
    SurfaceData,
    TableData,
    ToyData,
)
from nnsim.model.document import Document
from nnsim.model.edits import set_activation
from nnsim.session.session import Session
from nnsim.ui.names import name_of
from nnsim.ui.numbers import count, listed, percent, plain
from nnsim.ui.panels.card import Card, Form
from nnsim.ui.panels.choices import Choice, NumberChoice

_MOST_LISTED = 200
_SHARES = (0.0, 0.1, 0.2, 0.3, 0.5)
_ONE_INPUT = SURFACES[:3]
_DRAWN = ToyData | SurfaceData | ShapesData
"""Data that are made up: as many as one likes, and with noise."""


class DataPanel(Card):
    """Dataset, its size and noise, the share kept back, and the sample looked at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_heading(self.tr("Data"))
        self._session = session
        form = self._form = Form()
        self.body.addLayout(form)
        self.dataset = Choice()
        self.samples = NumberChoice((50, 100, 200, 500, 1000), FEWEST_POINTS, MOST_POINTS, whole=True)
        self.noise = NumberChoice((0.0, 0.05, 0.1, 0.2, 0.3), 0.0, 1.0)
        self.split = Choice()
        self.sample = Choice()
        form.add(self.tr("Dataset"), self.dataset, self.tr("What the network learns from"))
        form.add(self.tr("Samples"), self.samples, self.tr("How many samples are made"))
        form.add(self.tr("Noise"), self.noise, self.tr("How far numbers stray from where they belong"))
        form.add(
            self.tr("Validation"),
            self.split,
            self.tr("Share of the samples kept back: the network never trains on them"),
        )
        form.add(self.tr("Sample"), self.sample, self.tr("The sample that lights up the network"))
        self.mine = QCheckBox(self.tr("train on them, too"))
        self.mine.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = self.tr("Train on the drawings that you have kept, too")
        form.add(self.tr("My digits"), self.mine, tip)
        self.amount = QLabel()
        self.amount.setObjectName("caption")
        self.amount.setWordWrap(True)
        self.body.addWidget(self.amount)
        self.mine.clicked.connect(lambda on: self._edit(mine=on))
        self.dataset.chosen.connect(self._choose)
        self.samples.chosen.connect(lambda number: self._edit(samples=int(number)))
        self.noise.chosen.connect(lambda number: self._edit(noise=number))
        self.split.chosen.connect(
            lambda share: session.edit_training(self.tr("Validation share"), validation_split=share)
        )
        self.sample.chosen.connect(session.follow)
        session.document_changed.connect(self._follow)
        session.data_changed.connect(self._list_samples)
        self.refresh()
        self._list_samples()

    def _follow(self, change: Change) -> None:
        if change.asks(Part.DATA, Part.LAYERS, Part.TRAINING):
            self.refresh()

    def refresh(self) -> None:
        """Show the document's data."""
        document = self._session.document
        data = document.data
        self.dataset.offer((item, name_of(_key(item))) for item in _datasets_for(document))
        self.dataset.show_value(_kept(data))
        drawn = isinstance(data, _DRAWN)
        for field in (self.samples, self.noise):
            self._form.setRowVisible(field, drawn)
        if isinstance(data, _DRAWN):
            self.samples.set_range(*_possible(data))
            self.samples.show_value(data.samples)
            self.noise.show_value(data.noise)
        digits = data if isinstance(data, DigitsData) else None
        self._form.setRowVisible(self.sample, digits is None)
        self._form.setRowVisible(self.mine, digits is not None and digits.source != "mine")
        self.mine.setChecked(digits is not None and digits.mine)
        self.amount.setVisible(digits is not None)
        self._form.setRowVisible(self.split, drawn)
        share = document.training.validation_split
        shares = sorted({*_SHARES, share})
        self.split.offer((share, percent(share)) for share in shares)
        self.split.show_value(share)

    def _show_amount(self) -> None:
        """What the digits are and how many; true also where others were asked for than there are."""
        dataset = self._session.dataset
        kept_back = len(dataset.validation_x)
        words = self.tr("{name}: {train} to learn from, {test} to test")
        if not kept_back:
            words = self.tr("{name}: {train} to learn from")
        if self._session.loading:
            words = self.tr("{name}: the first {train} are here, the rest is coming")
        name = name_of(dataset.source or "table")
        self.amount.setText(words.format(name=name, train=count(dataset.samples), test=count(kept_back)))

    def _list_samples(self) -> None:
        dataset = self._session.dataset
        self._show_amount()
        values: list[tuple[int | None, str]] = [(None, self.tr("follow training"))]
        if dataset.features <= 4:
            for i in range(min(dataset.samples, _MOST_LISTED)):
                x = listed([plain(round(float(v), 2)) for v in dataset.x[i]])
                y = listed([plain(round(float(v), 2)) for v in dataset.y[i]])
                values.append((i, self.tr("{number}: ({x}) → {y}").format(number=i + 1, x=x, y=y)))
        self.sample.offer(values)
        self.sample.show_value(self._session.followed)

    def _choose(self, data: Data) -> None:
        document = self._session.document
        current = document.data
        if isinstance(current, DigitsData) and isinstance(data, DigitsData):
            data = replace(data, mine=current.mine and data.source != "mine")
        if isinstance(current, _DRAWN) and isinstance(data, _DRAWN):
            data = replace(data, samples=current.samples, noise=current.noise, seed=current.seed)
        fitted = _fitted_to_task(replace(document, data=data))
        self._session.edit(self.tr("Dataset"), fitted)

    def _edit(self, **changes: float | bool) -> None:
        document = self._session.document
        data = replace(document.data, **changes)  # type: ignore[arg-type]
        self._session.edit(self.tr("Dataset"), replace(document, data=data))


def _possible(data: Data) -> tuple[int, int]:
    """Fewest and most samples that may be made."""
    if isinstance(data, ShapesData):
        return FEWEST_SHAPES, MOST_SHAPES
    return FEWEST_POINTS, MOST_POINTS


def _key(data: Data) -> str:
    """What the data is called in the table of names."""
    if isinstance(data, ShapesData):
        return "shuffled" if data.shuffled else "shapes"
    for field in ("gate", "name", "source"):
        if hasattr(data, field):
            return str(getattr(data, field))
    return "table"


def _kept(data: Data) -> Data:
    """The entry of the list that stands for this data, whatever its size and noise."""
    if isinstance(data, ToyData):
        return ToyData(data.name)
    if isinstance(data, DigitsData):
        return DigitsData(data.source)
    if isinstance(data, ShapesData):
        return ShapesData(shuffled=data.shuffled)
    return SurfaceData(data.name) if isinstance(data, SurfaceData) else data


def _datasets_for(document: Document) -> list[Data]:
    """Datasets with as many inputs and outputs as the network has."""
    network = document.network
    if isinstance(document.data, TableData):
        return [document.data]
    if isinstance(document.data, DigitsData):
        return [DigitsData(source) for source in DIGIT_SOURCES]
    if isinstance(document.data, ShapesData):
        return [ShapesData(), ShapesData(shuffled=True)]
    if network.outputs != 1:
        return [_kept(document.data)]
    if network.input.units == 1:
        return [SurfaceData(name) for name in _ONE_INPUT]
    gates = [GateData(gate) for gate in GATES]
    if document.training.loss == "perceptron":
        return [*gates, ToyData("blobs")]
    surfaces = [SurfaceData(name) for name in SURFACES if name not in _ONE_INPUT]
    return [*gates, *(ToyData(name) for name in TOYS), *surfaces]


def _fitted_to_task(document: Document) -> Document:
    """Give the output the activation and loss that the kind of task asks for, when it changes."""
    network, training = document.network, document.training
    regression = isinstance(document.data, SurfaceData)
    wanted: tuple[str, str] | None = None
    if regression and training.loss in ("bce", "perceptron"):
        wanted = ("identity", "mse")
    elif not regression and training.loss in ("mse", "mae") and network.output_activation == "identity":
        wanted = ("sigmoid", "bce")
    if wanted is None:
        return document
    last = len(network.layers) - 1
    return replace(
        document,
        network=set_activation(network, [last], wanted[0]).network,
        training=replace(training, loss=wanted[1]),
    )
