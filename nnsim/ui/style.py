"""The window's style sheet, the same in every theme, and the palette that it takes its colours from."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QPalette

from nnsim.paths import resource_dir
from nnsim.ui.theme import Theme

_SHEET = """
QMainWindow, QWidget#centre {{ background: {window}; }}
QWidget {{ color: {text}; }}
QFrame#card {{ background: {card}; border: 1px solid {border}; border-radius: 9px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QFrame#notice {{ background: {card}; border: 1px solid {accent}; border-left: 5px solid {accent};
    border-radius: 7px; }}
QFrame#warning {{ background: {card}; border: 1px solid {border}; border-radius: 7px; }}
QFrame#warning QPushButton, QFrame#notice QPushButton {{ padding: 1px 9px; min-height: 16px; }}
QLabel {{ background: transparent; }}
QLabel#warningSign {{
    border: 1px solid {negative}; border-radius: 9px; color: {negative}; font-weight: 600;
}}
QLabel#heading {{ color: {muted}; font-size: 11px; font-weight: 600; letter-spacing: 1px; }}
QLabel#caption, QLabel#formLabel {{ color: {muted}; }}
QLabel#note {{ color: {text}; }}
QLabel#lessonTitle {{ font-weight: 600; font-size: 14px; }}
QLabel#verdict {{ color: {muted}; }}

QMenuBar {{ background: {window}; padding: 2px 6px; }}
QMenuBar::item {{ background: transparent; padding: 4px 9px; border-radius: 5px; color: {muted}; }}
QMenuBar::item:selected {{ background: {field}; color: {text}; }}
QMenu {{ background: {card}; border: 1px solid {border}; padding: 5px; }}
QMenu::item {{ padding: 5px 26px 5px 24px; border-radius: 5px; }}
QMenu::item:selected {{ background: {field}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 5px 8px; }}
QMenu::indicator {{ width: 8px; height: 8px; left: 8px; border-radius: 4px; border: 1px solid {faint}; }}
QMenu::indicator:checked {{ background: {accent}; border-color: {accent}; }}

QToolButton, QPushButton {{
    background: {field}; border: 1px solid {border}; border-radius: 6px; padding: 4px 10px; min-height: 18px;
}}
QToolButton:hover, QPushButton:hover {{ border-color: {node_ring}; }}
QToolButton:pressed, QPushButton:pressed {{ background: {border}; }}
QToolButton:disabled, QPushButton:disabled {{ color: {faint}; }}
QToolButton:focus, QPushButton:focus {{ border-color: {positive}; }}
QPushButton#unfold {{
    text-align: left; padding-left: 8px; background-image: url({icons}/chevron-dark.svg);
    background-repeat: no-repeat; background-position: right center; background-origin: content;
}}
*[look="light"] QPushButton#unfold {{ background-image: url({icons}/chevron-light.svg); }}
QPushButton#unfold:disabled, *[look="light"] QPushButton#unfold:disabled {{ background-image: none; }}
QToolButton#digit {{ padding: 4px 0; }}
QToolButton#digit:checked {{
    background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 600;
}}
QToolButton#primary {{
    background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 600;
}}
QToolButton#primary:hover {{ border-color: {text}; }}
QToolButton#primary:focus {{ border: 2px solid {positive}; padding: 3px 9px; }}
QToolButton#overlay:checked {{ font-weight: 600; }}
QToolButton#overlay[role="weight"]:checked {{ border-color: {positive}; color: {positive}; }}
QToolButton#overlay[role="contribution"]:checked {{
    border-color: {activation_ink}; color: {activation_ink};
}}
QToolButton#overlay[role="gradient"]:checked {{ border-color: {gradient}; color: {gradient}; }}
QToolButton#overlay[role="update"]:checked {{ border-color: {update}; color: {update}; }}
QToolButton#overlay[role="maps"]:checked {{ border-color: {positive}; color: {positive}; }}

QComboBox, QSpinBox, QDoubleSpinBox, QLineEdit {{
    background: {field}; border: 1px solid {border}; border-radius: 6px; padding: 3px 2px 3px 8px;
    min-height: 18px; selection-background-color: {positive};
    selection-color: {window};
}}
QComboBox:hover, QSpinBox:hover {{ border-color: {node_ring}; }}
QComboBox:focus, QSpinBox:focus, QLineEdit:focus {{ border-color: {positive}; }}
QComboBox:disabled, QSpinBox:disabled {{ color: {muted}; }}
QComboBox[invalid="true"], QSpinBox[invalid="true"], QLineEdit[invalid="true"] {{ border-color: {negative}; }}
QComboBox QLineEdit {{ background: transparent; border: none; padding: 0; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox::down-arrow {{ image: url({icons}/chevron-dark.svg); width: 11px; height: 11px; }}
*[look="light"] QComboBox::down-arrow {{ image: url({icons}/chevron-light.svg); }}
QComboBox QAbstractItemView {{
    background: {card}; border: 1px solid {border}; selection-background-color: {field};
    selection-color: {text}; padding: 4px; outline: none;
}}
QSpinBox QLineEdit {{ background: transparent; border: none; padding: 0; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: 16px; background: transparent; }}
QSpinBox::up-arrow {{ image: url({icons}/chevron-up-dark.svg); width: 9px; height: 9px; }}
QSpinBox::down-arrow {{ image: url({icons}/chevron-dark.svg); width: 9px; height: 9px; }}
*[look="light"] QSpinBox::up-arrow {{ image: url({icons}/chevron-up-light.svg); }}
*[look="light"] QSpinBox::down-arrow {{ image: url({icons}/chevron-light.svg); }}

QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {border}; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{
    background: {text}; width: 12px; height: 12px; margin: -4px 0; border-radius: 6px;
}}
QSlider::handle:horizontal:focus {{ background: {positive}; }}

QProgressBar {{ background: {field}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}

QListWidget#history {{ background: transparent; border: none; outline: none; }}
QCheckBox {{ spacing: 8px; }}
QCheckBox::indicator {{
    width: 14px; height: 14px; border: 1px solid {node_ring}; border-radius: 4px; background: {field};
}}
QCheckBox::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url({icons}/check.svg);
}}
QCheckBox::indicator:focus {{ border-color: {positive}; }}
QCheckBox:disabled {{ color: {muted}; }}

QTableView {{
    background: transparent; border: none; gridline-color: {border}; alternate-background-color: {field};
}}
QTableView::item {{ padding: 2px 6px; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{
    background: transparent; border: none; border-bottom: 1px solid {border}; color: {muted};
    padding: 3px;
}}
QTableCornerButton::section {{ background: transparent; border: none; }}

QStatusBar {{ background: {window}; color: {muted}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {muted}; padding: 0 6px; }}
QStatusBar QLabel#unkept {{ color: {negative}; font-weight: 600; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {border}; }}
QToolTip {{ background: {card}; color: {text}; border: 1px solid {border}; padding: 4px 6px; }}
QScrollBar:vertical {{ background: transparent; width: 9px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 9px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {border}; border-radius: 4px; min-height: 24px; }}
QScrollBar::handle:horizontal {{ background: {border}; border-radius: 4px; min-width: 24px; }}
QScrollBar::handle:hover {{ background: {faint}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: transparent; border: none; width: 0; height: 0;
}}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
"""
_SIZE = re.compile(r"(font-size|min-height): (\d+)px")
_ROLE = QPalette.ColorRole
# fmt: off
_LENT = {
    "window": ("window", _ROLE.Window), "card": ("alternate-base", _ROLE.AlternateBase),
    "field": ("base", _ROLE.Base), "text": ("text", _ROLE.Text),
    "faint": ("placeholder-text", _ROLE.PlaceholderText),
    "positive": ("highlight", _ROLE.Highlight), "accent": ("accent", _ROLE.Accent),
    "on_accent": ("bright-text", _ROLE.BrightText),
    "muted": ("dark", _ROLE.Dark), "border": ("mid", _ROLE.Mid),
    "node_ring": ("midlight", _ROLE.Midlight), "negative": ("light", _ROLE.Light),
    "activation_ink": ("shadow", _ROLE.Shadow), "gradient": ("link-visited", _ROLE.LinkVisited),
    "update": ("tooltip-base", _ROLE.ToolTipBase),
}
# fmt: on
"""The role of the palette that a colour of the sheet is found under, as the sheet and as Qt call it.

Nothing that the sheet leaves to Qt is painted with the roles that are lent to colours of another name.
"""


def style_sheet(scale: float = 1.0) -> str:
    """The style sheet of a window, in the colours of the application's `palette`.

    Chevrons are dark's, unless the window has the property ``look`` with the value ``light``.

    Parameters
    ----------
    scale : float
        Size of letters, and of what holds them, against the usual.
    """
    colors = {color: f"palette({role})" for color, (role, _) in _LENT.items()}
    sheet = _SHEET.format(icons=(resource_dir() / "icons").as_posix(), **colors)
    return _SIZE.sub(lambda match: f"{match[1]}: {round(int(match[2]) * scale)}px", sheet)


def palette(theme: Theme) -> QPalette:
    """The palette that holds the colours of a theme, for the style sheet and for what it does not reach."""
    ink = theme.activation if theme.is_dark else QColor(theme.activation).darker(165).name()
    out = QPalette()
    for color, (_, role) in _LENT.items():
        out.setColor(role, QColor(ink if color == "activation_ink" else getattr(theme, color)))
    for role, name in (
        (_ROLE.Button, theme.field),
        (_ROLE.WindowText, theme.text),
        (_ROLE.ButtonText, theme.text),
        (_ROLE.ToolTipText, theme.text),
        (_ROLE.HighlightedText, theme.window),
        (_ROLE.Link, theme.positive),
    ):
        out.setColor(role, QColor(name))
    return out
