"""Which requirements a practice may be mapped to."""

from __future__ import annotations

import pytest

from selfassess.model.source import Requirement, RequirementStatus


@pytest.mark.parametrize(
    ("status", "asked", "can_be_met"),
    [
        (RequirementStatus.REQUIRED, True, True),
        (RequirementStatus.REQUIRED, False, False),
        (RequirementStatus.ABSENT, True, False),
        (RequirementStatus.NOT_APPLICABLE, True, False),
    ],
)
def test_only_what_is_required_and_asked_can_be_met(status: RequirementStatus, asked: bool, can_be_met: bool) -> None:
    requirement = Requirement(id="1", label="A", locator="B", status=status, asked=asked)
    assert requirement.can_be_met is can_be_met
