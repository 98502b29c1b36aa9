"""What a plan row promises: numbers of its task, product and target cells that are no dates, codes or time limits.

A bound ("tối thiểu", "dưới", "cắt giảm") holds for its number and, inside the same clause, for the numbers that
are counted up behind it ("giảm 30% thời gian, 20% chi phí"), but never for 100%. A growth ("tăng 10%") is no
target, because contract.md has no operator for it and "= 10" would be a wrong promise.
"""

from __future__ import annotations

from decimal import Decimal

import regex

from extractor.catalog.plans import Phrase, PlanPatterns, Words
from extractor.model import Target
from extractor.vietnamese.normalize import normalize
from extractor.vietnamese.numerals import Numeral, find_numbers

_DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*20\d\d|\d{1,2}/\d{1,2}(?![\d/%])"
_MASKS = regex.compile(
    rf"{_DAY}|\b\d{{1,4}}/\d{{4}}/[\w-]+|\b\d+[/-](?=[a-zđ])[\w/&-]+|\bsố:?\s*\d[\w/-]*+(?!\s*%)"
    r"|\b(?:ngày|tháng|năm)\s+\d{1,4}(?:\s*[-,/]\s*\d{1,4})?|\b(?:quý|quí)\s+[\divx]+|\b24/(?:7|24)|\bthứ\s+\d"
    r"|\b(?:điều|khoản|điểm|mục|phụ lục|biểu)\s+\d++(?!\s*%)|\b20\d\d\s*-\s*20\d\d"
    r"|(?<!\d)\d++(?:[.,]\d++)?\s*+(?:(?:triệu|tỷ|tỉ|nghìn|ngàn)?\s*đồng|(?:triệu|tỷ|tỉ)\b)"
)
_DIGIT = regex.compile(r"\d")
_CLAUSE_END = regex.compile(r"[;:\n]|\.(?!\d)|(?<=\n|^)\s*[-+]\s*")
_SIGNED = regex.compile(r"ký số\s*$")  # "ký số 100% kết quả": the word for "number" in a name
_WINDOW = 60


def targets_of(
    task: str, product: str, target: str, patterns: PlanPatterns, percent: bool = False
) -> tuple[Target, ...]:
    """Targets of a row's three raw texts, each (op, value, unit) once.

    The task is asked for the indicator where the target cell names none ("≥ 80%"). With `percent` a number of
    the target cell without a sign is a percentage (its column says so).
    """
    read = [
        *read_targets(task, patterns),
        *read_targets(product, patterns),
        *read_targets(target, patterns, subject=task, percent=percent, bare=True),
    ]
    found: dict[tuple[str, Decimal, str], Target] = {}
    for promised in read:
        known = found.get((promised.op, promised.value, promised.unit))
        if known is None or known.indicator is None:
            found[promised.op, promised.value, promised.unit] = promised
    return tuple(found.values())


def read_targets(
    raw: str, patterns: PlanPatterns, subject: str = "", percent: bool = False, bare: bool = False
) -> list[Target]:
    """Targets of one raw text, from left to right. `bare` reads a count whatever its noun (a target column)."""
    if _DIGIT.search(raw) is None:
        return []
    plain = normalize(raw).text
    text = _MASKS.sub(lambda m: " " * len(m.group()), plain)
    numbers = [n for n in find_numbers(text) if n.denominator is None]
    targets: list[Target] = []
    carried, carried_to = "", -1
    for i, number in enumerate(numbers):
        left = _clause_start(text, number.start)
        if i and targets and numbers[i - 1].stop > left:
            left = max(left, numbers[i - 1].stop)
        else:
            carried = ""
        before, after = text[left : number.start], text[number.stop : _clause_stop(text, number.stop, numbers[i + 1 :])]
        is_percent = number.percent or (percent and not _opens(after, patterns.noun("counted")))
        op = _op(before, after, patterns)
        counted = is_percent or _counts(before, after, op, patterns, bare)
        front = plain[left : number.start]
        if not counted or (_ends_with(front, patterns.skip("never")) and not _SIGNED.search(front)):
            continue
        if not op and carried and carried_to == left and not _restarts(before, number):
            op = carried
        if op == "=" or not op:
            op = "="
        else:
            carried, carried_to = op, number.stop
        unit = "percent" if is_percent else "count"
        indicator = None
        if is_percent and op != "reduce":
            indicator = _indicator(text, number, numbers, i, op, patterns, normalize(subject).text)
        targets.append(Target(op, number.value, unit, indicator))
    return targets


def _clause_start(text: str, at: int) -> int:
    start = 0
    for mark in _CLAUSE_END.finditer(text, 0, at):
        start = mark.end()
    return max(start, at - 2 * _WINDOW)


def _clause_stop(text: str, at: int, later: list[Numeral]) -> int:
    mark = _CLAUSE_END.search(text, at)
    stop = mark.start() if mark else len(text)
    return min([stop, at + _WINDOW, *(n.start for n in later[:1])])


def _op(before: str, after: str, patterns: PlanPatterns) -> str:
    """The operator that the words round a number give it; "" where there is none.

    The bound nearest before the number decides; a reduction keeps its own operator through a bound inside it
    ("cắt giảm tối thiểu 30%"), except where it says down to what ("giảm xuống còn 1%").
    """
    best: tuple[int, int, str] | None = None
    reduces = False
    for bound in patterns.bounds:
        if any(p.pattern.match(after.lstrip()) or p.search(after[:24]) for p in bound.after):
            return bound.op
        if bound.op == "=":
            continue  # "tối thiểu đạt 80%" stays a minimum, and a number without any bound is "=" anyway
        for phrase in bound.before:
            for match in phrase.pattern.finditer(before) if phrase.sign in before else ():
                if not _reaches(before[match.end() :], phrase):
                    continue
                if bound.op == "reduce":
                    reduces = reduces or len(before) - match.end() <= 40
                if best is None or (match.end(), match.end() - match.start()) > best[:2]:
                    best = (match.end(), match.end() - match.start(), bound.op)
    if best is None:
        return ""
    if reduces and best[2] == ">=":
        return "reduce"
    return best[2]


_SHORT = frozenset(("trên", "hơn", "từ", "dưới", "vượt", "đạt", "bằng", "đạt từ", "=", "<", ">", "≥", "≤", ">=", "<="))


def _reaches(gap: str, phrase: Phrase) -> bool:
    """Whether a bound still speaks of the number behind `gap`. Short words must stand right before it."""
    if phrase.text in _SHORT:
        return len(gap.strip()) <= 6 and "," not in gap
    return len(gap) <= 45 and "," not in gap


def _restarts(before: str, number: Numeral) -> bool:
    """Whether a number behind a carried bound begins anew: all of something, "đạt 90%", or nothing joins it."""
    if number.value == 100 or regex.search(r"\b(?:đạt|tỷ lệ|phấn đấu)\b", before):
        return True
    return not regex.search(r",|\bvà\b|\bhoặc\b|/", before)


def _counts(before: str, after: str, op: str, patterns: PlanPatterns, bare: bool) -> bool:
    """Whether a number without a percent sign counts something that is promised."""
    if _opens(after, patterns.noun("uncounted")) or not regex.match(r"\s*\(?\s*[^\W\d_]", after):
        return bare and not after.strip()
    if op in (">=", "<=") or bare:
        return True
    if not _opens(after, patterns.noun("counted")):
        return False
    return op == "reduce" or not _ends_with(before, patterns.skip("bare"))


def _opens(after: str, words: Words) -> bool:
    text = after.lstrip(" (")
    return any(p.pattern.match(text) for p in words.phrases)


def _ends_with(before: str, words: Words) -> bool:
    text = before.rstrip(" (:")
    said = [p for p in words.phrases if p.sign in text]
    return any(m.end() == len(text) for p in said for m in p.pattern.finditer(text, max(0, len(text) - 40)))


def _indicator(
    text: str, number: Numeral, numbers: list[Numeral], i: int, op: str, patterns: PlanPatterns, subject: str
) -> str | None:
    """The rate that a percentage promises, from the clause round it; None where it is of a part or of people."""
    start = _sentence_start(text, number.start)
    stop = next((m.start() for m in regex.finditer(r"[;\n]|\.(?!\d)", text[number.stop :])), len(text) - number.stop)
    if i:
        start = max(start, numbers[i - 1].stop)
    end = number.stop + stop
    if i + 1 < len(numbers):
        comma = text.find(",", number.stop, numbers[i + 1].start)
        end = min(end, comma if comma >= 0 else numbers[i + 1].start)
    before, after = text[start : number.start], text[number.stop : end]
    whole = before + " # " + after
    if any(p.search(whole) for p in patterns.subject("part").phrases):
        return None
    satisfied = None
    of_people = _opens(regex.sub(r"^\s*(?:tổng số|số|các)\s+", "", after), patterns.subject("people"))
    for place in (whole, subject):
        best: tuple[bool, int, str] | None = None
        for indicator in patterns.indicators:
            if indicator.ops and op not in indicator.ops:
                continue
            for phrase in indicator.phrases:
                match = phrase.search(place)
                if match is None or "#" in match.group():
                    continue
                worth = ("…" not in phrase.text, match.end() - match.start())
                if best is None or worth > best[:2]:
                    best = (*worth, indicator.id)
        if best:
            satisfied = best[2]
            break
    if satisfied is None or (of_people and satisfied != "rate.satisfaction"):
        return None
    if regex.search(r"phản ánh|kiến nghị", subject):
        return None
    return satisfied


def _sentence_start(text: str, at: int) -> int:
    start = 0
    for mark in regex.finditer(r"[;\n]|\.(?!\d)", text[:at]):
        start = mark.end()
    return start
