"""The tables. Only `webapp.store` and the migrations import them."""

from __future__ import annotations

from webapp.db.tables.accounts import LoginSession, Role, Try, UsedCode, User
from webapp.db.tables.assessments import (
    Answer,
    AnswerChange,
    Assessment,
    Comment,
    KeptReport,
    ReviewEvent,
    SignedCopy,
    StandardCopy,
    ThemeAssignment,
)
from webapp.db.tables.audit import AuditEvent
from webapp.db.tables.base import Base
from webapp.db.tables.organisations import Group, GroupOffer, GroupReader, Invitation, Membership, Organisation
from webapp.db.tables.plans import Action, ActionChange, Plan
from webapp.db.tables.visits import HeldForm, QuickCheck

__all__ = [
    "Action",
    "ActionChange",
    "Answer",
    "AnswerChange",
    "Assessment",
    "AuditEvent",
    "Base",
    "Comment",
    "Group",
    "GroupOffer",
    "GroupReader",
    "HeldForm",
    "Invitation",
    "KeptReport",
    "LoginSession",
    "Membership",
    "Organisation",
    "Plan",
    "QuickCheck",
    "ReviewEvent",
    "Role",
    "SignedCopy",
    "StandardCopy",
    "ThemeAssignment",
    "Try",
    "UsedCode",
    "User",
]
