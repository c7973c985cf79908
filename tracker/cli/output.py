"""Answers to stdout, words to stderr: JSON, tables, notes, progress, and errors as one line."""

import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tracker.errors import MissingExtra, TrackerError, UnrenderableAnswer, UnwritableFile

if TYPE_CHECKING:
    from reports.render.formats import Format, Renderer


def print_json(answer: Any) -> None:
    """One JSON value on stdout."""
    import orjson

    sys.stdout.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode() + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Plain text on stdout."""
    for line in lines:
        sys.stdout.write(line + "\n")


def print_tables(tables: Iterable[Any], nothing: str) -> None:
    """Tables on stdout: coloured on a terminal, plain in a pipe; a line on stderr where there is none."""
    from reports.render.terminal import plain

    is_empty = True
    for table in tables:
        if not is_empty:
            print_lines([""])
        is_empty = False
        print_lines(plain(table))
    if is_empty:
        note(nothing)


def note(words: str) -> None:
    """One line on stderr."""
    from reports.render.terminal import printable

    sys.stderr.write(printable(words) + "\n")


def chosen_format(output: Path, formats: Mapping[str, "Format"]) -> "Format":
    """
    The format that a file's ending chooses.

    Raises:
        BadParameter: it chooses none; the message names all that there are.
    """
    from reports.render.formats import ending_of

    ending = ending_of(output.name, formats)
    if ending is None:
        raise typer.BadParameter(f"{output.name!r} does not end in one of {' '.join(formats)}", param_hint="-o")
    return formats[ending]


def renderer_of(output: Path, chosen: "Format") -> "Renderer":
    """
    What renders a format.

    Raises:
        MissingExtra: its library is not installed.
    """
    try:
        return chosen.renderer()
    except ModuleNotFoundError as missing:
        if missing.name != chosen.needs:
            raise
        raise MissingExtra(
            f"{output.name}: this format needs an extra: pip install 'casualty-figures[{chosen.extra}]'"
        ) from missing


def rendered(output: Path, render: "Renderer", answer: Any) -> str | bytes:
    """
    An answer in the format of a file; what the format cannot show of it is said on stderr.

    Raises:
        UnrenderableAnswer: the format cannot be made of it.
    """
    from reports.render.formats import NotShown, Unrenderable

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", NotShown)
        try:
            content = render(answer)
        except Unrenderable as refused:
            raise UnrenderableAnswer(f"{output.name}: {refused}: write another format, such as .html") from refused
    for one in told:
        note(f"{output.name}: {one.message}")
    return content


def write_file(path: Path, content: str | bytes) -> None:
    """
    Write an answer to a file, text (as UTF-8) or bytes, whole or not at all.

    Raises:
        UnwritableFile: it cannot be written there.
    """
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        scratch.write_bytes(content.encode() if isinstance(content, str) else content)
        scratch.replace(path)
    except OSError as error:
        raise UnwritableFile(f"{path} cannot be written ({error.strerror}): choose another place with -o") from error
    finally:  # also where it was stopped half-way
        with suppress(OSError):
            scratch.unlink(missing_ok=True)


def stop_event() -> threading.Event:
    """An event that SIGINT and SIGTERM set, for what runs until it is stopped and then ends in order."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    return stop


@contextmanager
def answering() -> Iterator[None]:
    """Turn every expected error into one line on stderr and exit code 1."""
    from db.errors import RecordError
    from sources.errors import SourceError

    try:
        yield
    except (TrackerError, RecordError, SourceError) as error:
        note(f"error: {error}")
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        note("stopped: what was not finished was not recorded")
        raise typer.Exit(130) from None
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr while something long is under way, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
