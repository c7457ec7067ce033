"""The command line: reads the arguments, then imports only what the command needs."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from nnsim import __version__
from nnsim.commands.streams import FAILED, complain, open_streams, written
from nnsim.model.errors import DocumentError
from nnsim.model.training import LARGEST_SEED

THEMES = ("dark", "light")
ENGINES = ("jit", "reference")
GRAINS = ("phase", "operation", "neuron")
OVERLAYS = ("weight", "contribution", "gradient", "update")
_SIZE = re.compile(r"(\d{3,5})x(\d{3,5})")
_SMALLEST_SIDE, _LARGEST_SIDE = 100, 8_192
_LARGEST_AMOUNT = 2.0
_MISUSE = 2
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `nnsim` and return its exit code: 0 done, 1 failed, 2 asked for what there is not."""
    open_streams()
    return written(lambda: _obey(arguments))


def _obey(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    try:
        if options.data is not None:
            _use_data(options.data)
        return int(options.command(options))
    except DocumentError as error:
        return _refuse(str(error))
    except OSError as error:
        if error.filename is None:
            raise
        return _refuse(f"{error.filename}: {error.strerror or error}")
    except MemoryError:
        complain("there is not enough memory for this; a smaller network or fewer samples need less.")
        return FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED


def _use_data(folder: Path) -> None:
    from nnsim.data.mnist import find_mnist, use_folder

    # Looked into at once: what was asked for and is not there is a mistake, whatever the scene.
    find_mnist(folder)
    use_folder(folder)


def _refuse(sentence: str) -> int:
    # Names of files may hold anything, a terminal's own commands included.
    complain("".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in sentence))
    return _MISUSE


def _app(options: argparse.Namespace) -> int:
    from nnsim.data.scenes import find_scene

    if options.draw:
        return _draw(options)
    name = options.scene if options.demo is None else options.demo
    scene = None if name is None else find_scene(name)
    if options.demo is not None and scene is not None and not scene.document.script:
        raise DocumentError("--demo", "{demo} has no script", demo=repr(options.demo))
    if not _window_can_open():
        return 1
    from nnsim.session import garbage

    # Loading leaves nothing to collect, and would be looked through again and again.
    garbage.hold()
    try:
        from nnsim.app import run

        return run(scene, options.theme, options.demo is not None, options.language)
    finally:
        garbage.release()


def _draw(options: argparse.Namespace) -> int:
    if not _window_can_open():
        return 1
    from nnsim.app import run_board

    return run_board(options.theme, options.language)


def _window_can_open() -> bool:
    from nnsim.ui.platform_check import obstacle

    words = obstacle()
    if words:
        complain(words)
    return words is None


def _scenes(_: argparse.Namespace) -> int:
    from nnsim.data.scenes import find_scene, scene_names

    names = scene_names()
    width = max(map(len, names), default=0)
    for name in names:
        print(f"{name:<{width}}  {find_scene(name).document.title_in('en')}")
    return 0


def _train(options: argparse.Namespace) -> int:
    from nnsim.commands.train import train

    # Here an interrupt is an exception, so that the progress bar is cleared away and the work kept.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return train(options)


def _trace(options: argparse.Namespace) -> int:
    from nnsim.commands.trace import trace

    return trace(options)


def _shot(options: argparse.Namespace) -> int:
    from nnsim.data.scenes import find_scene

    scene = find_scene(options.scene)
    if options.out.suffix != ".png":
        raise DocumentError("OUT.png", "{file} must end in .png", file=repr(str(options.out)))
    if not options.out.absolute().parent.is_dir():
        raise DocumentError("OUT.png", "there is no folder {folder}", folder=repr(str(options.out.parent)))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not _window_can_open():
        return 1
    from nnsim.commands.shot import shoot

    shoot(scene, options.out, options.size, options.theme, options.epochs, options.overlay, options.language)
    return 0


def _bench(options: argparse.Namespace) -> int:
    if options.mnist:
        from nnsim.bench import race

        return race.run(options.json)
    if options.digits:
        from nnsim.bench import digits

        return digits.run(options.json)
    if options.budgets:
        from nnsim.bench.budgets import report

        return report.run(options.json, options.user, options.seed)
    if options.images:
        from nnsim.bench import images

        return images.run(options.json)
    from nnsim.bench import run

    return run(options.json)


def _whole(low: int, high: int) -> Callable[[str], int]:
    def whole(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")
        return value

    return whole


def _language(text: str) -> str:
    from nnsim.session.language import languages

    if text not in languages():
        raise argparse.ArgumentTypeError(f"there is no {text!r}; allowed: {', '.join(languages())}")
    return text


def _amount(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= _LARGEST_AMOUNT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to {_LARGEST_AMOUNT:g}")
    return value


def _size(text: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(text)
    size = (int(match[1]), int(match[2])) if match else (0, 0)
    if not _SMALLEST_SIDE <= min(size) <= max(size) <= _LARGEST_SIDE:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no size such as 1440x900; sides: {_SMALLEST_SIDE} to {_LARGEST_SIDE}"
        )
    return size


class _Parser(argparse.ArgumentParser):
    """Help that cannot be printed is a failure, too: argparse would end as if it had been read."""

    def _print_message(self, message: str, file: Any = None) -> None:
        if file is sys.stdout:
            file.write(message)
        else:
            super()._print_message(message, file)


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="nnsim", description="See a neural network think and learn. Without a command: opens the window."
    )
    parser.set_defaults(command=_app)
    parser.add_argument("--version", action="version", version=f"nnsim {__version__}")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--scene",
        metavar="NAME|FILE",
        help="open this scene, or this .json or .nnsim file (default: the last)",
    )
    what.add_argument(
        "--demo", metavar="NAME|FILE", help="tell this scene slide by slide: perceptron, xor or scratch"
    )
    what.add_argument(
        "--draw", action="store_true", help="a canvas for digits alone, for a touch screen or a stand"
    )
    parser.add_argument("--theme", choices=THEMES, help="colours (default: as last time)")
    parser.set_defaults(data=None, language=None)
    _add_data(parser)
    _add_language(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    commands.add_parser("scenes", help="list the scenes").set_defaults(command=_scenes)
    _add_train(commands)
    _add_trace(commands)
    _add_shot(commands)
    bench = commands.add_parser("bench", help="measure training speed beside PyTorch, scikit-learn and NumPy")
    bench.add_argument("--json", action="store_true", help="print the figures as JSON")
    instead = bench.add_mutually_exclusive_group()
    instead.add_argument(
        "--mnist",
        action="store_true",
        help="measure the time to 95 %% on MNIST's test digits, to 97.5 %% with more units, beside PyTorch",
    )
    instead.add_argument(
        "--images",
        action="store_true",
        help="measure the training speed of convolutional networks beside PyTorch",
    )
    instead.add_argument(
        "--digits",
        action="store_true",
        help="measure how well a network that has only seen generated digits reads MNIST's",
    )
    instead.add_argument(
        "--budgets",
        action="store_true",
        help="measure what starting, compiling, a frame, reading a digit, a lesson and the theme cost, each"
        " beside a yardstick, and let a random user at the window",
    )
    bench.add_argument(
        "--user",
        type=_whole(0, 86_400),
        default=20,
        metavar="SECONDS",
        help="how long --budgets lets the random user at the window (default: 20)",
    )
    bench.add_argument(
        "--seed", type=_whole(0, LARGEST_SEED), default=1, metavar="S", help="the random user's (default: 1)"
    )
    _add_data(bench)
    bench.set_defaults(command=_bench)
    return parser


def _add_train(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("train", help="train without a window")
    _add_scene(parser)
    _add_epochs(parser, "passes over the samples (default: the scene's own)")
    parser.add_argument(
        "--seed",
        type=_whole(0, LARGEST_SEED),
        metavar="S",
        help="another random start (default: the scene's)",
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default="jit", help="compiled float32 or plain float64 (default: jit)"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help="change a field of the document, such as training.optimizer.learning_rate=0.1 (repeatable)",
    )
    parser.add_argument(
        "--augment",
        type=_amount,
        nargs="?",
        const=1.0,
        default=0.0,
        metavar="AMOUNT",
        help="train each epoch on freshly turned, bent, thickened digits (0 to 2, without a number 1)",
    )
    parser.add_argument("--anneal", action="store_true", help="lower the learning rate evenly towards 0")
    parser.add_argument("--save", type=Path, metavar="FILE.nnsim", help="keep the trained network")
    parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object")
    parser.set_defaults(command=_train)


def _add_trace(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("trace", help="show one step of learning with all its numbers")
    _add_scene(parser)
    samples = parser.add_mutually_exclusive_group()
    samples.add_argument(
        "--sample",
        type=_whole(0, 10_000_000),
        metavar="I",
        help="training sample, from 0 (default: 0)",
    )
    samples.add_argument("--batch", action="store_true", help="the batch that training would take next")
    parser.add_argument(
        "--grain", choices=GRAINS, default="operation", help="what one step is (default: operation)"
    )
    parser.add_argument(
        "--focus",
        metavar="WHAT",
        help="write out one scalar's formulas: node:1.2 (layer.unit), edge:0.1-1.2, layer:2; of images"
        " pixel:1[0,3,4] (layer[channel,row,column]) or channel:1.0; of what is learned weight:1[0,0,2,1] (as"
        " PyTorch lays it out), bias:1[0], gamma:2[0], beta:2[0]; all from 0",
    )
    parser.add_argument("--json", action="store_true", help="print everything as one JSON object")
    parser.set_defaults(command=_trace)


def _add_shot(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("shot", help="make a picture of the window without a screen")
    _add_scene(parser)
    parser.add_argument("out", type=Path, metavar="OUT.png")
    parser.add_argument("--size", type=_size, default=(1440, 900), metavar="WxH", help="(default: 1440x900)")
    parser.add_argument("--theme", choices=THEMES, default="dark", help="colours (default: dark)")
    _add_epochs(parser, "train this long first")
    parser.add_argument("--overlay", choices=OVERLAYS, help="what the edges show")
    _add_language(parser)
    parser.set_defaults(command=_shot)


def _add_scene(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scene", metavar="SCENE|FILE", help="a scene's name, or a .json or .nnsim file")
    _add_data(parser)


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        # A default of the command's own would undo what stands before the command.
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="the folder of MNIST's four files (default: NNSIM_DATA_DIR, else the downloaded ones)",
    )


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language",
        type=_language,
        default=argparse.SUPPRESS,
        metavar="CODE",
        help="of everything that is read, such as en or vi (default: as last time, else the system's)",
    )


def _add_epochs(parser: argparse.ArgumentParser, words: str) -> None:
    parser.add_argument("--epochs", type=_whole(1, 10_000_000), metavar="N", help=words)


if __name__ == "__main__":
    sys.exit(main())
