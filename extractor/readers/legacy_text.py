"""Text of before Unicode whose fonts nobody knows: decoded the way that makes Vietnamese syllables of it.

Copied into another font, saved as plain text or printed to PDF, TCVN3, VNI and VPS text looks like "Céng hßa"; so does
UTF-8 that was taken for a Western code page. Each way of decoding is tried on the words with letters beyond ASCII, and
the best is taken where it is good and much better than leaving the text alone. What would surprise you: the document
is judged as a whole, because three odd words prove nothing; blocks with letters that only Unicode has are left alone.
Digits and the marks between them are the same in all of these, so a wrong choice changes words, never numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from extractor.model import Block, Line, Problem, Table
from extractor.readers.assemble import RawDocument
from extractor.readers.legacy_fonts import Decoded, Encoding, decoded, is_unicode
from extractor.vietnamese.syllables import syllables

_FEWEST_WORDS = 6
_MOST_WORDS = 2_000  # more are not needed to decide
_GOOD, _BETTER = 0.75, 0.25
_ASCII_LETTER = regex.compile(r"[A-Za-z]")
_ODD_WORD = regex.compile(r"[^\s\d]*[^\x00-\x7f\s][^\s\d]*")
# Letters of UTF-8 that were read one byte a letter: a leading byte's letter, then signs of the bytes 0x80–0xBF.
_MISREAD = regex.compile(r"[Â-ßà-ï](?:[\x80-\xbf]|[€-™ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›])+")
_NAMES: Mapping[str, str] = {"TCVN3": "TCVN3 (ABC)", "VNI": "VNI", "VPS": "VPS", "UTF-8": "UTF-8 đọc nhầm"}
Way = Encoding | Literal["UTF-8"]


@dataclass(frozen=True, slots=True)
class Converter:
    """How the texts of a document become Unicode. `ties`: also those that make syllables either way."""

    way: Way
    mixed: bool
    ties: bool

    def __call__(self, text: str) -> Decoded:
        if text.isascii() or is_unicode(text) or (self.mixed and not self._gains(text)):
            return Decoded(text, tuple(range(len(text) + 1)))
        return _WAYS[self.way](text)

    @property
    def problem(self) -> Problem:
        return Problem(
            "legacy_converted",
            f"Văn bản dùng bảng mã chữ cũ ({_NAMES[self.way]}); chữ đã được chuyển sang Unicode.",
        )

    def _gains(self, text: str) -> bool:
        odd = " ".join(_odd_words([text]))
        before, after = share_of_syllables(odd), share_of_syllables(_WAYS[self.way](odd).text)
        return after > before or (self.ties and after == before)


def converter(texts: Sequence[str]) -> Converter | None:
    """How these texts of one document become Vietnamese; None where they are it already, or nothing makes them so."""
    new = [text for text in texts if is_unicode(text)]
    words = _odd_words(text for text in texts if not is_unicode(text))
    if len(words) < _FEWEST_WORDS:
        return None
    whole = " ".join(words)
    shares = {way: share_of_syllables(decode(whole).text) for way, decode in _WAYS.items()}
    way = max(shares, key=lambda way: shares[way])
    if shares[way] < _GOOD or shares[way] - share_of_syllables(whole) < _BETTER:
        return None
    return Converter(way, mixed=bool(new), ties=len(words) > len(_odd_words(new)))


def repaired(raw: RawDocument) -> RawDocument:
    """The document with its text in Unicode, said in its problems; the same where it is so already."""
    convert = converter([block.text for block in _blocks(raw)])
    if convert is None:
        return raw

    def block_of(block: Block) -> Block:
        letters = convert(block.text)
        return replace(block, text=letters.text, lines=tuple(_lines(block.lines, letters.origin)))

    def item_of(item: Block | Table) -> Block | Table:
        if isinstance(item, Block):
            return block_of(item)
        return replace(item, cells=tuple(replace(cell, block=block_of(cell.block)) for cell in item.cells))

    return replace(
        raw,
        content=[item_of(item) for item in raw.content],
        margins=[block_of(block) for block in raw.margins],
        problems=(*raw.problems, convert.problem),
    )


def share_of_syllables(text: str) -> float:
    """Of the words that could be Vietnamese syllables the share that can; 0 where there is none."""
    good, count = syllables(text)
    return good / count if count else 0.0


def _odd_words(texts: Iterable[str]) -> list[str]:
    """Words with letters beyond ASCII beside ASCII ones: all that the ways of decoding differ in."""
    words: list[str] = []
    for text in texts:
        if not text.isascii():
            words.extend(word for word in _ODD_WORD.findall(text) if _ASCII_LETTER.search(word))
        if len(words) >= _MOST_WORDS:
            break
    return words


def _blocks(raw: RawDocument) -> Iterable[Block]:
    for item in (*raw.content, *raw.margins):
        if isinstance(item, Block):
            yield item
        else:
            for cell in item.cells:
                yield cell.block


def _misread_decoded(text: str) -> Decoded:
    """UTF-8 that was read as Windows-1252 or Latin-1; what does not fit stays as it is."""
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _MISREAD.finditer(text):
        data = b"".join(_byte(letter) for letter in match.group())
        try:
            letters = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        pieces += text[at : match.start()], letters
        origin += range(at, match.start())
        step = (match.end() - match.start()) / len(letters)
        origin += (match.start() + int(number * step) for number in range(len(letters)))
        at = match.end()
    pieces.append(text[at:])
    origin += range(at, len(text) + 1)
    return Decoded("".join(pieces), tuple(origin))


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1", "replace")


_WAYS: Mapping[Way, Callable[[str], Decoded]] = {
    "TCVN3": lambda text: decoded(text, "TCVN3"),
    "VNI": lambda text: decoded(text, "VNI"),
    "VPS": lambda text: decoded(text, "VPS"),
    "UTF-8": _misread_decoded,
}


def _lines(lines: Sequence[Line], origin: Sequence[int]) -> Iterable[Line]:
    for line in lines:
        places = [at for at in range(len(origin) - 1) if line.start <= origin[at] < line.end]
        if not places:
            yield replace(line, start=0, end=0, edges=line.edges[:1])
            continue
        edges = [line.edges[origin[at] - line.start] for at in places]
        yield replace(line, start=places[0], end=places[-1] + 1, edges=(*edges, line.edges[-1]))
