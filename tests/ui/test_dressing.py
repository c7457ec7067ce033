"""A change of the theme reaches everything, what is out of sight included, once it is seen."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from nnsim.ui.style import palette, style_sheet
from nnsim.ui.theme import DARK, LIGHT


class Matched(QObject):
    """Counts what has its style matched anew within a widget."""

    def __init__(self, within: QWidget) -> None:
        super().__init__()
        self.count = 0
        for each in within.findChildren(QWidget):
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.StyleChange
        return False


def pixels(widget: QWidget) -> np.ndarray:
    """What a widget looks like."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.width(), 4)[:, :, :3].copy()


def parts(window):
    """What stands round the stage, by name."""
    return {"left": window.left, "bar": window.bar, "note": window.note, "menus": window.menuBar()}


@pytest.fixture
def popup(open_window):
    """Unfolds a list of a window in a theme reached so, and tells what it looks like."""

    def look(theme, change):
        window = open_window(theme=theme)
        combo = window.training_panel.findChildren(QComboBox)[0]
        if change is not None:
            window.set_theme(change)
        combo.showPopup()
        picture = pixels(combo.view().window())
        combo.hidePopup()
        return picture

    return look


@pytest.mark.parametrize(("before", "after"), [(DARK, LIGHT), (LIGHT, DARK)])
def test_a_changed_theme_looks_like_one_that_was_there_from_the_start(open_window, before, after):
    changed = open_window(theme=before)
    changed.set_theme(after)
    seen = {name: pixels(part) for name, part in parts(changed).items()}
    for name, part in parts(open_window(theme=after)).items():
        assert np.array_equal(seen[name], pixels(part)), name


@pytest.mark.parametrize("name", ["history", "strip"])
def test_what_was_hidden_has_the_colours_once_it_is_shown(open_window, name):
    pictures = []
    for before in (DARK, LIGHT):
        window = open_window(theme=before)
        window.set_theme(LIGHT)
        hidden = {"history": window.history, "strip": window.strip}[name]
        assert not hidden.isVisible()
        if name == "history":
            window.actions_by_name["history"].setChecked(True)
        else:
            hidden.show()
        assert hidden.isVisible()
        hidden.setFixedSize(300, 200)
        pictures.append(pixels(hidden))
    assert np.array_equal(*pictures)


def test_a_list_that_unfolds_has_the_colours(popup):
    assert np.array_equal(popup(DARK, LIGHT), popup(LIGHT, None))


def test_a_theme_leaves_alone_what_is_hidden(open_window):
    window = open_window()
    caption = next(each for each in window.strip.findChildren(QLabel) if each.objectName() == "caption")
    ink, matched = QPalette.ColorRole.WindowText, Matched(window.strip)
    window.set_theme(LIGHT)
    assert matched.count == 0
    assert caption.palette().color(ink).name() != LIGHT.muted
    window.strip.show()
    assert caption.palette().color(ink).name() == LIGHT.muted


def test_the_sheet_is_the_same_in_every_theme_and_names_roles_alone():
    sheet = style_sheet()
    for theme in (DARK, LIGHT):
        assert theme.card not in sheet
        assert theme.muted not in sheet
    assert palette(DARK) != palette(LIGHT)


def test_a_role_holds_one_colour():
    for theme in (DARK, LIGHT):
        made = palette(theme)
        assert made.color(QPalette.ColorRole.Mid).name() == theme.border
        assert made.color(QPalette.ColorRole.Dark).name() == theme.muted
        assert made.color(QPalette.ColorRole.BrightText).name() == theme.on_accent
