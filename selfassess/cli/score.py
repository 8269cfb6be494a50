"""``selfassess score``: the scorecard on a terminal, or as JSON."""

from __future__ import annotations

import argparse
import json

from selfassess.cli.inputs import score_file
from selfassess.cli.tables import format_score, format_table, print_wrapped
from selfassess.errors import Fault, FaultsError, one_line
from selfassess.explanation import RATING_RULES, words
from selfassess.priorities import first_step
from selfassess.readiness import Readiness
from selfassess.scorecard import Scorecard

__all__ = ["run"]

FIRST_THINGS = 3


def run(options: argparse.Namespace) -> int:
    """Print the scorecard, or one explanation of it."""
    card = score_file(options.file, options.standard)
    if options.json:
        print(json.dumps(card.to_dict(), ensure_ascii=False, indent=2))
    elif options.explain:
        _explain(card, options.explain)
    else:
        _print_scorecard(card)
    return 0


def _explain(card: Scorecard, subject: str) -> None:
    try:
        explanation = card.explain(subject)
    except KeyError:
        remedy = "Name “overall”, a theme, a practice that was asked, or a requirement as noms-2005:13"
        raise FaultsError([Fault("", 0, subject, "is nothing that this scorecard can explain", remedy)]) from None
    print(one_line(explanation.subject))
    for sentence in explanation.sentences:
        print_wrapped(sentence)


def _print_scorecard(card: Scorecard) -> None:
    organisation, kinds = card.assessment.organisation, card.standard.kinds
    questionnaire = card.standard.questionnaires[card.assessment.questionnaire]
    day = f", {card.assessment.date}" if card.assessment.date else ""
    print(one_line(f"{organisation.name} ({kinds[organisation.kind].title}){day}"))
    print(f"{card.standard.title}, version {card.standard.version}; {questionnaire.title}\n")
    _print_overall(card)
    _print_themes(card)
    _print_readiness(card)
    _print_first_things(card)


def _print_overall(card: Scorecard) -> None:
    result = card.overall
    print(
        f"  {result.met} met, {result.gaps} {'gap' if result.gaps == 1 else 'gaps'}, {result.unanswered} not answered, "
        f"{result.asked - result.applicable} do not apply; {result.asked} asked"
    )
    note = f" (provisional: {result.answered} of {result.asked} answered)" if result.is_provisional else ""
    print(f"  Score {format_score(result.score)}{note}")
    print(f"  Rating {words(result.rating)}: {RATING_RULES[result.rating]}\n")


def _print_themes(card: Scorecard) -> None:
    rows = [
        (t.theme.title, r.met, r.gaps, r.unanswered, r.asked - r.applicable, format_score(r.score), words(r.rating))
        for t in card.themes
        for r in [t.result]
    ]
    header = ("Theme", "Met", "Gaps", "Not answered", "Does not apply", "Score", "Rating")
    print("\n".join(format_table(header, rows)), end="\n\n")


def _print_readiness(card: Scorecard) -> None:
    rows = [(item.source.short_title, *item.counts.values()) for item in card.readiness]
    header = ("Readiness (requirements)", *map(words, Readiness))
    print("\n".join(format_table(header, rows)))
    questionnaire = card.standard.questionnaires[card.assessment.questionnaire]
    if questionnaire.practices != "all":
        print_wrapped(f"{questionnaire.title}: {questionnaire.introduction}")
    for item in card.readiness:
        if item.source.readiness_note:
            print_wrapped(f"{item.source.short_title}: {item.source.readiness_note}")
    print()


def _print_first_things(card: Scorecard) -> None:
    if not card.priorities:
        print("No gaps among the answers.")
        return
    print(f"Do first (gaps in all: {len(card.priorities)})")
    for priority in card.priorities[:FIRST_THINGS]:
        print(f"  {priority.rank}. {priority.practice.id} {priority.practice.title}")
        print_wrapped(priority.why, "     ")
        print_wrapped(f"First step: {first_step(priority.practice, priority.answer)}", "     ")
