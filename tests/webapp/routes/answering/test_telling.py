"""Colleagues are told by email what waits for them; what it is stands on the site only."""

from __future__ import annotations

import re

import pytest

from tests.webapp.conftest import TestTeam
from tests.webapp.mailing import read_mails
from tests.webapp.reviewing import add_assessment
from tests.webapp.routes.answering.conftest import Sheet
from webapp import mail
from webapp.auth import limits
from webapp.mail import MailError
from webapp.site import Site
from webapp.store.administration import deactivate_account
from webapp.store.tries import Allowance

NOT_TOLD = "could not be sent. Please tell them yourself"


def told(app: Site) -> list[tuple[str, str]]:
    """To whom mails went, and their subjects without the site's name."""
    found = [re.match(r"To: (.*)\nSubject: (.*) – Volunteer self-audit\n", mail) for mail in read_mails(app)]
    return [(match[1], match[2]) for match in found if match]


def decide(team: TestTeam, address: str, path: str, **fields: str) -> int:
    """Sign, or send back, as the approver."""
    client = team.approver.client
    submission = client.page(f"{address}/{path}").one("input[name=submission]").get("value")
    return client.send(f"{address}/{path}", {"submission": submission} | fields).status_code


def test_those_who_can_sign_are_told_what_was_submitted(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team)
    team.contributor.client.send(f"{address}/submit")
    subject = "2026 waits for a signature"
    assert sorted(told(app)) == sorted([(team.approver.email, subject), (team.owner.email, subject)])
    mail = read_mails(app)[0]
    assert "HMP Example Contributor submitted “2026” of HMP Example." in mail
    assert f"http://127.0.0.1:8000{address}/results\n" in mail


def test_whoever_submits_is_not_told_so(app: Site, team: TestTeam) -> None:
    team.owner.client.send(f"{add_assessment(app, team)}/submit")
    assert [to for to, _ in told(app)] == [team.approver.email]


def test_whoever_submitted_is_told_that_it_was_sent_back_and_not_why(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team)
    team.contributor.client.send(f"{address}/submit")
    before = len(told(app))
    assert decide(team, address, "send-back", reason="The policy is out of date") == 303
    assert told(app)[before:] == [(team.contributor.email, "2026 was sent back")]
    assert "out of date" not in "".join(read_mails(app))


def test_whoever_submitted_and_the_owners_are_told_of_the_signature(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team)
    team.contributor.client.send(f"{address}/submit")
    before = len(told(app))
    assert decide(team, address, "sign", confirmed="y") == 303
    assert {to for to, _ in told(app)[before:]} == {team.contributor.email, team.owner.email}
    assert {subject for _, subject in told(app)[before:]} == {"2026 was signed off"}


def test_step_that_is_refused_tells_nobody(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team, "submitted")
    assert team.approver.client.send(f"{address}/send-back", {"reason": ""}).status_code == 422
    assert told(app) == []


def test_colleague_is_told_of_a_comment_and_not_what_it_says(app: Site, sheet: Sheet) -> None:
    team, address = sheet.team, f"{sheet.address}/practices/POL-01/comments"
    team.owner.client.send(address, {"text": "Our weak spot", "to": team.contributor.id})
    assert told(app) == [(team.contributor.email, "A comment for you")]
    mail = read_mails(app)[0]
    assert f"{address}\n" in mail
    assert "weak spot" not in mail


def test_comment_for_everybody_is_mailed_to_nobody(app: Site, sheet: Sheet) -> None:
    address = f"{sheet.address}/practices/POL-01/comments"
    sheet.team.owner.client.send(address, {"text": "Well done", "to": "everybody"})
    assert told(app) == []


def test_colleague_is_told_once_of_a_theme(app: Site, sheet: Sheet) -> None:
    team, address = sheet.team, f"{sheet.policy}/assign"
    for _ in range(2):
        team.owner.client.send(address, {"person": team.contributor.id})
    assert told(app) == [(team.contributor.email, "“Policy and agreements” was given to you")]
    assert f"{sheet.policy}\n" in read_mails(app)[0]
    team.owner.client.send(address, {"person": "nobody"})
    team.owner.client.send(address, {"person": team.owner.id})
    assert len(told(app)) == 1


def test_nobody_can_have_a_colleague_told_without_end(app: Site, sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.ALLOWANCES, limits.TELLING, Allowance(for_one=2, from_one_place=9))
    address = f"{sheet.address}/practices/POL-01/comments"
    for number in range(4):
        said = {"text": f"Comment {number}", "to": sheet.team.contributor.id}
        assert sheet.team.owner.client.send(address, said).status_code == 303
    assert len(told(app)) == 2
    assert NOT_TOLD in sheet.team.owner.client.page(address).words("body")


def test_deactivated_colleague_is_not_told(app: Site, team: TestTeam) -> None:
    with app.run_work(write=True) as work:
        deactivate_account(administrator_id=team.owner.id, user_id=team.approver.id)
        work.commit()
    team.contributor.client.send(f"{add_assessment(app, team)}/submit")
    assert [to for to, _ in told(app)] == [team.owner.email]


class SlowPost:
    """A mail server that takes its time, and then fails or not."""

    def __init__(self, seconds: float, *, fails: bool) -> None:
        self.seconds, self.fails, self.tried = seconds, fails, 0

    def deliver(self, _: object) -> None:
        self.tried += 1
        mail.monotonic.now += self.seconds  # type: ignore[attr-defined]
        if self.fails:
            raise MailError("TimeoutError")


class Clock:
    """Time that passes only where somebody lets it."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("seconds", "fails", "tried", "notices"), [(1, True, 2, 1), (21, False, 1, 1), (1, False, 2, 0)]
)
def test_mail_server_loses_nothing_and_is_not_waited_for_without_end(
    app: Site, team: TestTeam, monkeypatch: pytest.MonkeyPatch, seconds: float, fails: bool, tried: int, notices: int
) -> None:
    monkeypatch.setattr(mail, "monotonic", Clock())
    post = app.extensions["post"] = SlowPost(seconds, fails=fails)
    address = add_assessment(app, team)
    assert team.contributor.client.send(f"{address}/submit").status_code == 303
    page = team.contributor.client.page(f"{address}/results")
    assert page.words("main").count("Waiting for sign-off") == 1
    assert page.words("body").count(NOT_TOLD) == notices
    assert post.tried == tried
