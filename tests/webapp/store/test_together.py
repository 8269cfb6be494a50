"""Many people save the same answer at once, in a real database: no update is lost, and no text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from selfassess import Answer
from tests.webapp.conftest import TestTeam
from webapp.site import Site
from webapp.store.answers import Change, Draft, Result, list_answers, list_changes, save_answers
from webapp.store.assessments import create_assessment, get_assessment, get_open_assessment
from webapp.store.scope import get_scope

PEOPLE = 5
TURNS = 10


def start(app: Site, team: TestTeam) -> str:
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        assessment_id = create_assessment(scope, title="2026", day=date(2026, 11, 1))
        work.commit()
    return assessment_id


def look(app: Site, team: TestTeam, assessment_id: str) -> int:
    """The version that somebody sees who opens the page now."""
    with app.run_work(write=False):
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        saved = list_answers(get_assessment(scope, assessment_id), ["POL-01"]).get("POL-01")
    return saved.version if saved else 0


def save(app: Site, team: TestTeam, assessment_id: str, user_id: str, draft: Draft) -> Result:
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=user_id, organisation_id=team.organisation_id)
        outcome = save_answers(scope, get_open_assessment(scope, assessment_id), [draft])["POL-01"]
        work.commit()
    return outcome.result


def answer_repeatedly(app: Site, team: TestTeam, assessment_id: str, number: int) -> list[tuple[str, Result]]:
    user_id = (team.owner.id, team.contributor.id)[number % 2]
    told = []
    for turn in range(TURNS):
        version = look(app, team, assessment_id)
        text = f"person {number}, turn {turn}"
        draft = Draft("POL-01", Answer(level=turn % 4, note=text), version)  # type: ignore[arg-type]
        told.append((text, save(app, team, assessment_id, user_id, draft)))
    return told


def history(app: Site, team: TestTeam, assessment_id: str) -> tuple[Change, ...]:
    with app.run_work(write=False):
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        return list_changes(get_assessment(scope, assessment_id), "POL-01")[::-1]


def test_fifty_saves_at_once_lose_no_update_and_no_text(app: Site, team: TestTeam) -> None:
    assessment_id = start(app, team)
    with ThreadPoolExecutor(PEOPLE) as people:
        jobs = [people.submit(answer_repeatedly, app, team, assessment_id, number) for number in range(PEOPLE)]
        told = dict(pair for job in jobs for pair in job.result())
    changes = history(app, team, assessment_id)
    saved = [change for change in changes if change.kind == "saved"]
    lost = [change for change in changes if change.kind == "not_kept"]

    assert len(told) == PEOPLE * TURNS
    assert {change.after.note for change in saved} == {text for text, result in told.items() if result is Result.SAVED}
    assert {change.after.note for change in lost} == {
        text for text, result in told.items() if result is Result.CONFLICT
    }
    # Each saved text was written on the one before it: nobody overwrote what they had not seen.
    assert [change.version for change in saved] == list(range(1, len(saved) + 1))
    assert [change.before.note for change in saved[1:]] == [change.after.note for change in saved[:-1]]
    assert look(app, team, assessment_id) == len(saved)
