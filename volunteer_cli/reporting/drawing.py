"""The picture of a report: from the rows of its answer to a chart that every format draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from volunteer_cli.core.countries import in_currency
from volunteer_cli.core.dates import ALL, parse_period
from volunteer_cli.core.i18n import N_, _, ngettext, typography
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.core.withheld import is_withheld
from volunteer_cli.output.cells import shown
from volunteer_cli.output.charts import Chart, Form, Series, Value, size
from volunteer_cli.output.view import Column, Kind, pick
from volunteer_cli.reporting.declaration import Row
from volunteer_cli.reporting.findings import finding, source, subtitle
from volunteer_cli.reporting.phrases import MONTHS, period_name

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.reporting.answer import Answer

#: Bars in one picture, columns beside each other, colours that are told apart.
MOST, MOST_COLUMNS, MOST_PARTS = 30, 24, 4
UNITS = {Kind.MINUTES: N_("h"), Kind.PERCENT: "%", Kind.MONEY: N_("yuan")}
SCALES = {Kind.MINUTES: 1 / 60, Kind.PERCENT: 100, Kind.MONEY: 1 / 100}


def chart_of(session: Session, answer: Answer, rows: Sequence[Row]) -> Chart | None:
    """One figure of an answer by its rows, drawn as its kind of data is; None where nothing is to be drawn."""
    drawing = _Drawing(answer, [row for row in rows if not is_withheld(row.get(_value(answer).name))])
    if not drawing.rows:
        return None
    chart = drawing.chart()
    titled = replace(chart, subtitle=subtitle(session, answer, drawing.value, chart), source=source(answer))
    titled = replace(titled, note=_note(titled, len(rows), len(drawing.rows)))
    return replace(titled, title=finding(answer, drawing.value, titled))


def _value(answer: Answer) -> Column:
    assert answer.report.chart is not None  # noqa: S101 - --chart is offered only where there is one
    return pick(answer.view.columns, answer.report.chart.value)


def has_something(answer: Answer, rows: Sequence[Row]) -> list[Row]:
    """The rows of which there is something to draw."""
    name = _value(answer).name
    return [row for row in rows if any(map(_is_something, (row.get(name), row.get(f"{name}_before"))))]


def _is_something(value: object) -> bool:
    return not is_withheld(value) and bool(value)


def _note(chart: Chart, whole: int, drawn: int) -> str:
    notes = [chart.note] if chart.note else []
    if withheld := whole - drawn:
        sentence = ngettext("{count} row is withheld.", "{count} rows are withheld.", withheld)
        notes.append(sentence.format(count=withheld))
    if chart.form is Form.BARS and (left := drawn - len(chart.labels)) > 0 and len(chart.now) == 1:
        notes.append(_("… and {count} more").format(count=left))
    return typography().sentences(notes)


@dataclass
class _Drawing:
    """The rows of an answer on their way to a chart."""

    answer: Answer
    rows: list[Row]

    def __post_init__(self) -> None:
        answer = self.answer
        assert answer.report.chart is not None  # noqa: S101 - see `_value`
        self.declared = answer.report.chart
        self.value = _value(answer)
        columns, own = answer.view.columns, self.declared.labels
        self.labels = [pick(columns, name) for name in own or answer.scope.by]
        # Labels of its own say themselves what a row is; those of a breakdown are read as their group says.
        self.groups = () if own else answer.report.grouped(answer.scope)
        self.former = f"{self.value.name}_before"
        self.compared = any(column.name == self.former for column in columns)

    def chart(self) -> Chart:
        """The form that suits the data; what none suits is drawn as bars with all labels in one."""
        names = [column.name for column in self.labels]
        if names == ["month"]:
            return self._months()
        if self.declared.goal:
            return self._bullets()
        if sorted(names) == ["age", "sex"]:
            return self._pyramid() or self._bars()
        if len(names) == 2 and self.value.total and self.groups and not self.compared:
            return self._stacked()
        return self._bars()

    def _months(self) -> Chart:
        """Every month of the period, one in which nothing was done too."""
        by_label = {str(row["month"]): row for row in self.rows if row["month"]}
        if not by_label:
            return self._bars()
        months = list(self._every_month(by_label))
        nothing: Row = {}
        series = self._series([by_label.get(month, nothing) for month in months])
        form = Form.COLUMNS if len(months) <= MOST_COLUMNS else Form.LINE
        return self._chart(form, self._month_labels(months), series)

    def _every_month(self, labels: dict[str, Row]) -> Iterator[str]:
        scope = self.answer.scope
        first, last = (parse_period(label, scope.today) for label in (min(labels), max(labels)))
        begin, end = first.first, last.last
        if scope.period:
            # Months in which nothing was done belong to the period, those that have not come do not.
            begin = begin if scope.period == ALL else scope.period.first
            end = max(end, scope.as_of)
        return (month.label for month in type(first)(begin, end).months())

    def _month_labels(self, months: list[str]) -> list[str]:
        """The month alone where all are of one year."""
        if len({month[:4] for month in months}) > 1:
            return months
        return [_(MONTHS[int(month[5:]) - 1]) for month in months]

    def _series(self, rows: Sequence[Row]) -> tuple[Series, ...]:
        """The values of the period and, where they are compared, those of the one before."""
        from volunteer_cli.reporting.phrases import former_name

        scope = self.answer.scope
        now = period_name(scope.period) if scope.period else self.value.heading
        series = Series(now, [self._amount(row.get(self.value.name)) for row in rows])
        if not self.compared:
            return (series,)
        before = [self._amount(row.get(self.former)) for row in rows]
        return (Series(former_name(scope), before, former=True), series)

    def _bars(self) -> Chart:
        """A bar a row; what belongs to nothing comes last."""
        rows = sorted(self._ordered(), key=self._is_rest)
        # Of too many the last one stays, for it is what belongs to nothing.
        drawn = rows if len(rows) <= MOST else [*rows[: MOST - 1], rows[-1]]
        chart = self._drawn_bars(drawn)
        return self._as_share(chart) if self._parts_of_a_whole(len(rows)) else chart

    def _drawn_bars(self, rows: list[Row]) -> Chart:
        rest = len(rows) - 1 if self._is_rest(rows[-1]) else None
        chart = self._chart(Form.BARS, list(map(self._label, rows)), self._series(rows))
        return replace(chart, rest=rest, units=self._units(rows))

    def _units(self, rows: Sequence[Row]) -> list[str]:
        """What each row is counted in, where that differs."""
        return [str(row.get(self.declared.unit) or "") for row in rows] if self.declared.unit else []

    def _ordered(self) -> list[Row]:
        """Ages and the like in their own order; all else as the report has it, the greatest first."""
        if not any(group.ordered for group in self.groups[:1]):
            return self.rows
        return sorted(self.rows, key=self._own_order)

    def _own_order(self, row: Row) -> str:
        return str(row[self.groups[0].key])

    def _is_rest(self, row: Row) -> bool:
        return len(self.labels) == 1 and row.get(self._key(self.labels[0])) is None

    def _key(self, column: Column) -> str:
        group = self.answer.report.choices.get(column.name)
        return group.key if group and self.groups else column.name

    def _parts_of_a_whole(self, count: int) -> bool:
        parts = len(self.groups) == 1 and self.groups[0].parts
        return parts and self.value.total and 1 < count <= MOST_PARTS + 1

    def _as_share(self, chart: Chart) -> Chart:
        """The same as parts of one bar; more than there are colours for stay bars."""
        coloured = len(chart.labels) - (chart.rest is not None)
        whole = sum(size(value) for one in chart.now for value in one.values)
        return replace(chart, form=Form.SHARE) if whole and coloured <= MOST_PARTS else chart

    def _bullets(self) -> Chart:
        """Each row against a goal of its own, in a unit of its own."""
        rows = self.rows[:MOST]
        goal = pick(self.answer.view.columns, self.declared.goal)
        values = Series(self.value.heading, list(map(self._amount_of, rows)))
        goals = Series(goal.heading, [self._amount(row.get(goal.name)) for row in rows])
        chart = self._chart(Form.BULLETS, list(map(self._label, rows)), (values, goals))
        return replace(chart, units=self._units(rows))

    def _pyramid(self) -> Chart | None:
        """Ages by the two sexes; what is of neither is told, not drawn."""
        ages = sorted({str(row["age"]) for row in self.rows if row["age"] is not None})
        sides = [self._side(sex, ages) for sex in ("male", "female")]
        if not all(any(map(size, side.values)) for side in sides):
            return None
        column = next(column for column in self.labels if column.name == "age")
        names = [shown(column, age) for age in ages]
        return replace(self._chart(Form.PYRAMID, names, sides), note=self._left_out(sides))

    def _left_out(self, sides: Sequence[Series]) -> str:
        left = round(sum(map(size, map(self._amount_of, self.rows))) - sum(map(_sum, sides)))
        sentence = _("Not drawn, for age or sex is another or not known: {count}")
        return sentence.format(count=left) if left else ""

    def _side(self, sex: str, ages: Sequence[str]) -> Series:
        column = next(column for column in self.labels if column.name == "sex")
        values = {str(row["age"]): self._amount_of(row) for row in self.rows if row["sex"] == sex}
        return Series(shown(column, sex), [values.get(age, 0) for age in ages])

    def _stacked(self) -> Chart:
        """The first dimension a bar each, the second one its parts; the smallest parts are put together."""
        cells = self._cells()
        labels = list(dict.fromkeys(label for label, _name in cells))[:MOST]
        totals: Counter[str] = Counter()
        for (_label, name), amount in cells.items():
            totals[name] += amount
        names = [name for name, _amount in totals.most_common()]
        return self._chart(Form.BARS, labels, list(_parts(cells, labels, names)))

    def _cells(self) -> Counter[tuple[str, str]]:
        """What there is of each part of each bar."""
        cells: Counter[tuple[str, str]] = Counter()
        for row in self.rows:
            # Hours are counted in fractions too.
            cells[self._place(row)] += size(self._amount_of(row))  # type: ignore[assignment]
        return cells

    def _place(self, row: Row) -> tuple[str, str]:
        first, second = self._dimensions()
        return self._name(first, row), self._name(second, row)

    def _dimensions(self) -> tuple[Column, Column]:
        """Months one below the other; else in the order that was asked for."""
        first, second = self.labels
        return (second, first) if second.name == "month" else (first, second)

    def _name(self, column: Column, row: Row) -> str:
        return shown(column, row.get(column.name))

    def _label(self, row: Row) -> str:
        labels = " · ".join(self._name(column, row) for column in self.labels)
        return labels or self.answer.view.heading

    def _chart(self, form: Form, labels: Sequence[str], series: Sequence[Series]) -> Chart:
        return Chart(form, "", labels, series, unit=in_currency(_(UNITS.get(self.value.kind, ""))))

    def _amount_of(self, row: Row) -> Value:
        return self._amount(row.get(self.value.name))

    def _amount(self, value: object) -> Value:
        if isinstance(value, Quantity):
            return value
        if is_withheld(value):
            return 0.0
        return float(value or 0) * SCALES.get(self.value.kind, 1)  # type: ignore[arg-type]


def _parts(cells: Counter[tuple[str, str]], labels: Sequence[str], names: list[str]) -> Iterator[Series]:
    """A series for each name, the greatest first; more than there are colours for are put together."""
    kept = names if len(names) <= MOST_PARTS else names[: MOST_PARTS - 1]
    for name in kept:
        yield Series(name, [cells[label, name] for label in labels])
    if left := names[len(kept) :]:
        yield Series(_("others"), [sum(cells[label, name] for name in left) for label in labels])


def _sum(one: Series) -> float:
    return sum(map(size, one.values))
