"""Assessments that the reports are tried on: made up, the same on every run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from selfassess import Assessment, Scorecard, Standard, load_standard, score
from selfassess.comparison import Comparison, compare
from selfassess.model.practice import Practice, Tier

NOTES = (
    "Agreed with the senior team in March; the chaplaincy and the education department already work this way.",
    (
        "Chaplaincy and family services do this well. The gym and the workshops have their own arrangements, which "
        "nobody has written down.\nTo discuss at the next reducing reoffending meeting."
    ),
    "Asked four volunteers in September: three knew about it, one (new, peer support) did not.",
    "Draft with the head of reducing reoffending since June.",
    "We lost two good people while they waited for vetting this year.",
)
EVIDENCE = (
    "https://intranet.example/volunteers/policy-2026.pdf",
    "Folder “Volunteers”, shared drive, section 4",
    "https://intranet.example/committee/minutes?date=2026-09-14&item=7",
)
REASONS = (
    "Our volunteers come only through partner organisations, which do this under their own agreements.",
    "Nobody drives as a volunteer here.",
)


def standard() -> Standard:
    return load_standard("prison-volunteering")


def build(answers: dict[str, Any], **overrides: Any) -> Scorecard:
    """The scorecard of an organisation that answered so."""
    organisation = {"name": "HMP Example", "kind": "prison", "reference": "HMP-EX", "group": "North"}
    organisation |= overrides.pop("organisation", {})
    data = {
        "standard": {"id": "prison-volunteering"},
        "organisation": organisation,
        "date": date(2026, 11, 1),
        "answers": answers,
    }
    return score(standard(), Assessment.model_validate(data | overrides))


def practices(kind: str = "prison", questionnaire: str = "full") -> tuple[Practice, ...]:
    return standard().asked(questionnaire, kind)


def answer_all(kind: str = "prison", questionnaire: str = "full", *, shift: int = 0) -> dict[str, Any]:
    """Every practice answered, a note on each third: a middling organisation with two gaps among its musts."""
    answers: dict[str, Any] = {}
    for index, practice in enumerate(practices(kind, questionnaire)):
        answer: dict[str, Any] = {"level": _level(practice, index + shift)}
        if practice.na_allowed and index % 4 == 1:
            answer = {"level": "NA", "reason": REASONS[index % len(REASONS)]}
        if index % 3 == 0:
            answer["note"] = NOTES[index % len(NOTES)]
        if index % 6 == 2:
            answer["evidence"] = [EVIDENCE[index % len(EVIDENCE)]]
        answers[practice.id] = answer
    return answers


def _level(practice: Practice, index: int) -> int | str:
    if practice.tier is Tier.MUST:
        return (2, 3, 1, 2, 0, 2)[index % 6]
    if practice.tier is Tier.CORE:
        return (2, 3, 1, 2, 2, 0, 2, 1, 3, 2, "DK")[index % 11]
    return (0, 2, 1, 2, 0, "DK", 2)[index % 7]


def everything_at(level: int, questionnaire: str = "full") -> Scorecard:
    asked = practices(questionnaire=questionnaire)
    return build({practice.id: level for practice in asked}, questionnaire=questionnaire)


WELSH_NAME = "CEM Dŵr Gwyrdd, Cŵn a’r Tŷ Ŵyl"
WELSH_NOTE = "Mae’r gwirfoddolwyr yn cwrdd â’r tîm bob mis; ŵ ŷ Ŵ Ŷ â ê î ô û ï."
LONG_NOTE = "\n".join(
    f"Paragraph {number}. " + "The volunteer coordinator keeps a list of every role and who fills it. " * 5
    for number in range(1, 58)
)
LONG_WORD = "Llanfair" * 625
HOSTILE = (
    '<img src="file:///etc/passwd"><link rel="stylesheet" href="https://tracker.example/a.css">'
    "<style>@import url(https://tracker.example/b.css); body { background: url(file:///etc/hosts) }</style>"
    '<svg><image href="https://tracker.example/c.png"/></svg><script>alert(1)</script></p></td></table>'
    "{{ 7 * 7 }} {% raw %} &amp; &#0; ]]> <!-- %>"
)
CONTROLS = "null \x00, bell \x07, form feed \x0c, next line \x85, override \u202e, isolate \u2067, half \ud83d end"
FOREIGN = "grin 😀, family 👩‍👩‍👧, kanji 漢字, arabic مرحبا, hebrew שלום, hindi नमस्ते, private \ue000, last \U0010fffd"


def _answered(kind: str, **overrides: Any) -> Scorecard:
    return build(answer_all(kind), **overrides)


def _hostile() -> Scorecard:
    answers = answer_all()
    texts = (HOSTILE, CONTROLS, FOREIGN, "two\r\nlines\u2028three\u2029four", "tab\tbed  and   spaced")
    for practice_id, text in zip(answers, texts, strict=False):
        answers[practice_id] = {
            "level": 1,
            "note": text,
            "evidence": [text.replace("\ud83d", ""), "javascript:alert(1)", 'https://x.example/"><b>?q=é😀'],
        }
    name = f'<b>HMP</b> “Quote" \u202e {"x" * 180} \\A url(file:///etc/passwd)'
    organisation = {"name": name, "reference": "</title><script>", "group": FOREIGN}
    return build(answers, organisation=organisation)


def _long_notes() -> Scorecard:
    answers = answer_all()
    for index, practice_id in enumerate(answers):
        if index in (3, 30):
            answers[practice_id] = {"level": 1, "note": LONG_NOTE if index == 3 else LONG_WORD}
        elif index % 2:
            answers[practice_id] = {"level": (0, 1, 2, 3)[index % 4], "note": NOTES[1] * 8}
    return build(answers)


def _no_notes() -> Scorecard:
    answers = {key: {k: v for k, v in answer.items() if k != "note"} for key, answer in answer_all().items()}
    return build(answers)


def _welsh() -> Scorecard:
    answers = answer_all(questionnaire="quick-check")
    for practice_id in list(answers)[::5]:
        answers[practice_id] = {"level": 2, "note": WELSH_NOTE}
    organisation = {"name": WELSH_NAME, "group": "Gogledd Cymru"}
    return build(answers, organisation=organisation, questionnaire="quick-check")


def _half_answered() -> Scorecard:
    return build({key: value for index, (key, value) in enumerate(answer_all().items()) if index % 3})


def _charity() -> Scorecard:
    name = "Pathways Community Chaplaincy"
    organisation = {"name": name, "kind": "voluntary_organisation", "reference": None, "group": None}
    return _answered("voluntary_organisation", organisation=organisation)


def _quick_check() -> Scorecard:
    return build(answer_all(questionnaire="quick-check"), questionnaire="quick-check")


CASES: dict[str, Callable[[], Scorecard]] = {
    "prison": lambda: _answered("prison"),
    "charity": _charity,
    "long-notes": _long_notes,
    "no-notes": _no_notes,
    "all-met": lambda: everything_at(2),
    "embedded": lambda: everything_at(3, "quick-check"),
    "nothing-answered": lambda: build({}),
    "half-answered": _half_answered,
    "welsh": _welsh,
    "hostile": _hostile,
    "quick-check": _quick_check,
    "compared": lambda: _answered("prison"),
}
"""The scorecards by name."""


def comparison_for(name: str, card: Scorecard) -> Comparison | None:
    """What the case is compared with: last year's answers, for the one that is compared."""
    if name != "compared":
        return None
    before = answer_all(shift=4)
    for practice_id in list(before)[::9]:
        del before[practice_id]
    return compare(build(before, date=date(2025, 10, 20)), card)
