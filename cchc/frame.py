"""The command line's own words in the language of the run, and errors of any kind as one clear line with an exit code.

The library that parses the command line speaks English; its sentences are told by the `frame-` texts of wording.toml.
What a newer version of it says differently stays English.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
from collections.abc import Sequence
from functools import cache, partial
from types import FrameType
from typing import Any, NoReturn

from rich.text import Text
from typer.core import TyperCommand, TyperGroup

from cchc.terminal import clean, console
from cchc.wording import Wording, language_of, texts
from normalize.errors import CchcError

INTERRUPTED = 130


class Command(TyperCommand):
    """A command whose help speaks the language of the run."""

    def get_help(self, ctx: Any) -> str:
        return framed(super().get_help(ctx))


class Commands(TyperGroup):
    """All commands. `main` alone turns errors into words and exit codes: no traceback reaches a user."""

    def get_help(self, ctx: Any) -> str:
        return framed(super().get_help(ctx))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        arguments = list(sys.argv[1:] if args is None else args)
        say = Wording(language_of(arguments))
        _speak(self, say)
        extra["standalone_mode"] = False
        try:
            with _ended_politely():
                code = super().main(args, *rest, **extra)
        except CchcError as error:
            _fail(say.error(error), error.exit_code)
        except KeyboardInterrupt:
            _fail(say("interrupted"), INTERRUPTED)
        except BrokenPipeError:
            _forget_output()
            code = 1
        except OSError as error:
            _fail(say.reason("write", f"{error.filename or ''} {error.strerror or error}".strip()), 5)
        except Exception as error:
            message = getattr(error, "format_message", None)  # what the parser refuses
            if message is None:
                _fail(say.reason("defect", f"{type(error).__name__}: {error}"), 1)
            else:
                _fail(say("usage", message=framed(message(), say), command=_path_of(error)), 2)
        raise SystemExit(code if isinstance(code, int) else 0)


@contextlib.contextmanager
def _ended_politely() -> Any:
    """A request to end is taken as Ctrl-C: workers are ended and nothing is left half written."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def framed(text: str, say: Wording | None = None) -> str:
    """A text of the library with the sentences that are known put into the language of the run."""
    say = say or _speaking[-1]
    text = text.replace("Value error, ", "")
    if say.lang == "en":
        return text
    for pattern, vietnamese in _frames():
        text = pattern.sub(partial(_told, vietnamese), text)
    return text


def _told(words: str, match: re.Match[str]) -> str:
    return words.format(**match.groupdict())


@cache
def _frames() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each English sentence as a pattern, its blanks as groups, with the Vietnamese one."""
    found = []
    for key, entry in texts().items():
        if key.startswith("frame-"):
            pieces = re.split(r"\{(\w+)\}", entry["en"])
            # A blank reaches as far as the words after it say; at the end, to the end of the line.
            parts = (f"(?P<{piece}>.+?)" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces))
            end = "" if pieces[-1] else "$"
            found.append((re.compile("".join(parts) + end, re.MULTILINE), str(entry["vi"])))
    return tuple(found)


_speaking = [Wording("en")]


def _speak(command: Any, say: Wording) -> None:
    """Put the help of a command and of all below it into words; `help` of each holds the key of its text."""
    _speaking[:] = [say]
    command.help = command.short_help = _worded(say, command.help)
    for param in command.params:
        if say.known(f"metavar-{param.name}"):
            param.metavar = say(f"metavar-{param.name}")
        if param.name == "lang":
            param.default = say.lang
        param.help = _worded(say, param.help)
    for below in getattr(command, "commands", {}).values():
        _speak(below, say)


def _worded(say: Wording, key: str | None) -> str | None:
    return say(key) if key and say.known(key) else key


def _path_of(error: Any) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context is not None else "cchc"


def _fail(text: str, code: int) -> NoReturn:
    out = console(stderr=True)
    with contextlib.suppress(BrokenPipeError):
        out.print(Text(clean(text), style="red"), soft_wrap=True)
    raise SystemExit(code)


def _forget_output() -> None:
    # Whoever read the output has gone; what is still buffered must not fail once more when the program ends.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
