"""The real standard against what was published.

The facts below were taken from the documents themselves (Clinks 2016, *Valuing volunteers in prison*; NOMS 2007,
*Volunteers can*; User Voice 2016) and not from the data files, so that a slip of the pen in either shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from selfassess.catalogue import check_standard
from selfassess.model.practice import Practice, Relation, Tier
from selfassess.model.reference import Confirmation
from selfassess.model.source import Encoded, RequirementStatus, Source
from selfassess.model.standard import Standard
from selfassess.model.survey import Figure, Survey
from tests.places import ROOT

STATUS = {"✓": RequirementStatus.REQUIRED, "✗": RequirementStatus.ABSENT, "–": RequirementStatus.NOT_APPLICABLE}
COMPARED = ("noms-2005", "cve-2010", "iiv-2014")

# Clinks 2016, Appendix 1: its twenty rows in order, the three columns as printed (– stands for N/A), a word that the
# row is about, and the practices that are the row or together make it.
APPENDIX_1: list[tuple[str, str, set[str]]] = [
    ("✓✓✗", "criminal justice", set()),
    ("✓✓✓", "policy", {"POL-01"}),
    ("✓✓✓", "role", {"ROL-01"}),
    ("✗✓✓", "staff", {"POL-04"}),
    ("✓✓✓", "recruit", {"REC-01"}),
    ("✓✓✓", "why|motiv", {"REC-03"}),
    ("✓✓✓", "suit|screen", {"VET-01"}),
    ("✓✓–", "vetting", {"VET-02"}),
    ("✓✓✓", "induction", {"TRA-01"}),
    ("✓✓✓", "agreement", {"POL-03"}),
    ("✓✓✓", "named", {"SUP-01", "SUP-02", "LEA-03"}),
    ("✓✓✓", "divers|local|communit", {"DIV-01"}),
    ("✓✓✓", "expenses", {"POL-05"}),
    ("✓✓✓", "confiden", {"PRO-01"}),
    ("✓✓✓", "complaint|problem", {"POL-06"}),
    ("✓✓✓", "review", {"EVA-01"}),
    ("✓✓✓", "monitor|evaluat|measur", {"EVA-02"}),
    ("✓✓✓", "insur", {"PRO-03"}),
    ("✓✓✓", "data|personal information", {"PRO-02"}),
    ("✓✓✓", "thank", {"SUP-06"}),
]

# Clinks 2016, Tables 2 and 3, row by row: in place (voluntary sector, prison, "average"); necessary, as
# unimportant / desirable / essential (voluntary sector, then prison); a word of the row; the practice beside it.
TABLES: dict[str, tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int, int], str, str]] = {
    "T1": ((86, 20, 53), (4, 22, 75), (5, 64, 31), "role", "ROL-01"),
    "T2": ((86, 51, 69), (4, 8, 88), (2, 37, 61), "agreement", "POL-03"),
    "T3": ((59, 2, 31), (6, 37, 57), (14, 60, 26), "strategy", "LEA-02"),
    "T4": ((75, 7, 41), (6, 24, 71), (15, 54, 32), "policy", "POL-01"),
    "T5": ((94, 73, 84), (6, 8, 86), (0, 20, 80), "before", "TRA-01"),
    "T6": ((86, 51, 69), (4, 18, 78), (2, 60, 38), "supervision", "SUP-02"),
    "T7": ((80, 44, 62), (4, 29, 67), (5, 45, 50), "thank", "SUP-06"),
    "T8": ((84, 63, 74), (4, 14, 82), (2, 40, 57), "named", "LEA-03"),
    "T9": ((37, 7, 22), (4, 46, 50), (2, 74, 24), "staff.*train|train.*staff", "INT-02"),
}
VOLUNTARY, PRISON = "voluntary_organisation", "prison"

# What each publication holds: the year, and the ids of its requirements.
SOURCES: dict[str, tuple[int, list[str]]] = {
    "noms-2005": (2005, [str(n) for n in range(1, 21)]),
    "cve-2010": (2010, [str(n) for n in range(1, 21)]),
    "iiv-2014": (2014, [str(n) for n in range(1, 21)]),
    "iiv-nine-indicators": (2014, [str(n) for n in range(1, 10)]),
    "iiv-2021": (
        2021,
        [*(f"1.{n}" for n in range(1, 5)), *(f"2.{n}" for n in range(1, 7)), *(f"3.{n}" for n in range(1, 5)), *"456"],
    ),
    "clinks-2016-actions": (2016, [f"A{n}" for n in range(1, 8)]),
    "clinks-2016-resources": (2016, [f"T{n}" for n in range(1, 10)]),
    "clinks-2016-factors": (2016, [f"S{n}" for n in range(1, 11)] + [f"B{n}" for n in range(1, 13)]),
    "noms-2007": (2007, [f"L{n}" for n in range(1, 10)]),
    "user-voice-2016": (2016, [f"UV{n}" for n in range(1, 14)]),
}

# Every id that was ever given out: an id is permanent.
IDS_GIVEN_OUT = {
    f"{prefix}-{number:02}"
    for prefix, last in {
        "LEA": 6, "POL": 6, "ROL": 3, "REC": 5, "DIV": 6, "VET": 7, "TRA": 6, "SUP": 7, "PRO": 6, "INT": 8, "EVA": 5,
    }.items()
    for number in range(1, last + 1)
}  # fmt: skip

# Clinks 2016, sections 3.2, 4.2 and 4.3, and NOMS 2007, section 2.1: percent, base, words of the figure.
FIGURES: list[tuple[int, str, str]] = [
    (93, "627", "white"),
    (26, "", "minority ethnic"),
    (76, "627", "55 or over"),
    (14, "", "50 and over"),
    (69, "627", "paid work"),
    (81, "616", "fortnight"),
    (49, "616", "week"),
    (78, "", "two hours"),
    (27, "", "month"),
    (20, "90", "easy"),
    (57, "90", "disagree"),
    (80, "", "20% white"),
    (40, "", "Muslim"),
    (50, "", "faith"),
]

CASE_STUDIES = [
    "HACRO", "Parc", "Send", "Whatton", "Independent Monitoring Board", "Pact", "Spurgeons", "Samaritans",
    "Shannon Trust", "Fine Cell Work", "Prisoners’ Advice Service", "Trailblazers", "Mosaic", "Feltham",
]  # fmt: skip


@pytest.fixture(scope="module")
def standard(prison_standard: Standard) -> Standard:
    return prison_standard


@pytest.fixture(scope="module")
def survey(standard: Standard) -> Survey:
    assert standard.survey
    return standard.survey


def counting(standard: Standard, source: str, requirement: str) -> set[str]:
    """The practices that are the requirement or part of it."""
    return {p.id for p, m in standard.mappings.get((source, requirement), ()) if m.relation.counts}


def compared_cells(standard: Standard) -> Iterator[tuple[int, Source, int]]:
    """Each row of Appendix 1 with each of its three columns."""
    for row in range(1, len(APPENDIX_1) + 1):
        for column, name in enumerate(COMPARED):
            yield row, standard.source_by_id[name], column


def test_standard_has_no_faults() -> None:
    assert check_standard("prison-volunteering") == []


# Themes and practices


def test_there_are_68_to_75_practices(standard: Standard) -> None:
    assert 68 <= len(standard.practices) <= 75


def test_ids_given_out_are_all_there(standard: Standard) -> None:
    assert len(IDS_GIVEN_OUT) == 65
    assert set(standard.practices) >= IDS_GIVEN_OUT


def test_five_named_areas_are_themes_of_their_own(standard: Standard) -> None:
    themes = {theme.id for theme in standard.head.themes}
    assert themes >= {"policy", "role-descriptions", "supervision", "expenses", "recognition"}


@pytest.mark.parametrize("theme", ["expenses", "recognition"])
def test_theme_that_had_one_practice_has_at_least_three(theme: str, standard: Standard) -> None:
    assert len(standard.practices_by_theme[theme]) >= 3


@pytest.mark.parametrize(
    "word", ["written", "travel", "meal", "car", "advance", "easy|simple", "prompt|days|weeks", "budget", "before they"]
)
def test_expenses_ask_for_all_that_was_wanted_of_them(word: str, standard: Standard) -> None:
    said = [f"{practice.title} {practice.statement}" for practice in standard.practices_by_theme["expenses"]]
    assert re.search(word, " ".join(said), re.IGNORECASE)


def test_both_kinds_are_asked_most_practices(standard: Standard) -> None:
    assert set(standard.kinds) == {PRISON, VOLUNTARY}
    assert all(len(standard.asked("full", kind)) >= 65 for kind in standard.kinds)


def test_musts_never_allow_that_they_do_not_apply(standard: Standard) -> None:
    musts = [p for p in standard.practices.values() if p.tier is Tier.MUST]
    assert {p.id for p in musts} >= {"VET-01", "PRO-02", "PRO-03", "PRO-04", "PRO-05", "PRO-06"}
    assert not any(p.na_allowed for p in musts)


def test_every_must_names_the_rule_it_rests_on(standard: Standard) -> None:
    assert all(p.rules for p in standard.practices.values() if p.tier is Tier.MUST)


def test_organisation_without_partners_may_say_so(standard: Standard) -> None:
    assert standard.practices["VET-03"].na_allowed


def test_core_practices_of_appendix_1_are_never_stretch(standard: Standard) -> None:
    ids = set[str]().union(*(practices for _, _, practices in APPENDIX_1))
    assert [i for i in ids if standard.practices[i].tier is Tier.STRETCH] == []


# Sources


def test_sources_are_those_read_with_their_requirements(standard: Standard) -> None:
    found = {s.id: (s.year, [r.id for r in s.requirements]) for s in standard.sources}
    assert found == SOURCES


def test_sources_are_shown_in_the_order_given(standard: Standard) -> None:
    assert [source.id for source in standard.sources] == list(standard.head.sources_order)


def test_appendix_1_has_every_cell_as_printed(standard: Standard) -> None:
    found = {(row, s.id): s.requirements[row - 1].status for row, s, _ in compared_cells(standard)}
    printed = {(row, s.id): STATUS[APPENDIX_1[row - 1][0][column]] for row, s, column in compared_cells(standard)}
    assert len(printed) == 60
    assert found == printed


def test_seventeen_rows_are_required_in_all_three(standard: Standard) -> None:
    required = Counter(
        row for row, s, _ in compared_cells(standard) if s.requirements[row - 1].status is RequirementStatus.REQUIRED
    )
    assert sum(count == len(COMPARED) for count in required.values()) == 17


def test_nineteen_rows_are_asked(standard: Standard) -> None:
    asked = {row for row, s, _ in compared_cells(standard) if s.requirements[row - 1].asked}
    assert asked == set(range(2, 21))


def test_row_is_about_what_was_printed_and_names_its_place(standard: Standard) -> None:
    for row, source, _ in compared_cells(standard):
        requirement = source.requirements[row - 1]
        assert re.search(APPENDIX_1[row - 1][1], requirement.label, re.IGNORECASE), requirement.label
        assert requirement.locator == f"Clinks 2016, Appendix 1, row {row}"


def test_row_has_one_label_in_all_three(standard: Standard) -> None:
    for row in range(len(APPENDIX_1)):
        assert len({standard.source_by_id[name].requirements[row].label for name in COMPARED}) == 1


def test_row_about_the_guidance_itself_is_mapped_by_nobody(standard: Standard) -> None:
    assert not any((name, "1") in standard.mappings for name in COMPARED)


def test_every_askable_row_is_covered_by_what_it_asks_for(standard: Standard) -> None:
    for row, source, column in compared_cells(standard):
        status, _, practices = APPENDIX_1[row - 1]
        expected = practices if status[column] == "✓" else set()
        assert counting(standard, source.id, str(row)) == expected, (source.id, row)


def test_practices_of_appendix_1_are_asked_of_every_kind(standard: Standard) -> None:
    ids = set[str]().union(*(practices for _, _, practices in APPENDIX_1))
    assert [i for i in sorted(ids) if set(standard.practices[i].applies_to) != {PRISON, VOLUNTARY}] == []


def test_vetting_does_not_apply_to_investing_in_volunteers(standard: Standard) -> None:
    """The one N/A of the comparison, which is not the same as a cross."""
    assert standard.source_by_id["iiv-2014"].requirements[7].status is RequirementStatus.NOT_APPLICABLE


def test_every_requirement_names_its_place(standard: Standard) -> None:
    for source in standard.sources:
        for requirement in source.requirements:
            assert re.search(r"(19|20)\d\d", requirement.locator), requirement.locator
            assert re.search(r"section|appendix|figure|table|area", requirement.locator, re.IGNORECASE)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("iiv-nine-indicators", "Figure 8"),
        ("clinks-2016-actions", "section 5.2"),
        ("clinks-2016-resources", "Tables 2 and 3"),
        ("noms-2007", "section 7.1.3"),
        ("user-voice-2016", "User Voice 2016, section"),
    ],
)
def test_requirements_name_the_place_of_their_list(source: str, place: str, standard: Standard) -> None:
    assert all(place in requirement.locator for requirement in standard.source_by_id[source].requirements)


def test_factors_and_barriers_name_their_sections(standard: Standard) -> None:
    for requirement in standard.source_by_id["clinks-2016-factors"].requirements:
        assert ("section 3.1" if requirement.id.startswith("S") else "section 3.2") in requirement.locator


def test_edition_of_2021_is_owned_to_be_partly_encoded(standard: Standard) -> None:
    source = standard.source_by_id["iiv-2021"]
    assert source.encoded is Encoded.PARTLY
    assert source.encoded_note
    assert "4" in source.encoded_note


@pytest.mark.parametrize("area", ["4", "5", "6"])
def test_areas_whose_text_was_not_read_count_for_nothing(area: str, standard: Standard) -> None:
    assert counting(standard, "iiv-2021", area) == set()


@pytest.mark.parametrize("source", ["iiv-2014", "iiv-nine-indicators", "iiv-2021"])
def test_readiness_for_investing_in_volunteers_is_called_a_guide(source: str, standard: Standard) -> None:
    note = standard.source_by_id[source].readiness_note
    assert note
    assert "guide" in note
    assert "assessor" in note


def test_every_other_requirement_is_covered(standard: Standard) -> None:
    """B5 has no practice that it would be fair to call the whole or a part of it; areas 4 to 6 were not read."""
    bare = {
        (source.id, requirement.id)
        for source in standard.sources
        for requirement in source.requirements
        if requirement.can_be_met and not counting(standard, source.id, requirement.id)
    }
    assert bare <= {("clinks-2016-factors", "B5"), ("iiv-2021", "4"), ("iiv-2021", "5"), ("iiv-2021", "6")}


def test_every_source_says_what_rights_and_where_it_was_read(standard: Standard) -> None:
    assert all(source.rights and source.seen_through for source in standard.sources)
    assert all("Clinks" in standard.source_by_id[name].seen_through for name in COMPARED)


# Mappings


def claims(standard: Standard) -> Iterator[tuple[Practice, str]]:
    for practice in standard.practices.values():
        yield from ((practice, mapping.reason) for mapping in practice.meets)


def test_every_mapping_says_why_in_a_sentence(standard: Standard) -> None:
    reasons = [reason for _, reason in claims(standard)]
    assert len(reasons) > 200
    assert [reason for reason in reasons if len(reason.split()) < 4 or not reason.endswith(".")] == []


def test_no_practice_gives_one_reason_twice(standard: Standard) -> None:
    given = Counter((practice.id, reason) for practice, reason in claims(standard))
    assert [key for key, count in given.items() if count > 1] == []


def test_reasons_are_no_boilerplate(standard: Standard) -> None:
    common = [reason for reason, count in Counter(reason for _, reason in claims(standard)).items() if count > 2]
    assert common == []


# The survey


def test_table_3_is_as_published(survey: Survey) -> None:
    found = {row.id: (row.in_place[VOLUNTARY], row.in_place[PRISON], row.published_mean) for row in survey.rows}
    assert found == {row: published for row, (published, *_) in TABLES.items()}


def test_table_2_is_as_published(survey: Survey) -> None:
    found = {
        row.id: [tuple(row.importance[kind].model_dump().values()) for kind in (VOLUNTARY, PRISON)]
        for row in survey.rows
    }
    assert found == {row: [voluntary, prison] for row, (_, voluntary, prison, _, _) in TABLES.items()}


def test_sums_that_rounding_spoilt_are_left_as_published(survey: Survey) -> None:
    sums = {
        (row.id, kind): sum(row.importance[kind].model_dump().values())
        for row in survey.rows
        for kind in row.importance
    }
    odd = {key: total for key, total in sums.items() if total != 100}
    assert odd == {("T1", VOLUNTARY): 101, ("T4", VOLUNTARY): 101, ("T4", PRISON): 101, ("T8", PRISON): 99}


def test_published_means_are_kept_where_rounding_would_differ(survey: Survey) -> None:
    """Python rounds halves to even, which gives other numbers for three of the five rows that end in .5."""
    means = {row.id: row.published_mean for row in survey.rows}
    rounded = {row.id: round((row.in_place[VOLUNTARY] + row.in_place[PRISON]) / 2) for row in survey.rows}
    assert {row for row in means if means[row] != rounded[row]} == {"T2", "T3", "T6"}


def test_bases_are_the_headings_of_the_tables(survey: Survey) -> None:
    found = {table: {kind: base.by_kind[kind].n for kind in base.by_kind} for table, base in survey.bases.items()}
    assert found == {"in_place": {VOLUNTARY: 51, PRISON: 41}, "importance": {VOLUNTARY: 51, PRISON: 42}}
    assert "Table 3" in survey.bases["in_place"].locator
    assert "Table 2" in survey.bases["importance"].locator


def test_bases_are_called_the_most_that_answered(survey: Survey) -> None:
    for base in survey.bases.values():
        assert all(re.search("up to|at most|maximum", kind.text, re.IGNORECASE) for kind in base.by_kind.values())


def test_row_is_about_what_was_printed_and_names_its_tables(survey: Survey) -> None:
    for row in survey.rows:
        assert re.search(TABLES[row.id][3], row.label, re.IGNORECASE)
        assert f"Table 3, row {row.id[1:]}" in row.locator
        assert row.importance_locator
        assert f"Table 2, row {row.id[1:]}" in row.importance_locator


def test_each_row_stands_beside_the_practice_it_measures(standard: Standard) -> None:
    beside = {p.survey_row: p.id for p in standard.practices.values() if p.survey_row}
    assert beside == {row: practice for row, (*_, practice) in TABLES.items()}


def test_each_resource_is_the_practice_that_its_row_stands_beside(standard: Standard) -> None:
    for row, (*_, practice) in TABLES.items():
        assert counting(standard, "clinks-2016-resources", row) == {practice}


def test_warnings_name_the_traps(survey: Survey) -> None:
    said = " ".join(survey.warnings)
    for trap in ("managers", "not prisons", "may have had fewer", "only a few", "not shown to represent", "2016"):
        assert trap.lower() in said.lower()


def test_no_part_stands_alone_for_a_kind(standard: Standard) -> None:
    """A charity must not meet, by one part, what prisons meet by two."""
    alone = [
        (kind, key, counting[0][0].id)
        for kind in standard.kinds
        for key, pairs in standard.mappings.items()
        for counting in [[(p, m) for p, m in pairs if m.relation.counts and kind in p.applies_to]]
        if len(counting) == 1 and counting[0][1].relation is Relation.PART_OF
    ]
    assert alone == []


@pytest.mark.parametrize("row", ["T3", "T4", "T9"])
def test_few_respondents_are_called_few(row: str, survey: Survey) -> None:
    assert "few" in (next(item for item in survey.rows if item.id == row).note or "").lower()


def find_figure(survey: Survey, percent: int, words: str) -> Figure:
    return next(f for f in survey.figures if f.percent == percent and words in f"{f.value} {f.measure} {f.group}")


@pytest.mark.parametrize(("percent", "base", "words"), FIGURES)
def test_figure_is_as_published_with_its_base(percent: int, base: str, words: str, survey: Survey) -> None:
    figure = find_figure(survey, percent, words)
    assert base in figure.base
    assert re.search(r"(section|endnote) \d", figure.locator)


def test_there_are_no_figures_but_those_published(survey: Survey) -> None:
    assert sorted(figure.percent or 0 for figure in survey.figures) == sorted(percent for percent, _, _ in FIGURES)


@pytest.mark.parametrize(("percent", "words"), [(76, "55"), (14, "50")])
def test_age_bands_carry_the_warning_that_they_differ(percent: int, words: str, survey: Survey) -> None:
    warning = find_figure(survey, percent, words).warning or ""
    assert "55" in warning
    assert "50" in warning
    assert re.search("differ|never subtract|not the same", warning)


def test_population_figures_are_dated_before_the_report(survey: Survey) -> None:
    assert find_figure(survey, 26, "minority ethnic").year == 2015
    assert find_figure(survey, 14, "50").year == 2015


def test_no_text_takes_managers_for_prisons(standard: Standard) -> None:
    for practice in standard.practices.values():
        assert not re.search(
            r"\d ?% of (all )?prisons\b", f"{practice.why} {practice.statement} {practice.tier_reason}"
        )


# Rules, case studies, questionnaires


def test_every_rule_says_when_it_was_checked_and_what_was_not(standard: Standard) -> None:
    assert len(standard.rules) == 12
    for rule in standard.rules.values():
        assert date(2026, 1, 1) <= rule.checked_on <= date(2026, 12, 31)
        assert rule.confirmed_by or rule.status is Confirmation.NOT_CONFIRMED
        assert rule.not_confirmed or rule.status is Confirmation.CONFIRMED


def test_every_rule_is_touched_by_a_practice(standard: Standard) -> None:
    assert {rule for p in standard.practices.values() for rule in p.rules} == set(standard.rules)


def test_fourteen_case_studies_say_what_they_show(standard: Standard) -> None:
    assert standard.case_studies
    studies = standard.case_studies.case_studies
    assert len(studies) == 14
    for name in CASE_STUDIES:
        (study,) = [study for study in studies if name in study.title]
        assert re.search(r"Clinks 2016, sections? \d\.\d", study.locator)


def test_every_case_study_is_shown_beside_a_practice(standard: Standard) -> None:
    shown = {study.id for p in standard.practices.values() for study in p.case_studies}
    assert shown == set(standard.case_study_by_id)


def test_quick_check_is_about_twenty_five_practices(standard: Standard) -> None:
    assert all(23 <= len(standard.asked("quick-check", kind)) <= 27 for kind in standard.kinds)


def test_quick_check_asks_every_must_and_every_askable_row(standard: Standard) -> None:
    musts = {p.id for p in standard.practices.values() if p.tier is Tier.MUST}
    rows = set[str]().union(*(practices for _, _, practices in APPENDIX_1))
    for kind in standard.kinds:
        assert {p.id for p in standard.asked("quick-check", kind)} >= musts | rows


def test_full_asks_every_practice_of_a_kind(standard: Standard) -> None:
    for kind in standard.kinds:
        applying = [p.id for p in standard.practices.values() if kind in p.applies_to and not p.retired]
        assert [p.id for p in standard.asked("full", kind)] == applying


# The answer scale and the record of changes


def test_answers_are_called_as_the_design_says(standard: Standard) -> None:
    assert standard.level_labels == {
        0: "Not in place",
        1: "Partly in place",
        2: "In place",
        3: "Embedded",
        "NA": "Does not apply",
        "DK": "Do not know yet",
    }


def test_version_has_its_entry_in_the_change_log(standard: Standard) -> None:
    changes = (ROOT / "standards" / standard.id / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## .*{re.escape(standard.version)}", changes, re.MULTILINE)


def test_rights_are_said_plainly(standard: Standard) -> None:
    assert "MIT" in standard.head.rights
    said = (ROOT / "standards" / "README.md").read_text(encoding="utf-8")
    assert [source.id for source in standard.sources if f"`{source.id}`" not in said] == []
