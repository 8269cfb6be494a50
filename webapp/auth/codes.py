"""Codes of an authenticator app: Flask-Security's, but each can be used only once."""

from __future__ import annotations

import time

from flask_security import Totp, UserMixin
from passlib.totp import TOTP, AppWallet, TotpMatch  # type: ignore[import-untyped]

from webapp.store.accounts import find_used_code, keep_used_code

__all__ = ["CLOCK_DRIFT", "OneTimeTotp"]

_HALF_MINUTE = 30
"""Seconds for which a code is shown."""

CLOCK_DRIFT = 30
"""Seconds by which the clock of somebody's phone may differ from ours."""


class OneTimeTotp(Totp):
    """Remembers the last code that each person used, and renews secrets that an earlier key had encrypted."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        """Take the first key for what is new; the others open what is old."""
        super().__init__(secrets, issuer)
        wallet = AppWallet(secrets, default_tag=next(iter(secrets)))
        self._totp = TOTP.using(issuer=issuer, wallet=wallet)

    def get_last_counter(self, user: UserMixin) -> int | None:
        """The half minute of the last code that was used; none where a clock that was wrong says that it is to come."""
        counter = find_used_code(user.id)  # type: ignore[arg-type]
        latest = (time.time() + CLOCK_DRIFT) // _HALF_MINUTE + 1
        return None if counter is None or counter > latest else counter

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Keep which code was used, and the secret under the newest key."""
        keep_used_code(user_id=user.id, counter=tmatch.counter)  # type: ignore[arg-type]
        if user.tf_totp_secret and tmatch.totp.changed:
            user.tf_totp_secret = tmatch.totp.to_json(encrypt=True)
