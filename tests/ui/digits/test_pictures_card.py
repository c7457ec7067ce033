"""Pictures of digits from files: opened by the menu, read, clicked, closed."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from nnsim.data import digits
from nnsim.session import picture_reading
from nnsim.session.pictures import Picture, read_picture
from nnsim.ui.digits.pictures_card import PicturesCard
from nnsim.ui.theme import DARK
from tests.session.driving import wait_idle

LEFT = Qt.MouseButton.LeftButton


def save(path, digit):
    """A picture in dark ink on white, four pixels for each of the digit's."""
    path.parent.mkdir(exist_ok=True)
    gray = np.rint(255.0 - 255.0 * np.kron(digit.reshape(28, 28), np.ones((4, 4)))).astype(np.uint8)
    assert QImage(gray.tobytes(), 112, 112, 112, QImage.Format.Format_Grayscale8).save(str(path))
    return path


@pytest.fixture
def window(monkeypatch, open_window):
    monkeypatch.setattr(digits, "GENERATED_TRAIN", 300)
    monkeypatch.setattr(digits, "GENERATED_TEST", 60)
    return open_window("mnist")


@pytest.fixture
def folder(window, tmp_path):
    """Twelve digits, every fourth without a label, and a file that is no picture."""
    data = window.session.dataset
    for number in range(12):
        label = data.validation_y[number].argmax()
        name = f"photo_{number}.png" if number % 4 == 3 else f"{label}_{number:02}.png"
        save(tmp_path / "digits" / name, data.validation_x[number])
    (tmp_path / "digits" / "notes.txt").write_text("none of them")
    return tmp_path / "digits"


def trigger(qtbot, window, name):
    """Choose an entry of the File menu with the mouse."""
    menu = window.menuBar().actions()[0].menu()
    menu.popup(window.mapToGlobal(QPoint(10, 30)))
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(window.actions_by_name[name]).center())


def settle(qtbot, window):
    qtbot.waitUntil(lambda: not window.digits.pictures.reading.busy, timeout=30_000)
    wait_idle(qtbot, window.session)


def open_folder(qtbot, monkeypatch, window, folder):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    trigger(qtbot, window, "open_picture_folder")
    settle(qtbot, window)


def open_files(qtbot, monkeypatch, window, *files):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file) for file in files], ""))
    trigger(qtbot, window, "open_pictures")
    settle(qtbot, window)


def card_of(window):
    return window.digits.pictures.card


def click_picture(window, place):
    gallery = card_of(window).gallery
    QTest.mouseClick(gallery.viewport(), LEFT, pos=gallery.place_of(place).center())


def heading(card):
    return card.accessibleName()


def answers_of(window):
    """What the network answers, each picture looked at alone."""
    return window.session.answers.outputs.argmax(axis=1).tolist()


def test_a_folder_fills_a_card_on_the_test_page(qtbot, window, folder, monkeypatch):
    assert not card_of(window).isVisible()
    open_folder(qtbot, monkeypatch, window, folder)
    card = card_of(window)
    assert card.isVisible()
    assert window.digits.current == "test"
    assert window.stage.notice.text == "Left out: 1 is no picture."
    labels = [picture.label for picture in card.pictures]
    assert len(labels) == 12
    assert labels.count(None) == 3
    right = sum(label == answer for label, answer in zip(labels, answers_of(window), strict=True))
    assert heading(card) == f"Pictures · 12, {right} of 9 right"
    assert card.gallery.words(0).startswith(f"{labels[0]} read as {answers_of(window)[0]}, ")
    assert card.gallery.words(11).startswith(f"Read as {answers_of(window)[11]}, ")


def test_labelled_pictures_alone_are_counted_simply(qtbot, window, folder, monkeypatch):
    files = sorted(folder.glob("[0-9]*.png"))
    open_files(qtbot, monkeypatch, window, *files)
    right = sum(int(file.name[0]) == answer for file, answer in zip(files, answers_of(window), strict=True))
    assert heading(card_of(window)) == f"Pictures · 9, {right} read right"
    photos = sorted(folder.glob("photo*.png"))
    open_files(qtbot, monkeypatch, window, *photos)
    assert heading(card_of(window)) == "Pictures · 3"


def test_a_click_puts_a_picture_on_the_canvas_and_on_the_stage(qtbot, window, folder, monkeypatch):
    open_folder(qtbot, monkeypatch, window, folder)
    pictures = card_of(window).pictures
    for place in (2, 0):
        click_picture(window, place)
        wait_idle(qtbot, window.session)
        probe = window.session.snapshot.probe
        np.testing.assert_array_equal(probe.x, pictures[place].image.reshape(-1))
        np.testing.assert_array_equal(window.digits.draw.canvas.pixels(), pictures[place].image)
        assert window.digits.teach.label == pictures[place].label == probe.y.argmax()
        assert probe.activations[-1].argmax() == answers_of(window)[place]
    unlabelled = next(i for i, picture in enumerate(pictures) if picture.label is None)
    QTest.keyClick(card_of(window).gallery, Qt.Key.Key_Home)
    for _ in range(unlabelled):
        QTest.keyClick(card_of(window).gallery, Qt.Key.Key_Right)
    QTest.keyClick(card_of(window).gallery, Qt.Key.Key_Return)
    wait_idle(qtbot, window.session)
    np.testing.assert_array_equal(window.session.snapshot.probe.x, pictures[unlabelled].image.reshape(-1))
    assert window.session.snapshot.probe.y is None
    assert window.digits.teach.label is None


def test_one_picture_goes_straight_onto_the_canvas(qtbot, window, folder, monkeypatch):
    window.digits.turn_to("test")
    file = min(folder.glob("[0-9]*.png"))
    open_files(qtbot, monkeypatch, window, file)
    assert window.digits.current == "draw"
    assert not card_of(window).isVisible()
    np.testing.assert_array_equal(
        window.session.snapshot.probe.x.reshape(28, 28), read_picture(file).astype(np.float32)
    )
    assert window.digits.teach.label == int(file.name[0])


def test_the_answers_follow_the_training(qtbot, window, folder, monkeypatch):
    open_folder(qtbot, monkeypatch, window, folder)
    session, card = window.session, card_of(window)
    session.reset()
    wait_idle(qtbot, session)
    before = session.answers
    assert before.step == 0
    session.run()
    qtbot.waitUntil(lambda: session.answers.step > 0, timeout=20_000)
    assert session.running
    session.pause()
    wait_idle(qtbot, session)
    assert session.answers.step == session.snapshot.step
    assert session.answers.x is card.inputs
    shown = [card.gallery.words(place).split("ead as ")[1][0] for place in range(12)]
    assert shown == [str(answer) for answer in answers_of(window)]
    assert not np.array_equal(session.answers.outputs, before.outputs)


def test_pictures_stay_when_another_network_for_digits_is_opened(qtbot, window, folder, monkeypatch):
    open_folder(qtbot, monkeypatch, window, folder)
    before = window.session.answers
    window.files.open("xor")
    assert card_of(window).gallery.words(11) == "Not read yet"
    wait_idle(qtbot, window.session)
    assert window.session.answers is None
    window.files.open("mnist-accurate")
    wait_idle(qtbot, window.session)
    assert window.session.answers.x is before.x
    assert not np.array_equal(window.session.answers.outputs, before.outputs)
    assert "read as" in card_of(window).gallery.words(11).lower()


def test_closing_hides_the_card_and_asks_no_more(qtbot, window, folder, monkeypatch):
    open_folder(qtbot, monkeypatch, window, folder)
    QTest.mouseClick(card_of(window).close_button, LEFT)
    assert not card_of(window).isVisible()
    window.session.step_silently(1)
    wait_idle(qtbot, window.session)
    assert window.session.answers is None
    open_folder(qtbot, monkeypatch, window, folder)
    assert card_of(window).isVisible()


def test_nobody_is_asked_while_the_page_is_not_seen(qtbot, window, folder, monkeypatch):
    open_folder(qtbot, monkeypatch, window, folder)
    window.digits.turn_to("draw")
    window.session.step_silently(1)
    wait_idle(qtbot, window.session)
    assert window.session.answers is None
    window.digits.turn_to("test")
    wait_idle(qtbot, window.session)
    assert window.session.answers.step == window.session.snapshot.step


def test_without_digits_the_notice_says_what_to_open(qtbot, open_window, monkeypatch):
    window = open_window("xor")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: pytest.fail("asked all the same"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: pytest.fail("asked all the same"))
    for name in ("open_pictures", "open_picture_folder"):
        window.stage.notice.hide()
        trigger(qtbot, window, name)
        assert window.stage.notice.isVisible()
        assert "open Handwritten digits first" in window.stage.notice.text


@pytest.mark.parametrize("how", ["files", "folder"])
def test_cancelled_dialogs_change_nothing(qtbot, window, monkeypatch, how):
    before = window.digits.draw.canvas.pixels().tobytes()
    if how == "files":
        open_files(qtbot, monkeypatch, window)
    else:
        open_folder(qtbot, monkeypatch, window, "")
    assert window.digits.draw.canvas.pixels().tobytes() == before
    assert not window.stage.notice.isVisible()


def test_what_cannot_be_read_is_told(qtbot, window, folder, tmp_path, monkeypatch):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    open_files(qtbot, monkeypatch, window, broken)
    assert "broken.png cannot be read" in window.stage.notice.text
    empty = tmp_path / "empty"
    empty.mkdir()
    open_folder(qtbot, monkeypatch, window, empty)
    assert window.stage.notice.text == "There is no picture of a digit here."
    open_folder(qtbot, monkeypatch, window, tmp_path / "gone")
    assert window.stage.notice.text.startswith("gone cannot be read")
    files = [broken, *sorted(folder.glob("*.png"))[:2]]
    open_files(qtbot, monkeypatch, window, *files)
    assert window.stage.notice.text == "Left out: 1 is damaged."
    assert len(card_of(window).pictures) == 2
    assert not window.statusBar().currentMessage()


class Slow:
    """Reads pictures, but each only when it is let."""

    def __init__(self, monkeypatch):
        self.begun, self.let = 0, threading.Semaphore(0)
        self._read = picture_reading.read_folder
        monkeypatch.setattr(picture_reading, "read_folder", self.read)

    def let_go_when_cancelled(self, monkeypatch):
        cancel = picture_reading._Job.cancel

        def cancel_and_let(job):
            cancel(job)
            self.let.release(20)

        monkeypatch.setattr(picture_reading._Job, "cancel", cancel_and_let)

    def read(self, path, goes_on):
        def goes_on_slowly():
            self.begun += 1
            self.let.acquire(timeout=120)
            return goes_on()

        return self._read(path, goes_on_slowly)


def test_closing_the_window_meanwhile_leaves_off_reading(qtbot, window, folder, monkeypatch):
    slow = Slow(monkeypatch)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    trigger(qtbot, window, "open_picture_folder")
    qtbot.waitUntil(lambda: slow.begun == 1, timeout=10_000)
    assert window.statusBar().currentMessage() == "Reading the pictures…"
    # While one is read the window goes on.
    window.session.step_silently(1)
    wait_idle(qtbot, window.session)
    assert window.session.snapshot.step == 1
    slow.let.release(5)
    qtbot.waitUntil(lambda: slow.begun == 6, timeout=10_000)
    qtbot.waitUntil(lambda: window.statusBar().currentMessage() == "Reading the pictures: 4", timeout=10_000)
    slow.let_go_when_cancelled(monkeypatch)
    window.session.undo_stack.setClean()
    assert window.close()
    assert slow.begun == 6
    assert not window.digits.pictures.reading.busy
    assert not [thread for thread in threading.enumerate() if thread.name == "nnsim-pictures"]


def test_what_is_asked_last_is_shown(qtbot, window, folder, monkeypatch):
    slow = Slow(monkeypatch)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    trigger(qtbot, window, "open_picture_folder")
    qtbot.waitUntil(lambda: slow.begun == 1, timeout=10_000)
    files = [str(file) for file in sorted(folder.glob("photo*.png"))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (files, ""))
    trigger(qtbot, window, "open_pictures")
    slow.let.release()
    settle(qtbot, window)
    assert slow.begun == 1, "the folder was left after one picture"
    assert len(card_of(window).pictures) == 3


def test_pictures_that_arrive_in_another_scene_are_dropped(qtbot, window, folder, monkeypatch):
    slow = Slow(monkeypatch)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    trigger(qtbot, window, "open_picture_folder")
    window.files.open("xor")
    slow.let.release(20)
    settle(qtbot, window)
    assert not card_of(window).pictures
    assert not window.stage.notice.isVisible()


def test_other_pictures_are_not_taken_for_answered_ones(qtbot, application):
    card = PicturesCard(DARK)
    qtbot.addWidget(card)
    image = np.zeros((28, 28), np.float32)
    card.show_pictures((Picture(image, 7, "7_a.png"), Picture(image, None, "b.png")))
    outputs = np.full((2, 10), 0.05)
    outputs[0, 7], outputs[1, 3] = 0.55, np.nan
    card.show_answers(outputs)
    assert heading(card) == "Pictures · 2, 1 of 1 right"
    assert card.gallery.words(1) == "Read as 3, 0 % sure"
    card.show_pictures(card.pictures[::-1])
    assert heading(card) == "Pictures · 2"
    assert card.gallery.words(0) == "Not read yet"
    assert card.gallery.words(1) == "7, not read yet"
