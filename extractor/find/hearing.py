"""Which cues stand where in normal text. The one door to spaCy.

spaCy's PhraseMatcher compares tokens by a NORM of our own (i and y folded where Vietnamese writes one for the
other), over a tokenizer of our own: a syllable, a number or a sign. Word segmentation is not used: its
boundaries move with the context, and phrases of syllables do not need it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex
import spacy
from spacy.attrs import NORM
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extractor.catalog.indicators import Cue, Lexicon
from extractor.find.masking import BLANK
from extractor.vietnamese.normalize import fold, lacks_tone, syllable_key, toneless
from extractor.vietnamese.syllables import is_syllable

# what a negation before a cue may be parted from it by: a few words that are no cue, and none that turn it round
# ("không có hồ sơ quá hạn" says a zero, "không chỉ", "không kể" deny nothing)
_NOT = regex.compile(r"(?<!\w)(?:kh[ôo]ng|ch[ưu]a|ch[ẳa]ng|ko|chờ|đợi|chuẩn bị|sắp(?! xếp)) ")
_NOT_DONE = regex.compile(
    r"(?<!\w)(?P<not>kh[ôo]ng|ch[ưu]a|ch[ẳa]ng|ko|chờ|đợi|chuẩn bị|sắp(?! xếp))(?: [^\W\d_]+){0,3} $"
)
_TURNS_ROUND = (
    *("có", "còn", "phát sinh", "ghi nhận", "nhận được", "xảy ra", "để", "chỉ", "những", "kể", "tính", "bao", "gồm"),
    *("gộp", "cộng", "trừ", "ít", "hồ sơ", "trường"),
)
_NO_DENIAL = regex.compile(r" (?:quá|\L<words>)(?!\w)", words=[*_TURNS_ROUND, *map(fold, _TURNS_ROUND)])
_UNDENIABLE = frozenset({"pending", "negated"})
_FARTHEST_NOT = 40  # letters before a cue within which its negation stands
_UNDONE = {"resolved": "pending", "resolving": "pending", "answered": "pending"}
_SURE_PHRASE = 6  # letters with blanks; shorter ones may be other words run together
_MOST_WORDS = 8
_SURE_LETTERS = 4  # a shorter syllable one letter off is another syllable as often as not
_TOKEN = re.compile(rf"[^\W\d_]++|\d++(?:[.,]\d++)*+|{BLANK}++|[^\w\s]|_")  # what is masked is one token


class Heard(NamedTuple):
    """A cue at normal letters `start:end`."""

    cue: Cue
    start: int
    end: int


class Ear:
    """Hears the cues of one lexicon. Building it takes some tens of milliseconds; hearing is cheap."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._vocab = spacy.blank("xx").vocab
        self._known = self._spellings(lexicon)
        self._vocab.lex_attr_getters[NORM] = self._norm  # type: ignore[attr-defined]
        self._matcher = PhraseMatcher(self._vocab, attr="NORM")
        self._cues: dict[int, Cue] = {}  # by the number that spaCy gives them
        self._worn: _Worn | None = None
        for cue in lexicon.cues.values():
            if cue.slot == "section":
                continue
            self._matcher.add(cue.id, [self._tokens(phrase)[0] for phrase in cue.phrases])
            self._cues[self._vocab.strings[cue.id]] = cue

    @staticmethod
    def _spellings(lexicon: Lexicon) -> dict[str, str]:
        """Syllables of the phrases by their letters without tone, where only one has them ("quyêt" → "quyết")."""
        known: dict[str, set[str]] = {}
        for cue in lexicon.cues.values():
            for phrase in cue.phrases:
                for word in phrase.split():
                    known.setdefault(toneless(word), set()).add(syllable_key(word))
        return {bare: words.pop() for bare, words in known.items() if len(words) == 1}

    def _norm(self, word: str) -> str:
        """What a token is compared by: BLANK for what is masked, whatever its length.

        A syllable that cannot be without a tone but is typed so gets the one known.
        """
        if word.startswith(BLANK):
            return BLANK
        key = syllable_key(word)
        return self._known.get(word, key) if lacks_tone(word) else key

    def _tokens(self, text: str) -> tuple[Doc, list[str]]:
        words = _TOKEN.findall(text)
        return Doc(self._vocab, words=words), words

    def hear(self, text: str) -> list[Heard]:
        """Cues of normal text in order. Where phrases overlap, the longest (then the first) stands alone."""
        return denied(text, self._clear(text), self._lexicon)

    def hear_worn(self, text: str) -> tuple[list[Heard], bool]:
        """The cues of `hear`, with those that a scan or bare typing has left without accents or with a letter wrong.

        Only phrases of two syllables and more are looked for so, where no other cue loses its accents to the same
        letters. What is understood through them is less certain: the second answer says whether there are any.
        """
        worn = self._worn or _Worn(self._lexicon)
        self._worn = worn
        clear = self._clear(text)
        found = [w for w in worn.hear(text) if all(_apart(w, h) or _holds(w, h) for h in clear)]
        kept = [h for h in clear if not any(_holds(w, h) for w in found)]
        return denied(
            "".join(fold(c) or c for c in text), sorted([*kept, *found], key=lambda h: h.start), self._lexicon
        ), bool(found)

    def _clear(self, text: str) -> list[Heard]:
        doc, words = self._tokens(text)
        return _longest(self._matcher(doc), text, words, self._cues) if words else []


def _apart(one: Heard, other: Heard) -> bool:
    return one.end <= other.start or other.end <= one.start


def _holds(one: Heard, other: Heard) -> bool:
    """Whether the other cue is a part of this one."""
    return one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start


class _Worn:
    """Hears cues by their letters without accents; what is no syllable may be one letter off one that a phrase has,
    and the blanks between syllables may stand elsewhere or be missing ("Trướ chạn", "Đúnghạn")."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        said: dict[str, set[str]] = {}
        for cue in lexicon.cues.values():
            for phrase in cue.phrases if cue.slot != "section" else ():
                if " " in phrase:
                    said.setdefault(fold(phrase), set()).add(cue.id)
        self._vocab = spacy.blank("xx").vocab
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._cues: dict[int, Cue] = {}
        self._pairs: set[tuple[str, str]] = set()  # syllables that follow each other in a phrase
        self._glued: dict[str, str] = {}  # phrases without their blanks → the cue
        for phrase, ids in said.items():
            words = _TOKEN.findall(phrase)
            self._pairs.update(pairwise(words))
            if len(ids) == 1:
                name = next(iter(ids))
                self._matcher.add(name, [Doc(self._vocab, words=words)])
                self._cues[self._vocab.strings[name]] = lexicon.cues[name]
                if phrase.replace(" ", "").isalpha() and len(phrase) > _SURE_PHRASE:
                    self._glued["".join(words)] = name
        self._syllables = {word for pair in self._pairs for word in pair}

    def hear(self, text: str) -> list[Heard]:
        """Cues of normal text by letters without accents, in order."""
        printed = _TOKEN.findall(text)
        if not printed:
            return []
        words = [fold(word) for word in printed]
        glued = self._regrouped(words)
        for at, word in enumerate(words):
            odd = word not in self._syllables and word.isalpha() and not is_syllable(printed[at])
            if odd and len(word) >= _SURE_LETTERS:
                words[at] = self._repaired(
                    word, words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
                )
        matches = dict.fromkeys([*self._matcher(Doc(self._vocab, words=words)), *glued])
        return _longest(list(matches), text, printed, self._cues)

    def _regrouped(self, words: list[str]) -> list[tuple[int, int, int]]:
        """Phrases whose letters are those of some words, as matches like those of the matcher."""
        found = []
        for first in range(len(words)):
            letters = ""
            for last in range(first, min(len(words), first + _MOST_WORDS)):
                if not words[last].isalpha():
                    break
                letters += words[last]
                if name := self._glued.get(letters):
                    found.append((self._vocab.strings[name], first, last + 1))
        return found

    def _repaired(self, word: str, front: str, behind: str) -> str:
        """The word, or the only syllable one letter off it that a phrase has beside one of its neighbours."""
        near = {
            s
            for i in range(len(word))
            for s in self._off(word, i)
            if (front, s) in self._pairs or (s, behind) in self._pairs
        }
        return near.pop() if len(near) == 1 else word

    def _off(self, word: str, at: int) -> list[str]:
        front, back = word[:at], word[at + 1 :]
        return [s for s in self._syllables if len(s) == len(word) and s.startswith(front) and s.endswith(back)]


def denied(text: str, heard: list[Heard], lexicon: Lexicon) -> list[Heard]:
    """The cues heard, those that a negation stands before turned: not yet resolved is pending, the rest is no figure.

    "chưa kịp giải quyết", "không nộp trực tuyến"; a phrase that holds its own negation ("chưa đến hạn") says itself
    what it means.
    """
    if _NOT.search(text) is None:
        return heard
    turned: list[Heard] = []
    last, denied_to = 0, -1  # where the cue before ends; where the last denied one does
    for h in heard:
        deniable = h.cue.slot in ("act", "mark") and not h.cue.soft and h.cue.id not in _UNDENIABLE
        if deniable and 0 <= denied_to == h.start - 1:  # "chưa được xử lý xong": one thing, said by two cues
            turned[-1] = Heard(turned[-1].cue, turned[-1].start, h.end)
            last = denied_to = h.end
            continue
        said = _NOT_DONE.search(text, max(last, h.start - _FARTHEST_NOT), h.start) if deniable else None
        if said is not None and not _NO_DENIAL.match(text, said.end("not")):
            undone = _UNDONE.get(h.cue.id) if said["not"] in ("chưa", "chua") else None
            h, denied_to = Heard(lexicon.cues[undone or "negated"], said.start(), h.end), h.end
        turned.append(h)
        last = h.end if h.cue.slot != "none" and h.cue.id != "bound" else last
    return turned


def _longest(matches: list[tuple[int, int, int]], text: str, words: list[str], cues: Mapping[int, Cue]) -> list[Heard]:
    """Matches among the words of a text as cues in order.

    Where phrases overlap, the longest (then the first) stands alone.
    """
    if not matches:
        return []
    starts, at = [], 0
    for word in words:
        at = text.find(word, at)
        starts.append(at)
        at += len(word)
    taken = bytearray(len(words))
    heard = []
    same: set[tuple[int, int]] = set()  # one phrase may be listed under two cues and then says both
    for match_id, first, last in sorted(matches, key=lambda m: (m[1] - m[2], m[1])):
        if 1 in taken[first:last] and (first, last) not in same:
            continue
        same.add((first, last))
        taken[first:last] = b"\x01" * (last - first)
        heard.append(Heard(cues[match_id], starts[first], starts[last - 1] + len(words[last - 1])))
    heard.sort(key=lambda h: h.start)
    return heard


@lru_cache(maxsize=4)
def _ear(lexicon_id: int) -> Ear:
    return Ear(_LEXICONS[lexicon_id])


_LEXICONS: dict[int, Lexicon] = {}


def ear_of(lexicon: Lexicon) -> Ear:
    """The ear of a lexicon, built once for each."""
    _LEXICONS[id(lexicon)] = lexicon
    return _ear(id(lexicon))
