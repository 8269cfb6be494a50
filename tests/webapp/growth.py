"""A site whose everything grows: each round adds one of whatever a page may list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import count

from selfassess import Answer
from tests.webapp.conftest import MakePerson, TestTeam
from tests.webapp.reviewing import submission_of
from tests.webapp.signing import answer_all
from webapp.site import Site
from webapp.store.actions import add_own_action
from webapp.store.administration import appoint_administrator
from webapp.store.answers import Draft, list_answers, save_answers
from webapp.store.assessments import create_assessment, get_open_assessment
from webapp.store.assignments import assign_theme
from webapp.store.comments import add_comment
from webapp.store.group_places import accept_place, offer_place
from webapp.store.groups import add_group_reader, create_group
from webapp.store.invitations import invite
from webapp.store.members import add_member
from webapp.store.organisations import create_organisation
from webapp.store.plan_records import Written
from webapp.store.plans import make_plan
from webapp.store.scope import Role, Scope, get_scope
from webapp.store.sessions import begin_session
from webapp.store.signoff import send_back, sign_assessment, submit_assessment

__all__ = ["Growing"]

PRACTICE = "POL-01"
START = date(2026, 11, 22)

_ORGANISATION = "/organisations/<organisation_id>"
_ASSESSMENT = f"{_ORGANISATION}/assessments/<assessment_id>"
_OF_SUBMITTED = tuple(f"{_ASSESSMENT}/{step}" for step in ("send-back", "sign", "take-back"))


class Growing:
    """A team whose owner also looks after the site and reads a group, so that one person reaches every page."""

    def __init__(self, app: Site, team: TestTeam, make_person: MakePerson) -> None:
        self._app, self._team, self._make_person = app, team, make_person
        self._rounds = count(1)
        with app.run_work(write=True) as work:
            self.places: Mapping[str, str] = self._begin()
            self._elsewhere: Mapping[str, Mapping[str, str]] = self._begin_elsewhere()
            work.commit()

    def find_places(self, page: str) -> Mapping[str, str]:
        """The values of the variables of a page's address, of what is in the state in which there is such a page."""
        return {**self.places, **self._elsewhere.get(page, {})}

    @property
    def _owner(self) -> str:
        return self._team.owner.id

    def _begin(self) -> dict[str, str]:
        """The values of the addresses' variables."""
        owner = self._owner
        appoint_administrator(administrator_id=None, user_id=owner)
        group = create_group(administrator_id=owner, name="North")
        add_group_reader(administrator_id=owner, group_id=group, user_id=owner)
        scope = get_scope(user_id=owner, organisation_id=self._team.organisation_id)
        earlier, here = (create_assessment(scope, title=str(year), day=date(year, 11, 1)) for year in (2025, 2026))
        _answer(scope, here, PRACTICE, Answer(level=0))
        _answer(scope, earlier, PRACTICE, Answer(level=1))
        make_plan(scope, assessment_id=here, start=START)
        return {
            "organisation_id": scope.organisation_id,
            "assessment_id": here,
            "other": earlier,
            "group_id": group,
            "user_id": self._team.contributor.id,
            "action_id": add_own_action(scope, written=_write("A gap")),
            "practice": PRACTICE,
            "theme": "policy",
            "subject": PRACTICE,
            "ending": "csv",
        }

    def _begin_elsewhere(self) -> dict[str, dict[str, str]]:
        """Where the pages are that the team's open assessment, or an organisation with a plan, does not have."""
        scope = get_scope(user_id=self._owner, organisation_id=self._team.organisation_id)
        self._submitted = _submit(scope, 2023)
        self._without_plan = create_organisation(user_id=self._owner, name="HMP Unplanned", kind="prison")
        return {
            **{page: {"assessment_id": self._submitted} for page in _OF_SUBMITTED},
            f"{_ASSESSMENT}/correct": {"assessment_id": _sign(scope, 2024)},
            f"{_ORGANISATION}/plan/new": {"organisation_id": self._without_plan},
        }

    def grow(self) -> None:
        """Add one more of everything."""
        number = next(self._rounds)
        person = self._make_person(f"Person {number}")
        with self._app.run_work(write=True) as work:
            scope = get_scope(user_id=self._owner, organisation_id=self._team.organisation_id)
            add_member(scope, user_id=person.id, role=Role.CONTRIBUTOR)
            invite(scope, email=f"invited{number}@example.org", role=Role.READER)
            begin_session(user_id=self._owner, device=f"Browser {number}")
            add_own_action(scope, written=_write(f"Gap {number}"))
            self._add_to_assessment(scope, number, person.id)
            _submit_again(scope, self._submitted)
            self._add_to_plan_from(number)
            self._add_organisation(number)
            work.commit()

    def _add_to_assessment(self, scope: Scope, number: int, person_id: str) -> None:
        record = get_open_assessment(scope, self.places["assessment_id"])
        _answer(scope, record.id, PRACTICE, Answer(level=0, note=f"Note {number}"))
        practices = [practice.id for practice in record.standard.asked("full", scope.kind)]
        _answer(scope, record.id, practices[number], Answer(level=1, note="Another"))
        themes = [theme.id for theme in record.standard.head.themes]
        assign_theme(scope, record, theme=themes[number], user_id=person_id)
        for practice in (PRACTICE, practices[number]):
            add_comment(scope, record, practice=practice, text=f"Comment {number}", addressed_to=self._owner)
        _sign(scope, 2000 + number)

    def _add_to_plan_from(self, number: int) -> None:
        """A signed assessment and an open one, where a plan is still to be made from one of them."""
        scope = get_scope(user_id=self._owner, organisation_id=self._without_plan)
        _sign(scope, 2000 + number)
        still_open = create_assessment(scope, title=f"Open {number}", day=date(2100 + number, 11, 1))
        _answer(scope, still_open, PRACTICE, Answer(level=1))

    def _add_organisation(self, number: int) -> None:
        owner, group = self._owner, self.places["group_id"]
        other = create_organisation(user_id=owner, name=f"HMP {number}", kind="prison")
        offer_place(administrator_id=owner, organisation_id=other, group_id=group)
        scope = get_scope(user_id=owner, organisation_id=other)
        accept_place(scope, group_id=group)
        _sign(scope, 2026)
        offered = create_organisation(user_id=owner, name=f"HMP Offered {number}", kind="prison")
        offer_place(administrator_id=owner, organisation_id=offered, group_id=group)
        another = create_group(administrator_id=owner, name=f"Group {number}")
        add_group_reader(administrator_id=owner, group_id=another, user_id=owner)


def _write(gap: str) -> Written:
    return Written(start=START, due=START, gap=gap, action="Something to do")


def _answer(scope: Scope, assessment_id: str, practice: str, answer: Answer) -> None:
    record = get_open_assessment(scope, assessment_id)
    kept = list_answers(record, [practice]).get(practice)
    save_answers(scope, record, [Draft(practice, answer, kept.version if kept else 0)])


def _submit(scope: Scope, year: int) -> str:
    record = get_open_assessment(scope, create_assessment(scope, title=str(year), day=date(year, 11, 1)))
    answer_all(scope, record, 2, {})
    submit_assessment(scope, record.id)
    return record.id


def _submit_again(scope: Scope, assessment_id: str) -> None:
    """One more time to and fro."""
    send_back(scope, assessment_id, reason="Not yet", submission=submission_of(scope, assessment_id))
    submit_assessment(scope, assessment_id)


def _sign(scope: Scope, year: int) -> str:
    assessment_id = _submit(scope, year)
    sign_assessment(scope, assessment_id, submission=submission_of(scope, assessment_id))
    return assessment_id
