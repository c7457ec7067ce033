"""An exception while something is painted costs that one picture, and no later one."""

import ast
from pathlib import Path

import pytest

import nnsim.ui
from nnsim.ui.graph.backdrop import Backdrop
from nnsim.ui.graph.paint_edges import EdgePainter
from nnsim.ui.graph.stage import StagePainter
from nnsim.ui.theme import DARK, LIGHT


def _painters_outside_with(path: Path) -> list[int]:
    """Lines that make a painter which nothing ends when an exception comes by."""
    tree = ast.parse(path.read_text("utf-8"))
    ended = {
        id(item.context_expr) for each in ast.walk(tree) if isinstance(each, ast.With) for item in each.items
    }
    return [
        call.lineno
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "QPainter"
        and id(call) not in ended
    ]


def test_every_painter_is_ended_whatever_happens():
    files = sorted(Path(nnsim.ui.__file__).parent.rglob("*.py"))
    found = {path.name: lines for path in files if (lines := _painters_outside_with(path))}
    assert files
    assert not found


def _pixels(window) -> bytes:
    """What stands on the screen, without painting anything."""
    image = window.screen().grabWindow(window.winId()).toImage()
    return bytes(image.constBits())


@pytest.mark.parametrize(
    "place", [(StagePainter, "_mark_nodes"), (EdgePainter, "_paint_some"), (Backdrop, "pixmap")]
)
def test_the_stage_paints_again_at_the_next_frame(qtbot, qtlog, open_window, monkeypatch, place):
    window = open_window("xor")
    canvas = window.stage.canvas
    owner, name = place
    works, calls = getattr(owner, name), []

    def once(*args, **kwargs):
        calls.append(name)
        if len(calls) == 1:
            raise RuntimeError("injected while painting")
        return works(*args, **kwargs)

    monkeypatch.setattr(owner, name, once)
    with qtbot.capture_exceptions() as caught:
        canvas.update()
        qtbot.waitUntil(lambda: bool(caught))
    before = _pixels(window)
    canvas.set_overlay("gradient")
    canvas.update()
    qtbot.waitUntil(lambda: len(calls) > 1)
    qtbot.waitUntil(lambda: _pixels(window) != before)
    canvas.set_overlay("weight")
    qtbot.waitUntil(lambda: _is_whole(window))
    assert len(caught) == 1
    assert "injected while painting" in str(caught[0][1])
    # On a real screen a painter that is still at work keeps every later frame away.
    assert [record.message for record in qtlog.records if "paint" in record.message.lower()] == []


def _is_whole(window) -> bool:
    """Whether painting all of it anew changes nothing."""
    before = _pixels(window)
    window.repaint()
    return _pixels(window) == before


def test_activations_are_read_on_both_grounds():
    for theme in (DARK, LIGHT):
        ink, ground = theme.written("activation"), theme.color("card")
        lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def _luminance(color):
    """Relative luminance as WCAG 2 defines it."""
    shares = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
