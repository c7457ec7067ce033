"""Pictures and numbers to take elsewhere: the network, the plots, the history."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPoint, QRect
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from nnsim.model.writing import write_whole
from nnsim.session.history import History
from nnsim.ui.file_words import not_written
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.plain_strokes import plain_strokes
from nnsim.ui.plots.late_plot import make_plots_in

if TYPE_CHECKING:
    from nnsim.ui.files import FileHandling

SHARPNESS = 2.0
"""Pixels of a picture for each of the window's."""
_COLUMNS = ("epoch", "train_loss", "validation_loss", "train_accuracy", "validation_accuracy")


class Exports(QObject):
    """Copies and writes what the window shows.

    Parameters
    ----------
    files : FileHandling
    """

    def __init__(self, files: FileHandling) -> None:
        super().__init__(files)
        self._files = files

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What the actions call."""
        return {
            "copy_graph": self.copy_graph,
            "export_graph": self.ask_for_graph,
            "export_plots": self.ask_for_plots,
            "export_history": self.ask_for_history,
        }

    def copy_graph(self) -> None:
        """Put a picture of the network on the clipboard."""
        QGuiApplication.clipboard().setImage(picture_of(self._files.window.stage.canvas))
        self._files.window.statusBar().showMessage(
            self.tr("The network is on the clipboard as a picture"), 5_000
        )

    def ask_for_graph(self) -> None:
        """Ask where to write a picture of the network."""
        self._ask_for_picture(
            self.tr("Export the network"), self.tr("network"), self._files.window.stage.canvas
        )

    def ask_for_plots(self) -> None:
        """Ask where to write a picture of the column of plots."""
        column = self._files.window.right.currentWidget()
        assert column is not None
        self._ask_for_picture(self.tr("Export the plots"), self.tr("plots"), column)

    def ask_for_history(self) -> None:
        """Ask where to write losses and accuracies."""
        self._ask(
            self.tr("Export the history"),
            self._suggested(self.tr("history"), ".csv"),
            self.tr("Table (*.csv)"),
            lambda _: history_csv(self._files.session.history),
        )

    def _ask_for_picture(self, title: str, part: str, widget: QWidget) -> None:
        kinds = ";;".join((self.tr("PNG image (*.png)"), self.tr("SVG drawing (*.svg)")))
        self._ask(title, self._suggested(part, ".png"), kinds, lambda path: drawn(widget, path.suffix))

    def _ask(self, title: str, suggested: Path, kinds: str, content: Callable[[Path], bytes]) -> None:
        dialogs = self._files.dialogs
        dialogs.ask_save(title, suggested, kinds, lambda name: self._write(Path(name), content))

    def _suggested(self, part: str, ending: str) -> Path:
        stem = Path(self._files.name.replace("/", "-")).stem
        return self._files.folder / f"{stem} {part}{ending}"

    def _write(self, path: Path, content: Callable[[Path], bytes]) -> None:
        window = self._files.window
        try:
            write_whole(path, content(path))
        except OSError as error:
            window.stage.notice.say(not_written(path.name, error))
        else:
            window.statusBar().showMessage(self.tr("Written to {path}").format(path=path), 5_000)


def history_csv(history: History) -> bytes:
    """Losses and accuracies as RFC 4180 has it, in UTF-8; what is not known is empty.

    The decimal mark is a point in every language, so that programs read it.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in history.rows:
        writer.writerow("" if math.isnan(value) else repr(float(value)) for value in row)
    return text.getvalue().encode("utf-8")


def picture_of(widget: QWidget, sharpness: float = SHARPNESS) -> QImage:
    """A picture of a widget, finer than the screen's."""
    image = QImage(widget.size() * sharpness, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(sharpness)
    with QPainter(image) as painter:
        _paint(painter, widget, sharpness)
    return image


def drawn(widget: QWidget, ending: str) -> bytes:
    """A widget as a drawing where `ending` is ``.svg``, else as a PNG image."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if ending.lower() == ".svg":
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(widget.size())
        generator.setViewBox(QRect(0, 0, widget.width(), widget.height()))
        generator.setResolution(round(widget.logicalDpiX()))
        generator.setTitle(widget.accessibleName())
        with QPainter(generator) as painter:
            _paint(painter, widget, SHARPNESS)
        return plain_strokes(bytes(content.data()))
    QImageWriter(buffer, QByteArray(b"png")).write(picture_of(widget))
    return bytes(content.data())


def _paint(painter: QPainter, widget: QWidget, sharpness: float) -> None:
    if isinstance(widget, GraphCanvas):
        widget.paint_on(painter, sharpness)
        return
    make_plots_in(widget)
    painter.fillRect(widget.rect(), widget.window().palette().window())
    with _shapes_instead_of_sprites(widget):
        widget.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)


@contextmanager
def _shapes_instead_of_sprites(widget: QWidget) -> Iterator[None]:
    """The points of plots are sprites on the screen; a drawing has no pixels to put them on."""
    # Where there are plots, it has been loaded; the window's first picture does without.
    import pyqtgraph as pg

    items = [
        item
        for view in widget.findChildren(pg.GraphicsView)
        for item in view.scene().items()
        if isinstance(item, pg.ScatterPlotItem)
    ]
    for item in items:
        item.setExportMode(True, {"antialias": True, "resolutionScale": 1.0})
    try:
        yield
    finally:
        for item in items:
            item.setExportMode(False)
