"""A card: one quiet panel with a small heading."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nnsim.ui.letters import letters

_LABEL = 82
_MARGINS, _TIGHT = (12, 9, 12, 11), (12, 5, 12, 5)


class Card(QFrame):
    """A framed panel with a heading in small capitals.

    Attributes
    ----------
    body : QVBoxLayout
        Where the contents go.
    beside_heading : QHBoxLayout
        The heading's own row; what is added stands at its right end.
    """

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._heading = _Heading()
        self._heading.setObjectName("heading")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*_MARGINS)
        self.body.setSpacing(7)
        self.beside_heading = QHBoxLayout()
        self.beside_heading.addWidget(self._heading, 1)
        self.body.addLayout(self.beside_heading)
        self.set_heading(heading)

    def set_heading(self, heading: str) -> None:
        """Change the heading."""
        self._heading.tell(heading.upper())
        self.setAccessibleName(heading)

    def show_if(self, has_something: bool) -> None:
        """Stand in the column only where there is something to show; never as a window of its own."""
        if not has_something or self.parentWidget() is not None:
            self.setVisible(has_something)

    def set_tight(self, tight: bool) -> None:
        """Whether the contents stand close to the frame, above and below."""
        self.body.setContentsMargins(*(_TIGHT if tight else _MARGINS))

    def show_heading(self, shown: bool) -> None:
        """Whether the heading stands there; who hears the card is told its name in any case."""
        self._heading.setVisible(shown)


class _Heading(QLabel):
    """Cut rather than widening the column, and then whole in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def tell(self, words: str) -> None:
        """Show other words."""
        self._whole = words
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Other room or letters hold more or less of the words."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        return done

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip("" if shown == self._whole else self._whole)


class _FormLabel(QLabel):
    """Of one width in all forms, so that their fields stand below each other."""

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(round(_LABEL * letters(self.font())), 0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Form(QFormLayout):
    """Labels on the left, fields on the right, all of one width."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(10)
        self.setVerticalSpacing(6)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def add(self, text: str, field: QWidget, tip: str) -> QLabel:
        """Add a labelled field with its tooltip and accessible name."""
        label = _FormLabel(text)
        label.setObjectName("formLabel")
        label.setBuddy(field)
        for widget in (label, field):
            widget.setToolTip(tip)
        field.setAccessibleName(text)
        field.setAccessibleDescription(tip)
        self.addRow(label, field)
        return label
