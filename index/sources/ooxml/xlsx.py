"""Excel workbooks (.xlsx); the only door to calamine."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.errors import SourceError
from index.records import Document
from index.sources.files.files import Input, Report
from index.sources.files.limits import Options
from index.sources.ooxml.number_formats import formatted
from index.sources.ooxml.office_package import OfficePackage
from index.sources.ooxml.sheet_cells import HiddenTracks, SheetCells
from index.sources.tables.sheets import Sheet, documents_of_sheets
from index.sources.tables.tabular import TableRow

# The library holds every place before the farthest cell in memory, or ends the whole process.
_FARTHEST = 8_000_000
_FORMATTED = (int, float, str, dt.date, dt.time, dt.timedelta)


def read_xlsx(file: Input, report: Report, options: Options) -> Iterator[Document]:
    """Yield the documents of a workbook; hidden sheets, rows and columns are left out and counted.

    Raises:
        SourceError: It is damaged, or holds no text.
    """
    package = OfficePackage(file, options)
    hidden: list[str] = []
    sheets = _sheets(file, package, hidden)
    yield from documents_of_sheets(file, sheets, package.said(), hidden, report, options)


def _sheets(file: Input, package: OfficePackage, hidden: list[str]) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    about_cells = SheetCells(package)
    if (reach := about_cells.reach()) > _FARTHEST:
        raise SourceError(
            "{name} has cells too far from its first ones ({count:,} places); take the far ones out.",
            name=file.name,
            count=reach,
        )
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(file.read())) as book:
            for number, about in enumerate(book.sheets_metadata):
                if about.typ is not SheetTypeEnum.WorkSheet:
                    continue
                if about.visible is not SheetVisibleEnum.Visible:
                    hidden.append(about.name)
                    continue
                sheet = book.get_sheet_by_index(number)
                top, left = sheet.start or (0, 0)
                cells = enumerate(sheet.to_python(skip_empty_area=True), top + 1)
                formats, unseen = about_cells.of(about.name)
                rows = [_row(at, each, left + 1, formats.get(at, {})) for at, each in cells]
                yield Sheet(about.name, list(_seen(rows, left + 1, unseen, hidden)))
    except CalamineError:
        raise SourceError("{name} is a damaged Excel file; save it again.", name=file.name) from None


def _seen(
    rows: Iterable[TableRow], first: int, unseen: HiddenTracks, hidden: list[str]
) -> Iterator[TableRow]:
    """Yield rows as they are shown; what hidden rows, and hidden columns in the others, say is noted."""
    columns: dict[int, list[str]] = {}
    for row in rows:
        if row.number in unseen.rows:
            hidden += filter(None, [" ".join(filter(str.strip, row.cells))])
            continue
        kept = [place for place in range(len(row.cells)) if place + first not in unseen.columns]
        for place in set(range(len(row.cells))).difference(kept):
            columns.setdefault(place, []).append(row.cells[place])
        yield TableRow(row.number, *([each[place] for place in kept] for each in (row.cells, row.days)))
    hidden += filter(None, (" ".join(filter(str.strip, cells)) for cells in columns.values()))


def _row(number: int, cells: Sequence[object], first: int, codes: Mapping[int, str]) -> TableRow:
    shown = [_shown(cell, codes.get(column)) for column, cell in enumerate(cells, first)]
    return TableRow(number, shown, [_plain(cell) if isinstance(cell, dt.date) else "" for cell in cells])


def _shown(cell: object, code: str | None) -> str:
    """Return a cell as a person reads it."""
    if code and isinstance(cell, _FORMATTED) and not isinstance(cell, bool):
        said = formatted(cell, code)
        if said is not None:
            return said
    return _plain(cell)


def _plain(cell: object) -> str:
    """Return a cell whose format is general, or not known."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return cell.strftime("%Y-%m-%d" if cell.time() == dt.time() else "%Y-%m-%d %H:%M")
    if isinstance(cell, dt.time):
        return cell.strftime("%H:%M:%S" if cell.second else "%H:%M")
    return str(cell)
