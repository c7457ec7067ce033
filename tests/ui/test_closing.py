"""A window that closes waits for nothing long."""

from nnsim.session.patience import Patience


def test_a_window_has_one_patience_for_all(open_window, monkeypatch):
    window = open_window("mnist", settle=False)
    asked = []
    for owner, name in (
        (window.files.recovery.autosave, "close"),
        (window.digits.pictures.reading, "stop"),
        (window.session._worker, "stop"),
    ):
        stop = getattr(owner, name)

        def noted(*arguments, stop=stop, **more):
            asked.extend(each for each in (*arguments, *more.values()) if isinstance(each, Patience))
            return stop(*arguments, **more)

        monkeypatch.setattr(owner, name, noted)
    window.files.abandon()
    window.close()
    assert len(asked) == 3
    assert len(set(map(id, asked))) == 1
