"""Reading one file of any kind: what happens in the reading process, and nowhere else."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.errors import SourceError
from index.progress import Advance, nobody
from index.records import Document
from index.remarks import SAMPLES, RemarkKind, remark
from index.sources.files.archive import documents_of, open_archive, packed_kind, require_modest, unpack
from index.sources.files.files import HeldFile, Input, Report, alone, shown
from index.sources.files.kinds import SUFFIXES, Kind, kind_of
from index.sources.files.limits import LONGEST_FIELD, Options
from index.sources.formats import READERS
from index.sources.mail import Letter, letter_of, letters_of
from index.sources.metadata.dating import dated
from index.text.headings import with_numbered
from index.text.segment import judged

_SAMPLE = 80  # characters
_DEEPEST = 4  # files in letters and archives


def kind_within(file: Input, options: Options) -> Kind | None:
    """Return the kind of a file, None where neither its beginning nor its name says it.

    Raises:
        SourceError: It is of a kind that is known and not read, or not of the kind its name says.
    """
    kind = kind_of(file.name, file.head())
    return packed_kind(file.stream(), file.name, options.limits) if kind is Kind.ZIP else kind


def documents_within(
    file: Input, report: Report, options: Options, advance: Advance, *, inside: Sequence[Kind] = ()
) -> Iterator[Document]:
    """Yield the documents of a file, each dated and within the limits; what cannot be used is reported.

    Args:
        file: What to read.
        report: Takes each problem.
        options: Limits, and what columns hold.
        advance: Is told how many bytes of an archive have been read.
        inside: What it stands in, the outermost first.

    Raises:
        SourceError: Nothing of it can be read.
    """
    kind = kind_within(file, options)
    if kind is None:
        known = ", ".join(SUFFIXES)
        raise SourceError(
            "{name} is of a kind that cannot be read (known: {known}); left out.", name=file.name, known=known
        )
    if kind is Kind.ZIP:
        if Kind.ZIP in inside:
            raise SourceError("{name} is an archive inside of an archive; unpack it first.", name=file.name)
        yield from _members(file, report, options, advance, (*inside, kind))
        return
    if kind in (Kind.MAIL, Kind.MBOX):
        if len(inside) > _DEEPEST:
            raise SourceError("{name} is a letter in too many others; save it by itself.", name=file.name)
        letters = [letter_of(file)] if kind is Kind.MAIL else letters_of(file, report, options)
        for letter in letters:
            yield from _letter(letter, file, report, options, (*inside, kind))
        return
    for document in READERS[kind](file, report, options):
        if modest := _modest(document, file, report, options):
            yield dated(modest, file.id)


def _letter(
    letter: Letter, file: Input, report: Report, options: Options, inside: Sequence[Kind]
) -> Iterator[Document]:
    """Yield the documents of a message: its own text, then its attachments, each by its own kind."""
    said = letter.document if letter.position.enter(0, letter.name) else None
    if said and (modest := _modest(said, file, report, options)):
        yield dated(modest)
    for number, attached in enumerate(letter.attachments, 1):
        name, identifier = shown(f"{letter.name}/{attached.name}"), f"{letter.id}/{attached.name}"
        if (position := letter.position.enter(number, name)) is None:
            continue
        try:
            held = HeldFile(name, identifier, attached.data, options.limits.document, position)
            with alone(held.name):
                yield from documents_within(held, report, options, nobody, inside=inside)
        except SourceError as error:
            report(error)


def _members(
    file: Input, report: Report, options: Options, advance: Advance, inside: Sequence[Kind]
) -> Iterator[Document]:
    """Yield the documents of an archive, each under the id of the archive and its path there.

    A member that is a danger by itself is reported and the others are read; together they have to be modest.
    """
    limits = options.limits
    archive = open_archive(file.stream(), file.name, limits)
    members = list(documents_of(archive, file.name, limits, report))
    require_modest([member for member, _ in members], file.name, limits)
    any_read = file.position.is_resumed
    for number, (member, path) in enumerate(members):
        name = f"{file.name}/{shown(path)}"
        if (position := file.position.enter(number, name)) is None:
            continue
        try:
            data = unpack(archive, member, name, limits)
            held = HeldFile(name, f"{file.id}/{path}", data, limits.document, position)
            with alone(name):
                for document in documents_within(held, report, options, nobody, inside=inside):
                    any_read = True
                    yield document
        except SourceError as error:
            report(error)
        advance(member.compress_size)
    if not any_read:
        raise SourceError("{name} holds no document that can be read; left out.", name=file.name)


def _modest(document: Document, file: Input, report: Report, options: Options) -> Document | None:
    """Return a document without metadata of undue length, None if the document is too long."""
    name = shown(document.id)
    if len(document.id) > LONGEST_FIELD:
        report(
            SourceError(
                "A document of {name} has an id of {count:,} characters; left out.",
                name=file.name,
                count=len(document.id),
            )
        )
        return None
    if len(document.text) > options.limits.text:
        report(
            SourceError(
                "{name} holds more text than the limit of {limit:,} characters; split it.",
                name=name,
                limit=options.limits.text,
            )
        )
        return None
    for field in ("title", "source", "url", "author", "language"):
        if len(getattr(document, field) or "") > LONGEST_FIELD:
            report(
                SourceError(
                    "{name} has a {field} of more than {limit:,} characters; read without it.",
                    name=name,
                    field=field,
                    limit=LONGEST_FIELD,
                )
            )
            document = replace(document, **{field: None})  # type: ignore[arg-type]  # all may be None
    headings = with_numbered(document.headings, document.text, document.body)
    return _with_prose(replace(document, headings=headings), report)


def _with_prose(document: Document, report: Report) -> Document | None:
    """Return a document with a remark on how much of it is not prose, None if all of it is."""
    passages, is_any_quotable = [], False
    for span, is_quotable in judged(document.text[document.body :]):
        is_any_quotable = is_any_quotable or is_quotable
        if not is_quotable:
            passages.append(span)
    if not passages:
        return document
    name = shown(document.id)
    if not is_any_quotable:
        report(SourceError("{name} holds no prose (encoded data, markup or a program); left out.", name=name))
        return None
    samples = (document.text[document.body + each.start :][:_SAMPLE] for each in passages[:SAMPLES])
    said = remark(RemarkKind.NO_PROSE, len(passages), samples=samples)
    return replace(document, remarks=(*document.remarks, *said))
