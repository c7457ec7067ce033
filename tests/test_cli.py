"""The command line: results on standard output, one clear sentence for what cannot be done."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nnsim import __version__
from nnsim.cli import main
from nnsim.data import mnist
from nnsim.data.scenes import find_scene
from nnsim.model.document import document_to_json
from nnsim.model.files import open_file
from tests.data.idx_files import fake_mnist

FAST = ["--engine", "reference"]


def trained(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["train", *arguments, *FAST, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    report: dict[str, Any] = json.loads(out)
    return report


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The sentence with which a command line is refused."""
    try:
        code = main(arguments)
    except SystemExit as ended:  # argparse
        code = ended.code if isinstance(ended.code, int) else -1
    out, err = capsys.readouterr()
    assert code == 2
    assert out == ""
    assert "Traceback" not in err
    return err.strip().splitlines()[-1]


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert all(name in out for name in ("--scene", "--theme", "scenes", "train", "shot", "bench"))


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"nnsim {__version__}\n"


def test_scenes_are_listed_with_their_titles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["perceptron", "xor", "scratch", "playground"]
    assert lines[1].endswith("XOR — a hidden layer")


def test_train_reports_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    report = trained(capsys, "xor")
    assert list(report) == [
        "scene",
        "data",
        "epochs",
        "steps",
        "seconds",
        "samples_per_second",
        "train",
        "validation",
        "predictions",
    ]
    # 500 epochs of four samples, one at a time.
    assert (report["scene"], report["epochs"], report["steps"]) == ("xor", 500, 2000)
    assert report["samples_per_second"] == pytest.approx(2000 / report["seconds"])
    assert report["train"]["accuracy"] == 1.0
    assert 0 < report["train"]["loss"] < 0.2
    assert report["validation"] is None
    assert [row["x"] for row in report["predictions"]] == [[0, 0], [0, 1], [1, 0], [1, 1]]
    for row in report["predictions"]:
        assert abs(row["prediction"][0] - row["y"][0]) < 0.5


def test_train_with_validation_and_too_many_samples_to_list(capsys: pytest.CaptureFixture[str]) -> None:
    report = trained(capsys, "playground", "--epochs", "3")
    # 210 training samples in batches of 10.
    assert (report["epochs"], report["steps"]) == (3, 63)
    assert set(report["validation"]) == {"loss", "accuracy"}
    assert report["predictions"] is None
    assert report["samples_per_second"] == pytest.approx(630 / report["seconds"])


def test_predictions_cover_the_validation_samples_too(capsys: pytest.CaptureFixture[str]) -> None:
    report = trained(capsys, "xor", "--epochs", "1", "--set", "training.validation_split=0.5")
    assert len(report["predictions"]) == 4


def test_a_regression_has_no_accuracy(capsys: pytest.CaptureFixture[str]) -> None:
    settings = ('data={"kind": "surface", "name": "plane"}', "training.loss=mse", "training.batch_size=0")
    report = trained(capsys, "xor", "--epochs", "1", *(word for s in settings for word in ("--set", s)))
    assert report["train"]["accuracy"] is None


def test_a_seed_gives_the_same_run_and_another_seed_another(capsys: pytest.CaptureFixture[str]) -> None:
    losses = [trained(capsys, "xor", "--epochs", "5", "--seed", seed)["train"]["loss"] for seed in "778"]
    assert losses[0] == losses[1] != losses[2]


def test_settings_reach_the_training(capsys: pytest.CaptureFixture[str]) -> None:
    report = trained(capsys, "perceptron", "--set", "data.gate=xor")
    assert report["train"]["accuracy"] < 1.0
    assert trained(capsys, "xor", "--epochs", "2", "--set", "training.batch_size=0")["steps"] == 2


def test_readable_words_without_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "perceptron", *FAST]) == 0
    out = capsys.readouterr().out
    assert "30 epochs, 120 steps" in out
    assert "accuracy 100.0%" in out
    assert "(1, 1) → (1)  (1)" in out


def test_the_compiled_engine_learns_xor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "xor", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["train"]["accuracy"] == 1.0


def test_what_was_trained_can_be_saved_and_trained_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = str(tmp_path / "mine.nnsim")
    first = trained(capsys, "xor", "--epochs", "100", "--set", "training.l2=0.0001", "--save", path)
    document, _ = open_file(tmp_path / "mine.nnsim")
    assert document.training.l2 == 0.0001
    second = trained(capsys, path, "--epochs", "100", "--seed", "4")
    assert second["scene"] == "mine"
    assert second["train"]["loss"] < first["train"]["loss"]


def test_a_scene_can_be_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "gate.json"
    path.write_text(json.dumps(document_to_json(find_scene("perceptron").document)), "utf-8")
    assert trained(capsys, str(path))["scene"] == "gate"


def test_a_loss_that_explodes_ends_with_words_and_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    settings = [
        "training.loss=mse",
        "network.layers[1].activation=relu",
        "network.layers[2].activation=identity",
    ]
    settings += ["training.optimizer.learning_rate=1000"]
    arguments = [word for setting in settings for word in ("--set", setting)]
    assert main(["train", "xor", *FAST, "--json", *arguments]) == 1
    out, err = capsys.readouterr()
    json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert "smaller training.optimizer.learning_rate" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--scene", "nothing"], "there is no scene 'nothing'; scenes: perceptron, xor"),
        (["--theme", "pink"], "invalid choice: 'pink'"),
        (["fly"], "invalid choice: 'fly'"),
        (["train"], "SCENE|FILE"),
        (["train", "nothing"], "there is no scene 'nothing'"),
        (["train", "nothing.json"], "there is no file 'nothing.json'"),
        (["train", "xor", "--epochs", "0"], "'0' is not a whole number from 1"),
        (["train", "xor", "--seed", "x"], "'x' is not a whole number from 0"),
        (["train", "xor", "--engine", "gpu"], "invalid choice: 'gpu'"),
        (["train", "xor", "--set", "training.loss=hinge"], "training.loss: 'hinge' is not known"),
        (["train", "xor", "--set", "training"], "must be path=value"),
        (["train", "xor", "--save", "x.pt"], "--save: 'x.pt' must end in .nnsim"),
        (["train", "xor", "--save", "/no/such/x.nnsim"], "--save: there is no folder '/no/such'"),
        (["shot", "xor"], "OUT.png"),
        (["shot", "nothing", "a.png"], "there is no scene 'nothing'"),
        (["shot", "xor", "a.jpg"], "'a.jpg' must end in .png"),
        (["shot", "xor", "/no/such/a.png"], "there is no folder '/no/such'"),
        (["shot", "xor", "a.png", "--size", "big"], "'big' is no size such as 1440x900"),
        (["shot", "xor", "a.png", "--size", "100x99999"], "'100x99999' is no size"),
        (["shot", "xor", "a.png", "--overlay", "mood"], "invalid choice: 'mood'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert words in refused(capsys, *arguments)


def test_weights_that_no_longer_fit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(tmp_path / "mine.nnsim")
    trained(capsys, "xor", "--epochs", "1", "--save", path)
    words = refused(capsys, "train", path, "--set", "network.layers[1].units=5")
    assert "network: no longer fits the weights that the file holds" in words


def test_a_folder_that_cannot_be_written_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "taken.nnsim").mkdir()
    words = refused(capsys, "train", "xor", "--epochs", "1", *FAST, "--save", str(tmp_path / "taken.nnsim"))
    assert "taken.nnsim" in words
    assert "is no ordinary file" in words


class Recorder:
    """Stands in for a module's function and keeps what it was called with."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: str, function: str) -> None:
        self.calls: list[tuple[Any, ...]] = []
        fake = ModuleType(module)
        setattr(fake, function, self)
        monkeypatch.setitem(sys.modules, module, fake)
        # Once imported, a submodule is found as its package's attribute.
        package, _, name = module.rpartition(".")
        if package in sys.modules:
            monkeypatch.setattr(sys.modules[package], name, fake, raising=False)

    def __call__(self, *arguments: Any) -> int:
        self.calls.append(arguments)
        return 0


def test_the_window_opens_with_scene_and_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Recorder(monkeypatch, "nnsim.app", "run")
    assert main([]) == 0
    assert main(["--scene", "scratch", "--theme", "light"]) == 0
    assert main(["--demo", "xor"]) == 0
    assert main(["--language", "vi"]) == 0
    nothing, (scene, theme, demo, language), told, spoken = run.calls
    assert nothing == (None, None, False, None)
    assert spoken == (None, None, False, "vi")
    assert language is None
    assert (scene.name, scene.document, theme) == ("scratch", find_scene("scratch").document, "light")
    assert not demo
    assert (told[0].name, *told[1:]) == ("xor", None, True, None)


def test_shot_hands_over_what_the_picture_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shoot = Recorder(monkeypatch, "nnsim.commands.shot", "shoot")
    out = tmp_path / "a.png"
    assert main(["shot", "xor", str(out)]) == 0
    options = ["--size", "1024x700", "--theme", "light", "--epochs", "9", "--overlay", "gradient"]
    assert main(["shot", "xor", str(out), *options, "--language", "vi"]) == 0
    assert [call[0].name for call in shoot.calls] == ["xor", "xor"]
    assert [call[1:] for call in shoot.calls] == [
        (out, (1440, 900), "dark", None, None, None),
        (out, (1024, 700), "light", 9, "gradient", "vi"),
    ]


def test_a_language_that_there_is_not_is_refused_with_those_there_are(capsys) -> None:
    with pytest.raises(SystemExit):
        main(["--language", "xx"])
    assert "there is no 'xx'; allowed: en, vi" in capsys.readouterr().err


def test_bench_races_on_mnist(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Recorder(monkeypatch, "nnsim.bench.race", "run")
    assert main(["bench", "--mnist"]) == main(["bench", "--mnist", "--json"]) == 0
    assert run.calls == [(False,), (True,)]


def test_bench_is_asked_for_words_or_json(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Recorder(monkeypatch, "nnsim.bench", "run")
    assert main(["bench"]) == main(["bench", "--json"]) == 0
    assert run.calls == [(False,), (True,)]


def test_no_window_where_there_is_no_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Recorder(monkeypatch, "nnsim.app", "run")
    monkeypatch.setattr("nnsim.ui.platform_check.obstacle", lambda: "no screen here")
    assert main([]) == 1
    assert capsys.readouterr().err == "nnsim: no screen here\n"
    assert run.calls == []


def test_ctrl_c_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("nnsim.commands.train.train", interrupt)
    assert main(["train", "xor"]) == 130
    assert capsys.readouterr().err == ""


@pytest.fixture
def small_mnist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.delenv(mnist.FOLDER_VARIABLE, raising=False)
    yield fake_mnist(tmp_path / "mnist")
    mnist.use_folder(None)


@pytest.mark.parametrize("before", [True, False])
def test_the_folder_of_mnist_is_named_before_or_behind_the_command(
    capsys: pytest.CaptureFixture[str], small_mnist: Path, before: bool
) -> None:
    folder, command = ["--data", str(small_mnist)], ["train", "mnist", "--epochs", "1", *FAST, "--json"]
    assert main([*folder, *command] if before else [*command, *folder]) == 0
    # 30 samples in batches of 32; 12,000 generated ones would need 375.
    assert json.loads(capsys.readouterr().out)["steps"] == 1


def test_a_folder_without_mnist_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "lacks train-images-idx3-ubyte" in refused(capsys, "--data", str(tmp_path), "scenes")
    assert "no such folder" in refused(capsys, "train", "xor", "--data", str(tmp_path / "none"))
    assert mnist.find_mnist() is None


def test_generated_digits_are_measured_against_mnist_alone(
    capsys: pytest.CaptureFixture[str], small_mnist: Path
) -> None:
    sentence = refused(capsys, "bench", "--digits")
    assert "MNIST is not on this machine; name its folder with --data" in sentence


def test_listing_the_scenes_imports_nothing_heavy() -> None:
    code = (
        "import sys; from nnsim.cli import main; main(['scenes']);"
        "heavy = {'PySide6', 'pyqtgraph', 'numba', 'scipy', 'torch', 'sklearn', 'ziamath'};"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nnsim", "scenes"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "playground" in done.stdout
