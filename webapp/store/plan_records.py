"""An action plan as the rest of the site holds it: what people wrote, and the answers that it is read beside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from selfassess import Scorecard
from selfassess.model.practice import Effort
from selfassess.planning import Action, ActionPlan, ActionStatus, plan_actions
from selfassess.revision import EditedAction, is_own_reference, revise_plan
from webapp.store.records import AssessmentRecord

__all__ = ["ActionRecord", "LivingPlan", "PlanRecord", "Written"]


@dataclass(frozen=True, slots=True)
class Written:
    """What people wrote about one action; where a field is empty, the standard's own words stand there.

    Attributes:
        gap: What it is about; of people's own actions only, like ``theme``.
        evidence: What will show that it is done, one thing each.
    """

    start: date
    due: date
    gap: str = ""
    theme: str = ""
    action: str = ""
    effort: Effort | None = None
    owner: str = ""
    helpers: str = ""
    status: ActionStatus = ActionStatus.NOT_STARTED
    progress_note: str = ""
    evidence: tuple[str, ...] = ()
    last_reviewed: date | None = None

    def edit(self, reference: str) -> EditedAction:
        """The same, as the library takes it."""
        return EditedAction(
            reference=reference,
            gap=self.gap,
            theme=self.theme,
            action=self.action,
            effort=self.effort,
            owner=self.owner,
            helpers=self.helpers,
            start=self.start,
            due=self.due,
            expected_evidence=self.evidence,
            status=self.status,
            progress_note=self.progress_note,
            last_reviewed=self.last_reviewed,
        )


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """An action as it is kept.

    Attributes:
        reference: A practice's id, or “Own 1” for an action of people's own.
        is_declined: Whether people left or took it out of the plan; it is not offered again.
        version: Counts the changes from 1.
        changed_by: The name of who changed it last; empty where the account is gone.
    """

    id: str
    reference: str
    is_declined: bool
    written: Written
    version: int
    changed_by: str
    changed_at: datetime

    @property
    def is_own(self) -> bool:
        """Whether people added it, so that no practice is behind it."""
        return is_own_reference(self.reference)


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """The plan, without its actions.

    Attributes:
        assessment_id: The assessment whose answers it is read beside.
        start: The day the plan started.
    """

    id: str
    assessment_id: str
    start: date
    created_at: datetime


@dataclass(frozen=True)
class LivingPlan:
    """The plan beside the answers of an assessment.

    Attributes:
        card: The assessment, scored.
        kept: Every action that was ever taken up or declined, in the order in which that happened.
    """

    record: PlanRecord
    assessment: AssessmentRecord
    card: Scorecard
    kept: tuple[ActionRecord, ...]

    @cached_property
    def by_reference(self) -> dict[str, ActionRecord]:
        """Every action that is kept."""
        return {action.reference: action for action in self.kept}

    @cached_property
    def plan(self) -> ActionPlan:
        """The actions that people took up, with what they wrote: what is on screen, in the PDF and in every file."""
        return self._revise([action for action in self.kept if not action.is_declined])

    @cached_property
    def declined(self) -> tuple[Action, ...]:
        """The actions that people do not want."""
        return self._revise([action for action in self.kept if action.is_declined]).actions

    @property
    def offers(self) -> tuple[Action, ...]:
        """The gaps about which nobody has decided yet, first things first."""
        return tuple(action for action in self.drafted.actions if action.reference not in self.by_reference)

    @cached_property
    def drafted(self) -> ActionPlan:
        """The plan as the answers alone would make it."""
        return plan_actions(self.card, start=self.record.start)

    def get_draft(self, reference: str) -> Action:
        """An action of the plan as it is where nobody wrote anything."""
        record = self.by_reference[reference]
        empty = Written(record.written.start, record.written.due, gap=record.written.gap)
        return self._revise([replace(record, written=empty)]).actions[0]

    def _revise(self, records: list[ActionRecord]) -> ActionPlan:
        references = {record.reference for record in records}
        known = tuple(action for action in self.drafted.actions if action.reference in references)
        edits = [record.written.edit(record.reference) for record in records]
        return revise_plan(replace(self.drafted, actions=known), edits)
