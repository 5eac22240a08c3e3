"""The command line: which commands there are, and how an error ends. Imports nothing that a command needs."""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

import typer
from typer._click.exceptions import UsageError

from recomputed import paths, streams
from recomputed.atomic import finish, only_one
from recomputed.commands.building import check, render
from recomputed.commands.coauthors import word_app
from recomputed.commands.examining import audit, diff, trace
from recomputed.commands.options import program
from recomputed.commands.previewing import preview
from recomputed.commands.proofing import proof
from recomputed.commands.sharing import anonymise, archive_app, checklist
from recomputed.commands.starting import add, new, rename, test
from recomputed.epoch import read_epoch
from recomputed.faults import Fault, InputError, PaperError, plain
from recomputed.own_code import told
from recomputed.processes import ENDING

INTERRUPTED = 130
_SOON = 0.005  # seconds

#: Commands that are run most, with nothing to read on the command line: what reads one takes longer than they do.
ALONE: Mapping[tuple[str, ...], Callable[[], None]] = {(): render, ("check",): check}


class Misused(PaperError):
    """The command line is not understood: by which command, what of it, and where it is told what would be."""

    exit_code = InputError.exit_code

    def __init__(self, error: UsageError) -> None:
        command = error.ctx.command_path if error.ctx else program()
        said = plain(error.format_message())
        super().__init__(f"{command}: {said[:1].lower()}{said[1:].rstrip('.')}\nHint: {command} --help")


app = typer.Typer(
    help="A paper that recomputes itself. Without a command: execute, check, typeset, print the verdict.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain text, the same in any terminal
    invoke_without_command=True,
    no_args_is_help=False,
)


@app.callback()
def default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        context.invoke(render)


app.command()(check)
app.command()(render)
app.command()(preview)
app.command()(trace)
app.command()(diff)
app.command()(audit)
app.command()(proof)
app.command()(anonymise)
app.add_typer(archive_app, name="archive")
app.add_typer(word_app, name="word")
app.command()(checklist)
app.command()(new)
app.command()(add)
app.command()(rename)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(test)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code. Every error is one message on stderr, never a traceback."""
    for number in ENDING:
        signal.signal(number, _interrupt)
    try:
        read_epoch()
        _require_folder()
        _finish_change()
        code = _run(arguments)
        streams.progress()
        streams.close()
    except PaperError as error:
        streams.fail(str(error).replace(" Hint: ", "\nHint: "))
        return error.exit_code
    except MemoryError:
        streams.fail("the system: not enough memory")
        return 2
    except OSError as error:
        streams.fail(plain(f"{error.filename or 'the system'}: {error.strerror or error}"))
        return 2
    except (Exception, SystemExit) as error:  # the paper's code may exit
        streams.fail(f"{told(error)}{_keep_traceback()}")
        return 1
    if code == INTERRUPTED:
        streams.say("interrupted; the output is as it was")
    return code


def _require_folder() -> None:
    try:
        os.getcwd()
    except OSError:
        raise InputError(Fault("the current folder", "a folder", "none: it was removed")) from None


def _finish_change() -> None:
    """End a change of several files that a killed command left half done."""
    if paths.UNFINISHED.is_dir():
        with only_one(paths.ROOT, paths.LOCKS):
            changed = finish(paths.ROOT, paths.UNFINISHED) if paths.UNFINISHED.is_dir() else ()
        for name in changed:
            streams.warn(
                f"{name}: changed since a command that was to change it was cut short; it stays as it is"
            )


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End tidily. What runs beside, such as the kernel's channels, is cut short and need not tell of it.

    An import's own bookkeeping is not cut short: it would keep its lock, and all wait for ever.
    """
    if frame and frame.f_code.co_filename.startswith("<frozen importlib") and hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _interrupt)
        signal.setitimer(signal.ITIMER_REAL, _SOON)
        return
    import logging

    threading.excepthook = lambda _: None
    logging.disable()
    raise KeyboardInterrupt


def _run(arguments: Sequence[str] | None) -> int:
    """A usage error is raised as Misused; Ctrl-C gives 130; a command's own errors pass through."""
    try:
        if alone := ALONE.get(tuple(sys.argv[1:] if arguments is None else arguments)):
            alone()
            return 0
        code = typer.main.get_command(app)(arguments, prog_name=program(), standalone_mode=False)
    except UsageError as error:
        raise Misused(error) from None
    except KeyboardInterrupt:
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def _keep_traceback() -> str:
    """Keep the traceback for whoever mends it; give the words that say where."""
    try:
        paths.CACHE.mkdir(exist_ok=True)
        file = paths.CACHE / "traceback.txt"
        file.write_text(traceback.format_exc(), encoding="utf-8", newline="\n")
    except OSError:
        return ""
    return f"\nHint: its traceback is in {file}"
