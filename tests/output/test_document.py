"""Papers to hand out: what an area says stands on the page, and nothing that steers."""

from __future__ import annotations

from volunteer_cli.output.document import Document, Grid, Section, html

PAPER = Document(
    "调解笔录",
    "BINHU-M2026-0001",
    sections=(
        Section(facts=(("受理日期", "2026-06-01"),), paragraphs=("双方自愿。",)),
        Section(
            "场次",
            grid=Grid(("时间", "分钟"), (("6月1日", "60"),), frozenset({1}), blank=2, total=("合计", "60")),
        ),
    ),
    signatures=("当事人", "调解员"),
    issuer="滨湖社区",
    day="2026年6月30日",
    notes=("<b>不得外传</b>",),
)


def test_everything_stands_on_the_page_in_its_order() -> None:
    page = html(PAPER)
    parts = [
        "调解笔录",
        "BINHU-M2026-0001",
        "受理日期",
        "双方自愿。",
        "场次",
        "分钟",
        "6月1日",
        "合计",
        "当事人",
        "滨湖社区",
    ]
    places = [page.rindex(part) for part in parts]
    assert places == sorted(places)
    assert page.count("<td></td>") == 4, "two blank rows of two columns to write on"


def test_markup_and_direction_signs_of_texts_are_harmless() -> None:
    page = html(Document("a\u202eb", notes=("<script>x</script>",)))
    assert "\u202e" not in page
    assert "<script>" not in page


def test_a_page_needs_nothing_from_the_network() -> None:
    assert "http" not in html(PAPER)


def test_what_is_missing_leaves_no_trace() -> None:
    page = html(Document("空"))
    assert not [tag for tag in ("<dl>", "<table>", "<h2>", 'class="issuer"', 'class="notes"') if tag in page]
