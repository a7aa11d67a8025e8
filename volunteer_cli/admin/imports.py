"""`volunteer import …`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Exit, Option

from volunteer_cli.areas import imports
from volunteer_cli.core.cards import Import, OwnOption
from volunteer_cli.core.choices import shown_choices
from volunteer_cli.core.errors import ROWS_REJECTED, BadChoice
from volunteer_cli.core.i18n import N_, _, listed, ngettext
from volunteer_cli.core.run import run
from volunteer_cli.output.options import options
from volunteer_cli.shell import choose, confirm, noun, prints_records, say, show, show_list, tell, verb
from volunteer_cli.shell.taking import REQUIRED, Declared, Details, takes

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.errors import VolunteerError
    from volunteer_cli.intake.run import Request, Result, Setting
    from volunteer_cli.intake.sheet import Options, Sheet
    from volunteer_cli.intake.summary import Summary

app = noun("import")

#: An update that changes a field in so many of at least so many rows is asked about.
MUCH, MANY = 0.3, 20
#: How the names of workbooks end; refused rows are kept in none.
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
#: Rejections that are shown to people; all of them stand in the JSON and in the rejects file.
SHOWN = 20

File = Annotated[
    str, Argument(metavar="FILE", help=N_("XLSX, XLS, ODS, CSV, TSV or JSON; - is standard input"))
]
SheetName = Annotated[
    str | None,
    Option(
        "--sheet",
        metavar="NAME",
        help=N_("Sheet of the workbook; all reads those of one shape, without totals"),
    ),
]
Encoding = Annotated[
    str | None, Option("--encoding", metavar="NAME", help=N_("Encoding of a text file, like gb18030"))
]
MapOption = Annotated[
    Path | None, Option("--map", metavar="MAP.toml", help=N_("What the columns are, see import guess"))
]
Year = Annotated[
    int | None, Option("--year", metavar="N", min=1900, max=2999, help=N_("Year of dates that have none"))
]
DateOrder = Annotated[
    str | None, Option("--date-order", metavar="ymd|dmy|mdy", help=N_("How 03/05/2025 is read"))
]
OnConflictOption = Annotated[
    str,
    Option(
        "--on-conflict", metavar="fail|keep|update", help=N_("A row that would change a value already there")
    ),
]
OnErrorOption = Annotated[
    str,
    Option(
        "--on-error",
        metavar="stop|skip",
        help=N_("stop: one bad row and nothing is written; skip: write the good"),
    ),
]
RejectsOption = Annotated[
    Path | None,
    Option(
        "--rejects", metavar="FILE", help=N_("Where to keep the refused rows (CSV); - is the standard output")
    ),
]

#: The options of every kind.
COMMON = (
    Declared("file", File, REQUIRED),
    Declared("sheet", SheetName),
    Declared("encoding", Encoding),
    Declared("map_file", MapOption),
    Declared("year", Year),
    Declared("date_order", DateOrder),
    Declared("on_conflict", OnConflictOption, "fail"),
    Declared("on_error", OnErrorOption, "stop"),
    Declared("rejects", RejectsOption),
)


def own_option(option: OwnOption) -> Declared:
    """An option that means something for some kinds only."""
    name = "--" + option.name.replace("_", "-")
    if option.metavar:
        text = Option(name, metavar=option.metavar, help=option.help)
        return Declared(option.name, Annotated[str | None, text])
    return Declared(option.name, Annotated[bool, Option(name, help=option.help)], default=False)


def _verb_of(kind: Import) -> Callable[..., None]:
    """The command of a kind: the options of all kinds, and those that mean something for this one."""

    @takes(common=COMMON, own=map(own_option, kind.options))
    def import_(common: Details, own: Details) -> None:
        from volunteer_cli.intake.sheet import OnConflict, OnError, Options

        options = Options(
            choose(OnConflict, common["on_conflict"], "--on-conflict"),
            choose(OnError, common["on_error"], "--on-error"),
            own,
        )
        _check_rejects(common["file"], common["rejects"])
        sheet = kind.sheet.load()
        request = _request(sheet, common, options)
        if run().attended:
            _import_asking(sheet, request)
        else:
            _import(sheet, request)

    import_.__doc__ = kind.text
    return import_


def _import_asking(sheet: Sheet, request: Request) -> None:
    """Import for somebody at a terminal, who is asked what columns are and how days are written."""
    from volunteer_cli.admin.offers import order_of, with_guesses
    from volunteer_cli.intake.errors import RowsRejected

    request = with_guesses(sheet, request)
    try:
        _import(sheet, request)
    except RowsRejected as rejected:
        day = rejected.fields["unclear"]
        order = order_of(day) if day and request.date_order is None else None
        if order is None:
            raise
        run().arguments = (*run().arguments, "--date-order", order)
        _import(sheet, replace(request, date_order=order))


def _request(sheet: Sheet, common: Details, options: Options) -> Request:
    from volunteer_cli.admin.offers import known_here
    from volunteer_cli.intake.maps import MapFile, read_map
    from volunteer_cli.intake.run import Request

    return Request(
        common["file"],
        sheet=common["sheet"],
        encoding=common["encoding"],
        map=read_map(common["map_file"], known_here(sheet)) if common["map_file"] else MapFile(),
        year=common["year"],
        date_order=_date_order(common["date_order"]),
        rejects=common["rejects"],
        options=options,
    )


def _date_order(order: str | None) -> str | None:
    from volunteer_cli.intake.maps import ORDERS

    if order is not None and order not in ORDERS:
        raise BadChoice(field="--date-order", value=order, choices=listed(ORDERS))
    return order


for _kind in imports().values():
    verb(app, _kind.kind, example=_kind.example, changes=True)(_verb_of(_kind))


@verb(app, "guess", example="volunteer import guess 花名册.xlsx -o map.toml")
def guess_(
    file: File,
    kind: Annotated[
        str | None, Option("--kind", metavar="KIND", help=N_("The kind, when it is known"))
    ] = None,
    sheet: SheetName = None,
    encoding: Encoding = None,
    output: Annotated[
        Path | None, Option("-o", "--output", metavar="MAP.toml", help=N_("Write a map file"))
    ] = None,
) -> None:
    """Guess what the columns of a file are.

    The map file that -o writes can be corrected by hand and passed to an import with --map.
    """
    from volunteer_cli.admin.offers import advised, known_here, say_advice
    from volunteer_cli.intake.guess import GUESSES, guess
    from volunteer_cli.output.files import replacing

    # By the machine's clock: to guess needs no database, and so knows no community's zone.
    today = run().given.machine_clock.today
    sheets = map(known_here, _sheets(kind))
    draft = advised(guess(file, sheets, today, sheet=sheet, encoding=encoding))
    if output is None:
        show_list(None, GUESSES, draft.guesses)
        advice = _("This looks like a sheet of {kind}. Write a map file with -o MAP.toml.")
        title = imports()[draft.kind].sheet.load().title
        say(advice.format(kind=shown_choices({draft.kind: title})))
        say_advice(draft)
        return
    with replacing(output) as target:
        target.write(draft.toml())
    advice = _("Wrote {file}. Correct it, then: volunteer import {kind} FILE --map {file}")
    say(advice.format(file=output, kind=draft.kind))


def _sheets(kind: str | None) -> list[Sheet]:
    """The sheet of a kind, or those of all kinds."""
    if kind is not None and kind not in imports():
        raise BadChoice(field="--kind", value=kind, choices=listed(imports()))
    return [imports()[name].sheet.load() for name in ([kind] if kind else imports())]


@verb(app, "headings", example="volunteer import headings hours")
def headings_(
    kind: Annotated[str, Argument(metavar="KIND", help=N_("The kind of sheet, like people or hours"))],
) -> None:
    """List the headings that are known, field by field.

    Any other word is given to a field by a map: volunteer import guess FILE -o map.toml. In English those in Chinese are
    left out; -f json has all.
    """
    from volunteer_cli.admin.offers import known_here
    from volunteer_cli.intake.vocabulary import KNOWN, known_headings

    (sheet,) = map(known_here, _sheets(kind))
    every = options().resolved(sys.stdout.isatty()).whole
    show_list(None, KNOWN, list(known_headings(sheet, every=every)))


@verb(app, "log", example="volunteer import log")
def log_() -> None:
    """List the imports, the latest first."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.intake.log import IMPORTS
    from volunteer_cli.intake.log import imports as imported

    with reading() as session:
        show_list(session, IMPORTS, imported(session))


def _check_rejects(file: str, rejects: Path | None) -> None:
    from volunteer_cli.intake.errors import RejectsAreText, RejectsBeside, RejectsOverFile
    from volunteer_cli.output.files import require_writable

    if rejects is None:
        return
    if str(rejects) == "-":
        if prints_records() and options().file is None:
            raise RejectsBeside
        return
    if rejects.resolve() == Path(file).resolve():
        raise RejectsOverFile(file=file)
    if rejects.suffix.lower() in WORKBOOKS:
        raise RejectsAreText(file=rejects)
    if not run().given.dry_run:
        require_writable(rejects)


def _import(sheet: Sheet, request: Request) -> None:
    from volunteer_cli.admin.offers import remarks_on
    from volunteer_cli.core.work import work
    from volunteer_cli.intake.run import run as import_sheet
    from volunteer_cli.intake.sheet import OnError

    with work(f"import {sheet.kind}") as session:
        result = import_sheet(session, sheet, request, _setting(session, sheet, request))
        summary = result.summary
        summary.remarks += remarks_on(sheet, summary.unknown_columns, str(request.file))
        summary.revealed = bool(options().reveal)
        # All or nothing unless it was said otherwise: half a sheet is worse than none, for nobody knows
        # which half.
        if summary.refusals and request.options.on_error == OnError.STOP:
            _show_stopped(session, result)
            raise _rejected(summary)
        _ask(sheet, result)
        _log(session, result)
        _tell(session, result)
        _list_updates(session, sheet, request)
    # After the unit of work: the rows that were accepted stay, and only the exit code says that some were not.
    if summary.refusals:
        raise Exit(ROWS_REJECTED)


def _list_updates(session: Session, sheet: Sheet, request: Request) -> None:
    """Say what a dry run would overwrite, where it may."""
    from volunteer_cli.admin.overwriting import list_updates
    from volunteer_cli.intake.sheet import OnConflict

    if run().given.dry_run and request.options.on_conflict == OnConflict.UPDATE:
        list_updates(session, sheet.kind)


def _setting(session: Session, sheet: Sheet, request: Request) -> Setting:
    """The community that the rows are for, the day it is there, and the country of its phones."""
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.policies import PHONE_REGION, policy_value
    from volunteer_cli.intake.run import Setting

    region = policy_value(session, PHONE_REGION)
    community = sheet.place(session, request.options) if sheet.place else the_community(session)
    return Setting(community, run().clock.today, region)


def _rejected(summary: Summary) -> VolunteerError:
    from volunteer_cli.admin.offers import unclear_day
    from volunteer_cli.intake.errors import RowsRejected

    read = summary.rows["read"]
    rows = ngettext("{count} row", "{count} rows", read).format(count=read)
    return RowsRejected(count=len(summary.refusals), rows=rows, unclear=unclear_day(summary.refusals))


def _ask(sheet: Sheet, result: Result) -> None:
    """Ask before a field is overwritten in many of the rows: a shifted column does that."""
    writer = result.writer
    for name, count in writer.changed.items():
        field = sheet.field(name)
        if field and writer.matched >= MANY and count >= MUCH * writer.matched:
            confirm(
                _(
                    "This changes '{field}' in {count} of the {matched} records that are there already. Go on?"
                ).format(field=_(field.title), count=count, matched=writer.matched)
            )


def _log(session: Session, result: Result) -> None:
    """Keep what was imported, if it changed anything."""
    from volunteer_cli.intake.log import record_import

    session.flush()
    opened = run().work
    if opened is None or not result.summary.written or opened.recorder.empty:
        return
    record_import(session, result.summary, result.digest, opened.operation.id)
    if not run().given.dry_run:
        result.summary.operation = opened.operation.id


def _tell(session: Session, result: Result) -> None:
    from volunteer_cli.core.work import afterwards
    from volunteer_cli.intake.summary import SUMMARY

    tell(session, SUMMARY, result.summary, result.summary.sentence(), in_batch=True)
    if result.rejects and not run().given.dry_run:
        rejects, refusals = result.rejects, result.summary.refusals
        if refusals:
            afterwards(lambda _work: rejects.write(refusals))
    if options().format is None:
        afterwards(lambda _work: _explain(result))


def _show_stopped(session: Session, result: Result) -> None:
    from volunteer_cli.intake.summary import SUMMARY

    if options().format is not None or options().output is not None:
        show(session, SUMMARY, result.summary)
        return
    say(result.summary.sentence())
    _explain(result)


def _explain(result: Result) -> None:
    """What a person needs to know beside the counts: unknown columns, refused rows, remarks."""
    from volunteer_cli.intake.summary import REJECTED
    from volunteer_cli.output.formats import TABLE
    from volunteer_cli.output.options import OutputOptions
    from volunteer_cli.output.render import show_list as render

    summary = result.summary
    if run().given.quiet:
        return
    if summary.unknown_columns:
        sentence = _("Columns passed over, for nobody knows their headings: {names}")
        say(sentence.format(names=listed(summary.unknown_columns)))
    for remark in summary.remarks:
        say(remark)
    if summary.refusals:
        # For whoever reads, in whatever format the account was asked for; with the numbers that were revealed.
        layout = OutputOptions(format=TABLE, reveal=options().reveal)
        render(REJECTED, summary.rejected_rows(SHOWN), layout, stream=sys.stderr)
    more = len(summary.refusals) - SHOWN
    if more > 0:
        say(_("… and {count} more; all of them: -f json, or --rejects FILE").format(count=more))
