"""Room 4: figures in, findings out. What the report says twice must agree; what it adds up must add up.

A contradiction is reported under every rule that it breaks; `cause` joins what one slip explains. Nothing is ever
corrected: every suggestion says what it repairs and what it takes for granted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.catalog.rules import Rule, Words
from extractor.check import messages, question
from extractor.check.localise import Cause, Explanation, explain, join_swaps, like
from extractor.check.rates import Levels, Mended, Rates, Verdict, fraction_of, levels
from extractor.check.rules import Group, Identity, Sheet, System, build, components, held, judge
from extractor.model import Basis, Certainty, Figure, Finding, Formula, Months, Question, Severity, Suggestion

__all__ = ["Verdicts", "check"]

Repairs = Callable[[Explanation], tuple[int, int]]  # checks that hold after it, dossiers it leaves in no class
_SHOWN = 5
_SMALL = 9  # a class of at most so many dossiers makes the same difference as a slip of the last digit
# what happens in a month, so that the months add up; what is there at its end does not
_OF_MONTHS = frozenset({
    "received.new", "received.online", "received.in_person", "received.postal", "resolved.total", "resolved.early",
    "resolved.on_time", "resolved.early_or_on_time", "resolved.overdue", "resolved.withdrawn", "resolved.refused",
    "feedback.resolved",
})  # fmt: skip
_ORDER: Mapping[Severity, int] = {"error": 0, "warning": 1, "notice": 2}


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is wrong, and which figures (by index) take part in an identity that holds."""

    findings: tuple[Finding, ...] = ()
    held: frozenset[int] = frozenset()


def check(
    figures: Sequence[Figure], rules: tuple[Rule, ...], formulas: Sequence[Formula] = (), months: Sequence[Months] = ()
) -> Verdicts:
    """Judge the figures of one report by the rules, by the sums that its forms print in their headings, and by months.

    Pure: the figures stay as they are.
    """
    if not figures or not rules:
        return Verdicts()
    return _Checker(figures, rules, formulas, months).check()


class _Checker:
    def __init__(
        self,
        figures: Sequence[Figure],
        rules: tuple[Rule, ...],
        formulas: Sequence[Formula],
        months: Sequence[Months],
    ) -> None:
        self.figures = figures
        self.rules = rules
        self.formulas = formulas
        self.months = months
        self.words: Words = rules[0].words
        kinds = ("restated", "levels", "table")
        self.by_kind = {kind: next((r for r in rules if r.kind == kind), None) for kind in kinds}
        self.sheet = Sheet(figures)
        self.chosen: dict[tuple[Group, str], int] = {}
        self.support: dict[tuple[Group, str], bool] = {}
        self.system = self._choose()
        self.rates = Rates(self.sheet, self.system, rules)
        self.findings: list[tuple[int, Finding]] = []  # provisional cause, finding
        self.cause = 0
        self.questions: dict[int, Question] = {}  # by provisional cause
        self.cause_of: dict[int, int] = {}  # a rate at fault → its provisional cause

    def check(self) -> Verdicts:
        system = self.system
        alone, jointly = judge(system)
        broken = [*alone, *jointly]
        errors = [n for n in broken if self._severity(n) == "error"]
        soft = [n for n in broken if n not in set(errors)]
        gaps = [
            n for n, identity in enumerate(system.identities)
            if n not in set(broken) and system.gap(identity) > 0 and system.unknown(identity)
        ]  # fmt: skip
        verdicts = self.rates.verdicts()
        told: set[int] = set()
        settled: set[int] = set()
        causes = join_swaps(system, components(system, errors), self.figures, soft)
        for component in causes:
            ignored = [n for n in broken if n not in component]
            cause = explain(system, component, self.figures, ignored, self.rates.opinion)
            self.cause += 1
            self._ask(question.about(system, cause, self.figures, self.words, ignored))
            changed = self._changed(cause)
            closes = [n for n in gaps if self._closes(n, cause)]
            closed = [n for n in closes if system.open_only(system.identities[n])]
            filled = [n for n in closes if n not in closed and self._lone_total(n)]
            misfits = (v for v in verdicts if v.state in ("misfit", "slip"))
            repaired = [found for v in misfits if (found := self.rates.repaired(v, changed)) is not None]
            shown = [n for n in component if n not in jointly or not changed or self._touches(n, changed)]
            repairs = self._repairs([*component, *closed, *filled], verdicts)
            for n in (*(shown or component[:1]), *closed):
                self._report_identity(n, cause, set(jointly), repairs)
            for n in filled:
                self._report_blank(n)
            for verdict in repaired:
                self._report_repaired_rate(verdict, cause, repairs)
                told.add(verdict.figure)
            settled |= set(closes) | {n for n in gaps if self._touches(n, changed)}
        for n in soft:
            self.cause += 1
            ignored = [m for m in broken if m != n]
            cause = explain(system, [n], self.figures, ignored, self.rates.opinion)
            self._ask(question.about(system, cause, self.figures, self.words, ignored))
            self._report_identity(n, cause, set(jointly), self._repairs([n], ()))
        for n in gaps:
            if n not in settled:
                self._report_gap(n)
        self._report_variants()
        for verdict in verdicts:
            if verdict.figure not in told:
                self._report_rate(verdict)
        for count, rate, rule in self.rates.counts_apart():
            self._report_count(count, rate, rule)
        for apart in levels(self.figures):
            self._report_levels(apart)
        self._report_months(frozenset(self._held(broken, verdicts)))
        self._report_restated()  # last: what another finding proposes is not said to be wrong
        return Verdicts(self._numbered(), self._held(broken, verdicts))

    # ---------------------------------------------------------------- values printed twice

    def _choose(self) -> System:
        """The system in which indicators printed with several values stand with the values that break least.

        Of values that break as little, the one that leaves fewest sums with a rest, then the one printed most often.
        """
        system = build(self.sheet, self.rules, self.chosen, self.formulas)
        for group, indicator, indices in self.sheet.contested():
            ranks: dict[int, tuple[int, int, int, int]] = {}
            for order, index in enumerate(indices):
                value = self.sheet.values[index]
                if any(self.sheet.values[i] == value for i in indices[:order]):
                    continue
                trial = build(self.sheet, self.rules, {**self.chosen, (group, indicator): index}, self.formulas)
                rests = sum(trial.gap(i) > 0 for i in trial.identities if trial.unknown(i))
                places = sum(1 + len(self.figures[i].also) for i in indices if self.sheet.values[i] == value)
                ranks[index] = len(judge(trial)[0]), rests, -places, order
            if ranks:
                best = min(ranks, key=ranks.__getitem__)
                self.chosen[group, indicator] = best
                self.support[group, indicator] = [r[0] for r in ranks.values()].count(ranks[best][0]) == 1
        return build(self.sheet, self.rules, self.chosen, self.formulas) if self.chosen else system

    def _report_restated(self) -> None:
        rule = self.by_kind["restated"]
        if rule is None:
            return
        for group, indicator, indices in self.sheet.contested():
            kept = self.chosen[group, indicator]
            others = [i for i in indices if self.sheet.values[i] != self.sheet.values[kept]]
            for other in _distinct(others, self.sheet.values):
                self._restated_counts(rule, group, kept, other)
        self._report_restated_rates(rule)

    def _restated_counts(self, rule: Rule, group: Group, kept: int, other: int) -> None:
        """Two values of one count. Which is wrong is told only where the sums know, and where one may be a slip."""
        one, two = self.sheet.values[kept], self.sheet.values[other]
        indicator = self.figures[kept].indicator
        fields = {
            "name": messages.name(self.words, indicator), "value": messages.number(one), "other": messages.number(two),
            "difference": messages.number(abs(one - two)),
        }  # fmt: skip
        self.cause += 1
        if not like(one, two):
            self._add(
                rule, group[0], self.figures[kept].basis, "warning",
                self.words.phrases["restated_part"].format(**fields), [kept, other], Decimal(abs(one - two)), "none",
                (),
            )  # fmt: skip
            values = fields["value"], fields["other"]
            self._ask(question.which(self.words, self.figures[kept], *values, "ask_which_part"))
            return
        sure = self.support[group, indicator] and not self._borne_out(group, indicator, other)
        self._add(
            rule, group[0], self.figures[kept].basis, rule.severity, rule.message.format(**fields), [kept, other],
            Decimal(abs(one - two)), "pinned" if sure else "candidates", self._restated_suggestions(kept, other, sure),
        )  # fmt: skip
        if sure:
            self._report_table_of(group, indicator, other, kept)
        else:
            self._ask(question.which(self.words, self.figures[kept], fields["value"], fields["other"]))

    def _report_table_of(self, group: Group, indicator: str, wrong: int, kept: int) -> None:
        """The sums that a wrong value breaks in its own table: what is printed there contradicts itself too."""
        tables = {table for table, _, _ in self.sheet.places.get(wrong, ())}
        if not tables:
            return
        trial = build(self.sheet, self.rules, {**self.chosen, (group, indicator): wrong}, self.formulas)
        cell = trial.printed.get(wrong)
        told = {(f.rule, f.scope, f.basis, frozenset(f.figures)) for _, f in self.findings}
        for identity in trial.identities:
            used = [f for c in identity.cells if (f := trial.cells[c].figure) is not None]
            inside = all(tables & {table for table, _, _ in self.sheet.places.get(f, ())} for f in used)
            if cell not in identity.cells or not inside or not trial.broken_alone(identity) or identity.doubtful:
                continue
            if (identity.rule.id, identity.scope, identity.basis, frozenset(used)) in told:
                continue
            self._add(
                identity.rule, identity.scope, identity.basis, identity.rule.severity,
                identity.rule.message.format(**messages.identity_fields(trial, identity)), list(dict.fromkeys(used)),
                Decimal(abs(trial.gap(identity))), "pinned", self._restated_suggestions(kept, wrong, True),
            )  # fmt: skip

    def _borne_out(self, group: Group, indicator: str, index: int) -> bool:
        """Whether a value that is not kept takes part in a sum that holds with it, or repairs one that is broken."""
        trial = build(self.sheet, self.rules, {**self.chosen, (group, indicator): index}, self.formulas)
        if index in held(trial, judge(trial)[0]):
            return True
        key, value = self.figures[index].key, self.figures[index].value
        return any(
            (s.indicator, s.scope, s.basis) == key and s.proposed == value
            for _, finding in self.findings
            for s in finding.suggestions
        )

    def _restated_suggestions(self, kept: int, other: int, sure: bool) -> tuple[Suggestion, ...]:
        phrase = self.words.phrases["kept" if sure else "also_written"]
        pairs = [(other, kept)] if sure else [(other, kept), (kept, other)]
        return tuple(
            self._suggestion(
                wrong, self.sheet.values[right], phrase.format(value=messages.number(self.sheet.values[right]))
            )
            for wrong, right in pairs
        )

    def _report_restated_rates(self, rule: Rule) -> None:
        keys: dict[tuple[str, str, str], list[int]] = {}
        for index, figure in enumerate(self.figures):
            if figure.indicator.startswith("rate.") and not figure.approximate:
                keys.setdefault(figure.key, []).append(index)
        for indices in keys.values():
            first = indices[0]
            for other in _distinct(indices[1:], {i: self.figures[i].value for i in indices}):
                self._restated_rate(rule, first, other)

    def _restated_rate(self, rule: Rule, first: int, other: int) -> None:
        one, two = self.figures[first], self.figures[other]
        units = [Decimal(1).scaleb(-f.decimals) for f in (one, two)]
        apart = abs(one.value - two.value)
        if apart == 0 or (one.decimals != two.decimals and apart < sum(units)):
            return
        fields = {
            "name": messages.name(self.words, one.indicator),
            "value": _rate_text(one),
            "other": _rate_text(two),
        }
        if one.decimals == two.decimals and apart <= units[0]:
            severity: Severity = "notice"
            text = self.words.phrases["rounding"].format(**fields)
        elif self._own_grounds(first) and self._own_grounds(other) and not self._one_computes(first, other):
            severity, text = "warning", self.words.phrases["restated_rate"].format(**fields)
        else:
            severity = rule.severity
            text = rule.message.format(
                name=fields["name"], value=fields["value"] + "%", other=fields["other"] + "%",
                difference=_decimal(apart),
            )  # fmt: skip
        self.cause += 1
        self._add(rule, one.scope, one.basis, severity, text, [first, other], apart, "candidates", ())
        if severity != "notice":
            values = fields["value"] + "%", fields["other"] + "%"
            phrase = "ask_which_rate" if severity == "warning" else "ask_which"
            self._ask(question.which(self.words, one, *values, phrase))

    def _one_computes(self, first: int, other: int) -> bool:
        """One of two rates has a fraction that it does not fit, and that gives the other: they mean the same."""
        for wrong, right in ((first, other), (other, first)):
            rule = next((r for r in self.rules if r.id == self.figures[wrong].indicator and r.kind == "rate"), None)
            verdict = self.rates.judge(wrong, rule, {}) if rule and fraction_of(self.figures[wrong]) else None
            if verdict is None or verdict.state != "misfit":
                continue
            if Decimal(verdict.computed).scaleb(-verdict.decimals) == self.figures[right].value:
                return True
        return False

    def _own_grounds(self, index: int) -> bool:
        """A rate that has a fraction of its own or fits the counts: it may be of another population."""
        figure = self.figures[index]
        if fraction_of(figure) is not None:
            return True
        rule = next((r for r in self.rules if r.id == figure.indicator and r.kind == "rate"), None)
        verdict = self.rates.judge(index, rule, {}) if rule else None
        return verdict is not None and verdict.state in ("fits", "cut")

    # ---------------------------------------------------------------- sums

    def _severity(self, number: int) -> Severity:
        identity = self.system.identities[number]
        exact = all(self.system.cells[c].exact for c in identity.cells if self.system.cells[c].figure is not None)
        if identity.rule.severity == "error" and (identity.doubtful or identity.unless or not exact):
            return "warning"
        return identity.rule.severity

    def _changed(self, cause: Cause) -> dict[int, int]:
        """Figures and values of the best explanation."""
        return self._figures_of(cause.explanations[0]) if cause.explanations else {}

    def _figures_of(self, explanation: Explanation) -> dict[int, int]:
        """The printed figures that an explanation changes, with what they would be."""
        proposed = explanation.proposed()
        return {f: value for c, value in proposed.items() if (f := self.system.cells[c].figure) is not None}

    def _touches(self, number: int, changed: Mapping[int, int]) -> bool:
        return any(self.system.cells[c].figure in changed for c in self.system.identities[number].cells)

    def _closes(self, number: int, cause: Cause) -> bool:
        """A sum with something unprinted, whose rest is gone after the best explanation: the printed parts add up."""
        identity = self.system.identities[number]
        if not cause.explanations:
            return False
        values = cause.explanations[0].proposed()
        if not any(c in values for c in identity.cells):
            return False
        low = self.system.low
        left = sum(values.get(c, low[c]) for c in identity.left)
        return left == sum(values.get(c, low[c]) for c in identity.right)

    def _repairs(self, numbers: Sequence[int], verdicts: Iterable[Verdict]) -> Repairs:
        """What of these identities and rates an explanation repairs, told by the explanation."""
        misfits = [v for v in verdicts if v.state in ("misfit", "slip")]

        def told(explanation: Explanation) -> tuple[int, int]:
            values, low = explanation.proposed(), self.system.low
            held = rest = 0
            for n in numbers:
                identity = self.system.identities[n]
                gap = sum(values.get(c, low[c]) for c in identity.left)
                gap -= sum(values.get(c, low[c]) for c in identity.right)
                rest = max(rest, gap if self.system.open_only(identity) else 0)
                blank = bool(self.system.unknown(identity)) and not self.system.open_only(identity)
                held += gap == 0 or blank
            figures = self._figures_of(explanation)
            return held + sum(self.rates.repaired(v, figures) is not None for v in misfits), rest

        return told

    def _report_identity(self, number: int, cause: Cause, jointly: set[int], repairs: Repairs) -> None:
        identity = self.system.identities[number]
        fields = messages.identity_fields(self.system, identity)
        template = self.words.phrases["together"] if number in jointly else identity.rule.message
        severity = self._severity(number)
        suggestions = self._suggestions(identity, cause, repairs)
        text = template.format(**fields)
        if identity.formula:
            text += " " + self.words.phrases["formula"].format(formula=identity.formula)
        if identity.unless:
            ways = ", ".join(v.message for v in identity.unless)
            text += " " + self.words.phrases["unless"].format(variants=ways)
        if suggestions and cause.explanations[0].operations > 1:
            text += " " + self.words.phrases["two"]
        figures = [f for c in identity.cells if (f := self.system.cells[c].figure) is not None]
        certain: Certainty = cause.certainty if severity == "error" or suggestions else "none"
        self._add(
            identity.rule, identity.scope, identity.basis, severity, text, list(dict.fromkeys(figures)),
            Decimal(abs(self.system.gap(identity))), certain, suggestions,
        )  # fmt: skip

    def _suggestions(self, identity: Identity, cause: Cause, repairs: Repairs) -> tuple[Suggestion, ...]:
        """The best explanations as suggestions; of two figures, the one in this identity first."""
        found: list[Suggestion] = []
        own = set(identity.cells)
        least = cause.explanations[0].operations if cause.explanations else 0
        for explanation in cause.explanations[:_SHOWN]:
            if explanation.operations > least:
                break
            changes = sorted(explanation.changes, key=lambda c: c.cell not in own)
            for change in changes:
                figure = self.system.cells[change.cell].figure
                if figure is None:
                    continue
                because = self._because(explanation, figure, change.proposed, repairs)
                rest = [c for c in changes if c.cell != change.cell]
                if rest and explanation.kind != "swapped":
                    others = ", ".join(self._change_text(c.cell, c.proposed) for c in rest)
                    because += "; " + self.words.phrases["with_other"].format(others=others)
                suggestion = self._suggestion(figure, change.proposed, because, self._provided(explanation))
                if suggestion not in found:
                    found.append(suggestion)
        return tuple(found)

    def _change_text(self, cell: int, value: int) -> str:
        return f"{messages.cell_name(self.system, self.words, cell)} = {messages.number(value)}"

    def _because(self, explanation: Explanation, figure: int, value: int, repairs: Repairs) -> str:
        phrases = self.words.phrases
        repaired, rest = repairs(explanation)
        rules = phrases["repairs_rules"].format(count=repaired) if repaired > 1 else phrases["repairs_rule"]
        text = phrases["repairs"].format(rules=rules)
        if rest > 0:
            text = phrases["still_open" if repaired else "only_open"].format(repairs=text, count=messages.number(rest))
        exact = self._figures_of(explanation)
        agreeing = [
            messages.name(self.words, self.figures[i].indicator) + f" {_rate_text(self.figures[i])}%"
            for i, rule in self.rates.rates
            if i in self.rates.using.get(figure, ())
            and (v := self.rates.judge(i, rule, exact)) is not None
            and v.state in ("fits", "cut")
            and figure in v.terms
        ]
        if agreeing:
            text += " " + phrases["rates_agree"].format(rates=", ".join(agreeing))
        leaving = [
            messages.name(self.words, self.figures[i].indicator) + f" {_rate_text(self.figures[i])}%"
            for i in self.rates.left_behind(exact)
        ]
        if leaving:
            text += phrases["rates_disagree"].format(rates=", ".join(leaving))
        named = self.rates.named_by(figure, value)
        if named is not None:
            text += " " + phrases["witness"].format(
                value=messages.number(value), name=messages.name(self.words, self.figures[named].indicator)
            )
        if explanation.kind == "swapped":
            one, other = (messages.number(c.printed) for c in explanation.changes)
            text = phrases["swapped"].format(one=one, other=other) + "; " + text[:1].lower() + text[1:]
        elif explanation.kind == "shifted":
            text = phrases["shifted"] + "; " + text[:1].lower() + text[1:]
        return text

    def _provided(self, explanation: Explanation) -> str:
        if not explanation.blanks:
            return ""
        values = ", ".join(
            self.words.phrases["provided_value"].format(
                name=messages.name(self.words, self.system.cells[c].indicator), value=messages.number(value)
            )
            for c, value in explanation.blanks
        )
        return self.words.phrases["provided"].format(values=values)

    def _report_gap(self, number: int) -> None:
        """What would be a contradiction if blanks were zero: a warning for classes, a notice for a blank part."""
        system, identity = self.system, self.system.identities[number]
        figures = [f for c in identity.cells if (f := system.cells[c].figure) is not None]
        if len(figures) < 3 or any(not system.cells[c].exact for c in system.printed.values() if c in identity.cells):
            return
        if not system.open_only(identity) and not self._lone_total(number):
            return
        self.cause += 1
        self._ask(question.rest(system, identity))
        if not system.open_only(identity):
            self._report_blank(number)
            return
        severity = max("warning", identity.rule.severity, key=_ORDER.__getitem__)
        suggestions = self._if_closed(number) if severity == "warning" else ()
        text = self.words.phrases["gap"].format(**messages.identity_fields(system, identity))
        self._add(
            identity.rule, identity.scope, identity.basis, severity, text, figures, Decimal(system.gap(identity)),
            "candidates" if suggestions else "sum", suggestions,
        )  # fmt: skip

    def _lone_total(self, number: int) -> bool:
        """One printed total and its parts, so that what is not printed has a name."""
        identity = self.system.identities[number]
        return identity.rule.kind == "sum" and not identity.rule.expand and len(identity.left) == 1

    def _report_blank(self, number: int) -> None:
        """A sum that a part that is not printed keeps undecided, with what would be left for that part."""
        system, identity = self.system, self.system.identities[number]
        blank = [c for c in system.unknown(identity) if not system.cells[c].open]
        names = ", ".join(messages.name(self.words, system.cells[c].indicator) for c in blank)
        text = self.words.phrases["blank"].format(**messages.identity_fields(system, identity), names=names)
        figures = [f for c in identity.cells if (f := system.cells[c].figure) is not None]
        self._add(
            identity.rule, identity.scope, identity.basis, "notice", text, figures, Decimal(system.gap(identity)),
            "sum", (),
        )  # fmt: skip

    def _if_closed(self, number: int) -> tuple[Suggestion, ...]:
        """What would be wrong if the classes that are not printed were not there."""
        system, identity = self.system, self.system.identities[number]
        open_cells = [c for c in system.unknown(identity) if system.cells[c].open]
        closed = replace(system, high=[0 if c in open_cells else h for c, h in enumerate(system.high)])
        cause = explain(closed, [number], self.figures, (), self.rates.opinion)
        names = ", ".join(messages.name(self.words, system.cells[c].indicator) for c in open_cells)
        provided = self.words.phrases["provided_none"].format(names=names)
        return tuple(replace(s, provided=provided) for s in self._suggestions(identity, cause, _all_of([number])))

    def _report_variants(self) -> None:
        """Groups that add up only under another way of counting, which is named.

        Where a small class makes the difference and no other group counts so, it may as well be a slip: then it
        is a warning that says which figure would be wrong under the usual way.
        """
        for group, variants in self.system.counted.items():
            taken = {v.id for v in variants}
            identities = [
                i for i in self.system.identities
                if i.group == group and any(v.id in taken for v in i.rule.variants)
            ]  # fmt: skip
            if not identities or any(self.system.broken_alone(i) for i in identities):
                continue
            figures = [f for i in identities for c in i.cells if (f := self.system.cells[c].figure) is not None]
            names = self.system.names[group]
            alone = all(v.id not in {w.id for w in ways} for v in variants for g, ways in self.system.counted.items()
                        if g != group)  # fmt: skip
            small = sum(self.sheet.values[names[v.of]] for v in variants) <= _SMALL
            severity: Severity = "warning" if alone and small else "notice"
            certain, suggestions = self._usual(group) if severity == "warning" else ("none", ())
            self.cause += 1
            ways = ", ".join(v.message for v in variants)
            text = self.words.phrases["variant"].format(variants=ways)
            if suggestions:
                self._ask(question.way(self.words, self.figures[names[variants[0].of]], ways))
            self._add(
                identities[0].rule, group[0], group[1], severity, text, list(dict.fromkeys(figures)), None,
                certain, suggestions,
            )  # fmt: skip

    def _usual(self, group: Group) -> tuple[Certainty, tuple[Suggestion, ...]]:
        """What would be wrong if the group counted the usual way."""
        system = self.system.as_usual(group)
        broken, _ = judge(system)
        own = [n for n in broken if system.identities[n].group == group]
        for component in components(system, own)[:1]:
            ignored = [n for n in broken if n not in component]
            cause = explain(system, component, self.figures, ignored, self.rates.opinion)
            certain: Certainty = "sum" if cause.certainty == "sum" else "candidates"
            return certain, self._suggestions(system.identities[component[0]], cause, _all_of(component))
        return "none", ()

    # ---------------------------------------------------------------- rates

    def _report_rate(self, verdict: Verdict) -> None:
        rule, figure = verdict.rule, self.figures[verdict.figure]
        if verdict.state == "fits":
            return
        severity: Severity = "notice"
        certain: Certainty = "none"
        suggestions: tuple[Suggestion, ...] = ()
        template = self.words.phrases["cut"]
        mended: Mended | None = None
        if verdict.state == "misfit" and verdict.terms:
            severity, template = "warning", self.words.phrases["rate_unknown"]
        elif (owner := self._owner(verdict)) is not None:
            severity = "warning"
            whose = messages.full_name(self.words, *self.figures[owner].key)
            template = f"{rule.message} {self.words.phrases['fraction_of_another'].format(name=whose)}"
        elif verdict.state != "cut":
            severity = "warning" if figure.approximate else rule.severity
            template, certain = rule.message, self.rates.certainty(verdict)
            suggestions = (self._rate_suggestion(verdict),)
            if verdict.instead is not None:
                suggestions = (self._count_suggestion(*verdict.instead, verdict.figure), *suggestions)
            mended = None if figure.approximate else self.rates.mended(verdict)
            if mended is not None:
                suggestions, certain = (*self._side_suggestion(verdict, mended), *suggestions), "likely"
        present = self.cause
        told = self._same_cause(suggestions[0]) if mended is not None else None
        self.cause = present + 1 if told is None else told
        self.cause_of[verdict.figure] = self.cause
        if told is not None:
            suggestions = suggestions[:1]
        elif mended is not None:
            self._ask(question.side(self.words, figure, mended, self._rate_fields(verdict)["value"]))
        elif certain not in ("none", "pinned"):
            self._ask(question.fraction(self.words, figure, self._rate_fields(verdict)))
        self._add(
            rule, figure.scope, figure.basis, severity, template.format(**self._rate_fields(verdict)),
            [verdict.figure, *dict.fromkeys(verdict.terms)],
            messages.difference(verdict.printed - verdict.computed, verdict.decimals), certain, suggestions,
        )  # fmt: skip
        self.cause = max(present, self.cause)

    def _same_cause(self, wanted: Suggestion) -> int | None:
        """The provisional cause whose likeliest repair is the same change: a slip printed in a fraction again."""
        key = (wanted.indicator, wanted.scope, wanted.basis, wanted.printed, wanted.proposed)
        for cause, finding in self.findings:
            for s in finding.suggestions[:1]:
                if (s.indicator, s.scope, s.basis, s.printed, s.proposed) == key:
                    return cause
        return None

    def _owner(self, verdict: Verdict) -> int | None:
        """A rate without a fraction, printed beside this one, that this one's fraction fits exactly: its, perhaps."""
        figure = self.figures[verdict.figure]
        if verdict.state != "misfit" or verdict.terms:
            return None
        computed = Decimal(verdict.computed).scaleb(-verdict.decimals)
        return next(
            (
                i for i, f in enumerate(self.figures)
                if f.indicator.startswith("rate.") and f.key != figure.key
                and f.value == computed and f.decimals == verdict.decimals > 0
                and f.place.block == figure.place.block and fraction_of(f) is None
            ),
            None,
        )  # fmt: skip

    def _rate_fields(self, verdict: Verdict) -> dict[str, str]:
        return {
            "name": messages.name(self.words, verdict.rule.id),
            "value": messages.percent(verdict.printed, verdict.decimals),
            "fraction": messages.fraction(verdict.numerator, verdict.denominator),
            "computed": messages.percent(verdict.computed, verdict.decimals),
            "difference": messages.percent(abs(verdict.printed - verdict.computed), verdict.decimals),
        }

    def _rate_suggestion(self, verdict: Verdict) -> Suggestion:
        """The recomputed rate, with whatever else prints its numerator or denominator."""
        figure, phrases = self.figures[verdict.figure], self.words.phrases
        text = messages.fraction(verdict.numerator, verdict.denominator)
        because = phrases["rate_computed"].format(fraction=text)
        provided = ""
        if not verdict.terms:
            provided = phrases["provided_rate"].format(fraction=text)
            for side, value in (("numerator", verdict.numerator), ("denominator", verdict.denominator)):
                seen = self.rates.witness(figure, value)
                if seen is not None:
                    because += phrases["rate_witness"].format(
                        side=phrases[side], value=messages.number(value),
                        name=messages.name(self.words, self.figures[seen].indicator),
                    )  # fmt: skip
            for found in levels(self.figures):
                if found.instead is not None and found.instead[0] == verdict.figure:
                    because += phrases["fraction_instead"].format(fraction=messages.fraction(*found.instead[1:]))
                    break
        proposed = Decimal(verdict.computed).scaleb(-verdict.decimals)
        return Suggestion(figure.indicator, figure.scope, figure.basis, figure.value, proposed, because, provided)

    def _count_suggestion(self, count: int, value: int, rate: int) -> Suggestion:
        named = f"{messages.name(self.words, self.figures[rate].indicator)} {_rate_text(self.figures[rate])}%"
        return self._suggestion(count, value, self.words.phrases["count_computed"].format(rate=named))

    def _side_suggestion(self, verdict: Verdict, mended: Mended) -> tuple[Suggestion, ...]:
        """What a side of a fraction should be: a value of the count that it repeats; none where that has no name."""
        figure, phrases = self.figures[verdict.figure], self.words.phrases
        indicators = [self.figures[i].indicator for i in mended.terms]
        named = indicators[0] if len(indicators) == 1 else self._whole_of(set(indicators))
        if named is None:
            return ()
        because = phrases["side_mended"].format(
            side=phrases[mended.side], name=messages.name(self.words, figure.indicator),
            value=messages.percent(verdict.printed, verdict.decimals), fraction=messages.fraction(*mended.fraction),
            terms=" + ".join(
                f"{messages.name(self.words, self.figures[i].indicator)} {messages.number(self.sheet.values[i])}"
                for i in mended.terms
            ),
        )  # fmt: skip
        values = Decimal(mended.printed), Decimal(mended.value)
        return (Suggestion(named, figure.scope, figure.basis, *values, messages.capital(because)),)

    def _whole_of(self, parts: set[str]) -> str | None:
        """The indicator that these parts add up to."""
        sums = [r for r in self.rules if r.kind == "sum"]
        whole = {r.total for r in sums if set(r.parts) <= parts <= {*r.parts, *r.if_printed}}
        whole |= {t.whole for r in sums for t in r.together if set(t.parts) == parts}
        return min(whole) if len(whole) == 1 else None

    def _report_count(self, count: int, rate: int, rule: Rule) -> None:
        """A count that is printed otherwise as the numerator of its rate: one of the two was mistyped.

        It belongs to the cause that already tells so: a rate that fits the count and not its own fraction, or a sum
        that the numerator would repair. A count that a sum bears out is not said to be the wrong one.
        """
        figure, value = self.figures[count], self.sheet.values[count]
        top, bottom = fraction_of(self.figures[rate]) or (0, 0)
        text = self.words.phrases["count_differs"].format(
            name=messages.name(self.words, figure.indicator), value=messages.number(value),
            rate=messages.name(self.words, rule.id), fraction=messages.fraction(top, bottom),
            difference=messages.number(abs(top - value)),
        )  # fmt: skip
        present = self.cause
        told = self._same_cause(self._suggestion(count, top, ""))
        verdict = self.rates.judge(rate, rule, {})
        fits = verdict is not None and verdict.state in ("fits", "cut")
        if told is None and not fits:
            told = self.cause_of.get(rate)
        self.cause = present + 1 if told is None else told
        suggestions = [self._count_suggestion(count, top, rate)] if told is None else []
        if suggestions and count in self.rates.sure:
            kept = self.words.phrases["kept"].format(value=messages.number(value))
            fraction = replace(suggestions[0], printed=Decimal(top), proposed=figure.value, because=kept)
            suggestions.insert(0, fraction)
        self._add(
            rule, figure.scope, figure.basis, "warning", text, [count, rate], Decimal(abs(top - value)),
            "candidates" if suggestions else "none", tuple(suggestions),
        )  # fmt: skip
        if told is None:
            self._ask(question.which(self.words, figure, messages.number(value), messages.number(top)))
        self.cause = max(present, self.cause)

    def _report_repaired_rate(self, verdict: Verdict, cause: Cause, repairs: Repairs) -> None:
        """A rate that does not fit the counts, but does after the best explanation of a broken sum."""
        figure = self.figures[verdict.figure]
        used = set(verdict.terms)
        suggestions = []
        for change in cause.explanations[0].changes:
            index = self.system.cells[change.cell].figure
            if index is not None and index in used:
                because = self._because(cause.explanations[0], index, change.proposed, repairs)
                suggestions.append(
                    self._suggestion(index, change.proposed, because, self._provided(cause.explanations[0]))
                )
        self._add(
            verdict.rule, figure.scope, figure.basis, verdict.rule.severity,
            verdict.rule.message.format(**self._rate_fields(verdict)), [verdict.figure, *dict.fromkeys(verdict.terms)],
            messages.difference(verdict.printed - verdict.computed, verdict.decimals), cause.certainty,
            tuple(suggestions),
        )  # fmt: skip

    def _report_months(self, sound: frozenset[int]) -> None:
        """Totals of what is counted in a month that its months do not add up to.

        What stands at the end of a month is no part of a sum over months. Where most columns do not add up, the rows
        are not all of them.
        """
        rule = self.by_kind["table"]
        places = {place.block: i for i in self.sheet.values for place in self.figures[i].also}
        places |= {self.figures[i].place.block: i for i in self.sheet.values}
        judged = [
            (index, sum(m.parts))
            for m in self.months
            if (index := places.get(m.block)) is not None and self.figures[index].indicator in _OF_MONTHS
        ]
        wrong = [(index, total) for index, total in judged if self.sheet.values[index] != total]
        if rule is None or 2 * len(wrong) > max(2, len(judged)):
            return
        for index, total in wrong:
            self._report_month_sum(rule, index, total, index in sound)

    def _report_month_sum(self, rule: Rule, index: int, total: int, sound: bool) -> None:
        figure, value = self.figures[index], self.sheet.values[index]
        text = rule.message.format(
            total=self.words.phrases["printed"].format(
                name=messages.name(self.words, figure.indicator), value=messages.number(value)
            ),
            sum=messages.number(total), difference=messages.number(abs(value - total)),
        )  # fmt: skip
        repair = self._suggestion(index, total, self.words.phrases["months"].format(value=messages.number(total)))
        elsewhere = any(f.key == figure.key and f.value == total for f in self.figures)
        present, told = self.cause, self._same_cause(repair)
        if told is None and not elsewhere:
            repair = replace(repair, provided=self.words.phrases["months_right"])
        self.cause = present + 1 if told is None else told
        certain: Certainty = "sum" if sound else "pinned" if elsewhere or told is not None else "candidates"
        self._add(
            rule, figure.scope, figure.basis, rule.severity, text, [index], Decimal(abs(value - total)), certain,
            () if sound else (repair,),
        )  # fmt: skip
        self.cause = max(present, self.cause)

    def _report_levels(self, found: Levels) -> None:
        rule = self.by_kind["levels"]
        if rule is None:
            return
        phrases = self.words.phrases
        text = phrases["scopes_fraction"].format(
            name=messages.name(self.words, found.indicator), side=phrases[found.side],
            value=messages.number(found.printed), sum=messages.number(found.total),
            difference=messages.number(abs(found.printed - found.total)),
        )  # fmt: skip
        if found.instead is not None:
            instead = phrases["fraction_instead"].format(fraction=messages.fraction(*found.instead[1:]))
            level = messages.scope_name(self.words, self.figures[found.instead[0]].scope)
            text = f"{text[:-1]} ({level}{instead})." if text.endswith(".") else text + instead
        self.cause += 1
        self._add(
            rule, "self", found.basis, rule.severity, text, [found.whole, *found.levels],
            Decimal(abs(found.printed - found.total)), "sum", (),
        )  # fmt: skip

    # ---------------------------------------------------------------- together

    def _ask(self, asked: Question | None) -> None:
        """Keep the question about the present cause, if there is one."""
        if asked is not None:
            self.questions[self.cause] = asked

    def _suggestion(self, index: int, value: int, because: str, provided: str = "") -> Suggestion:
        figure = self.figures[index]
        return Suggestion(figure.indicator, figure.scope, figure.basis, figure.value, Decimal(value), because, provided)

    def _add(
        self, rule: Rule, scope: str, basis: Basis, severity: Severity, text: str, figures: Sequence[int],
        difference: Decimal | None, certain: Certainty, suggestions: tuple[Suggestion, ...],
    ) -> None:  # fmt: skip
        message = messages.sentence(self.words, scope, basis, text, (self.figures[i] for i in figures))
        finding = Finding(rule.id, scope, basis, severity, 0, certain, message, tuple(figures), difference, suggestions)
        self.findings.append((self.cause, finding))

    def _numbered(self) -> tuple[Finding, ...]:
        """Findings by severity, causes numbered in that order; causes that share a wrong figure are one."""
        joined = self._joined()
        ordered = sorted(
            enumerate(self.findings),
            key=lambda e: (_ORDER[e[1][1].severity], joined[e[1][0]], e[0]),
        )
        numbers: dict[int, int] = {}
        found = []
        for _, (cause, finding) in ordered:
            number = numbers.setdefault(joined[cause], len(numbers) + 1)
            found.append(replace(finding, cause=number, question=self.questions.get(cause)))
        return tuple(found)

    def _joined(self) -> dict[int, int]:
        """Causes that are one: errors that share a rate, or a figure that is printed with two values."""
        linking = {
            index
            for _, finding in self.findings
            for index in finding.figures
            if finding.severity == "error"
            and (finding.rule == "restated" or self.figures[index].indicator.startswith("rate."))
        }
        root = {cause: cause for cause, _ in self.findings}
        first: dict[int, int] = {}
        for cause, finding in self.findings:
            for index in linking.intersection(finding.figures) if finding.severity == "error" else ():
                one, other = root[first.setdefault(index, cause)], root[cause]
                root = {c: one if r == other else r for c, r in root.items()}
        return root

    def _held(self, broken: Iterable[int], verdicts: Sequence[Verdict]) -> frozenset[int]:
        agreeing = {v.figure for v in verdicts if v.state in ("fits", "cut") and v.printed and v.numerator}
        return held(self.system, broken) | agreeing


def _all_of(numbers: Sequence[int]) -> Repairs:
    """What an explanation repairs that was sought with every class closed: all of these identities."""
    return lambda _: (len(numbers), 0)


def _distinct(indices: Iterable[int], values: Mapping[int, object]) -> list[int]:
    """The first figure of each value."""
    seen: dict[object, int] = {}
    for index in indices:
        seen.setdefault(values[index], index)
    return list(seen.values())


def _rate_text(figure: Figure) -> str:
    return messages.percent(int(figure.value.scaleb(figure.decimals)), figure.decimals)


def _decimal(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")
