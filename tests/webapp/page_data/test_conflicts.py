"""What becomes of the choice between two texts."""

from __future__ import annotations

from datetime import UTC, datetime

from selfassess import Answer, load_standard
from webapp.pages.conflicts import make_conflict, settle_choices
from webapp.questions.fields import QuestionField, fields_for
from webapp.questions.posted import PostedAnswer, read_posted
from webapp.store.answers import SavedAnswer

STANDARD = load_standard("prison-volunteering")
THEIRS = Answer(level="DK", note="Theirs", evidence=("Minutes", "Policy"))
FORM = {
    "POL-01.version": "1",
    "POL-01.level": "2",
    "POL-01.note": "Mine",
    "POL-01.evidence": "Policy\nPlan",
    "POL-01.settling": "yes",
    "POL-01.joined": "Both",
}


def field() -> QuestionField:
    return fields_for(STANDARD, "full", "policy", "prison")[0]


def saved(answer: Answer = THEIRS, who: str = "Kim") -> SavedAnswer:
    return SavedAnswer("POL-01", answer, 2, False, who, datetime(2026, 11, 22, tzinfo=UTC), "kim")


def settle(**changes: str) -> dict[str, str]:
    return settle_choices(FORM | {f"POL-01.{name}": text for name, text in changes.items()}, [field()], {
        "POL-01": saved()
    }).form  # fmt: skip


def conflict_with(answer: Answer, who: str = "Kim", user_id: str = "me") -> list[str]:
    posted = read_posted([field()], FORM)["POL-01"]
    assert isinstance(posted, PostedAnswer)
    made = make_conflict(field(), posted, saved(answer, who), STANDARD.level_labels, user_id)
    return [made.joined, *(option.label for option in made.options)]


def test_form_without_choices_comes_back_as_it_is() -> None:
    form = {"POL-01.version": "1", "POL-01.note": "Mine", "POL-01.choice": "theirs"}
    assert settle_choices(form, [field()], {"POL-01": saved()}).form == form


def test_mine_stays_in_the_form_and_theirs_takes_it_out() -> None:
    assert settle(choice="mine")["POL-01.note"] == "Mine"
    assert "POL-01.version" not in settle(choice="theirs")


def test_joined_answer_has_all_the_evidence_once_and_the_level_chosen() -> None:
    mine, theirs = settle(choice="mine_joined"), settle(choice="theirs_joined")
    assert (mine["POL-01.level"], theirs["POL-01.level"]) == ("2", "DK")
    assert mine["POL-01.note"] == theirs["POL-01.note"] == "Both"
    assert mine["POL-01.evidence"] == "Policy\nPlan\nMinutes"


def test_choice_that_is_none_is_compared_again() -> None:
    settled = settle_choices(FORM | {"POL-01.choice": "nonsense"}, [field()], {"POL-01": saved()})
    assert settled.undecided == {"POL-01"}
    assert settled.form["POL-01.version"] == "-1"


def test_notes_to_start_from_are_not_repeated() -> None:
    assert conflict_with(Answer(level=1, note="Theirs"))[0] == "Mine\n\nTheirs"
    assert conflict_with(Answer(level=1, note="Mine and more"))[0] == "Mine and more"
    assert conflict_with(Answer(level=1))[0] == "Mine"


def test_the_other_text_is_named_by_who_wrote_it() -> None:
    assert conflict_with(THEIRS)[2] == "Keep the answer of Kim"
    assert conflict_with(THEIRS, who="")[2] == "Keep the other answer"
    assert conflict_with(THEIRS, user_id="kim")[2] == "Keep the text saved before"
