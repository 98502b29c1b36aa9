"""The identities that the figures of a report must satisfy, from patterns/rules.toml.

A rule is a record, never a formula: a kind, terms that are indicator ids, a severity, a sentence and its reason.
An indicator that indicators.toml does not know, or a sentence that asks for a number which its kind does not
have, is a `PatternError` at load, so a misspelt word can never switch a check off silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from extractor.catalog.files import check_asks, fail, read_toml
from extractor.model import Basis, Severity

FILE = "rules.toml"
Kind = Literal["sum", "rate", "restated", "table", "levels"]

# What a sentence of each kind may ask for.
_ASKS: Mapping[str, frozenset[str]] = {
    "sum": frozenset({"total", "parts", "sum", "difference"}),
    "table": frozenset({"total", "parts", "sum", "difference"}),
    "levels": frozenset({"total", "parts", "sum", "difference"}),
    "rate": frozenset({"name", "value", "fraction", "computed", "difference"}),
    "restated": frozenset({"name", "value", "other", "difference"}),
}
_FIELDS: Mapping[str, frozenset[str]] = {
    "sum": frozenset({"total", "parts", "open", "if_printed", "together", "closed_by", "expand"}),
    "rate": frozenset({"ratios", "count"}),
    "restated": frozenset(),
    "table": frozenset(),
    "levels": frozenset(),
}
_COMMON = frozenset({"id", "kind", "severity", "message", "why", "source"})
# What each sentence of [phrases] may ask for; every one of them must be there.
PHRASES: Mapping[str, frozenset[str]] = {
    "printed": frozenset({"name", "value"}),
    "gap": frozenset({"total", "parts", "sum", "difference"}),
    "blank": frozenset({"total", "parts", "sum", "difference", "names"}),
    "together": frozenset({"total", "parts", "sum", "difference"}),
    "variant": frozenset({"variants"}),
    "formula": frozenset({"formula"}),
    "unless": frozenset({"variants"}),
    "cut": frozenset({"name", "value", "fraction", "computed"}),
    "rate_unknown": frozenset({"name", "value", "fraction", "computed"}),
    "count_differs": frozenset({"name", "value", "rate", "fraction", "difference"}),
    "count_computed": frozenset({"rate"}),
    "restated_part": frozenset({"name", "value", "other"}),
    "restated_rate": frozenset({"name", "value", "other"}),
    "rounding": frozenset({"name", "value", "other"}),
    "scopes_fraction": frozenset({"name", "side", "value", "sum", "difference"}),
    "numerator": frozenset(),
    "denominator": frozenset(),
    "approximate": frozenset(),
    "picture": frozenset(),
    "two": frozenset(),
    "second_look": frozenset({"one", "other"}),
    "repairs": frozenset({"rules"}),
    "repairs_rules": frozenset({"count"}),
    "repairs_rule": frozenset(),
    "rates_agree": frozenset({"rates"}),
    "rates_disagree": frozenset({"rates"}),
    "still_open": frozenset({"repairs", "count"}),
    "only_open": frozenset({"count"}),
    "witness": frozenset({"value", "name"}),
    "swapped": frozenset({"one", "other"}),
    "shifted": frozenset(),
    "with_other": frozenset({"others"}),
    "months": frozenset({"value"}),
    "months_right": frozenset(),
    "also_written": frozenset({"value"}),
    "kept": frozenset({"value"}),
    "rate_computed": frozenset({"fraction"}),
    "rate_witness": frozenset({"side", "value", "name"}),
    "fraction_instead": frozenset({"fraction"}),
    "side_mended": frozenset({"side", "name", "value", "fraction", "terms"}),
    "fraction_of_another": frozenset({"name"}),
    "provided": frozenset({"values"}),
    "provided_none": frozenset({"names"}),
    "provided_value": frozenset({"name", "value"}),
    "other_value": frozenset({"where", "name", "value"}),
    "provided_rate": frozenset({"fraction"}),
    "ask_printed": frozenset({"name", "value"}),
    "ask_blank": frozenset({"name"}),
    "ask_which": frozenset({"name", "value", "other"}),
    "ask_which_part": frozenset({"name", "value", "other"}),
    "ask_which_rate": frozenset({"name", "value", "other"}),
    "ask_rest": frozenset({"names", "difference"}),
    "ask_classes": frozenset({"names", "difference"}),
    "ask_variant": frozenset({"variants"}),
    "ask_fraction": frozenset({"name", "value", "fraction", "computed"}),
    "ask_side": frozenset({"side", "name", "value", "other", "rate"}),
    "answer": frozenset({"condition", "outcome"}),
    "answer_right": frozenset(),
    "answer_value": frozenset({"value"}),
    "answer_range": frozenset({"low", "high"}),
    "answer_least": frozenset({"low"}),
    "answer_other": frozenset(),
    "outcome_itself": frozenset(),
    "outcome_change": frozenset({"name", "value"}),
    "outcome_any": frozenset({"names"}),
    "outcome_one": frozenset({"names"}),
    "outcome_with": frozenset({"names"}),
}
_SCOPES = ("self", "district_level", "commune_level", "province_level", "field", "unit")


@dataclass(frozen=True, slots=True)
class Words:
    """How the sentences of every rule name indicators, scopes and bases, and the sentences they share."""

    names: Mapping[str, str]
    scopes: Mapping[str, str]
    bases: Mapping[str, str]
    phrases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Together:
    """One printed figure that stands for several parts."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """One definition of a rate: of / (over − less), in percent; `rest` is 100 % minus that.

    `extra` are terms of the denominator where they are printed.
    """

    of: tuple[str, ...]
    over: tuple[str, ...]
    extra: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """Another way of counting `of`, as one rule sees it: terms that leave the sum, terms that join it."""

    id: str
    of: str
    without: tuple[str, ...]
    plus: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One identity. Which fields are filled depends on `kind`; rules.toml explains them."""

    id: str
    kind: Kind
    severity: Severity
    message: str
    why: str
    source: str
    words: Words
    total: str = ""
    parts: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    if_printed: tuple[str, ...] = ()
    together: tuple[Together, ...] = ()
    closed_by: tuple[tuple[str, ...], ...] = ()
    expand: bool = False
    ratios: tuple[Ratio, ...] = ()
    count: str = ""
    variants: tuple[Variant, ...] = ()


def load(folder: Path) -> tuple[Rule, ...]:
    """The rules of `folder/rules.toml`, in file order. Raises PatternError for a wrong record."""
    data = read_toml(folder, FILE)
    known = {str(r.get("id")) for r in read_toml(folder, "indicators.toml").get("indicator", [])}
    words = _words(folder, data, known)
    for variant in data.get("variant", []):
        _check_variant(folder, variant, known, data)
    rules = tuple(_rule(folder, record, known, words, data.get("variant", [])) for record in data.get("rule", []))
    seen: set[tuple[str, str]] = set()
    for rule in rules:
        if (rule.id, rule.total) in seen:
            raise fail(folder, FILE, rule.id, "có hai mục cùng id và cùng total", "Hãy bỏ một mục")
        seen.add((rule.id, rule.total))
    return rules


def _words(folder: Path, data: Mapping[str, Any], known: set[str]) -> Words:
    tables: dict[str, Mapping[str, str]] = {}
    wanted = {"names": sorted(known), "scopes": _SCOPES, "bases": get_args(Basis), "phrases": tuple(PHRASES)}
    for table, ids in wanted.items():
        content = data.get(table, {})
        for id in ids:
            if not isinstance(content.get(id), str) or not content[id].strip():
                way_out = f'Hãy thêm dòng "{id}" = "…" vào [{table}]'
                raise fail(folder, FILE, f"[{table}] {id}", "thiếu chữ", way_out)
        for id in content:
            if id not in ids:
                raise fail(folder, FILE, f"[{table}] {id}", "mã này không có", "Hãy sửa mã hoặc bỏ dòng này")
        tables[table] = MappingProxyType(dict(content))
    for id, sentence in tables["phrases"].items():
        check_asks(folder, FILE, f"[phrases] {id}", sentence, PHRASES[id])
    for id, sentence in tables["scopes"].items():
        check_asks(folder, FILE, f"[scopes] {id}", sentence, frozenset({"name"} if id in {"field", "unit"} else ()))
    return Words(tables["names"], tables["scopes"], tables["bases"], tables["phrases"])


def _rule(
    folder: Path, record: dict[str, Any], known: set[str], words: Words, variants: Iterable[dict[str, Any]]
) -> Rule:
    id = str(record.get("id", "(không có id)"))
    kind = cast(Kind, record.get("kind"))
    if kind not in _ASKS:
        raise fail(folder, FILE, id, f"kind phải là một trong {', '.join(_ASKS)}", "Hãy sửa kind")
    if record.get("severity") not in get_args(Severity):
        raise fail(folder, FILE, id, f"severity phải là một trong {', '.join(get_args(Severity))}", "Hãy sửa severity")
    for field in ("message", "why", "source"):
        if not isinstance(record.get(field), str) or not record[field].strip():
            raise fail(folder, FILE, id, f"thiếu {field}", f'Hãy thêm dòng {field} = "…"')
    strange = sorted(set(record) - _COMMON - _FIELDS[kind])
    if strange:
        raise fail(folder, FILE, id, f"kind {kind} không có trường {', '.join(strange)}", "Hãy sửa tên trường")
    check_asks(folder, FILE, id, record["message"], _ASKS[kind])
    if kind == "sum" and (not record.get("total") or len(record.get("parts", [])) < 2):
        raise fail(folder, FILE, id, "thiếu total hoặc có ít hơn hai parts", "Hãy ghi total và ít nhất hai parts")
    if kind == "rate" and id not in known:
        raise fail(folder, FILE, id, "không có chỉ tiêu này trong indicators.toml", "Hãy sửa id")
    total = str(record.get("total", ""))
    rule = Rule(
        id=id, kind=kind, severity=record["severity"], message=record["message"], why=record["why"],
        source=record["source"], words=words, total=total, parts=_ids(record, "parts"), open=_ids(record, "open"),
        if_printed=_ids(record, "if_printed"),
        together=tuple(Together(str(t["whole"]), tuple(t["parts"])) for t in record.get("together", [])),
        closed_by=tuple(tuple(ids) for ids in record.get("closed_by", [])),
        expand=bool(record.get("expand", False)),
        ratios=tuple(_ratio(folder, id, r) for r in record.get("ratios", [])),
        count=str(record.get("count", "")),
        variants=tuple(
            Variant(
                str(v["id"]), str(v["of"]), tuple(v.get("without", {}).get(id, [])),
                tuple(v.get("plus", {}).get(id, [])), str(v["message"]),
            )
            for v in variants
            if id in v.get("without", {}) or id in v.get("plus", {})
        ),
    )  # fmt: skip
    named = [
        *(i for i in (total, rule.count) if i), *rule.parts, *rule.open, *rule.if_printed,
        *(i for t in rule.together for i in (t.whole, *t.parts)), *(i for ids in rule.closed_by for i in ids),
        *(i for r in rule.ratios for i in (*r.of, *r.over, *r.extra, *r.less)),
    ]  # fmt: skip
    _check_known(folder, id, named, known)
    return rule


def _ratio(folder: Path, id: str, record: dict[str, Any]) -> Ratio:
    strange = sorted(set(record) - {"of", "over", "with", "less", "rest"})
    if strange or not record.get("of") or not record.get("over"):
        fact = f"ratios có trường lạ {', '.join(strange)}" if strange else "ratios thiếu of hoặc over"
        raise fail(folder, FILE, id, fact, "Hãy dùng of, over, with, less, rest")
    return Ratio(
        tuple(record["of"]), tuple(record["over"]), tuple(record.get("with", [])), tuple(record.get("less", [])),
        bool(record.get("rest", False)),
    )  # fmt: skip


def _check_variant(folder: Path, record: dict[str, Any], known: set[str], data: Mapping[str, Any]) -> None:
    id = str(record.get("id", "(không có id)"))
    for field in ("of", "message"):
        if not isinstance(record.get(field), str) or not record[field].strip():
            raise fail(folder, FILE, f"variant {id}", f"thiếu {field}", f'Hãy thêm dòng {field} = "…"')
    strange = sorted(set(record) - {"id", "of", "without", "plus", "message"})
    if strange:
        raise fail(folder, FILE, f"variant {id}", f"trường lạ {', '.join(strange)}", "Hãy sửa tên trường")
    changes = [(rule, ids) for field in ("without", "plus") for rule, ids in record.get(field, {}).items()]
    _check_known(folder, f"variant {id}", [record["of"], *(i for _, ids in changes for i in ids)], known)
    sums = {r.get("id") for r in data.get("rule", []) if r.get("kind") == "sum"}
    for rule, _ in changes:
        if rule not in sums:
            raise fail(folder, FILE, f"variant {id}", f"không có quy tắc cộng “{rule}”", "Hãy sửa mã quy tắc")


def _ids(record: dict[str, Any], field: str) -> tuple[str, ...]:
    return tuple(str(i) for i in record.get(field, []))


def _check_known(folder: Path, id: str, named: Iterable[str], known: set[str]) -> None:
    for indicator in named:
        if indicator not in known:
            raise fail(
                folder, FILE, id, f"không có chỉ tiêu “{indicator}” trong indicators.toml", "Hãy sửa mã chỉ tiêu"
            )
