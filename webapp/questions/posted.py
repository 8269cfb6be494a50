"""A posted form as typed answers: each practice that was on the page is an answer, or says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from selfassess.model.answer import NA, Answer
from webapp.questions.fields import QuestionField
from webapp.questions.inputs import Inputs, clean_text, split_evidence

__all__ = [
    "EVIDENCE_ITEMS",
    "EVIDENCE_LENGTH",
    "NOTE_LENGTH",
    "REASON_LENGTH",
    "FieldErrors",
    "InputError",
    "Posted",
    "PostedAnswer",
    "errors_in",
    "list_errors",
    "read_posted",
    "typed_in",
]

NOTE_LENGTH = 10_000
"""Characters of a note."""

REASON_LENGTH = 2_000
"""Characters of a reason."""

EVIDENCE_ITEMS = 50
"""Pieces of evidence."""

EVIDENCE_LENGTH = 2_000
"""Characters of one piece of evidence; long enough for any address."""


@dataclass(frozen=True, slots=True)
class InputError:
    """What is wrong with one input, and the address of that input on the page; fits GOV.UK's error summary."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class PostedAnswer:
    """An answer that can be saved.

    Attributes:
        version: The version that the person saw; another one in the store means that somebody else was quicker.
        confirmed: Whether “This is still right” was ticked.
        typed: What stood in the inputs, to show them again.
    """

    answer: Answer
    version: int
    confirmed: bool
    typed: Inputs


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """Why what was posted for a practice cannot be saved.

    Attributes:
        messages: What is wrong, by input: ``level``, ``note``, ``reason`` or ``evidence``.
        typed: What stood in the inputs, to show them again.
    """

    practice: str
    messages: Mapping[str, str]
    typed: Inputs

    @property
    def links(self) -> Iterator[InputError]:
        """Each error with the address of its input, in the order of the page."""
        return (InputError(text, f"#{self.practice}-{name}") for name, text in self.messages.items())


Posted = PostedAnswer | FieldErrors
"""What became of one practice's inputs."""


def read_posted(
    fields: Iterable[QuestionField], form: Mapping[str, str], shown: Mapping[str, Inputs] | None = None
) -> dict[str, Posted]:
    """The answers of a posted form, by practice.

    A practice whose version was not posted was not on the page and is left out, so that half a form clears nothing.
    A practice on the page with nothing chosen is not answered.

    Args:
        fields: What may be on the page.
        form: The posted names and values.
        shown: What is saved; only used to ask for confirmation again when the form is shown again.
    """
    on_page = (field for field in fields if field.names.version in form)
    return {field.id: _read(field, form, (shown or {}).get(field.id)) for field in on_page}


def errors_in(posted: Mapping[str, Posted]) -> dict[str, FieldErrors]:
    """The practices with errors."""
    return {key: each for key, each in posted.items() if isinstance(each, FieldErrors)}


def list_errors(posted: Mapping[str, Posted]) -> list[InputError]:
    """Every error in the order of the page, for the error summary."""
    return [link for each in errors_in(posted).values() for link in each.links]


def typed_in(posted: Mapping[str, Posted]) -> dict[str, Inputs]:
    """What stood in the inputs of each practice, to show the form again."""
    return {key: each.typed for key, each in posted.items()}


def _read(field: QuestionField, form: Mapping[str, str], shown: Inputs | None) -> Posted:
    typed = _typed(field, form, to_confirm=shown is not None and shown.to_confirm)
    settled = _settle_reason(field, typed)
    evidence = split_evidence(typed.evidence)
    messages = dict(_check(field, settled, evidence))
    if messages:
        return FieldErrors(field.id, messages, typed)
    answer = Answer(level=field.codes[settled.level], note=settled.note, reason=settled.reason, evidence=evidence)
    return PostedAnswer(answer, typed.version, typed.confirmed, typed)


def _typed(field: QuestionField, form: Mapping[str, str], *, to_confirm: bool) -> Inputs:
    names = field.names
    return Inputs(
        level=form.get(names.level, ""),
        note=clean_text(form.get(names.note, "")),
        reason=clean_text(form.get(names.reason, "")),
        evidence=clean_text(form.get(names.evidence, "")),
        version=_version(form[names.version]),
        to_confirm=to_confirm,
        confirmed=names.confirm in form,
    )


def _version(text: str) -> int:
    # What is no version is one that nobody has: the store then finds a conflict and overwrites nothing.
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else -1


_DIGITS = 10


def _settle_reason(field: QuestionField, typed: Inputs) -> Inputs:
    """Only “Does not apply” has a reason; one that was typed beside another answer is kept in the note."""
    if typed.level == NA or not typed.reason:
        return typed
    moved = f"Why it did not apply: {typed.reason}"
    if moved in typed.note or field.layout == "quick":
        return replace(typed, reason="")
    return replace(typed, reason="", note=f"{typed.note}\n\n{moved}".strip())


def _check(field: QuestionField, typed: Inputs, evidence: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What is wrong, in the order of the page."""
    title = field.title
    if typed.level not in field.codes:
        yield "level", f"Choose one of the answers for “{title}”"
    elif typed.level == NA and not typed.reason:
        yield "reason", f"Say why “{title}” does not apply"
    elif len(typed.reason) > REASON_LENGTH:
        yield "reason", _too_long(f"Why “{title}” does not apply", REASON_LENGTH, len(typed.reason))
    if len(typed.note) > NOTE_LENGTH:
        yield "note", _too_long(f"The note on “{title}”", NOTE_LENGTH, len(typed.note))
    if len(evidence) > EVIDENCE_ITEMS:
        yield "evidence", f"Evidence for “{title}” must be {EVIDENCE_ITEMS} lines or fewer (it has {len(evidence)})"
    elif any(len(item) > EVIDENCE_LENGTH for item in evidence):
        longest = max(map(len, evidence))
        yield "evidence", _too_long(f"Each line of evidence for “{title}”", EVIDENCE_LENGTH, longest)


def _too_long(what: str, limit: int, length: int) -> str:
    return f"{what} must be {limit:,} characters or fewer (it has {length:,})"
