"""The command line; each command is a module of its own and is imported only when it runs."""

from __future__ import annotations

import sys

from selfassess.cli.arguments import build_parser

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

__all__ = ["DONE", "FAULTS", "MISUSED", "main"]

DONE, FAULTS, MISUSED = 0, 1, 2
"""Exit statuses (DESIGN, section 5)."""

STOPPED = 130
"""Exit status after Ctrl+C, as shells expect it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when it is done, 1 when the input has faults, 2 when the command was misused.
    """
    _never_fail_to_print()
    return _run(build_parser().parse_args(arguments))


def _run(options: argparse.Namespace) -> int:
    # Imported only now, because “--help” and a misspelt option need none of it.
    from importlib import import_module

    from selfassess.errors import FaultsError, OutputError

    try:
        status: int = import_module(f"selfassess.cli.{options.command}").run(options)
        if sys.stdout:
            sys.stdout.flush()
    except FaultsError as error:
        return _complain(FAULTS, *map(str, error.faults))
    except OutputError as error:
        return _complain(MISUSED, str(error))
    except BrokenPipeError:
        # The reader, such as “head”, has seen enough; closing here keeps Python from complaining at exit.
        sys.stderr.close()
        return DONE
    except OSError as error:
        return _complain(MISUSED, f"What was asked for could not be printed or read: {error.strerror or error}")
    except KeyboardInterrupt:
        return _complain(STOPPED, "Stopped; nothing was left half-written.")
    return status


def _complain(status: int, *lines: str) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return status


def _never_fail_to_print() -> None:
    """An old console without the letter ŵ shows an escape for it instead of stopping."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
