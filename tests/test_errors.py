"""Faults as one line of text each."""

from __future__ import annotations

import pytest

from selfassess.errors import AssessmentError, Fault, FaultsError, SelfAssessError


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault("a.yaml", 3, "POL-01", "is empty", "Write it"), "a.yaml:3: POL-01: is empty. Write it."),
        (Fault("a.yaml", 0, "", "is empty", "Write it"), "a.yaml: is empty. Write it."),
        (Fault("", 3, "POL-01", "is empty.", "Write it."), "POL-01: is empty. Write it."),
        (Fault("", 0, "", "is empty", "Write it"), "is empty. Write it."),
        (Fault("", 0, "", "is wrong", "Did you mean “x”?"), "is wrong. Did you mean “x”?"),
        (Fault("", 0, "", "is wrong", "Write {level: NA, reason: …}"), "is wrong. Write {level: NA, reason: …}."),
        (Fault("", 0, "", "says “a\nb\r\n c\t”", "Write it"), "says “a b c ”. Write it."),
        (Fault("", 0, "", "says “\x1b[31m\x00\u202e”", "Write it"), "says “\ufffd[31m\ufffd\ufffd”. Write it."),
    ],
)
def test_fault_is_one_line_whatever_was_typed(fault: Fault, text: str) -> None:
    assert str(fault) == text


def test_error_tells_every_fault_on_its_own_line() -> None:
    faults = [Fault("a", 1, "", "is wrong", "Mend it"), Fault("a", 2, "", "is bad", "Mend it")]
    error = AssessmentError(iter(faults))
    assert list(error.faults) == faults
    assert str(error) == "a:1: is wrong. Mend it.\na:2: is bad. Mend it."


def test_errors_of_faults_are_errors_of_value() -> None:
    assert issubclass(FaultsError, ValueError)
    assert issubclass(FaultsError, SelfAssessError)
