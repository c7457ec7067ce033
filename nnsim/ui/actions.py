"""Everything one can do, in one table: words, shortcut, tooltip, icon, and what it calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from nnsim.ui.editing.specs import EDIT_MENU, EDIT_SPECS
from nnsim.ui.icons import icon
from nnsim.ui.spec import Spec
from nnsim.ui.theme import Theme

SPECS: dict[str, Spec] = {
    "run": Spec(
        QT_TRANSLATE_NOOP("Actions", "Run"),
        QT_TRANSLATE_NOOP("Actions", "Train on until paused"),
        "Space",
        "run",
    ),
    "step": Spec(
        QT_TRANSLATE_NOOP("Actions", "Step"),
        QT_TRANSLATE_NOOP("Actions", "Make one step: forward, loss, backward, update"),
        "Right",
        "step",
    ),
    "reset": Spec(
        QT_TRANSLATE_NOOP("Actions", "Reset"),
        QT_TRANSLATE_NOOP("Actions", "Back to the same start"),
        "R",
        "reset",
    ),
    "new_seed": Spec(
        QT_TRANSLATE_NOOP("Actions", "New seed"),
        QT_TRANSLATE_NOOP("Actions", "Start again from other random weights"),
        "N",
        "seed",
    ),
    "trained": Spec(
        QT_TRANSLATE_NOOP("Actions", "Trained weights"),
        QT_TRANSLATE_NOOP("Actions", "Take the trained weights that ship with this scene"),
        "W",
    ),
    "lesson": Spec(
        QT_TRANSLATE_NOOP("Actions", "Lesson"),
        QT_TRANSLATE_NOOP("Actions", "Walk through the next update, operation by operation"),
        "L",
        "lesson",
        "+",
    ),
    "lesson_next": Spec(
        QT_TRANSLATE_NOOP("Actions", "Next step"),
        QT_TRANSLATE_NOOP("Actions", "The next step of the lesson; after the last comes the next sample"),
        "PgDown",
        "next",
    ),
    "lesson_back": Spec(
        QT_TRANSLATE_NOOP("Actions", "Step before"),
        QT_TRANSLATE_NOOP("Actions", "Back to the step before"),
        "Left PgUp",
        "back",
    ),
    "lesson_play": Spec(
        QT_TRANSLATE_NOOP("Actions", "Play"),
        QT_TRANSLATE_NOOP("Actions", "Walk on by itself, step by step"),
        "P",
        "run",
        "+",
    ),
    "lesson_first": Spec(
        QT_TRANSLATE_NOOP("Actions", "First step"),
        QT_TRANSLATE_NOOP("Actions", "To the beginning of this pass"),
        "Home",
    ),
    "lesson_last": Spec(
        QT_TRANSLATE_NOOP("Actions", "Last step"),
        QT_TRANSLATE_NOOP("Actions", "To the end of this pass"),
        "End",
    ),
    "faster": Spec(
        QT_TRANSLATE_NOOP("Actions", "Faster"),
        QT_TRANSLATE_NOOP("Actions", "More steps a second; a lesson plays faster"),
        "]",
    ),
    "slower": Spec(
        QT_TRANSLATE_NOOP("Actions", "Slower"),
        QT_TRANSLATE_NOOP("Actions", "Fewer steps a second; a lesson plays slower"),
        "[",
    ),
    "unit_sample": Spec(
        QT_TRANSLATE_NOOP("Actions", "Step by sample"),
        QT_TRANSLATE_NOOP("Actions", "One step looks at one sample; the update comes after the batch"),
        "Shift+1",
        group="unit",
    ),
    "unit_batch": Spec(
        QT_TRANSLATE_NOOP("Actions", "Step by batch"),
        QT_TRANSLATE_NOOP("Actions", "One step is one batch and its update"),
        "Shift+2",
        group="unit",
    ),
    "unit_epoch": Spec(
        QT_TRANSLATE_NOOP("Actions", "Step by epoch"),
        QT_TRANSLATE_NOOP("Actions", "One step is one pass over all samples"),
        "Shift+3",
        group="unit",
    ),
    "weight": Spec(
        QT_TRANSLATE_NOOP("Actions", "Weight"),
        QT_TRANSLATE_NOOP("Actions", "Edges show their weight w"),
        "1",
        group="overlay",
    ),
    "contribution": Spec(
        QT_TRANSLATE_NOOP("Actions", "Contribution w·x"),
        QT_TRANSLATE_NOOP("Actions", "Edges show what they add to the next neuron: w·x"),
        "2",
        group="overlay",
    ),
    "gradient": Spec(
        QT_TRANSLATE_NOOP("Actions", "Gradient"),
        QT_TRANSLATE_NOOP("Actions", "Edges show ∂L/∂w of the last batch"),
        "3",
        group="overlay",
    ),
    "update": Spec(
        QT_TRANSLATE_NOOP("Actions", "Update Δw"),
        QT_TRANSLATE_NOOP("Actions", "Edges show by how much the last step changed them"),
        "4",
        group="overlay",
    ),
    "maps": Spec(
        QT_TRANSLATE_NOOP("Actions", "Maps"),
        QT_TRANSLATE_NOOP("Actions", "Each neuron shows its answer over the whole input space"),
        "M",
        "maps",
        "+",
    ),
    "signs": Spec(
        QT_TRANSLATE_NOOP("Actions", "Show signs without colour"),
        QT_TRANSLATE_NOOP("Actions", "Negative edges are dashed"),
        "D",
        group="+",
    ),
    "all_edges": Spec(
        QT_TRANSLATE_NOOP("Actions", "All edges"),
        QT_TRANSLATE_NOOP("Actions", "Draw every edge of a large network, not only the strongest"),
        "A",
        group="+",
    ),
    "whole_legend": Spec(
        QT_TRANSLATE_NOOP("Actions", "Whole legend"),
        QT_TRANSLATE_NOOP("Actions", "Explain the signs on the stage in whole words where they are short"),
        "G",
        group="+",
    ),
    "fit": Spec(
        QT_TRANSLATE_NOOP("Actions", "Fit"),
        QT_TRANSLATE_NOOP("Actions", "Show the whole network"),
        "F",
        "fit",
    ),
    "tidy": Spec(
        QT_TRANSLATE_NOOP("Actions", "Tidy"),
        QT_TRANSLATE_NOOP("Actions", "Put neurons and layers that were moved back in their places"),
        "Shift+T",
    ),
    "zoom_in": Spec(
        QT_TRANSLATE_NOOP("Actions", "Zoom in"), QT_TRANSLATE_NOOP("Actions", "Look closer"), "+ =", "zoom_in"
    ),
    "zoom_out": Spec(
        QT_TRANSLATE_NOOP("Actions", "Zoom out"), QT_TRANSLATE_NOOP("Actions", "Step back"), "-", "zoom_out"
    ),
    "text_larger": Spec(
        QT_TRANSLATE_NOOP("Actions", "Larger text"),
        QT_TRANSLATE_NOOP("Actions", "Everything that is written, larger: graph, panels, formulas, plots"),
        "Ctrl+= Ctrl++",
    ),
    "text_smaller": Spec(
        QT_TRANSLATE_NOOP("Actions", "Smaller text"),
        QT_TRANSLATE_NOOP("Actions", "Everything that is written, smaller"),
        "Ctrl+-",
    ),
    "text_usual": Spec(
        QT_TRANSLATE_NOOP("Actions", "Usual text size"),
        QT_TRANSLATE_NOOP("Actions", "Letters as large as in other programs"),
        "Ctrl+0",
    ),
    "theme": Spec(
        QT_TRANSLATE_NOOP("Actions", "Dark or light"),
        QT_TRANSLATE_NOOP("Actions", "Change between the dark and the light theme"),
        "T",
        "theme",
    ),
    "language": Spec(
        QT_TRANSLATE_NOOP("Actions", "Language"),
        QT_TRANSLATE_NOOP("Actions", "In which everything is written"),
    ),
    "full_screen": Spec(
        QT_TRANSLATE_NOOP("Actions", "Full screen"),
        QT_TRANSLATE_NOOP("Actions", "Use the whole screen"),
        "F11",
        group="+",
    ),
    "demo": Spec(
        QT_TRANSLATE_NOOP("Actions", "Teaching demo"),
        QT_TRANSLATE_NOOP("Actions", "Tell this scene slide by slide on the full screen"),
        "F5",
        group="+",
    ),
    "undo": Spec(
        QT_TRANSLATE_NOOP("Actions", "Undo"),
        QT_TRANSLATE_NOOP("Actions", "Take the last edit back"),
        "Ctrl+Z",
        "undo",
    ),
    "redo": Spec(
        QT_TRANSLATE_NOOP("Actions", "Redo"),
        QT_TRANSLATE_NOOP("Actions", "Make the edit again"),
        "Ctrl+Shift+Z Ctrl+Y",
        "redo",
    ),
    "history": Spec(
        QT_TRANSLATE_NOOP("Actions", "History"),
        QT_TRANSLATE_NOOP("Actions", "List everything that can be undone, and go to any of it"),
        "Ctrl+H",
        group="+",
    ),
    **EDIT_SPECS,
    "new": Spec(
        QT_TRANSLATE_NOOP("Actions", "New"),
        QT_TRANSLATE_NOOP("Actions", "A small network of your own to begin with"),
        "Ctrl+N",
    ),
    "new_images": Spec(
        QT_TRANSLATE_NOOP("Actions", "New for images"),
        QT_TRANSLATE_NOOP("Actions", "A small network of your own that reads images through filters"),
        "Ctrl+Alt+N",
    ),
    "open": Spec(
        QT_TRANSLATE_NOOP("Actions", "Open file…"),
        QT_TRANSLATE_NOOP("Actions", "Open a scene (.json) or a network (.nnsim)"),
        "Ctrl+O",
    ),
    "recent": Spec(
        QT_TRANSLATE_NOOP("Actions", "Open recent"),
        QT_TRANSLATE_NOOP("Actions", "Files that were opened or saved last"),
    ),
    "bring_back": Spec(
        QT_TRANSLATE_NOOP("Actions", "Bring back"),
        QT_TRANSLATE_NOOP("Actions", "What was left unsaved, or was open when nnsim did not end properly"),
    ),
    "open_pictures": Spec(
        QT_TRANSLATE_NOOP("Actions", "Open pictures of digits…"),
        QT_TRANSLATE_NOOP("Actions", "Have the network read digits from PNG, JPEG or other picture files"),
    ),
    "open_picture_folder": Spec(
        QT_TRANSLATE_NOOP("Actions", "Open a folder of digits…"),
        QT_TRANSLATE_NOOP(
            "Actions", "Have the network read every picture in a folder; subfolders 0 to 9 label"
        ),
    ),
    "save": Spec(
        QT_TRANSLATE_NOOP("Actions", "Save"),
        QT_TRANSLATE_NOOP("Actions", "Save the network and its weights to its file"),
        "Ctrl+S",
    ),
    "save_as": Spec(
        QT_TRANSLATE_NOOP("Actions", "Save as…"),
        QT_TRANSLATE_NOOP("Actions", "Save the network and its weights to a new file"),
        "Ctrl+Shift+S",
    ),
    "save_scene": Spec(
        QT_TRANSLATE_NOOP("Actions", "Save as scene…"),
        QT_TRANSLATE_NOOP("Actions", "Keep this under a name in the list of scenes"),
    ),
    "import_weights": Spec(
        QT_TRANSLATE_NOOP("Actions", "Import weights…"),
        QT_TRANSLATE_NOOP("Actions", "Take weights of the same shapes from a safetensors file (PyTorch)"),
    ),
    "export_graph": Spec(
        QT_TRANSLATE_NOOP("Actions", "Export network as picture…"),
        QT_TRANSLATE_NOOP("Actions", "Write the network as it is shown to a PNG or SVG file"),
    ),
    "export_plots": Spec(
        QT_TRANSLATE_NOOP("Actions", "Export plots as picture…"),
        QT_TRANSLATE_NOOP("Actions", "Write the column on the right to a PNG or SVG file"),
    ),
    "export_history": Spec(
        QT_TRANSLATE_NOOP("Actions", "Export history as table…"),
        QT_TRANSLATE_NOOP("Actions", "Write losses and accuracies over the epochs to a CSV file"),
    ),
    "copy_graph": Spec(
        QT_TRANSLATE_NOOP("Actions", "Copy network as picture"),
        QT_TRANSLATE_NOOP("Actions", "Put a picture of the network on the clipboard"),
        "Ctrl+Shift+C",
    ),
    "shortcuts": Spec(
        QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"),
        QT_TRANSLATE_NOOP("Actions", "List every key"),
        "F1",
        "help",
    ),
    "quit": Spec(
        QT_TRANSLATE_NOOP("Actions", "Quit"), QT_TRANSLATE_NOOP("Actions", "Close the program"), "Ctrl+Q"
    ),
}

MENUS: dict[Any, tuple[str, ...]] = {
    QT_TRANSLATE_NOOP("Actions", "&File"): (
        "new",
        "new_images",
        "open",
        "recent",
        "bring_back",
        "",
        "open_pictures",
        "open_picture_folder",
        "",
        "save",
        "save_as",
        "save_scene",
        "",
        "import_weights",
        "",
        "export_graph",
        "export_plots",
        "export_history",
        "",
        "quit",
    ),
    QT_TRANSLATE_NOOP("Actions", "&Edit"): ("undo", "redo", "history", "", *EDIT_MENU, "", "copy_graph"),
    QT_TRANSLATE_NOOP("Actions", "&Training"): (
        "run",
        "step",
        "reset",
        "new_seed",
        "trained",
        "",
        "unit_sample",
        "unit_batch",
        "unit_epoch",
        "",
        "faster",
        "slower",
    ),
    QT_TRANSLATE_NOOP("Actions", "&Lesson"): (
        "lesson",
        "",
        "lesson_next",
        "lesson_back",
        "lesson_play",
        "lesson_first",
        "lesson_last",
    ),
    QT_TRANSLATE_NOOP("Actions", "&View"): (
        "weight",
        "contribution",
        "gradient",
        "update",
        "",
        "maps",
        "signs",
        "all_edges",
        "whole_legend",
        "",
        "fit",
        "tidy",
        "zoom_in",
        "zoom_out",
        "",
        "text_larger",
        "text_smaller",
        "text_usual",
        "",
        "theme",
        "language",
        "full_screen",
        "demo",
    ),
    QT_TRANSLATE_NOOP("Actions", "&Help"): ("shortcuts",),
}


def words(text: str) -> str:
    """A text of the tables above, translated."""
    return QCoreApplication.translate("Actions", text)


_REPEATED = ("step", "lesson_next", "lesson_back", "zoom_in", "zoom_out", "text_larger", "text_smaller")
"""What goes on while its key is held."""


class Actions(dict[str, QAction]):
    """The actions of a window, by name.

    Parameters
    ----------
    window : QWidget
        Owns the actions; their shortcuts work anywhere in it.
    handlers : dict
        What each action of the window calls; checkable ones are given whether they are on.
    """

    def __init__(self, window: QWidget, handlers: dict[str, Callable[..., object]]) -> None:
        super().__init__()
        groups: dict[str, QActionGroup] = {}
        for name, handler in handlers.items():
            spec = SPECS[name]
            action = QAction(words(spec.text), window)
            action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts.split()])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setAutoRepeat(name in _REPEATED)
            action.setObjectName(name)
            self._describe(action, spec)
            if spec.group:
                action.setCheckable(True)
                if spec.group != "+":
                    groups.setdefault(spec.group, QActionGroup(window)).addAction(action)
                action.toggled.connect(handler)
            else:
                action.triggered.connect(handler)
            window.addAction(action)
            self[name] = action

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the colours of a theme."""
        for name, action in self.items():
            if SPECS[name].icon:
                action.setIcon(icon(SPECS[name].icon, theme.text, theme.faint))

    def show_running(self, running: bool, theme: Theme) -> None:
        """Turn the run action into a pause action and back."""
        run = self["run"]
        run.setText(self.tr("Pause") if running else words(SPECS["run"].text))
        run.setIcon(icon("pause" if running else "run", theme.on_accent, theme.faint))

    @staticmethod
    def tr(text: str) -> str:
        """Translate in the context of the table."""
        return words(text)

    @staticmethod
    def _describe(action: QAction, spec: Spec) -> None:
        keys = ", ".join(
            QKeySequence(k).toString(QKeySequence.SequenceFormat.NativeText) for k in spec.shortcuts.split()
        )
        tip = words(spec.tip)
        action.setToolTip(f"{tip} ({keys})" if keys else tip)
        action.setStatusTip(tip)
