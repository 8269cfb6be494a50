from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from selfassess.errors import AssessmentError
from selfassess.model.answer import DK, NA, Answer, Assessment, StandardReference
from selfassess.model.standard import Standard
from selfassess.model.survey import Base, BaseOfKind, Survey, SurveyRow
from selfassess.scorecard import score
from tests.builders import (
    CLUB,
    SCHOOL,
    Given,
    make_assessment,
    make_practice,
    make_source,
    make_standard,
    score_answers,
)
from tests.contract import check_card

SURVEY = Survey(
    id="figures",
    title="Figures",
    short_title="Figures",
    publisher="A publisher",
    year=2001,
    fieldwork="Not stated",
    rights="None",
    bases={"in_place": Base(locator="Table 1", by_kind={CLUB: BaseOfKind(n=41, text="Up to 41 clubs")})},
    rows=(SurveyRow(id="T1", label="First", locator="Table 1, row 1", in_place={CLUB: 7}),),
)


def small_standard() -> Standard:
    practices = {
        "safety": [
            make_practice("AA-01", "must", meets=["equal guide:1"], survey_row="T1", na_allowed=False),
            make_practice("AA-02", kinds=[CLUB, SCHOOL]),
        ],
        "welcome": [make_practice("BB-01", "stretch", meets=["supports guide:2"])],
    }
    source = make_source("guide", {"1": "required", "2": "required", "3": "absent"})
    return make_standard(practices, sources=[source], survey=SURVEY)


def refusal(standard: Standard, assessment: Assessment) -> str:
    with pytest.raises(AssessmentError) as caught:
        score(standard, assessment)
    return str(caught.value)


def test_whole_object_is_as_laid_down() -> None:
    answers: dict[str, Given] = {"AA-01": 1, "AA-02": 3, "BB-01": NA}
    card = score_answers(small_standard(), answers, day=date(2026, 11, 1), reference="EX-1").to_dict()
    whole = {
        "asked": 3,
        "applicable": 2,
        "answered": 3,
        "unanswered": 0,
        "met": 1,
        "gaps": 1,
        "completeness": 100.0,
        "score": 60.0,  # 100 x (3x1 + 2x3) / (3 x (3+2))
        "provisional": False,
        "rating": "urgent",
        "levels": {"0": 0, "1": 1, "2": 0, "3": 1, "NA": 1, "DK": 0},
    }
    nothing = {"asked": 1, "applicable": 0, "answered": 1, "unanswered": 0, "met": 0, "gaps": 0, "score": None}
    assert card == {
        "standard": {"id": "tiny", "version": "1.0.0", "hash": "0" * 64},
        "questionnaire": "full",
        "organisation": {"name": "Example Club", "kind": "club", "reference": "EX-1", "group": None},
        "date": "2026-11-01",
        "overall": whole,
        "themes": [
            whole
            | {"id": "safety", "title": "Theme safety", "asked": 2, "answered": 2}
            | {"levels": {"0": 0, "1": 1, "2": 0, "3": 1, "NA": 0, "DK": 0}},
            whole
            | nothing
            | {"id": "welcome", "title": "Theme welcome", "rating": "not_assessed"}
            | {"levels": {"0": 0, "1": 0, "2": 0, "3": 0, "NA": 1, "DK": 0}},
        ],
        "readiness": [
            {
                "source": "guide",
                "title": "The whole title of guide",
                "met": 0,
                "partly": 1,
                "not_met": 0,
                "unknown": 0,
                "not_applicable": 0,
                "not_covered": 1,
                "requirements": [
                    {"id": "1", "label": "Label of guide 1", "status": "partly", "practices": ["AA-01"]},
                    {"id": "2", "label": "Label of guide 2", "status": "not_covered", "practices": []},
                ],
            }
        ],
        "priorities": [
            {
                "practice": "AA-01",
                "title": "Title of AA-01",
                "tier": "must",
                "level": 1,
                "why": (
                    "A must, so it comes before everything else; partly in place; "
                    "counts towards 1 published source; low effort, can start at once."
                ),
                "effort": "low",
                "timeframe": "immediate",
                "quick_win": True,
            }
        ],
        "survey": [
            {
                "row": "T1",
                "practice": "AA-01",
                "in_place": False,
                "same_kind_percent": 7,
                "base": "Up to 41 clubs",
                "locator": "Table 1, row 1",
            }
        ],
    }


@pytest.mark.parametrize("kind", ["prison", "voluntary_organisation"])
@pytest.mark.parametrize("questionnaire", ["full", "quick-check"])
@pytest.mark.parametrize("answer", [None, 0, 1, 2, 3, DK])
def test_real_object_keeps_the_contract(
    prison_standard: Standard, kind: str, questionnaire: str, answer: Given
) -> None:
    asked = [practice.id for practice in prison_standard.asked(questionnaire, kind)]
    answers = dict.fromkeys(asked, answer) if answer is not None else {}
    card = score_answers(prison_standard, answers, kind=kind, questionnaire=questionnaire).to_dict()
    check_card(card)
    assert json.loads(json.dumps(card, allow_nan=False)) == card
    assert card["overall"]["asked"] == len(asked)


@pytest.mark.parametrize("level", [0, 1, DK])
def test_priority_repeats_the_level_as_it_was_given(level: Given) -> None:
    (priority,) = score_answers(small_standard(), {"AA-02": level}).to_dict()["priorities"]
    assert priority["level"] == level


def test_undated_assessment_has_no_date() -> None:
    assert score_answers(small_standard(), {}).to_dict()["date"] is None


def test_organisation_is_repeated_whole() -> None:
    organisation = {"name": "HMP Ŵyl", "kind": "club", "reference": "X", "group": "North"}
    assessment = Assessment.model_validate({"standard": "tiny", "organisation": organisation})
    assert score(small_standard(), assessment).to_dict()["organisation"] == organisation


def test_percentages_are_not_rounded() -> None:
    card = score_answers(small_standard(), {"AA-01": 2}).to_dict()
    assert card["overall"]["completeness"] == pytest.approx(100 / 3, abs=1e-12)
    assert card["overall"]["score"] == pytest.approx(600 / 18, abs=1e-12)


def test_entries_hold_every_practice_asked_with_its_answer() -> None:
    card = score_answers(small_standard(), {"AA-02": 2})
    assert [(entry.practice.id, entry.answer.level) for entry in card.entries] == [
        ("AA-01", None),
        ("AA-02", 2),
        ("BB-01", None),
    ]


def test_priority_is_found_by_practice() -> None:
    card = score_answers(small_standard(), {"AA-01": 3, "AA-02": 0})
    found = card.find_priority("AA-02")
    assert found is not None
    assert found.rank == 1
    assert card.find_priority("AA-01") is None


def test_practice_without_requirement_scores() -> None:
    card = score_answers(make_standard([make_practice("AA-01")]), {"AA-01": 2})
    assert card.readiness == ()


def test_questionnaire_that_asks_nothing_of_a_kind_gives_no_score() -> None:
    standard = make_standard([make_practice("AA-01", kinds=[CLUB])])
    card = score_answers(standard, {}, kind=SCHOOL).to_dict()
    assert (card["overall"]["asked"], card["overall"]["score"]) == (0, None)
    assert card["overall"]["rating"] == "not_assessed"
    assert card["themes"] == []
    check_card(card)


def test_unchosen_answer_counts_as_unanswered() -> None:
    card = score_answers(small_standard(), {"AA-01": Answer(note="To be discussed")})
    assert card.overall.unanswered == 3


def test_answer_na_to_what_is_not_asked_is_let_pass() -> None:
    assert score_answers(small_standard(), {"AA-01": NA}, kind=SCHOOL).overall.asked == 1


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"ZZ-99": 2}, "ZZ-99"),
        ({"AA-01": Answer(level=NA, reason="No case")}, "AA-01"),
        ({"AA-02": Answer(level=NA)}, "without a reason"),
        ({"AA-02": Answer(level=NA, reason=" \n")}, "without a reason"),
        ({"AA-02": Answer(level=2, reason="Because")}, "note"),
    ],
)
def test_answer_that_does_not_fit_is_refused(answers: Mapping[str, Given], said: str) -> None:
    standard = small_standard()
    assert said in refusal(standard, make_assessment(standard, answers))


def test_every_answer_that_does_not_fit_is_named() -> None:
    standard = small_standard()
    with pytest.raises(AssessmentError) as caught:
        score(standard, make_assessment(standard, {"ZZ-98": 1, "AA-01": NA, "ZZ-99": 2}))
    assert [fault.place.split()[-1] for fault in caught.value.faults] == ["ZZ-98", "AA-01", "ZZ-99"]


def test_level_for_a_practice_of_another_kind_is_refused() -> None:
    standard = small_standard()
    assert "AA-01" in refusal(standard, make_assessment(standard, {"AA-01": 2}, kind=SCHOOL))


@pytest.mark.parametrize(
    ("about", "said"),
    [({"kind": "prison"}, "prison"), ({"questionnaire": "quick-check"}, "quick-check")],
)
def test_unknown_kind_or_questionnaire_is_refused(about: dict[str, Any], said: str) -> None:
    standard = small_standard()
    assert said in refusal(standard, make_assessment(standard, {}, **about))


@pytest.mark.parametrize(
    "named",
    [
        StandardReference(id="another"),
        StandardReference(id="tiny", version="0.9.0"),
        StandardReference(id="tiny", version="1.0.0", hash="1" * 64),
    ],
)
def test_answers_to_another_standard_version_or_text_are_refused(named: StandardReference) -> None:
    standard = small_standard()
    assert refusal(standard, make_assessment(standard, {}).model_copy(update={"standard": named}))


def test_answers_to_this_very_text_are_scored() -> None:
    standard = small_standard()
    named = StandardReference(id="tiny", version="1.0.0", hash="0" * 64)
    assert score(standard, make_assessment(standard, {}).model_copy(update={"standard": named})).overall.asked == 3


def test_card_explains_what_it_is_asked_for() -> None:
    card = score_answers(small_standard(), {"AA-01": 1})
    for subject in ("overall", "safety", "AA-01", "guide:1"):
        assert card.explain(subject).sentences
    assert card.explain() == card.explain("overall")


@pytest.mark.parametrize("subject", ["", "nothing", "ZZ-99", "guide:9", "guide:3", "guide", ":", "law:1"])
def test_explaining_what_is_not_there_is_an_error(subject: str) -> None:
    with pytest.raises(KeyError, match=f"^'{subject}'$"):
        score_answers(small_standard(), {}).explain(subject)


def test_explaining_what_is_not_asked_is_an_error() -> None:
    with pytest.raises(KeyError):
        score_answers(small_standard(), {}, kind=SCHOOL).explain("AA-01")
