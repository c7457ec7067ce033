"""The layers: of which kind each is, and its settings."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from nnsim.model.change import Change, Part
from nnsim.model.edits import rename_layer, set_fields
from nnsim.model.errors import DocumentError
from nnsim.model.network import Network
from nnsim.model.parameters import Layout
from nnsim.session.session import Session
from nnsim.ui.graph.geometry import is_mixed
from nnsim.ui.graph.words import Names
from nnsim.ui.numbers import count
from nnsim.ui.panels.card import Card
from nnsim.ui.panels.choices import Choice, CountBox
from nnsim.ui.panels.layer_rows import DenseRow, KindRow, Row
from nnsim.ui.panels.setting_fields import words_for


class NetworkPanel(Card):
    """One row for each layer; what was learned survives every change.

    Attributes
    ----------
    rows : list of DenseRow or KindRow
        One for each layer but the input.
    add_button : QPushButton

    Signals
    -------
    layer_wanted : a new layer before the output; where on the screen to offer the kinds
    """

    layer_wanted = Signal(QPoint)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_heading(self.tr("Layers"))
        self._session = session
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self.body.addLayout(self._grid)
        self.rows: list[Row] = []
        self._built: tuple[tuple[str, str], ...] = ()
        self.add_button = QPushButton(self.tr("+ Add a layer"))
        self.add_button.setObjectName("addLayer")
        self.add_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add_button.setToolTip(self.tr("A layer of any kind before the output (Ctrl+Shift+Ins)"))
        self.add_button.setAccessibleName(self.tr("Add a layer"))
        self.add_button.clicked.connect(self.ask_layer)
        self.body.addWidget(self.add_button)
        self.weights = QLabel()
        self.weights.setObjectName("caption")
        self.weights.setWordWrap(True)
        self.body.addWidget(self.weights)
        session.document_changed.connect(self._follow)
        self.refresh()

    def ask_layer(self) -> None:
        """Let the kind of a new layer be chosen, before the output."""
        self.layer_wanted.emit(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    @property
    def units(self) -> list[CountBox]:
        """The fields for the neurons of dense layers."""
        return [row.units for row in self.rows if isinstance(row, DenseRow)]

    @property
    def activations(self) -> list[Choice]:
        """The fields for the activations of dense layers."""
        return [row.activation for row in self.rows if isinstance(row, DenseRow)]

    def _follow(self, change: Change) -> None:
        if change.asks(Part.LAYERS, Part.CONNECTIONS):
            self.refresh()

    def refresh(self) -> None:
        """Show the document's layers."""
        network = self._session.document.network
        names = Names(network)
        self._build(network, names)
        for number, row in enumerate(self.rows, start=1):
            row.show(network.layers[number], names.shape(number))
        self.weights.setVisible(is_mixed(network))
        self.weights.setText(weights_in_words(network) if is_mixed(network) else "")

    def _build(self, network: Network, names: Names) -> None:
        last = len(network.layers) - 1
        numbers = range(1, last + 1)
        called = tuple((network.layers[i].kind, _called(network, names, i)) for i in numbers)
        if called == self._built:
            return
        open_rows = {i for i, row in enumerate(self.rows) if isinstance(row, KindRow) and row.is_unfolded}
        keeps_open = len(called) == len(self._built)
        self._built = called
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                # A list that is still unfolded must not choose for a layer that is gone.
                for part in (widget, *widget.findChildren(QWidget)):
                    part.blockSignals(True)
                widget.deleteLater()
        self.rows, line = [], 0
        for number, (kind, name) in zip(numbers, called, strict=True):
            layer, is_output = network.layers[number], number == last
            row: Row = (
                DenseRow(name, number, self._change, is_output=is_output)
                if kind == "dense"
                else KindRow(name, number, self._change, layer, is_output=is_output)
            )
            line += row.place(self._grid, line)
            if isinstance(row, KindRow) and keeps_open and number - 1 in open_rows:
                row.button.setChecked(True)
            self.rows.append(row)

    def changeEvent(self, event: QEvent) -> None:
        """Fields have room for their letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "rows"):
            for row in self.rows:
                row.fit_letters()

    def _change(self, number: int, name: str, value: Any) -> None:
        words = {"units": self.tr("Units")}.get(name) or words_for(name)[0]
        network = self._session.document.network
        if getattr(network.layers[number], name) == value:
            return
        try:
            if name == "name":
                edit = rename_layer(network, number, value)
            else:
                edit = set_fields(network, number, **{name: value})
        except DocumentError as error:
            self._session.refuse(words, error)
            self.refresh()
        else:
            self._session.edit_network(words, edit, f"{name} {number}")


def _called(network: Network, names: Names, number: int) -> str:
    """What a layer's row is called: dense layers by their place, others by their kind."""
    if number == len(network.layers) - 1:
        return QCoreApplication.translate("NetworkPanel", "Output")
    if is_mixed(network):
        return names.kind(number)
    return QCoreApplication.translate("NetworkPanel", "Hidden {number}").format(number=number)


def weights_in_words(network: Network) -> str:
    """How many weights are trained, and how many of them are used at every place of an image."""
    tensors = [t for t in Layout(network).tensors if t.spec.start is None]
    every = sum(tensor.size for tensor in tensors)
    shared = sum(tensor.size for tensor in tensors if network.shapes[tensor.layer].is_image)
    if not shared:
        return QCoreApplication.translate("NetworkPanel", "{number} weights").format(number=count(every))
    words = QCoreApplication.translate(
        "NetworkPanel", "{number} weights, {shared} of them shared by every place of the image"
    )
    return words.format(number=count(every), shared=count(shared))
