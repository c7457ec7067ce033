"""The middle of the window: the network, the switch for what its edges show, and notices."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QToolTip, QVBoxLayout, QWidget

from nnsim.engine.snapshot import Snapshot
from nnsim.model.change import Change, Part
from nnsim.model.network import Network
from nnsim.session.lesson import Lesson
from nnsim.session.lesson_host import LessonHost
from nnsim.session.session import Session
from nnsim.ui.actions import Actions
from nnsim.ui.glossary import Glossary
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.lesson.moments import moment_of
from nnsim.ui.letters import letters
from nnsim.ui.misfits import Misfits
from nnsim.ui.names import class_names
from nnsim.ui.notice import Notice
from nnsim.ui.theme import Theme
from nnsim.ui.transport_bar import tool_button
from nnsim.ui.warnings_bar import WarningsBar

_NARROW, _ZOOMLESS, _VERY_NARROW = 655, 470, 370
"""Widths below which the bar says less, with letters of the usual size."""
_BAR_GAP = 6
_NARROWEST = 440
"""Pixels that the stage claims from the panels beside it, and no more."""
_SHORT = {"contribution": "w·x", "update": "Δw"}
_SHORTEST = {"weight": "w", "contribution": "w·x", "gradient": "∂L", "update": "Δw"}
OVERLAYS = ("weight", "contribution", "gradient", "update")


class Stage(QWidget):
    """The canvas and what belongs to it."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._drawn: tuple[Network, tuple[str, ...]] | None = None
        self._maps = False
        self._lessons: LessonHost | None = None
        self.canvas = GraphCanvas(theme)
        self.canvas.installEventFilter(self)
        self._glossary = Glossary(session)
        self.notice = Notice()
        self.warnings = WarningsBar(session)
        self.warnings.pointed.connect(self.canvas.marking.hint)
        session.snapshot_changed.connect(self._show)
        session.stepped.connect(self._play)
        session.field_changed.connect(self._show_maps)
        session.document_changed.connect(self._follow)
        session.running_changed.connect(self._show_running)
        session.speed_changed.connect(self._show_running)
        session.problem.connect(self.notice.say)
        Misfits(session, self.canvas, self.notice, self.warnings)
        session.diverged.connect(self._explain_divergence)

    def place(self, actions: Actions) -> None:
        """Build the bar above the canvas from the actions."""
        bar = QHBoxLayout()
        bar.setSpacing(_BAR_GAP)
        label = QLabel(self.tr("Edges show"))
        label.setObjectName("caption")
        self._label = label
        bar.addWidget(label)
        self._switch: dict[str, QToolButton] = {}
        for name in OVERLAYS:
            button = tool_button(actions, name, role="overlay")
            button.setProperty("role", name)
            bar.addWidget(button)
            self._switch[name] = button
        bar.addStretch(1)
        self._maps_button = tool_button(actions, "maps", role="overlay")
        self._maps_button.setProperty("role", "maps")
        bar.addWidget(self._maps_button)
        self._zooms = [tool_button(actions, name, text=False) for name in ("fit", "zoom_in", "zoom_out")]
        for zoom in self._zooms:
            bar.addWidget(zoom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addLayout(bar)
        column.addWidget(self.warnings)
        column.addWidget(self.canvas, 1)
        self._maps_action = actions["maps"]
        self._show_network()
        self.warnings.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow stage shortens its bar rather than its words."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Words that are shortened where they lack room must not be what keeps the stage wide."""
        wanted = super().minimumSizeHint()
        return QSize(min(wanted.width(), _NARROWEST), wanted.height())

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_zooms"):
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The legend's words have tooltips."""
        if watched is self.canvas and event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.canvas.picture.legend_text_at(QPointF(event.pos()))
            if text:
                meaning = self._glossary.on(text)
                tip = f"{text}\n{meaning}".rstrip() if self.canvas.picture.legend.is_short else meaning
                QToolTip.showText(event.globalPos(), tip, self.canvas)
                return True
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room = self.width() / letters(self.font())
        narrow = room < _NARROW
        for name, button in self._switch.items():
            button.setText(_short(name, room) or button.defaultAction().text())
        for zoom in self._zooms[1:]:
            zoom.setVisible(room >= _ZOOMLESS)
        only_icon = Qt.ToolButtonStyle.ToolButtonIconOnly
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self._maps_button.setToolButtonStyle(only_icon if narrow else beside)
        # Some letters are larger than others, and frames are not: only measuring tells.
        parts = (self._label, *self._switch.values(), self._maps_button, *self._zooms)
        wanted = sum(part.sizeHint().width() + _BAR_GAP for part in parts)
        self._label.setVisible(not narrow and wanted <= self.width())

    def set_overlay(self, overlay: str) -> None:
        """Choose what edges show."""
        self.canvas.set_overlay(overlay)

    def set_maps(self, on: bool) -> None:
        """Show each node's answer over the input space inside it."""
        self._maps = on
        if on and self._session.field is not None:
            self._show_maps(self._session.field)
        elif not on:
            self.canvas.set_node_maps(None)

    def _follow(self, change: Change) -> None:
        if change.of_network or change.touches(Part.DATA):
            self._show_network()
        elif change.touches(Part.ARRANGEMENT):
            self.canvas.showing.set_arrangement(self._session.document.arrangement)

    def _show_network(self) -> None:
        network, classes = self._session.document.network, self._class_names()
        self._maps_action.setEnabled(network.input.units == 2)
        arrangement = self._session.document.arrangement
        if (network, classes) == self._drawn:
            self.canvas.showing.set_arrangement(arrangement)
            return
        self._drawn = network, classes
        self.canvas.set_node_maps(None)
        self.canvas.set_network(network, output_names=classes, arrangement=arrangement)
        if self._session.snapshot is None:
            self.canvas.show_snapshot(None)

    def _class_names(self) -> tuple[str, ...]:
        """What outputs are called that stand for one class each."""
        dataset = self._session.dataset
        return class_names(dataset) if dataset.task == "multiclass" else ()

    def follow(self, host: LessonHost) -> None:
        """Show on the graph what a lesson is about."""
        self._lessons = host
        host.changed.connect(self._take_lesson)
        self.warnings.leaving.connect(host.leave)

    def _take_lesson(self, lesson: Lesson | None) -> None:
        if lesson is None:
            self.canvas.release()
            return
        lesson.moved.connect(self._show_lesson)
        self._show_lesson()

    def _show_lesson(self) -> None:
        lesson = None if self._lessons is None else self._lessons.lesson
        if lesson is not None:
            self.canvas.hold(lesson.staged, moment_of(lesson.step), lesson.step.concern(lesson.focus))

    def _show(self, snapshot: Snapshot) -> None:
        in_lesson = self._lessons is not None and self._lessons.lesson is not None
        if self._fits(snapshot) and not in_lesson:
            self.canvas.show_snapshot(snapshot)

    def _play(self, snapshot: Snapshot, seconds: float) -> None:
        if self._fits(snapshot):
            self.canvas.play_step(snapshot, seconds)

    def _fits(self, snapshot: Snapshot) -> bool:
        """A snapshot that was under way while the network was edited is not drawn on the new one."""
        shapes = self._session.document.network.shapes
        return [len(a) for a in snapshot.probe.activations] == [shape.size for shape in shapes]

    def _show_maps(self, field: object) -> None:
        layers = getattr(field, "layers", ())
        units = [shape.size for shape in self._session.document.network.shapes]
        fits = len(layers) == len(units) and all(
            a is None or len(a) == n for a, n in zip(layers, units, strict=True)
        )
        planes = fits and all(a is None or a.ndim == 3 for a in layers)
        if self._maps and planes:
            self.canvas.set_node_maps(layers)

    def _show_running(self) -> None:
        self.canvas.set_running(self._session.running and not self._session.animated)
        if self._session.running:
            self.notice.hide()

    def _explain_divergence(self) -> None:
        self.notice.say(
            self.tr(
                "Training stopped: the loss became infinite or was no number any more. The last weights at "
                "which it was finite are kept. A lower learning rate helps; then run on, or reset."
            )
        )
        self.notice.setFocus(Qt.FocusReason.OtherFocusReason)


def _short(name: str, room: float) -> str:
    """What a button says where there is no room for its words; nothing where there is."""
    if room < _VERY_NARROW:
        return _SHORTEST[name]
    return _SHORT.get(name, "") if room < _NARROW else ""
