"""What stands in the inputs of one practice: as it was saved, or as somebody typed it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selfassess.model.answer import Answer

__all__ = ["Inputs", "clean_answer", "clean_text", "inputs_of", "split_evidence"]

# Word processors break lines with some of these; what else no HTML document and no database may hold is left out.
_OTHER_BREAKS = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of one practice.

    Attributes:
        level: The value chosen, as posted: ``"2"``, ``"NA"``; empty for no answer.
        evidence: One piece a line.
        version: The version of the saved answer that the person sees; 0 where none was ever saved.
        to_confirm: Whether the answer was given earlier and carried over, and nobody has confirmed it yet.
        confirmed: Whether “This is still right” is ticked.
    """

    level: str = ""
    note: str = ""
    reason: str = ""
    evidence: str = ""
    version: int = 0
    to_confirm: bool = False
    confirmed: bool = False


def inputs_of(answer: Answer, *, version: int = 0, to_confirm: bool = False) -> Inputs:
    """A saved answer as it stands in the inputs."""
    return Inputs(
        level="" if answer.level is None else str(answer.level),
        note=clean_text(answer.note),
        reason=clean_text(answer.reason),
        evidence="\n".join(_one_line(item) for item in answer.evidence),
        version=version,
        to_confirm=to_confirm,
    )


def clean_answer(answer: Answer) -> Answer:
    """The answer as it comes back when its form is posted untouched.

    Keep this one when an answer comes from a file, so that looking at a page and saving it is no change.
    """
    inputs = inputs_of(answer)
    evidence = split_evidence(inputs.evidence)
    return Answer(level=answer.level, note=inputs.note, reason=inputs.reason, evidence=evidence)


def clean_text(text: str) -> str:
    """A text as it is kept: lines end in one way, nothing invisible that cannot be kept, no blanks around."""
    if not text:
        return text
    text = text.replace("\r\n", "\n")
    # Nearly every text is printable but for its line ends, which is found out ten times as fast.
    if not text.replace("\n", "").isprintable():
        text = _ILLEGAL.sub("", _OTHER_BREAKS.sub("\n", text))
    return text.strip()


def split_evidence(text: str) -> tuple[str, ...]:
    """The pieces of evidence: one a line, without the empty lines."""
    lines = (line.strip() for line in clean_text(text).split("\n"))
    return tuple(line for line in lines if line)


def _one_line(item: str) -> str:
    return clean_text(item).replace("\n", " ")
