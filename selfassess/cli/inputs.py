"""From a file that was named on the command line to a scorecard."""

from __future__ import annotations

from selfassess.catalogue import load_standard
from selfassess.files.assessments import read_assessment
from selfassess.scorecard import Scorecard, score

__all__ = ["score_file"]


def score_file(path: str, standard_name: str | None) -> Scorecard:
    """The scorecard of an assessment, against the named standard or the one that the file names.

    Raises:
        FaultsError: The standard or the assessment has faults.
    """
    named = load_standard(standard_name) if standard_name else None
    assessment = read_assessment(path, standard=named)
    return score(named or load_standard(assessment.standard.id), assessment)
