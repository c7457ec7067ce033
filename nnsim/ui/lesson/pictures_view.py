"""What a step computes as pictures side by side, with the sign between them: δ ∗ x = ∂L/∂K."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from nnsim.lesson.pictures import Picture
from nnsim.ui.lesson.tensor_view import TensorView
from nnsim.ui.theme import Theme

_MOST = 3
"""Pictures that stand side by side, at most."""


class PicturesView(QWidget):
    """Up to three arrays, each with its name."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views = tuple(TensorView(theme) for _ in range(_MOST))
        self._signs = tuple(QLabel() for _ in range(_MOST))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for sign, view in zip(self._signs, self.views, strict=True):
            sign.setObjectName("lessonTitle")
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row.addWidget(sign)
            row.addWidget(view, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("What this step computes"))
        self.show_pictures(())

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for view in self.views:
            view.set_theme(theme)

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show some; of none, nothing."""
        for number, (sign, view) in enumerate(zip(self._signs, self.views, strict=True)):
            picture = pictures[number] if number < len(pictures) else None
            sign.setText("" if picture is None else picture.sign)
            sign.setVisible(bool(sign.text()))
            if picture is None:
                view.show_tensor("", None)
            else:
                # A map's cells are square: it is one picture, and no table.
                view.show_tensor(picture.name, picture.values[None] if picture.is_map else picture.values)
        self.setVisible(self.has_values)
        shown = (view.accessibleDescription() for view in self.views if view.has_values)
        self.setAccessibleDescription("; ".join(shown))

    @property
    def has_values(self) -> bool:
        """Whether there is anything to show."""
        return self.views[0].has_values

    def sizeHint(self) -> QSize:
        """As one of them."""
        return self.views[0].sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As one of them: captions give way."""
        return self.views[0].minimumSizeHint()
