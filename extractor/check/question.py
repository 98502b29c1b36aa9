"""The one question that would settle a cause: which figure's true value tells its explanations apart best.

Under every explanation each cell has a value, or bounds: a changed figure its new value, an unprinted part what then
is left for it. A cell tells two explanations apart where these do not meet. Unprinted cells are preferred, then
those that fewest identities bear out: what the report says least about is what is worth asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractor.catalog.rules import Words
from extractor.check import messages
from extractor.check.localise import KEYSTROKE, Cause, Explanation, Solver
from extractor.check.rates import Mended
from extractor.check.rules import LIMIT, Identity, System
from extractor.model import Figure, Question

_MOST = 12  # explanations that are told apart, the likeliest ones
_TOLD = 3  # possible answers that the question names
_RARER = 4  # how many times less likely each further keystroke is

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asked cell may turn out to be, and the explanations that remain then."""

    low: int
    high: int
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The cell to ask about and its possible answers, that of the likeliest explanation first."""

    cell: int
    answers: tuple[Answer, ...]


def ask(system: System, cause: Cause, ignored: Iterable[int] = ()) -> Asked | None:
    """The best question about a cause; None where no answer would tell anything.

    With a single explanation it is the blank on which that depends.
    """
    if not cause.explanations:
        return None
    least = cause.explanations[0].operations
    explanations = [e for e in cause.explanations if e.operations == least][:_MOST]
    if len(explanations) == 1:
        blanks = explanations[0].blanks
        if not blanks:
            return None
        cell, value = blanks[0]
        return Asked(cell, (Answer(value, value, (explanations[0],)),))
    solver = Solver(system, cause.broken, ignored)
    worlds = [_world(solver, e) for e in explanations]
    weights = [_weight(e, explanations[0]) for e in explanations]
    best: tuple[int, bool, int, int] | None = None
    asked = -1
    for order, cell in enumerate(_cells(solver, explanations)):
        seen = [world[cell] for world in worlds]
        apart = _apart(seen, weights)
        printed = system.cells[cell].figure is not None
        rank = (-apart, printed, len(system.of.get(cell, ())), order)
        if apart and (best is None or rank < best):
            best, asked = rank, cell
    if best is None:
        return None
    return Asked(asked, _answers([w[asked] for w in worlds], explanations))


def _world(solver: Solver, explanation: Explanation) -> list[Bounds]:
    """The bounds of every cell after an explanation."""
    fixed = {c.cell: c.proposed for c in explanation.changes if explanation.kind != "changed" and c.low == c.high}
    free = [c.cell for c in explanation.changes if c.cell not in fixed]
    found = solver.solve(free, fixed)
    if found is None:  # an explanation was found by the same solver, so this is only what propagation cannot see
        found = list(solver.system.low), list(solver.system.high)
    return list(zip(*found, strict=True))


def _weight(explanation: Explanation, best: Explanation) -> int:
    keystrokes = max(0, explanation.cost - best.cost) // KEYSTROKE
    return int(_RARER ** max(0, 8 - keystrokes))


def _cells(solver: Solver, explanations: Sequence[Explanation]) -> list[int]:
    """Changed cells, and unprinted ones that their change can move."""
    system = solver.system
    changed = dict.fromkeys(c.cell for e in explanations for c in e.changes)
    unknown = dict.fromkeys(
        c for n in solver.touched(changed) for c in system.identities[n].cells if system.cells[c].figure is None
    )
    return [*changed, *unknown]


def _meet(one: Bounds, other: Bounds) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _apart(seen: Sequence[Bounds], weights: Sequence[int]) -> int:
    """The weight of the pairs of explanations that a cell tells apart."""
    return sum(
        weights[i] * weights[j]
        for i, one in enumerate(seen)
        for j in range(i + 1, len(seen))
        if not _meet(one, seen[j])
    )


def _answers(seen: Sequence[Bounds], explanations: Sequence[Explanation]) -> tuple[Answer, ...]:
    """Explanations whose bounds meet, together, in the order of their likeliest."""
    groups: list[tuple[Bounds, list[Explanation]]] = []
    for bounds, explanation in zip(seen, explanations, strict=True):
        met = [g for g in groups if _meet(g[0], bounds)]
        rest = [g for g in groups if g not in met]
        first = groups.index(met[0]) if met else len(rest)
        low = min([bounds[0], *(g[0][0] for g in met)])
        high = max([bounds[1], *(g[0][1] for g in met)])
        members = [e for g in met for e in g[1]]
        rest.insert(min(first, len(rest)), ((low, high), [*members, explanation]))
        groups = rest
    return tuple(Answer(low, high, tuple(members)) for (low, high), members in groups)


# --------------------------------------------------------------------------- in words


def about(
    system: System, cause: Cause, figures: Sequence[Figure], words: Words, ignored: Iterable[int] = ()
) -> Question | None:
    """The best question about a cause, with what each answer would mean."""
    asked = ask(system, cause, ignored)
    if asked is None:
        return None
    cell, phrases = system.cells[asked.cell], words.phrases
    name = messages.cell_name(system, words, asked.cell)
    if cell.figure is None:
        printed, said = None, phrases["ask_blank"].format(name=name)
    else:
        printed = figures[cell.figure].value
        said = phrases["ask_printed"].format(name=name, value=messages.number(int(printed)))
    answers = [_said(system, words, asked.cell, answer) for answer in asked.answers[:_TOLD]]
    if len(asked.answers) == 1:
        answers.append(phrases["answer_other"])
    text = f"{messages.capital(said)} {messages.capital('; '.join(answers))}."
    return Question(cell.indicator, cell.scope, cell.basis, printed, text)


def _said(system: System, words: Words, cell: int, answer: Answer) -> str:
    """ "nếu là 7 thì tổng số đã giải quyết phải là 2.370"."""
    phrases = words.phrases
    low, high = messages.number(answer.low), messages.number(answer.high)
    if system.cells[cell].figure is not None and answer.low <= system.low[cell] <= answer.high:
        condition = phrases["answer_right"]
    elif answer.low == answer.high:
        condition = phrases["answer_value"].format(value=low)
    elif answer.high >= LIMIT:
        condition = phrases["answer_least"].format(low=low)
    else:
        condition = phrases["answer_range"].format(low=low, high=high)
    return phrases["answer"].format(condition=condition, outcome=_outcome(system, words, cell, answer.explanations))


def _outcome(system: System, words: Words, cell: int, explanations: Sequence[Explanation]) -> str:
    """What is wrong if one of these explanations is the true one."""
    phrases = words.phrases
    if len(explanations) == 1:
        said = [
            phrases["outcome_change"].format(
                name=messages.cell_name(system, words, c.cell), value=messages.number(c.proposed)
            )
            for c in explanations[0].changes
            if c.cell != cell
        ]
        return ", ".join(said) or phrases["outcome_itself"]
    cells = dict.fromkeys(c.cell for e in explanations for c in e.changes if c.cell != cell)
    names = ", ".join(messages.cell_name(system, words, c) for c in cells)
    own = any(cell in e.cells for e in explanations)
    phrase = "outcome_with" if own else "outcome_one" if len(cells) == 1 else "outcome_any"
    return phrases[phrase].format(names=names) if names else phrases["outcome_itself"]


def which(words: Words, figure: Figure, value: str, other: str, phrase: str = "ask_which") -> Question:
    """Which of two values is the true one; another `phrase` asks too whether both are, of two ways or of a part."""
    return _of(figure, words.phrases[phrase].format(name=_name(words, figure), value=value, other=other))


def rest(system: System, identity: Identity) -> Question:
    """How many there are of what a sum does not print: they take up the rest, or something is wrong."""
    words, unknown, closed = identity.rule.words, system.unknown(identity), system.open_only(identity)
    wanted = unknown if closed else [c for c in unknown if not system.cells[c].open]
    names = ", ".join(messages.name(words, system.cells[c].indicator) for c in wanted)
    text = words.phrases["ask_classes" if closed else "ask_rest"].format(
        names=names, difference=messages.number(system.gap(identity))
    )
    cell = system.cells[wanted[0]]
    return Question(cell.indicator, cell.scope, cell.basis, None, messages.capital(text))


def way(words: Words, figure: Figure, variants: str) -> Question:
    """Whether the unit counts the way under which alone its sums close."""
    return _of(figure, words.phrases["ask_variant"].format(variants=variants))


def fraction(words: Words, figure: Figure, fields: Mapping[str, str]) -> Question:
    """Whether the counts of a rate are right: then the rate is wrong, else one of them. `fields` are its finding's."""
    return _of(figure, words.phrases["ask_fraction"].format(**{**fields, "name": _name(words, figure)}))


def side(words: Words, figure: Figure, mended: Mended, rate: str) -> Question:
    """Which of two numbers stands in the fraction of a rate that fits one of them only."""
    text = words.phrases["ask_side"].format(
        side=words.phrases[mended.side], name=_name(words, figure), value=messages.number(mended.printed),
        other=messages.number(mended.value), rate=rate,
    )  # fmt: skip
    return _of(figure, text)


def _name(words: Words, figure: Figure) -> str:
    return messages.full_name(words, figure.indicator, figure.scope, figure.basis)


def _of(figure: Figure, text: str) -> Question:
    return Question(figure.indicator, figure.scope, figure.basis, figure.value, messages.capital(text))
