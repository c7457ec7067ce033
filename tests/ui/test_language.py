"""Another language: everything goes on in it, and nothing is lost."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtGui import QAction

from nnsim.model.network import Node
from nnsim.session.language import kept_language, language, language_name, languages, use_language
from nnsim.ui.handing_over import hand_over
from nnsim.ui.main_window import MainWindow
from tests.session.driving import wait_idle


@pytest.fixture
def english() -> Iterator[None]:
    """Whatever is spoken, the next test is in English again."""
    locale = QLocale()
    yield
    use_language("en")
    QLocale.setDefault(locale)


def _in(code: str, old: MainWindow) -> MainWindow:
    use_language(code)
    new = MainWindow(old.session, old.settings, old.theme, old.scene_name)
    hand_over(old, new)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return new


def _choice(window: MainWindow, code: str) -> QAction:
    return next(action for action in window.languages.actions() if action.data() == code)


def test_languages_are_found_and_name_themselves():
    assert languages()[:1] == ("en",)
    assert "vi" in languages()
    assert language_name("vi") == "Tiếng Việt"
    assert language_name("en") == "English"


def test_choosing_one_asks_for_it_once_and_is_kept(open_window, qtbot, settings):
    window = open_window("xor")
    with qtbot.waitSignal(window.languages.chosen) as told:
        _choice(window, "vi").trigger()
    assert told.args == ["vi"]
    assert kept_language(settings) == "vi"
    with qtbot.assertNotEmitted(window.languages.chosen):
        _choice(window, "en").trigger()
    assert kept_language(settings) == "en"


def test_a_window_goes_on_in_vietnamese_and_back(open_window, qtbot, english):
    window = open_window("xor")
    session = window.session
    session.train_epochs(3)
    wait_idle(qtbot, session)
    window.actions_by_name["gradient"].setChecked(True)
    window.stage.canvas.select(Node(1, 1))
    window.stage.canvas.zoom_in()
    qtbot.keyClick(window.stage.canvas, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None)
    window.lessons.next()
    window.lessons.next()
    before = (
        session.snapshot.step,
        window.lessons.lesson,
        window.lessons.lesson.index,
        window.stage.canvas._camera.view,
    )

    vietnamese = _in("vi", window)

    assert not shiboken6.isValid(window)
    assert language() == "vi"
    assert vietnamese.menuBar().actions()[0].text().replace("&", "") == "Tệp"
    assert vietnamese.actions_by_name["run"].text() == "Chạy"
    assert QLocale().decimalPoint() == ","
    after = (
        session.snapshot.step,
        vietnamese.lessons.lesson,
        vietnamese.lessons.lesson.index,
        vietnamese.stage.canvas._camera.view,
    )
    assert after == before
    assert vietnamese.strip.isVisible()
    assert vietnamese.stage.canvas.first_selected == Node(1, 1)
    assert vietnamese.actions_by_name["gradient"].isChecked()

    english_again = _in("en", vietnamese)
    assert english_again.actions_by_name["run"].text() == "Run"
    english_again.files.abandon()
    english_again.close()


def test_a_drawing_and_its_undo_stay(open_window, qtbot, english):
    window = open_window("mnist")
    canvas = window.digits.draw.canvas
    middle = canvas.rect().center()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle)
    drawn = canvas.drawing
    assert canvas.can_undo

    vietnamese = _in("vi", window)

    assert vietnamese.digits.draw.canvas.drawing is drawn
    assert vietnamese.digits.draw.canvas.can_undo
    vietnamese.files.abandon()
    vietnamese.close()
