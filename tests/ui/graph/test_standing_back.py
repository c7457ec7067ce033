"""What a lesson is not about stands back, and is still read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from nnsim.ui.graph.scales import LEVELS
from nnsim.ui.graph.sprites import ABSENT, Sprites, contrast, quiet_color, quiet_ink
from nnsim.ui.lesson.timeline import Timeline
from nnsim.ui.theme import DARK, THEMES

LEAST = 3.0
RADIUS = 24.0


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("level", [-LEVELS, 0, LEVELS // 2, LEVELS])
def test_its_ring_is_seen_and_its_number_is_read(qtbot, theme, level):
    pixmap = QPixmap(120, 120)
    pixmap.fill(theme.color("window"))
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        Sprites(theme, 1.0).paint_quiet(painter, level, RADIUS, 60.0, 60.0)
    image, stage = pixmap.toImage(), theme.color("window")
    near = range(round(60 + RADIUS) - 2, round(60 + RADIUS) + 3)
    assert max(contrast(image.pixelColor(x, 60), stage) for x in near) >= LEAST
    for ground in (stage, image.pixelColor(60, 60), quiet_color(theme, level)):
        assert contrast(quiet_ink(theme, "text"), ground) >= LEAST
    assert contrast(quiet_ink(theme, "muted"), stage) >= LEAST


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_what_is_not_computed_yet_has_a_ring_too(qtbot, theme):
    pen = Sprites(theme, 1.0)._ring(ABSENT, RADIUS)
    assert contrast(pen.color(), theme.color("window")) >= LEAST
    assert pen.color().alphaF() == 1.0


@pytest.mark.parametrize("current", [0, 64, 128])
def test_a_long_lesson_keeps_letters_and_folds_the_rest(qtbot, current):
    timeline = Timeline(DARK)
    qtbot.addWidget(timeline)
    timeline.resize(900, timeline.sizeHint().height())
    count = 129
    timeline.show_steps(("∂L/∂W⁽¹⁾",) * count, ("tip",) * count, ("backward",) * count, current)
    folded, laid = timeline.folded(), timeline._laid()
    assert len(folded) == (2 if current == 64 else 1)
    hidden = [len(chip) for chip, _ in laid if len(chip) > 1]
    assert folded == [f"… {n} more" for n in hidden]
    assert range(current, current + 1) in [chip for chip, _ in laid]
    assert laid[-1][1].right() <= timeline.width()
    assert len(laid) - len(folded) >= 5
    # A drag from end to end reaches the last step, however chips move meanwhile.
    timeline.show()
    picked = []
    timeline.picked.connect(picked.append)
    ends = [timeline.places()[i].center().toPoint() for i in (0, count - 1)]
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=ends[0])
    qtbot.mouseMove(timeline, ends[1])
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=ends[1])
    reached = {0, count - 1} - {current}
    assert all(any(abs(p - r) <= 1 for p in picked) for r in reached)
