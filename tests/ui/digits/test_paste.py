"""Pictures from elsewhere become bright ink on nothing."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QPainter

from nnsim.session import picture_files
from nnsim.session.picture_files import PictureError
from nnsim.ui.digits.ink import SIDE
from nnsim.ui.digits.paste import carries_picture, image_at, image_from, ink_of


def bar(paper, ink, *, width=100, height=100):
    """A picture with an upright bar in its middle third."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(paper))
    painter = QPainter(image)
    painter.fillRect(QRect(width // 3, height // 5, width // 3, height * 3 // 5), QColor(ink))
    painter.end()
    return image


@pytest.mark.parametrize(
    ("paper", "ink"),
    [
        ("white", "black"),
        ("black", "white"),
        ("#f4ecd8", "#203080"),
        ("#203020", "#e0e0c0"),
        ("#00000000", "black"),
        ("#00ffffff", "white"),
        ("#00ffffff", "#802010"),
    ],
)
def test_whatever_the_border_shows_is_paper(qapp, paper, ink):
    pixels = ink_of(bar(paper, ink))
    assert pixels.shape == (SIDE, SIDE)
    assert pixels[SIDE // 2, SIDE // 2] == 255
    assert not pixels[: SIDE // 8].any()
    assert not pixels[:, : SIDE // 4].any()


def test_a_wide_picture_is_not_drawn_out(qapp):
    pixels = ink_of(bar("white", "black", width=200, height=100))
    rows, columns = np.nonzero(pixels > 127)
    assert np.ptp(columns) == pytest.approx(SIDE / 3, abs=4)
    assert np.ptp(rows) == pytest.approx(SIDE / 2 * 0.6, abs=4)


def test_the_grain_of_the_paper_is_no_ink(qapp):
    image = bar("#f0f0f0", "#101010")
    for k in range(0, 90, 7):
        image.setPixelColor(k, 5, QColor("#e4e4e4"))
    assert not ink_of(image)[: SIDE // 8].any()


@pytest.mark.parametrize("color", ["white", "black", "#777777", "#00000000"])
def test_one_colour_is_nothing_to_see(qapp, color):
    with pytest.raises(PictureError, match="one colour"):
        ink_of(bar(color, color))


def test_no_picture_at_all(qapp):
    with pytest.raises(PictureError, match="empty"):
        ink_of(QImage())
    data = QMimeData()
    data.setText("seven")
    assert not carries_picture(data)
    with pytest.raises(PictureError, match="no picture on the clipboard"):
        image_from(data)


def test_a_file_is_read_no_larger_than_needed(qapp, tmp_path):
    path = tmp_path / "large.png"
    bar("white", "black", width=3000, height=1500).save(str(path))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert carries_picture(data)
    image = image_from(data)
    assert max(image.width(), image.height()) <= 2 * SIDE
    assert ink_of(image)[SIDE // 2, SIDE // 2] == 255


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.png", b"this is no picture"),
        ("empty.png", b""),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
)
def test_a_file_that_is_no_picture_is_refused_by_name(qapp, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PictureError, match=name):
        image_at(path)


def test_a_damaged_picture_is_refused(qapp, tmp_path):
    path = tmp_path / "half.png"
    bar("white", "black").save(str(path))
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(PictureError, match=r"half\.png"):
        image_at(path)


def test_a_picture_beyond_all_bounds_is_refused_before_it_is_read(qapp, tmp_path, monkeypatch):
    path = tmp_path / "huge.png"
    bar("white", "black").save(str(path))
    monkeypatch.setattr(picture_files, "MOST_MEMORY", 12 * 9_999)
    with pytest.raises(PictureError, match="100 × 100"):
        image_at(path)


def test_a_web_address_is_not_fetched(qapp):
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/7.png")])
    assert not carries_picture(data)


def test_a_thin_picture_keeps_its_shape(qapp):
    image = QImage(3, 900, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QPainter(image).fillRect(QRect(1, 300, 1, 300), Qt.GlobalColor.black)
    rows, columns = np.nonzero(ink_of(image))
    assert np.ptp(rows) == pytest.approx(SIDE / 3, abs=6)
    assert np.ptp(columns) <= 1
