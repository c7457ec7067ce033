"""The card on what is selected: its values, fields to change them, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from nnsim.engine.snapshot import Snapshot
from nnsim.lesson.symbols import symbols_of
from nnsim.lesson.writer import Line
from nnsim.model.own_parameters import bias_of, weight_of
from nnsim.model.parameters import Layout
from nnsim.session.session import Session
from nnsim.session.sparks import Sparks
from nnsim.ui.graph.words import Names
from nnsim.ui.inspector.buttons import Buttons
from nnsim.ui.inspector.facts import Facts
from nnsim.ui.inspector.formulas import formulas
from nnsim.ui.inspector.layer_fields import LayerFields
from nnsim.ui.inspector.readings import fits, readings
from nnsim.ui.inspector.selection import Item, Selection, select
from nnsim.ui.inspector.spark_line import SparkLine
from nnsim.ui.inspector.titles import heading_of, title_of
from nnsim.ui.inspector.value_field import ValueField
from nnsim.ui.lesson.formula_view import FormulaView
from nnsim.ui.letters import letters
from nnsim.ui.names import class_names
from nnsim.ui.panels.card import Card, Form
from nnsim.ui.theme import Theme

_FORMULA = {"edge": 36, "neuron": 88}
"""Height of the formulas."""
_PAUSE = 80
"""Milliseconds that something is selected before its formula is typeset."""


class InspectorPanel(Card):
    """Hidden until something is selected.

    Signals
    -------
    appeared : it has come into sight, or tells of another kind of thing
    leaving : before it changes anything, so that a lesson can end
    """

    appeared = Signal()
    leaving = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._session = session
        self._items: frozenset[Item] = frozenset()
        self._staged: Snapshot | None = None
        self._read: Snapshot | None = None
        self.selection = Selection(session.document.network)
        self._layout = Layout(session.document.network)
        self._symbols = symbols_of(session.document)
        self._weights = self.selection.weights(self._layout)
        self._lines: tuple[Line, ...] = ()
        self.sparks = Sparks(session, self)
        self.title = QLabel()
        self.title.setWordWrap(True)
        self.formula = FormulaView(theme)
        self.value = ValueField()
        self.facts, self.spark = Facts(theme), SparkLine(theme)
        self.layer = LayerFields(session)
        self.buttons = Buttons(session)
        form = self._form = Form()
        self._value_label = form.add(self.tr("Weight w"), self.value, self._value_tip())
        self.body.addWidget(self.title)
        self.body.addWidget(self.formula)
        self.body.addLayout(form)
        for part in (self.facts, self.spark, self.layer, self.buttons):
            self.body.addWidget(part)
        # Typesetting takes a moment: neither the numbers nor who walks on by arrow keys wait for it.
        self._typesetting = QTimer(self, interval=_PAUSE, singleShot=True)
        self._typesetting.timeout.connect(self._show_formula)
        self.value.chosen.connect(self._set_value)
        for part in (self.layer, self.buttons):
            part.leaving.connect(self.leaving)
        session.document_changed.connect(self._follow_document)
        session.data_changed.connect(self._follow_document)
        session.readout_changed.connect(self.refresh)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for part in (self.formula, self.facts, self.spark):
            part.set_theme(theme)

    def inspect(self, items: Iterable[Item]) -> None:
        """Tell of some edges and nodes; of none, be out of sight."""
        self._items = frozenset(items)
        before = self.selection.kind
        self._take_up()
        kind = self.selection.kind
        self.setVisible(kind != "none")
        if kind not in ("none", before):
            self.appeared.emit()

    def look_at(self, staged: Snapshot | None) -> None:
        """Show what is known of the step that is on the stage; None: where training stands."""
        self._staged = staged
        self.refresh()

    def read(self, snapshot: Snapshot | None) -> None:
        """Show the same numbers as the stage does while they change all the time."""
        self._read = snapshot
        self.refresh()

    def refresh(self) -> None:
        """Show the present values."""
        selection = self.selection
        if selection.kind == "none":
            return
        snapshot = self._shown()
        optimizer = self._session.document.training.optimizer
        known = readings(selection, self._weights, self._layout, optimizer, snapshot)
        self.facts.show_readings(known)
        z = next((reading.value for reading in known if reading.key == "z"), None)
        self._expect_formula(formulas(selection, self._symbols, z))
        place = self._place()
        self.value.show_value(
            None if place is None or snapshot is None else float(snapshot.parameters[place])
        )
        self.spark.show_series(*self.sparks.series())

    def _shown(self) -> Snapshot | None:
        snapshot = self._session.snapshot
        if snapshot is None or not fits(self._layout, snapshot):
            return None
        running = self._read if self._session.running else None
        others = (found for found in (self._staged, running) if fits(self._layout, found))
        return next(others, snapshot)

    def _place(self) -> int | None:
        """Where the one parameter is that can be typed: an edge's weight or a neuron's bias."""
        if self.selection.kind == "edge":
            return weight_of(self._layout, self.selection.edges[0])
        if self.selection.kind == "neuron":
            return bias_of(self._layout, self.selection.nodes[0])
        return None

    def _follow_document(self) -> None:
        self._take_up()
        self.setVisible(self.selection.kind != "none")

    def _take_up(self) -> None:
        document = self._session.document
        self.selection = selection = select(document.network, self._items)
        self._layout = layout = Layout(document.network)
        self._symbols = symbols_of(document)
        if selection.kind == "none":
            return
        names = Names(document.network, (), class_names(self._session.dataset))
        self.set_heading(heading_of(selection))
        self.title.setText(title_of(selection, names))
        place, is_edge = self._place(), selection.kind == "edge"
        self._form.setRowVisible(self.value, place is not None)
        words = self.tr("Weight w") if is_edge else self.tr("Bias b")
        self._value_label.setText(words)
        self.value.setAccessibleName(words)
        self._weights = selection.weights(layout)
        followed = self._weights if place is None else np.array([place])
        self.sparks.follow(followed)
        self.spark.setVisible(len(followed) > 0)
        self.layer.show_selection(selection)
        self.buttons.show_selection(selection)
        self.formula.setFixedHeight(round(_FORMULA.get(selection.kind, 0) * letters(self.font())))
        self.refresh()

    def _expect_formula(self, lines: tuple[Line, ...]) -> None:
        self.formula.setVisible(bool(lines))
        if lines != self._lines:
            self._lines = lines
            self.formula.show_lines(())
            self._typesetting.start()

    def _show_formula(self) -> None:
        self.formula.show_lines(self._lines)

    def _set_value(self, number: float) -> None:
        place = self._place()
        if place is None:
            return
        self.leaving.emit()
        words = self.tr("Weight") if self.selection.kind == "edge" else self.tr("Bias")
        self._session.set_values(words, np.array([place]), np.array([number]))

    def _value_tip(self) -> str:
        return self.tr("Type a number and press Enter; Escape takes it back")
