"""Taking an organisation's data out, and deleting it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from selfassess import Answer, read_assessment
from tests.webapp.conftest import MakeTeam, TestTeam
from webapp.clock import now
from webapp.db.tables import Action, AuditEvent, Base, HeldForm, Plan
from webapp.site import Site
from webapp.store.answers import Draft, save_answers
from webapp.store.assessments import create_assessment, get_open_assessment
from webapp.store.comments import add_comment
from webapp.store.exports import export_organisation
from webapp.store.invitations import invite
from webapp.store.scope import Role, get_scope


def fill(app: Site, team: TestTeam) -> str:
    """An assessment with answers, a comment, an invitation, a plan and a held form."""
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.contributor.id, organisation_id=team.organisation_id)
        assessment_id = create_assessment(scope, title="2026", day=date(2026, 11, 1))
        record = get_open_assessment(scope, assessment_id)
        answers = {
            "POL-01": Answer(level=1, note="Draft with the “SMT”", evidence=("https://intranet.example/policy",)),
            "VET-03": Answer(level="NA", reason="No partner organisations"),
        }
        drafts = [Draft(practice=key, answer=answer, version=0) for key, answer in answers.items()]
        save_answers(scope, record, drafts)
        add_comment(scope, record, practice="POL-01", text="Who has it?", addressed_to=team.owner.id)
        owner = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        invite(owner, email="ann@example.org", role=Role.READER)
        plan = Plan(
            organisation_id=team.organisation_id, assessment_id=assessment_id, start=date(2026, 11, 2), created_at=now()
        )
        work.add(plan)
        work.flush()
        work.add(Action(plan_id=plan.id, reference="POL-01", start=plan.start, due=plan.start, changed_at=now()))
        work.add(_held_form(team))
        work.commit()
    return assessment_id


def _held_form(team: TestTeam) -> HeldForm:
    return HeldForm(
        token_hash=team.organisation_id.rjust(64, "0"),
        user_id=team.owner.id,
        path=f"{team.address}/assessments/x/themes/y",
        fields={},
        created_at=now(),
        expires_at=now(),
    )


def test_exported_assessment_is_an_assessment_file(app: Site, team: TestTeam, tmp_path: Path) -> None:
    fill(app, team)
    answer = team.owner.client.get(f"{team.address}/data/export.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="HMP-Example-data-20')
    file = tmp_path / "assessment.json"
    file.write_text(json.dumps(json.loads(answer.text)["assessments"][0]["file"]), encoding="utf-8")
    assessment = read_assessment(file)
    assert assessment.organisation.name == "HMP Example"
    assert assessment.date == date(2026, 11, 1)
    assert assessment.standard.hash
    assert assessment.answer_to("POL-01").note == "Draft with the “SMT”"
    assert assessment.answer_to("VET-03").reason == "No partner organisations"


def test_export_has_everything_and_no_secret(app: Site, team: TestTeam) -> None:
    assessment_id = fill(app, team)
    text = team.owner.client.get(f"{team.address}/data/export.json").text
    exported = json.loads(text)
    found = exported["assessments"][0]
    assert exported["format"] == "selfassess-organisation"
    assert exported["organisation"]["id"] == team.organisation_id
    assert (found["id"], found["status"]) == (assessment_id, "open")
    assert {row["practice"] for row in found["answer_changes"]} == {"POL-01", "VET-03"}
    assert found["comments"][0]["text"] == "Who has it?"
    assert found["signed_copy"] is None
    assert exported["invitations"][0]["email"] == "ann@example.org"
    assert exported["plan"]["actions"][0]["reference"] == "POL-01"
    assert "organisation_created" in {event["event"] for event in exported["events"]}
    people = {person["id"]: person for person in exported["people"]}
    assert people[team.contributor.id]["role"] == "contributor"
    assert "token_hash" not in text


def test_export_names_who_left_without_their_address(app: Site, team: TestTeam) -> None:
    fill(app, team)
    team.owner.client.send(f"{team.address}/team/members/{team.contributor.id}/remove")
    people = json.loads(team.owner.client.get(f"{team.address}/data/export.json").text)["people"]
    assert {"id": team.contributor.id, "name": team.contributor.name} in people


def test_export_holds_nothing_of_another_organisation(app: Site, team: TestTeam, make_team: MakeTeam) -> None:
    other = make_team("Friends", "voluntary_organisation")
    fill(app, other)
    exported = json.loads(team.owner.client.get(f"{team.address}/data/export.json").text)
    assert exported["assessments"] == []
    assert exported["plan"] is None
    assert "Friends" not in json.dumps(exported)


def test_every_table_of_an_assessment_is_exported(app: Site, team: TestTeam) -> None:
    fill(app, team)
    left_out = {"kept_report", "plan"}  # reports can be made again; the plan stands beside the assessments
    tables = {table.name for table in Base.metadata.tables.values() if "assessment_id" in table.columns}
    with app.run_work(write=False):
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        exported = export_organisation(scope)["assessments"][0]
    assert {f"{name.removesuffix('s')}" for name in exported} >= tables - left_out


def test_deletion_needs_the_name(app: Site, team: TestTeam) -> None:
    fill(app, team)
    answer = team.owner.client.send(f"{team.address}/delete", {"name": "HMP Exampl"})
    assert (answer.status_code, "Type the name as it stands here" in answer.text) == (422, True)
    assert team.owner.client.get(team.address).status_code == 200


def test_deleted_organisation_leaves_only_the_log(app: Site, team: TestTeam, make_team: MakeTeam) -> None:
    other = make_team("Friends", "voluntary_organisation")
    fill(app, other)
    kept = _count_rows(app)
    fill(app, team)
    page = team.owner.client.send(f"{team.address}/delete", {"name": " hmp example "}, follow=True)
    assert "HMP Example and everything it had written have been deleted." in page.text
    assert team.owner.client.get(team.address).status_code == 404
    left = _count_rows(app)
    assert left["organisation"] == 1
    for table, number in left.items():
        if table not in ("audit_event", "organisation", "membership"):
            assert number == kept[table], table
    with app.run_work(write=False) as work:
        event = work.scalars(select(AuditEvent).where(AuditEvent.event == "organisation_deleted")).one()
    assert (event.user_id, event.details) == (team.owner.id, {"name": "HMP Example"})


def _count_rows(app: Site) -> dict[str, int]:
    with app.run_work(write=False) as work:
        return {
            name: work.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }
