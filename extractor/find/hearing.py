"""Which cues stand where in normal text. The one door to spaCy.

spaCy's PhraseMatcher compares tokens by a NORM of our own (i and y folded where Vietnamese writes one for the
other), over a tokenizer of our own: a syllable, a number or a sign. Word segmentation is not used: its
boundaries move with the context, and phrases of syllables do not need it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex
import spacy
from spacy.attrs import NORM
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extractor.catalog.indicators import Cue, Lexicon
from extractor.vietnamese.normalize import lacks_tone, syllable_key, toneless

_TOKEN = regex.compile(r"\d++(?:[.,]\d++)*+|[^\W\d_]++|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Heard:
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
        for cue in lexicon.cues.values():
            if cue.slot == "section":
                continue
            self._matcher.add(cue.id, [self._tokens(phrase)[0] for phrase in cue.phrases])

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
        """What a token is compared by. A syllable that cannot be without a tone but is typed so gets the one known."""
        key = syllable_key(word)
        return self._known.get(word, key) if lacks_tone(word) else key

    def _tokens(self, text: str) -> tuple[Doc, list[tuple[int, int]]]:
        spans = [m.span() for m in _TOKEN.finditer(text)]
        return Doc(self._vocab, words=[text[a:b] for a, b in spans]), spans

    def hear(self, text: str) -> list[Heard]:
        """Cues of normal text in order. Where phrases overlap, the longest (then the first) stands alone."""
        doc, spans = self._tokens(text)
        if not spans:
            return []
        matches = sorted(self._matcher(doc), key=lambda m: (m[1] - m[2], m[1]))
        taken = bytearray(len(spans))
        heard = []
        same: set[tuple[int, int]] = set()  # one phrase may be listed under two cues and then says both
        for match_id, first, last in matches:
            if any(taken[first:last]) and (first, last) not in same:
                continue
            same.add((first, last))
            taken[first:last] = b"\x01" * (last - first)
            cue = self._lexicon.cues[self._vocab.strings[match_id]]
            heard.append(Heard(cue, spans[first][0], spans[last - 1][1]))
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
