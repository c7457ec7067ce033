"""Pictures and tables to take elsewhere."""

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from nnsim.session.history import History
from nnsim.ui.exports import SHARPNESS, drawn, history_csv, picture_of
from nnsim.ui.plots.late_plot import LatePlot
from nnsim.ui.theme import LIGHT, Theme
from tests.session.driving import wait_idle
from tests.ui.test_files import CTRL, SHIFT, answer
from tests.ui.test_keys import press


def trained(open_window, qtbot, **options):
    window = open_window("xor", **options)
    window.session.train_epochs(5)
    wait_idle(qtbot, window.session)
    return window


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 13) for y in range(0, image.height(), 13)}


def test_the_network_is_copied_as_a_picture_twice_as_fine(open_window, qtbot):
    window = trained(open_window, qtbot)
    QGuiApplication.clipboard().clear()
    press(qtbot, window, Qt.Key.Key_C, CTRL | SHIFT)
    image = QGuiApplication.clipboard().image()
    canvas = window.stage.canvas
    assert (image.width(), image.height()) == (2 * canvas.width(), 2 * canvas.height())
    assert len(colours(image)) > 50


def test_a_picture_is_drawn_finely_not_enlarged(open_window, qtbot):
    window = trained(open_window, qtbot)
    fine = picture_of(window.stage.canvas)
    coarse = picture_of(window.stage.canvas, 1.0)
    enlarged = coarse.scaled(fine.size(), mode=Qt.TransformationMode.FastTransformation)
    enlarged.setDevicePixelRatio(1.0)
    differing = sum(
        fine.pixel(x, y) != enlarged.pixel(x, y)
        for x in range(0, fine.width(), 17)
        for y in range(0, fine.height(), 17)
    )
    assert differing > 30


@pytest.mark.parametrize("part", ["graph", "plots"])
@pytest.mark.parametrize("theme", [None, LIGHT])
def test_pictures_are_written_as_png_and_svg(open_window, qtbot, tmp_path, part, theme):
    window = trained(open_window, qtbot, **({} if theme is None else {"theme": theme}))
    images = []
    for ending in ("png", "svg"):
        path = tmp_path / f"a.{ending}"
        answer(window, path=path)
        window.actions_by_name[f"export_{part}"].trigger()
        images.append(image_of(path))
    png, svg = images
    assert png.width() > 600
    ground = window.theme.color("window").rgb()
    assert ground in colours(png)
    assert ground in colours(svg)
    assert len(colours(svg)) > 20
    assert not window.stage.notice.isVisible()


def image_of(path: Path) -> QImage:
    if path.suffix == ".png":
        return QImage(str(path))
    content = path.read_bytes()
    renderer = QSvgRenderer(QByteArray(content))
    assert renderer.isValid()
    # Lines and letters, not one picture of them.
    assert content.count(b"<text") > 5
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def amber(image: QImage, theme: Theme) -> int:
    """How many of a picture's points are of the training curves' colour."""
    wanted = theme.color("activation")
    near = 40
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(
        abs(p.red() - wanted.red()) + abs(p.green() - wanted.green()) + abs(p.blue() - wanted.blue()) < near
        for p in points
    )


def test_a_drawing_of_plots_is_the_same_where_strokes_scale(open_window, qtbot):
    window = open_window("xor")
    losses = [5e3, *(0.7 / (1 + epoch) for epoch in range(1, 30))]
    # A beginning that leaves the plot by its top is not to leave the card, too.
    window.session.history.rows[:] = [
        (float(epoch), loss, *[np.nan] * 3) for epoch, loss in enumerate(losses)
    ]
    window.loss.refresh()
    drawing = drawn(window.loss, ".svg")
    # As programs read it that know SVG 1.1 only.
    plain = re.sub(rb' vector-effect="[^"]*"', b"", drawing)
    image = QImage(window.loss.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(plain)).render(painter)
    painter.end()
    screen = amber(picture_of(window.loss, 1.0), window.theme)
    assert screen > 20
    assert 0.5 * screen < amber(image, window.theme) < 2.0 * screen
    heading = image.copy(0, 0, image.width(), window.loss.plot.y())
    assert amber(heading, window.theme) == 0


def test_the_history_is_a_table_that_any_program_reads(open_window, qtbot, tmp_path):
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        window = trained(open_window, qtbot)
        path = tmp_path / "history.csv"
        asked = answer(window, path=path)
        window.actions_by_name["export_history"].trigger()
        assert asked.suggested.suffix == ".csv"
    finally:
        QLocale.setDefault(before)
    text = path.read_bytes().decode()
    assert text.count("\r\n") == text.count("\n")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header == ["epoch", "train_loss", "validation_loss", "train_accuracy", "validation_accuracy"]
    history = window.session.history.rows
    assert len(rows) == len(history) >= 2
    assert float(rows[-1][0]) == 5.0
    assert float(rows[-1][1]) == history[-1][1]
    assert rows[-1][2] == ""


def test_a_run_that_has_not_begun_is_a_table_of_its_heading():
    assert history_csv(History()).count(b"\r\n") == 1


@pytest.mark.parametrize("name", ["export_graph", "export_plots", "export_history"])
def test_what_cannot_be_written_is_said_in_words(open_window, tmp_path, name):
    window = open_window()
    answer(window, path=tmp_path / "gone" / "a.png")
    window.actions_by_name[name].trigger()
    assert "the folder is not there any more" in window.stage.notice.text
    assert window.stage.notice.isVisible()


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_plots_can_be_exported_before_they_have_been_made(open_window, monkeypatch, ending):
    monkeypatch.setattr(LatePlot, "paintEvent", lambda plot, event: None)
    window = open_window("xor")
    column = window.right.currentWidget()
    content = drawn(column, ending)
    if ending == ".svg":
        assert b"<image" in content
    else:
        place = window.answer.shown
        part = QRect(place.mapTo(column, QPoint()) * SHARPNESS, place.size() * SHARPNESS)
        assert len(colours(QImage.fromData(QByteArray(content)).copy(part))) > 40
