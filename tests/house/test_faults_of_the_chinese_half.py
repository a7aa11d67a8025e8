"""The faults that a reading of the Chinese half once found, each with the test that holds it now: a checked list.

Whoever renames or drops one of these tests says here what holds the fault instead.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
HELD = {
    # figures and data
    "fewer than 100 was kept as at least 100": "core/test_text.py::test_a_total_keeps_the_direction_of_its_parts",
    "a gift lost its direction in totals": "drives/test_receiving.py::test_a_direction_stays_with_every_total",
    "half a year was compared with another season": "core/test_dates.py::test_the_period_before",
    "a month drawn had no counterpart": "reports/test_report_commands.py::test_a_month_is_compared_with_its_counterpart",
    "pieces and sets shared an axis": "output/test_chart.py::test_pieces_and_sets_have_no_common_scale",
    "a workbook lost a label, and drew minutes": "output/test_chart.py::test_a_workbook_has_a_native_chart_of_figures_that_people_read",
    "full-width marks were changed on the way in": "house/test_as_written.py::test_it_is_kept_as_it_was_written",
    "words that the screen shows were no choices": "house/test_words_of_the_screen.py::test_every_choice_of_help_is_typed_in_chinese",
    "a paper was not written when nobody read the summary": "recognition/test_certificate_documents.py::test_the_paper_is_written_whoever_reads_the_summary",
    "no page said what it is of": "house/test_words_of_the_screen.py::test_every_list_says_what_it_is_of",
    "no report said what it is of": "reports/test_report_commands.py::test_a_page_and_a_workbook_say_what_they_are_of",
    # language
    "one English word had one Chinese word everywhere": "house/test_glossary.py::test_the_catalogue_keeps_to_the_glossary",
    "one thing had several words": "house/test_glossary.py::test_no_two_rows_say_different_things_of_one_term",
    "two columns had one heading": "house/test_glossary.py::test_no_two_columns_of_a_list_have_one_heading",
    "guides were English alone, or set as English": "house/test_glossary.py::test_a_guide_in_chinese_is_set_as_the_catalogue",
    "codes stood where people read": "house/test_codes_in_words.py::test_people_read_words",
    "the history told hours of another zone": "house/test_clock.py::test_operations_are_kept_in_utc_and_told_by_the_community_s_clock",
    "half-width marks stood between Chinese signs": "house/test_docs.py::test_the_tour_in_chinese_is_set_as_chinese",
    "names were sorted by code points": "output/test_order.py::test_people_and_teams_are_sorted_by_sound",
    # what is typed
    "headings were no names of fields": "house/test_words_of_the_screen.py::test_headings_of_every_list_are_names_of_fields",
    "breakdowns were English alone": "house/test_words_of_the_screen.py::test_breakdowns_of_every_report_are_typed_in_chinese",
    "an error listed codes alone": "house/test_choices.py::test_what_is_no_choice_is_answered_with_both_names",
    "ranges and holidays were no periods": "core/test_dates.py::test_a_period",
    "holidays of schools were refused without advice": "core/test_dates.py::test_what_each_place_sets_for_its_schools_is_asked_by_its_days",
    "other readings and initials found nobody": "core/test_text.py::test_the_sound_of_a_name",
    # the terminal
    "lists were wider than the terminal": "output/test_width.py::test_no_list_or_view_is_wider",
    "texts to be read were cut": "output/test_width.py::test_wrapped_texts_lose_nothing_and_fit",
    "columns went without a word": "output/test_width.py::test_columns_go_from_the_right_and_it_is_said",
    "numbers and codes were broken": "output/test_width.py::test_numbers_and_codes_are_never_broken",
    # pictures
    "the slip was a dump": "recognition/test_signing.py::test_a_slip_is_a_form_with_its_value_in_capitals",
    "the notice was a dump": "drives/test_notices.py::test_a_notice_hangs_out_as_a_text_with_who_gave_as_an_annex",
    "no full name of the issuer, no head": "recognition/test_signing.py::test_papers_bear_it_as_it_was_on_the_day",
    "a page had only a signature": "house/test_looks.py::test_no_page_has_only_a_signature",
    "later pages of a certificate had no name": "recognition/test_certificate_documents.py::test_each_page_of_the_annex_of_a_pdf_says_what_it_belongs_to",
    "a printed roster could not be signed": "events/test_event_documents.py::test_sheet_to_sign",
    "a roster as PDF was none": "house/test_looks.py::test_papers_as_pdf_say_what_their_pages_say",
    "pages overflowed a phone, were pale, or said nothing to the ear": "house/test_looks.py::test_pages_on_a_phone",
    "pages ended on a heading": "house/test_looks.py::test_pages_on_paper",
    "lists had no cards on a phone": "output/test_formats.py::test_a_phone_shows_a_card_for_each_row",
    "pages of records were raw lists": "house/test_glossary.py::test_the_parts_of_a_page_name_columns_each_once",
    "records showed ids of others": "house/test_words_of_the_screen.py::test_on_a_terminal_a_record_has_no_ids_of_others",
    "charts began anywhere": "output/test_chart.py::test_a_scale_begins_at_zero_and_is_round",
    "no former period, no pyramid, no goals": "output/test_chart.py::test_goals_ages_and_shares_in_signs",
    "a picture hid its figures from the ear": "output/test_chart.py::test_the_words_have_every_figure",
    "the annual report told no story": "reports/test_annual.py::test_it_tells_the_year_and_who_answers_for_it",
    "the annual workbook had no page to read": "reports/test_annual.py::test_the_workbook_has_the_same_tables_with_charts",
    "three people had served for all": "house/test_docs.py::test_the_demo_has_plausible_years",
    "numbers were glued to the text beside them": "output/test_formats.py::test_xlsx",
    "a picture made its table small on paper": "output/test_chart.py::test_the_picture_of_a_short_table_stands_below_it",
    "a rare character refused the PDF": "recognition/test_certificate_documents.py::test_fonts_take_over_by_character",
}


@pytest.mark.parametrize("place", sorted(set(HELD.values())))
def test_what_holds_a_fault_is_there(place: str) -> None:
    file, name = place.split("::")
    assert re.search(rf"(?m)^def {name}\(", (TESTS / file).read_text(encoding="utf-8")), place
