"""From a file that was named on the command line to a scorecard."""

from __future__ import annotations

from selfassess.catalogue import load_standard
from selfassess.comparison import Comparison, compare
from selfassess.errors import ComparisonError, Fault, FaultsError
from selfassess.files.assessments import read_assessment
from selfassess.scorecard import Scorecard, score

__all__ = ["compare_files", "score_file"]


def score_file(path: str, standard_name: str | None) -> Scorecard:
    """The scorecard of an assessment, against the named standard or the one that the file names.

    Raises:
        FaultsError: The standard or the assessment has faults.
    """
    named = load_standard(standard_name) if standard_name else None
    assessment = read_assessment(path, standard=named)
    return score(named or load_standard(assessment.standard.id), assessment)


def compare_files(old: str, new: str, standard_name: str | None) -> Comparison:
    """What moved between two files.

    Raises:
        FaultsError: A standard or an assessment has faults; those of both files are named.
    """
    cards, faults = [], list[Fault]()
    for path in (old, new):
        try:
            cards.append(score_file(path, standard_name))
        except FaultsError as error:
            faults.extend(error.faults)
    if faults:
        raise FaultsError(faults)
    try:
        return compare(*cards)
    except ComparisonError as error:
        both = f"{old} and {new}"
        raise ComparisonError(Fault(both, 0, f.place, f.problem, f.remedy) for f in error.faults) from None
