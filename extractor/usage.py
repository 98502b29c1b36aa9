"""What is wrong with a command as it was typed, in Vietnamese: typer's own words for it are English.

Typer stands on click or on a copy of its own of it, as its version has it; so its errors are told apart by their names.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

# Whatever click calls a mistake in the use of a command.
_UsageError: Any = typer.BadParameter.__mro__[1]
_QUOTED = re.compile(r"'(.*)'|\(([^()]*)\)\Z", re.DOTALL)
WRONG = 2


class VietnameseGroup(TyperGroup):
    """Commands whose misuse is told in Vietnamese; exit statuses are as before."""

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None,
        standalone_mode: bool = True, windows_expand_args: bool = True, **extra: Any,
    ) -> Any:  # fmt: skip
        try:
            status = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
            if not standalone_mode:
                return status
        except _UsageError as error:
            if not standalone_mode:
                raise
            typer.echo(told(error), err=True)
            sys.exit(WRONG)
        except typer.Abort:
            typer.echo("Đã dừng theo yêu cầu.", err=True)
            sys.exit(130)
        sys.exit(status if isinstance(status, int) else 0)


def told(error: Any) -> str:
    """The sentence for a mistake in the use of a command, and how to see the right use."""
    kind, message = type(error).__name__, error.format_message()
    if kind == "NoArgsIsHelpError":
        return str(message)
    names: list[str] = []
    context = getattr(error, "ctx", None)
    while context is not None and context.parent is not None:
        names.insert(0, str(context.info_name))
        context = context.parent
    return f"{_fact(kind, error, str(message))} Gõ «{' '.join(('doisoat', *names))} --help» để xem cách dùng."


def _fact(kind: str, error: Any, message: str) -> str:
    parameter = getattr(error, "param", None)
    named = _QUOTED.search(message)
    what = next(filter(None, named.groups()), "") if named else ""
    if kind == "MissingParameter":
        return f"Thiếu {_name(parameter) or what}. {_meaning(parameter)}".strip()
    if kind == "BadParameter" and (_name(parameter) or what):
        return f"Giá trị của {_name(parameter) or what} không dùng được. {_meaning(parameter)}".strip()
    if kind in ("NoSuchOption", "NoSuchOptionError"):
        near = ", ".join(sorted(getattr(error, "possibilities", None) or ()))
        return f"Không có lựa chọn {error.option_name}." + (f" Có phải {near}?" if near else "")
    if kind == "BadOptionUsage":
        return f"Lựa chọn {error.option_name} gõ chưa đúng: thiếu hoặc thừa giá trị đi kèm."
    if message.startswith("No such command") and what:
        # 'x'. Did you mean 'run'?  or  'x'. (Did you mean one of: 'run', 'show'?)
        typed, *likely = re.findall(r"'([^']*)'", message) or [what]
        return f"Không có lệnh {typed}." + (f" Có phải {', '.join(likely)}?" if likely else "")
    if message.startswith("Got unexpected extra argument") and what:
        return f"Thừa {what}. Tên có dấu cách phải để trong ngoặc kép."
    return "Lệnh gõ chưa đúng."


def _name(parameter: Any) -> str:
    """An option by its longest name, an argument by what its place in the help is called."""
    if parameter is None:
        return ""
    options = [option for option in parameter.opts if option.startswith("-")]
    return max(options, key=len) if options else str(parameter.metavar or parameter.name).strip("[].")


def _meaning(parameter: Any) -> str:
    """What stands in the help about an option or argument."""
    return str(getattr(parameter, "help", None) or "")
