"""Tiers, effort and time in the order and with the weight that the design gives them."""

from __future__ import annotations

from selfassess.model.practice import Effort, Relation, Tier, Timeframe


def test_tiers_weigh_three_two_and_one() -> None:
    assert {tier.value: tier.weight for tier in Tier} == {"must": 3, "core": 2, "stretch": 1}


def test_tiers_and_efforts_sort_as_priorities_need() -> None:
    assert [tier.value for tier in sorted(Tier, key=lambda tier: tier.order)] == ["must", "core", "stretch"]
    assert [effort.value for effort in sorted(Effort, key=lambda effort: effort.order)] == ["low", "medium", "high"]


def test_only_what_can_be_done_within_three_months_is_soon() -> None:
    assert {time.value for time in Timeframe if time.is_soon} == {"immediate", "3_months"}


def test_support_never_counts() -> None:
    assert {relation.value for relation in Relation if relation.counts} == {"equal", "part_of"}
