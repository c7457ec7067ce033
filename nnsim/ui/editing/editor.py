"""Makes the graph an editor: takes mouse and keys of the stage before the stage does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent

from nnsim.model.network import Edge, Node
from nnsim.session.session import Session
from nnsim.ui.actions import Actions
from nnsim.ui.editing.arranging import Arranger, Arranging
from nnsim.ui.editing.connecting import Connecting
from nnsim.ui.editing.gesture import Gesture
from nnsim.ui.editing.handles import Handles
from nnsim.ui.editing.marquee import Marquee
from nnsim.ui.editing.menus import Menus
from nnsim.ui.editing.overlay import Overlay
from nnsim.ui.editing.parameters import Parameters
from nnsim.ui.editing.scrubbing import Scrubbing, WheelSteps
from nnsim.ui.editing.structure import Structure
from nnsim.ui.editing.value_field import ValueField
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.geometry import Item
from nnsim.ui.graph.hit import WALKING_KEYS, exists
from nnsim.ui.graph.pointer import DRAG_START
from nnsim.ui.theme import Theme

_ALT, _SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_STARTS_NUMBER = frozenset("0123456789-.,")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GraphEditor(QObject):
    """All that can be done to the network on a canvas.

    Parameters
    ----------
    session : Session
    canvas : GraphCanvas
    theme : Theme

    Signals
    -------
    leaving
        Something is about to be changed: a lesson on what was is over.

    Attributes
    ----------
    structure : Structure
    parameters : Parameters
    arranger : Arranger
    field : ValueField
    handles : Handles
    """

    leaving = Signal()

    def __init__(self, session: Session, canvas: GraphCanvas, theme: Theme) -> None:
        super().__init__(canvas)
        self._session, self._canvas = session, canvas
        self.structure = Structure(session, canvas, self)
        self.parameters = Parameters(session, self)
        self.arranger = Arranger(session, canvas, self)
        self.field = ValueField(canvas)
        self.handles = Handles(canvas, theme)
        self._overlay = Overlay(self.handles, theme, canvas)
        self._wheel = WheelSteps(self.parameters)
        self.menus: Menus | None = None
        self._asked: frozenset[Item] = frozenset()
        self._swallowed = self._is_over_heading = False
        self._held: Arranging | None = None
        self._answers: dict[QEvent.Type, Callable[..., bool]] = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseButtonDblClick: self._double_click,
            QEvent.Type.Wheel: self._turn,
            QEvent.Type.ShortcutOverride: self._claim,
            QEvent.Type.KeyPress: self._key,
            QEvent.Type.ContextMenu: self._offer,
            QEvent.Type.Leave: self._leave,
        }
        for part in (self.structure, self.parameters):
            part.beginning.connect(self.leaving)
        self.field.entered.connect(self._take_value)
        self.field.closed.connect(self._after_field)
        self.handles.neuron_wanted.connect(self.structure.add_neuron_to)
        self.handles.layer_wanted.connect(self._offer_kinds)
        session.document_changed.connect(self._follow_network)
        canvas.installEventFilter(self)

    def place(self, actions: Actions) -> None:
        """Make the context menus from the actions of the window."""
        self.menus = Menus(self._canvas, self.structure, actions)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.handles.set_theme(theme)
        self._overlay.set_theme(theme)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What the actions of :data:`nnsim.ui.editing.specs.EDIT_SPECS` do."""
        structure, numbers, canvas = self.structure, self.parameters, self._canvas
        return {
            "select_all": structure.select_hidden,
            "edit_value": lambda: self.ask_value(),
            "add_neuron": structure.add_neuron,
            "insert_layer": structure.insert_layer,
            "duplicate": structure.duplicate,
            "copy_neurons": structure.copy,
            "paste_neurons": structure.paste,
            "delete": structure.remove,
            "delete_layer": structure.remove_layer,
            "connect": structure.join_selected,
            "freeze": structure.freeze,
            "freeze_layer": structure.freeze_layers,
            "zero": lambda: numbers.zero(canvas.selection),
            "randomise": lambda: numbers.randomise(canvas.selection),
            "tidy": self.arranger.tidy,
            "restart": lambda: numbers.restart(canvas.selection),
        }

    @property
    def gesture(self) -> Gesture | None:
        """What is being done with the mouse."""
        return self._overlay.gesture

    # Typing a number

    def ask_value(self, typed: str = "") -> None:
        """Open the field for the number of what is selected."""
        item, chosen = self._canvas.first_selected, self._canvas.selection
        if item is None:
            self.structure.say(self.tr("Select an edge or a neuron first: its number is set then."))
            return
        value, refusal = self.parameters.read(item), self.parameters.refusal([item])
        if value is None:
            if refusal:
                self.structure.say(refusal)
            return
        self._asked = frozenset(each for each in chosen if type(each) is type(item))
        symbol = self.parameters.symbol(item)
        self._canvas.marking.set_handled(True)
        self.field.ask(symbol, self._canvas.describe(item), value, self._canvas.position_of(item), typed)

    def _take_value(self, value: float) -> None:
        network = self._session.document.network
        kept = [item for item in self._asked if exists(network, item)]
        self.parameters.write(dict.fromkeys(kept, value))

    def _after_field(self) -> None:
        self._canvas.marking.set_handled(False)

    # Mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what belongs to an edit; the rest is the stage's."""
        answer = self._answers.get(event.type())
        return answer is not None and self._canvas.network is not None and answer(event)

    def _press(self, event: QMouseEvent) -> bool:
        if self.gesture is not None:
            self._end(cancel=True)
            return True
        self._swallowed, self._held = False, None
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        gesture = self._gesture_for(event)
        if gesture is not None:
            self._begin(gesture)
            return True
        item = self._canvas.item_at(event.position())
        if event.modifiers() & _SHIFT and item is not None:
            self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
            self._canvas.selector.toggle(item)
            self._swallowed = True
        elif not event.modifiers() & ~_KEYPAD:
            self._held = self.arranger.hold(item, event.position())
        return self._swallowed

    def _gesture_for(self, event: QMouseEvent) -> Gesture | None:
        at, item = event.position(), self._canvas.item_at(event.position())
        if self.handles.gripped is not None and self.handles.is_over_grip(at):
            return Connecting(self._canvas, self.structure, self.handles.gripped, at)
        if event.modifiers() & _ALT and item is not None:
            values = self.parameters.settable(self._together(item))
            return Scrubbing(self.parameters, values, at) if values else None
        if event.modifiers() & _SHIFT and item is None:
            return Marquee(self._canvas, at)
        return None

    def _together(self, item: Item) -> frozenset[Item]:
        """An item, with all of its kind that are selected if it is selected."""
        chosen = self._canvas.selection
        return (
            frozenset(each for each in chosen if type(each) is type(item))
            if item in chosen
            else frozenset({item})
        )

    def _begin(self, gesture: Gesture) -> None:
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        self._canvas.marking.set_handled(True)
        self._canvas.setCursor(gesture.cursor)
        self.handles.leave()
        self._overlay.gesture = gesture
        self._overlay.update()

    def _end(self, *, cancel: bool) -> None:
        gesture, self._overlay.gesture = self._overlay.gesture, None
        self._swallowed = cancel
        self._canvas.marking.set_handled(False)
        self._canvas.unsetCursor()
        self._overlay.update()
        if gesture is not None:
            if cancel:
                gesture.cancel()
            else:
                gesture.release()

    def _move(self, event: QMouseEvent) -> bool:
        if self.gesture is not None:
            self.gesture.move(event.position(), event.modifiers())
            self._overlay.update()
            return True
        if event.buttons():
            return self._swallowed or self._pull(event)
        if self.handles.follow(event.position()):
            self._overlay.update()
        if self.handles.is_over_grip(event.position()):
            self._canvas.setCursor(Qt.CursorShape.CrossCursor)
            return True
        self._point_at_heading(event.position())
        return False

    def _pull(self, event: QMouseEvent) -> bool:
        """Begin to move what is held, once the pointer has gone farther than a click does."""
        held = self._held
        if held is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        if (event.position() - held.start).manhattanLength() < DRAG_START:
            return True
        self._held = None
        self._canvas.marking.pointer.forget()
        if held.unselected is not None:
            self._canvas.select(held.unselected)
        self._begin(held)
        return self._move(event)

    def _point_at_heading(self, at: QPointF) -> None:
        over = self.arranger.heading_at(at) is not None and self._canvas.item_at(at) is None
        if over:
            self._canvas.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._is_over_heading:
            self._canvas.unsetCursor()
        self._is_over_heading = over

    def _release(self, event: QMouseEvent) -> bool:
        if self.gesture is not None and event.button() == Qt.MouseButton.LeftButton:
            self._end(cancel=False)
            return True
        swallowed, self._swallowed, self._held = self._swallowed, False, None
        return swallowed

    def _double_click(self, event: QMouseEvent) -> bool:
        item = self._canvas.item_at(event.position())
        if item is None or event.button() != Qt.MouseButton.LeftButton or event.modifiers() & ~_KEYPAD:
            return False
        self._swallowed = True
        if not self._canvas.enlarge(item):
            self._canvas.select(item)
            self.ask_value()
        return True

    def _turn(self, event: QWheelEvent) -> bool:
        """Alt and the wheel; some platforms turn that sideways."""
        item = self._canvas.item_at(event.position())
        if not event.modifiers() & _ALT or item is None:
            return False
        delta = event.angleDelta().y() or event.angleDelta().x()
        coarse = bool(event.modifiers() & _SHIFT)
        self._wheel.turn(self._together(item), delta, coarse, self._session.snapshot)
        event.accept()
        return True

    def _offer(self, event: QContextMenuEvent) -> bool:
        if self.menus is None or self.gesture is not None:
            return False
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        item = self._canvas.first_selected if by_key else self._canvas.item_at(QPointF(event.pos()))
        at = self._canvas.position_of(item).toPoint() if by_key and item is not None else event.pos()
        layer = None if by_key else self.arranger.heading_band_at(QPointF(event.pos()))
        if item is not None and item not in self._canvas.selection:
            self._canvas.select(item)
        if layer is not None and item is None:
            self.structure.select_layers([layer])
            self.menus.show_on_layer(layer, self._canvas.mapToGlobal(at))
        else:
            self.menus.show_on(item, self._canvas.mapToGlobal(at))
        return True

    def _offer_kinds(self, source: int, destination: int) -> None:
        if self.menus is not None:
            plus = self.handles.layer_plus
            self.menus.show_between(source, destination, plus.mapToGlobal(plus.rect().bottomLeft()))

    def offer_before_output(self, at: QPoint) -> None:
        """Offer every kind of layer for the place before the output, at a point of the screen."""
        network = self._session.document.network
        last = len(network.layers) - 1
        if self.menus is not None:
            self.menus.show_between(network.sources(last)[-1], last, at)

    def _leave(self, event: QEvent) -> bool:
        self.handles.leave()
        self._overlay.update()
        return False

    def _follow_network(self) -> None:
        if self.gesture is not None and not isinstance(self.gesture, Scrubbing):
            self._end(cancel=True)
        self.handles.refresh()
        self._overlay.update()

    # Keys

    def _claim(self, event: QKeyEvent) -> bool:
        """Keys that are the editor's before they are shortcuts of the window."""
        if (event.key() == Qt.Key.Key_Escape and self.gesture is not None) or self._begins_number(event):
            event.accept()
            return True
        return False

    def _begins_number(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~_KEYPAD
        return plain and event.text() in _STARTS_NUMBER and self._canvas.first_selected is not None

    def _key(self, event: QKeyEvent) -> bool:
        key, first = Qt.Key(event.key()), self._canvas.first_selected
        if key == Qt.Key.Key_Escape and self.gesture is not None:
            self._end(cancel=True)
        elif event.text() and self._begins_number(event):
            self.ask_value(event.text())
        elif key in _ENTER and isinstance(first, Edge):
            self.ask_value()
        elif key in _ENTER and isinstance(first, Node) and event.modifiers() & ~_KEYPAD == _SHIFT:
            self._canvas.selector.walk_into_edges()
        elif key in _ENTER and isinstance(first, Node):
            self._canvas.walk_into_edges()
        elif key in WALKING_KEYS and event.modifiers() & ~_KEYPAD == _SHIFT:
            self._canvas.selector.extend(key)
        elif key in WALKING_KEYS and event.modifiers() & ~_KEYPAD == _CTRL:
            return self.arranger.nudge(key)
        else:
            return False
        return True
