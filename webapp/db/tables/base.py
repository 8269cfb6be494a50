"""What all tables share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from sqlalchemy import JSON, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

from webapp.db.ids import ID_LENGTH, new_id
from webapp.db.types import UtcDateTime

__all__ = ["Base", "Code", "Id", "LongText", "Moment", "Name"]

Id = Annotated[str, mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)]
"""A primary key that people meet in addresses."""

Code = Annotated[str, mapped_column(String(40))]
"""One of a few words of ours, or a permanent id of the standard's."""

Name = Annotated[str, mapped_column(String(300))]
LongText = Annotated[str, mapped_column(Text)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]


class Base(DeclarativeBase):
    """The tables; every constraint has a name, so that its violation can be told from others."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {list[str]: JSON, dict[str, object]: JSON}  # noqa: RUF012 - as SQLAlchemy wants it
