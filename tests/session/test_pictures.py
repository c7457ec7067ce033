"""Digits from image files that are made here."""

import math
import struct
import zlib

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF, QTransform

from nnsim.data.centring import centred
from nnsim.session import picture_files
from nnsim.session.picture_files import MOST_MEMORY, MOST_PIXELS, PictureError
from nnsim.session.pictures import read_folder, read_picture

SEVEN = ((0.25, 0.22), (0.74, 0.2), (0.45, 0.82))


def drawn(width, height, ground, ink, thick=0.08):
    """A seven in a picture of any colours, in its middle square."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(ground) if isinstance(ground, str) else ground)
    side = min(width, height)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate((width - side) / 2, (height - side) / 2)
    pen = QPen(QColor(ink), thick * side)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([QPointF(x * side, y * side) for x, y in SEVEN]))
    painter.end()
    return image


def photographed(side=400, shade=0.45, grain=0.02, paper=0.8, ink=0.25):
    """The same seven in pencil, in light that falls from one side, with grain and two specks of dust."""
    strokes = brightness(drawn(side, side, "black", "white"))
    across = np.linspace(1.0, 1.0 - shade, side)
    light = across[None, :] * np.linspace(1.0, 0.85, side)[:, None]
    gray = (paper - (paper - ink) * strokes) * light
    gray += np.random.default_rng(3).normal(0.0, grain, gray.shape)
    gray[20:24, 30:34] = gray[370:375, 380:384] = 0.05
    pixels = np.ascontiguousarray(np.clip(np.rint(gray * 255), 0, 255).astype(np.uint8))
    return QImage(pixels.data, side, side, side, QImage.Format.Format_Grayscale8).copy()


def brightness(image):
    """From 0 to 1."""
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return flat[:, : image.width()] / 255.0


@pytest.fixture(scope="module")
def seven():
    """What every one of these pictures should become."""
    return centred(brightness(drawn(400, 400, "black", "white")))


def likeness(a, b):
    """Correlation of two images."""
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


def saved(image, path, quality=-1):
    assert image.save(str(path), quality=quality)
    return path


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.bmp"])
@pytest.mark.parametrize(
    ("ground", "ink"),
    [("white", "black"), ("black", "white"), ("#20304a", "#ffe060"), ("#e8e0d0", "#303070")],
)
def test_dark_on_light_and_light_on_dark(tmp_path, seven, name, ground, ink):
    image = read_picture(saved(drawn(300, 300, ground, ink), tmp_path / name))
    assert image.shape == (28, 28)
    assert image.dtype == np.float32
    assert 0.95 < image.max() <= 1.0
    assert likeness(image, seven) > 0.97


@pytest.mark.parametrize("size", [(28, 28), (60, 40), (900, 300), (1600, 2400)])
def test_any_size_and_shape(tmp_path, seven, size):
    image = read_picture(saved(drawn(*size, "white", "black", 0.09), tmp_path / "a.png"))
    assert likeness(image, seven) > 0.93


@pytest.mark.parametrize("ink", ["black", "white", "#c02020"])
def test_a_transparent_ground_sets_off_any_ink(tmp_path, seven, ink):
    picture = drawn(200, 200, Qt.GlobalColor.transparent, ink)
    assert likeness(read_picture(saved(picture, tmp_path / "a.png")), seven) > 0.97


@pytest.mark.parametrize("grain", [0.0, 0.02, 0.04])
@pytest.mark.parametrize("shade", [0.0, 0.5])
@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_a_photo_loses_its_paper_its_shadow_and_its_dust(tmp_path, seven, name, shade, grain):
    picture = photographed(shade=shade, grain=grain)
    image = read_picture(saved(picture, tmp_path / name, quality=80))
    assert likeness(image, seven) > 0.95
    assert np.mean(image[seven == 0.0] > 0.2) < 0.01, "no paper is left"
    assert image.max() > 0.9


def test_a_small_jpeg_is_freed_of_its_noise(tmp_path, seven):
    digit = np.ascontiguousarray(np.rint(seven * 255).astype(np.uint8))
    picture = QImage(digit.data, 28, 28, 28, QImage.Format.Format_Grayscale8)
    assert likeness(read_picture(saved(picture, tmp_path / "a.jpg", quality=75)), seven) > 0.9


def test_a_digit_of_mnist_comes_back_as_it_is(tmp_path, seven):
    pixels = np.rint(seven * 255).astype(np.uint8)
    pixels[pixels == pixels.max()] = 255
    digit = np.ascontiguousarray(pixels)
    picture = QImage(digit.data, 28, 28, 28, QImage.Format.Format_Grayscale8)
    image = read_picture(saved(picture, tmp_path / "a.png"))
    assert np.abs(image * 255 - pixels).max() < 1.0


def test_a_picture_turned_by_the_camera_is_turned_back(tmp_path, seven):
    """EXIF says: turn by 90° clockwise."""
    picture = drawn(200, 200, "white", "black")
    path = saved(picture.transformed(QTransform().rotate(-90.0)), tmp_path / "a.jpg")
    data = path.read_bytes()
    tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, 6, 0, 0)
    exif = b"Exif\0\0" + tiff
    path.write_bytes(data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:])
    assert likeness(read_picture(path), seven) > 0.97


# --- what cannot be read


@pytest.mark.parametrize("color", ["white", "black", "#808080", Qt.GlobalColor.transparent])
def test_an_empty_picture_is_refused(tmp_path, color):
    image = QImage(50, 50, QImage.Format.Format_ARGB32)
    image.fill(QColor(color) if isinstance(color, str) else color)
    with pytest.raises(PictureError, match="stands out") as said:
        read_picture(saved(image, tmp_path / "a.png"))
    assert said.value.reason == "empty"


def test_paper_without_ink_is_refused(tmp_path):
    with pytest.raises(PictureError, match="stands out"):
        read_picture(saved(_without_dust(), tmp_path / "a.png"))


def _without_dust():
    rng = np.random.default_rng(1)
    gray = np.linspace(0.9, 0.5, 300)[None, :] + rng.normal(0.0, 0.01, (300, 300))
    pixels = np.ascontiguousarray(np.clip(gray * 255, 0, 255).astype(np.uint8))
    return QImage(pixels.data, 300, 300, 300, QImage.Format.Format_Grayscale8).copy()


NO_PIXELS = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


def png_header(width, height):
    """A PNG that claims a size and holds nothing of it."""
    return png_chunk(struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


def png_chunk(header):
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize("size", [(60_000, 60_000), (MOST_PIXELS // 1000 + 1, 1000)])
def test_a_huge_picture_is_refused_by_its_header(tmp_path, size):
    path = tmp_path / "huge.png"
    path.write_bytes(png_header(*size) + NO_PIXELS)
    with pytest.raises(PictureError, match=r"huge\.png is too large") as said:
        read_picture(path)
    assert said.value.reason == "large"


def gif(width, height):
    """A black GIF of a few bytes, interlaced."""
    frame = struct.pack("<HHHHB", 0, 0, width, height, 0x40) + b"\x02\x02\x44\x01\0"
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0)
    return b"GIF89a" + screen + b"\0\0\0\xff\xff\xff" + b"," + frame + b";"


@pytest.mark.parametrize(("side", "is_read"), [(3_000, True), (4_000, False)])
def test_a_small_file_that_unpacks_to_hundreds_of_megabytes_is_refused(tmp_path, side, is_read):
    path = tmp_path / "a.gif"
    path.write_bytes(gif(side, side))
    with pytest.raises(PictureError) as said:
        read_picture(path)
    assert said.value.reason == ("empty" if is_read else "large")


def test_four_channels_of_sixteen_bits_may_have_fewer_pixels(tmp_path):
    path = tmp_path / "deep.png"
    side = math.isqrt(MOST_MEMORY // 16) + 1
    header = struct.pack(">IIBBBBB", side, side, 16, 6, 0, 0, 0)
    path.write_bytes(png_chunk(header) + NO_PIXELS)
    with pytest.raises(PictureError, match="at most 10 million"):
        read_picture(path)


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(picture_files, "LARGEST_FILE", 1_000_000)
    path = tmp_path / "a.bmp"
    path.write_bytes(bytes(1_000_001))
    with pytest.raises(PictureError, match="larger than 1 MB") as said:
        read_picture(path)
    assert said.value.reason == "large"


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", png_header(28, 28)])
def test_a_damaged_file_is_refused_in_words(tmp_path, content):
    path = tmp_path / "a.png"
    path.write_bytes(content)
    with pytest.raises(PictureError, match=r"a\.png cannot be read: it is damaged") as said:
        read_picture(path)
    assert said.value.reason == "unreadable"


def test_no_file_is_refused_too(tmp_path):
    with pytest.raises(PictureError, match="cannot be read"):
        read_picture(tmp_path / "none.png")


def test_a_drawing_in_svg_is_no_picture(tmp_path):
    path = tmp_path / "a.png"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>'
    )
    with pytest.raises(PictureError, match="cannot be read"):
        read_picture(path)


# --- folders


def test_a_folder_names_its_digits(tmp_path):
    for name in ("7/a.png", "0/b.png", "3_x.png", "4-y.PNG", "10.png", "x-7.png", ".hidden.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        assert drawn(28, 28, "white", "black", 0.1).save(str(tmp_path / name), "PNG")
    folder = read_folder(tmp_path)
    assert {picture.name: picture.label for picture in folder.pictures} == {
        "7/a.png": 7,
        "0/b.png": 0,
        "3_x.png": 3,
        "4-y.PNG": 4,
        "10.png": None,
        "x-7.png": None,
    }
    assert folder.skipped == {}
    assert folder.words() == ""


def test_what_is_left_out_is_counted(tmp_path):
    saved(drawn(28, 28, "white", "black", 0.1), tmp_path / "1_a.png")
    (tmp_path / "2_b.png").write_bytes(b"nothing")
    (tmp_path / "3_c.png").write_bytes(png_header(60_000, 60_000) + NO_PIXELS)
    (tmp_path / "notes.txt").write_text("seven")
    blank = QImage(20, 20, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    saved(blank, tmp_path / "4_d.png")
    (tmp_path / "more").mkdir()
    folder = read_folder(tmp_path)
    assert [picture.label for picture in folder.pictures] == [1]
    assert folder.skipped == {"unreadable": 1, "large": 1, "empty": 1, "other": 1, "folder": 1}
    for words in ("1 is damaged", "1 is too large", "1 shows nothing", "1 is no picture", "1 is a folder"):
        assert words in folder.words()


def test_a_folder_is_read_up_to_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr("nnsim.session.pictures.MOST_FILES", 3)
    for i in range(5):
        saved(drawn(28, 28, "white", "black", 0.1), tmp_path / f"{i}_x.png")
    folder = read_folder(tmp_path)
    assert [picture.label for picture in folder.pictures] == [0, 1, 2]
    assert folder.skipped == {"many": 2}
    assert folder.words() == "Left out: 2 are beyond the first 3."
