"""Opening pattern files: TOML and TSV with errors that say which file, what is wrong and what to do."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import regex

from extractor.errors import PatternError


def read_toml(folder: Path, name: str) -> dict[str, Any]:
    """The content of `folder/name`. Raises PatternError where it is missing, not UTF-8 or not TOML."""
    path = folder / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PatternError(f"{path}: không có tệp mẫu này. Hãy chép lại tệp từ bản cài đặt.") from None
    except UnicodeDecodeError as error:
        raise PatternError(f"{path}: tệp không phải UTF-8 ({error.reason}). Hãy lưu lại với mã UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise PatternError(f"{path}: sai cú pháp TOML: {error}. Hãy sửa đúng dòng nêu trên.") from None


def read_tsv(folder: Path, name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a tab-separated file with a heading row, as (line number, row); "#" lines are remarks.

    Raises PatternError where the file is missing or its heading lacks one of `columns`.
    """
    path = folder / name
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise PatternError(f"{path}: không có tệp mẫu này. Hãy chép lại tệp từ bản cài đặt.") from None
    numbered = [(i, line) for i, line in enumerate(lines, 1) if line and not line.startswith("#")]
    if not numbered:
        raise PatternError(f"{path}: tệp rỗng. Hãy chép lại tệp từ bản cài đặt.")
    heading = numbered[0][1].split("\t")
    missing = [c for c in columns if c not in heading]
    if missing:
        raise PatternError(f"{path}: dòng tiêu đề thiếu cột {', '.join(missing)}. Hãy thêm cột còn thiếu.")
    reader = csv.reader((line for _, line in numbered[1:]), delimiter="\t", quoting=csv.QUOTE_NONE)
    for (number, _), cells in zip(numbered[1:], reader, strict=True):
        if len(cells) != len(heading):
            raise PatternError(
                f"{path}, dòng {number}: có {len(cells)} cột, tiêu đề có {len(heading)}. Hãy sửa dòng này."
            )
        yield number, dict(zip(heading, cells, strict=True))


def require(folder: Path, name: str, record: dict[str, Any], fields: tuple[str, ...]) -> str:
    """The id of a record that has all of `fields`. Raises PatternError where one is missing or empty."""
    said = str(record.get("id", "(không có id)"))
    for missing in (f for f in fields if not record.get(f)):
        raise fail(folder, name, said, f"thiếu {missing}", "Hãy ghi thêm")
    return said


def fail(folder: Path, name: str, record: str, fact: str, way_out: str) -> PatternError:
    """The error for a wrong record, ready to raise."""
    return PatternError(f"{folder / name}, mục {record}: {fact}. {way_out}.")


def compiled(folder: Path, name: str, record: str, pattern: str, field: str) -> regex.Pattern[str]:
    """The pattern that stands in a field of a record. Raises PatternError where it is no regular expression."""
    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise fail(folder, name, record, f"biểu thức sai: {error}", f"Hãy sửa {field}") from None


def asked_in(folder: Path, name: str, record: str, sentence: str) -> set[str]:
    """The names in braces of a sentence that is filled later. Raises PatternError where braces do not match."""
    try:
        return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}
    except ValueError as error:
        raise fail(folder, name, record, f"ngoặc {{}} không khớp ({error})", "Hãy sửa lại ngoặc") from None


def check_asks(folder: Path, name: str, record: str, sentence: str, may: frozenset[str]) -> None:
    """Refuses a sentence that asks for what the program does not have. Raises PatternError."""
    asked = asked_in(folder, name, record, sentence)
    if not asked <= may:
        raise fail(
            folder, name, record, f"chỗ điền không có: {', '.join(sorted(asked - may))}",
            f"Được dùng: {', '.join(sorted(may)) or 'không chỗ nào'}",
        )  # fmt: skip
