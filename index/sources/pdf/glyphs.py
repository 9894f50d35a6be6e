"""The letters of a PDF page, where they stand; the only door to pdfium."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from index.sources.metadata.language import language_code
from index.sources.pdf.frame import Frame
from index.sources.pdf.page import Glyph, PageGlyphs, on_the_page, set_in_box, with_boxes
from index.sources.pdf.unmapped import character, with_gaps

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_PICTURE = 3  # FPDF_PAGEOBJ_IMAGE
_LOOKED_AT = 400  # letters of a page that tell which way it is read
_HIDDEN = 2 | 32  # FPDF_ANNOT_FLAG_HIDDEN, FPDF_ANNOT_FLAG_NOVIEW
_NOTE, _FREE_TEXT, _WIDGET = 1, 3, 20  # FPDF_ANNOT_…
_WRITTEN = frozenset({4, 5, 6})  # FPDF_FORMFIELD_COMBOBOX, _LISTBOX, _TEXTFIELD
_PASSWORD = 1 << 13
_INVISIBLE = 3  # FPDF_TEXTRENDERMODE_INVISIBLE


class OpenedPdf:
    """An opened file; a context manager.

    Attributes:
        said: What it says about itself: title, author, day of creation and more, by their names in PDF.
        language: ISO 639 code of the language that it names.
    """

    def __init__(self, document: "PdfDocument") -> None:
        self._document = document
        self.said: Mapping[str, str] = document.get_metadata_dict()
        self.language = _language(document)

    def pages(self) -> Iterator[PageGlyphs]:
        """Yield what stands on each page.

        Raises:
            ValueError: The file is damaged.
        """
        from pypdfium2 import PdfiumError

        try:
            for page in self._document:
                try:
                    yield _page(page)
                finally:
                    page.close()
        except PdfiumError as error:
            raise ValueError(str(error)) from None

    def has_picture(self, number: int) -> bool:
        """Tell whether there is a picture on a page, counted from 0."""
        page = self._document[number]
        try:
            return _has_picture(page)
        finally:
            page.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()


def open_pdf(data: bytes) -> OpenedPdf:
    """Open a file.

    Raises:
        PermissionError: It is locked with a password.
        ValueError: It is damaged.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        opened = PdfDocument(data)
        opened.init_forms()
    except PdfiumError as error:
        if "assword" in str(error):
            raise PermissionError(str(error)) from None
        raise ValueError(str(error)) from None
    return OpenedPdf(opened)


def _language(opened: "PdfDocument") -> str | None:
    """Return the language that the file names."""
    import pypdfium2.raw as pdfium

    get = getattr(pdfium, "FPDFCatalog_GetLanguage", None)
    return language_code(_string(lambda *to: get(opened, *to))) if get else None


def _page(page: "PdfPage") -> PageGlyphs:
    import pypdfium2.raw as pdfium

    angle = _upright(page)
    # Whichever way a page is turned when it is shown, pdfium finds lines only in text that is upright.
    pdfium.FPDFPage_SetRotation(page, angle // 90)
    page_box = page.get_bbox()
    frame = Frame(angle, page_box)
    glyphs, unread, hidden = _letters(page, frame)
    forms, annotations = _fields_and_notes(page, frame, glyphs)
    told = tuple(glyph.text for glyph in forms), tuple(glyph.text for glyph in annotations)
    return PageGlyphs(with_boxes(glyphs, [*forms, *annotations]), frame.height, unread, *told, hidden)


def _upright(page: "PdfPage") -> int:
    """Return the angle of most of the text, a multiple of 90 degrees; 0 where there is none."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    matrix = pdfium.FS_MATRIX()
    angles: Counter[int] = Counter()
    for place in range(0, textpage.count_chars(), max(1, textpage.count_chars() // _LOOKED_AT)):
        if not pdfium.FPDFText_IsGenerated(textpage, place):
            pdfium.FPDFText_GetMatrix(textpage, place, matrix)
            angles[round(_angle(matrix.a, matrix.b) / 90) * 90 % 360] += 1
    textpage.close()
    return angles.most_common(1)[0][0] if angles else 0


def _angle(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360


def _has_picture(page: "PdfPage") -> bool:
    return next(iter(page.get_objects(filter=[_PICTURE])), None) is not None


def _letters(page: "PdfPage", upright: Frame) -> tuple[list[Glyph], int, str]:
    """Return the letters that are seen, how many of them the file does not tell, and what is not seen."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    # Text recognition puts its words behind the picture of a page without drawing them.
    is_scan = _has_picture(page)
    hidden, unmapped, outside = list[str](), list[int](), list[int]()
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    frames = {upright.angle: upright}
    glyphs: list[Glyph] = []
    spaced, high = False, ""  # the first half of a surrogate pair
    for place in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, place)
        if pdfium.FPDFText_IsGenerated(textpage, place) == 1:
            spaced = True
            continue
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        is_unmapped = pdfium.FPDFText_HasUnicodeMapError(textpage, place) == 1
        is_hyphen = not is_unmapped and pdfium.FPDFText_IsHyphen(textpage, place) == 1
        text = "-" if is_hyphen else character(code, high)
        high = ""
        if _is_blank(textpage, place, text) if is_unmapped else text < " ":
            spaced = True
            continue
        pdfium.FPDFText_GetLooseCharBox(textpage, place, box)
        edges = (box.left, box.bottom, box.right, box.top)
        if not is_scan and _is_invisible(textpage, place):
            hidden.append(" " * spaced + text)
            spaced = False
            continue
        outside += [len(glyphs)] * upright.is_outside(*edges)
        unmapped += [len(glyphs)] * is_unmapped
        pdfium.FPDFText_GetCharOrigin(textpage, place, x, y)
        pdfium.FPDFText_GetMatrix(textpage, place, matrix)
        angle = round(_angle(matrix.a, matrix.b)) % 360
        frame = frames.get(angle) or frames.setdefault(angle, upright.turned(angle))
        left, base = frame.at(x.value, y.value)
        size = pdfium.FPDFText_GetFontSize(textpage, place) * math.hypot(matrix.c, matrix.d)
        glyphs.append(Glyph(text, left, max(left, frame.right(*edges)), base, max(size, 1.0), angle, spaced))
        spaced = False
    textpage.close()
    on_page, beyond = on_the_page(with_gaps(glyphs, unmapped), outside)
    hidden += [" " * glyph.spaced + glyph.text for glyph in beyond]
    return on_page, sum(glyph.text == "\ufffd" for glyph in on_page), "".join(hidden).strip()


def _is_blank(textpage: "PdfTextPage", place: int, text: str) -> bool:
    """Tell whether nothing is drawn for a letter, as far as its font is in the file."""
    import pypdfium2.raw as pdfium

    if text in " \u00a0":
        return True
    if (
        not (font := pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(textpage, place)))
        or pdfium.FPDFFont_GetIsEmbedded(font) != 1
    ):
        return False
    left, right, low, high = edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(textpage, place, *edges)
    return left.value == right.value or low.value == high.value


def _is_invisible(textpage: "PdfTextPage", place: int) -> bool:
    import pypdfium2.raw as pdfium

    drawn = pdfium.FPDFText_GetTextObject(textpage, place)
    return bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE


def _fields_and_notes(
    page: "PdfPage", frame: Frame, glyphs: Sequence[Glyph]
) -> tuple[list[Glyph], list[Glyph]]:
    """Return what is filled into the fields of forms, and what notes and text boxes say, where they stand."""
    import pypdfium2.raw as pdfium

    forms: list[Glyph] = []
    notes: list[Glyph] = []
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if not pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            rect = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(annotation, rect)
            corners = [frame.at(rect.left, rect.bottom), frame.at(rect.right, rect.top)]
            if kind == _WIDGET and page.formenv:
                forms += set_in_box(_value(page, annotation), corners, frame.angle, glyphs)
            elif kind in (_NOTE, _FREE_TEXT):
                said = _string(lambda *to, a=annotation: pdfium.FPDFAnnot_GetStringValue(a, b"Contents", *to))
                notes += set_in_box(said, corners, frame.angle, glyphs)
        pdfium.FPDFPage_CloseAnnot(annotation)
    return forms, notes


def _value(page: "PdfPage", annotation: object) -> str:
    import pypdfium2.raw as pdfium

    handle = page.formenv
    if pdfium.FPDFAnnot_GetFormFieldType(handle, annotation) not in _WRITTEN:
        return ""
    if pdfium.FPDFAnnot_GetFormFieldFlags(handle, annotation) & _PASSWORD:
        return ""
    return _string(lambda *to: pdfium.FPDFAnnot_GetFormFieldValue(handle, annotation, *to))


def _string(get: Callable[..., int]) -> str:
    """Return the UTF-16 string that a function of pdfium writes."""
    size = get(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
