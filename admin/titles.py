"""What columns are called, and what is said beside them, by the reader's language."""

from typing import Any

from sqlalchemy import Column

from schema.checking import Language, label_of
from schema.tables.columns import info_of
from schema.tables.declaration import Row


def title_of(column: Column[Any], language: Language) -> str:
    """What a column is called."""
    return info_of(column).label_th if language is Language.THAI else capitalised(label_of(column))


def help_of(column: Column[Any], language: Language) -> str:
    """What a column holds, with what it is called in the other language."""
    info = info_of(column)
    if language is Language.THAI:
        return f"{info.help_th} ({title_of(column, Language.ENGLISH)})"
    return f"{info.description} ({info.label_th})"


def help_of_table(model: type[Row], language: Language) -> str:
    """What the rows of a table are: in English the first line of what its class says."""
    return language.choose((model.__doc__ or "").partition("\n")[0], model.about.help_th)


def limits_of(column: Column[Any], language: Language) -> str:
    """Between which numbers a column's values are, and in which steps; empty where nothing is declared."""
    info = info_of(column)
    if info.minimum is None or info.maximum is None:
        return ""
    if info.step is None:
        return language.choose(f"From {info.minimum} to {info.maximum}.", f"ตั้งแต่ {info.minimum} ถึง {info.maximum}")
    return language.choose(
        f"From {info.minimum} to {info.maximum}, in steps of {info.step}.",
        f"ตั้งแต่ {info.minimum} ถึง {info.maximum} ทีละ {info.step}",
    )


def capitalised(text: str) -> str:
    """A text with a capital letter, where its first is one that has capitals."""
    return text[:1].upper() + text[1:]
