"""Pictures of pages as files: scans and photographs (.jpg, .png, .tif with one page or several), and those that stand
in a Word file in place of its text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extractor.errors import BrokenFileError, LimitError, ScanError
from extractor.readers import tesseract
from extractor.readers.assemble import RawDocument
from extractor.readers.pdf import arranged
from extractor.readers.pdf_letters import MAX_PAGES, PageLetters
from extractor.readers.picture import to_size
from extractor.readers.recognise import in_turn, problems_of

if TYPE_CHECKING:
    from extractor.readers.docx import Picture

_FORMATS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "TIFF": "tif"}  # MPO: a JPEG with a second picture inside


def read_image(path: Path) -> RawDocument:
    """The blocks and tables of the pages in a picture file.

    Raises ScanError where Tesseract is missing or no letters are found, BrokenFileError for a damaged file,
    LimitError for one with too many pages or pixels.
    """
    try:
        with Image.open(path, formats=("JPEG", "PNG", "TIFF")) as image:
            if not tesseract.is_there():
                raise ScanError(
                    f"Tệp {path.name} là ảnh chụp, chưa đọc được chữ. Hãy gửi bản Word gốc (.docx) hoặc PDF có chữ. "
                    f"{tesseract.INSTALL}"
                )
            count = getattr(image, "n_frames", 1)
            if count > MAX_PAGES:
                raise LimitError(f"Tệp {path.name} có {count} trang, nhiều hơn mức đọc được là {MAX_PAGES} trang.")
            kind = _FORMATS[image.format or "JPEG"]
            pages, late = _read(_pages(image), count)
    except Image.DecompressionBombError as error:
        raise LimitError(f"Tệp {path.name} là ảnh quá lớn. Hãy giảm độ phân giải (200–300 dpi) rồi gửi lại.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BrokenFileError(f"Tệp {path.name} là ảnh chụp bị hỏng, không mở được. Hãy chụp hoặc gửi lại.") from error
    read = [page.number for page in pages if page.fragments]
    if not read and not late:
        raise ScanError(f"Tệp {path.name} là ảnh chụp, không đọc được chữ nào. Hãy chụp lại rõ hơn hoặc gửi bản Word.")
    return arranged(kind, path, pages, problems_of(read, late))


def read_pictures(kind: str, path: Path, pictures: Sequence[Picture]) -> RawDocument | None:
    """The blocks and tables of pictures, each a page; None without Tesseract, or where none of them has letters.

    A picture that does not open is named as a page that was not read. `kind` and `path` are those of the file.
    """
    if not tesseract.is_there() or not 0 < len(pictures) <= MAX_PAGES:
        return None
    opened = [(number, image) for number, one in enumerate(pictures, 1) if (image := _opened(one)) is not None]
    pages, late = _read(iter(opened), len(opened))
    read = [page.number for page in pages if page.fragments]
    if not read:
        return None
    late += set(range(1, len(pictures) + 1)) - {number for number, _ in opened}
    return arranged(kind, path, pages, problems_of(read, late))


def _opened(picture: Picture) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(picture.data), formats=("JPEG", "PNG", "TIFF")) as image:
            page = ImageOps.exif_transpose(image.copy())
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return None
    left, top, right, bottom = picture.cut
    box = (
        round(left * page.width), round(top * page.height),
        round((1 - right) * page.width), round((1 - bottom) * page.height),
    )  # fmt: skip
    if box[2] - box[0] < 1 or box[3] - box[1] < 1:
        return None
    page = page.crop(box) if any(picture.cut) else page
    return to_size(page, page.width / picture.inches if picture.inches else None)


def _read(images: Iterator[tuple[int, Image.Image]], count: int) -> tuple[list[PageLetters], list[int]]:
    """The letters of pictures, and the numbers of those that were not read in time."""
    pages: list[PageLetters] = []
    late: list[int] = []
    for number, letters in in_turn(images, count):
        pages.append(letters or PageLetters(number, 0.0, 0.0))
        if letters is None:
            late.append(number)
    return pages, late


def _pages(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """The pages of a file, upright as the camera says, at the size they are read in."""
    for number, frame in enumerate(ImageSequence.Iterator(image), 1):
        page = ImageOps.exif_transpose(frame.copy())
        resolution = frame.info.get("dpi")
        yield number, to_size(page, float(resolution[0]) if resolution and resolution[0] else None)
