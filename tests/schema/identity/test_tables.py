from schema.graph import build_model
from schema.identity import identity_tables
from schema.tables import tables
from schema.tables.columns import info_of

NEVER_SHOWN = {"id", "digest", "password_hash", "sealed_secret"}


def test_no_table_of_identities_is_in_the_graph() -> None:
    identities = {model.__table__.name for model in identity_tables()}
    assert len(identities) == 9
    assert not identities & {model.__table__.name for model in tables()}
    assert not identities & {entity.table for entity in build_model().entities.values()}


def test_every_column_is_declared_with_a_thai_label_and_secrets_are_shown_nowhere() -> None:
    for model in identity_tables():
        for column in model.__table__.columns:
            info = info_of(column)
            assert any("\u0e00" <= letter <= "\u0e7f" for letter in info.label_th)
            assert info.exposed is (column.name not in NEVER_SHOWN)
