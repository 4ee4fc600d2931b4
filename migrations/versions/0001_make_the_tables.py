"""Make the tables."""

# ruff: noqa: PLR0915 - it makes every table

import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from schema.rules import noise
from schema.tables.moments import Moment, now

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "academic_year",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column("be_year", sa.Integer(), nullable=False, comment="The year of the Buddhist Era."),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="First day of the year."),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="Last day of the year."),
        sa.Column("census_on", sa.Date(), nullable=False, comment="The day on which pupils are counted, 10 June."),
        sa.CheckConstraint("be_year BETWEEN 2400 AND 2999", name=op.f("ck_academic_year_be_year_range")),
        sa.CheckConstraint("census_on BETWEEN starts_on AND ends_on", name=op.f("ck_academic_year_census_inside")),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_academic_year_dates_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_academic_year")),
        sa.UniqueConstraint("be_year", name=op.f("uq_academic_year_be_year")),
    )
    with op.batch_alter_table("academic_year", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_academic_year_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "curriculum",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "code",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
            comment="The curriculum's code.",
        ),
        sa.Column(
            "name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in English.",
        ),
        sa.Column(
            "name_th",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in Thai.",
        ),
        sa.Column("effective_from", sa.Date(), nullable=False, comment="First day in force."),
        sa.Column("effective_to", sa.Date(), nullable=True, comment="Last day in force; null while it is in force."),
        sa.Column(
            "name_th_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where name_th stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("length(code) BETWEEN 1 AND 20", name=op.f("ck_curriculum_code_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_curriculum_name_length")),
        sa.CheckConstraint("length(name_th) BETWEEN 1 AND 200", name=op.f("ck_curriculum_name_th_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curriculum")),
        sa.UniqueConstraint("code", name=op.f("uq_curriculum_code")),
    )
    with op.batch_alter_table("curriculum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_curriculum_name_th_sort_id"), ["name_th_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_curriculum_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "exit_reason",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "code",
            sa.String(length=30).with_variant(sa.String(length=30, collation="C"), "postgresql"),
            nullable=False,
            comment="The reason's code.",
        ),
        sa.Column(
            "name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in English.",
        ),
        sa.Column(
            "name_th",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in Thai.",
        ),
        sa.Column("counts_as_dropout", sa.Boolean(), nullable=False, comment="Leaving for it is dropping out."),
        sa.Column(
            "name_th_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where name_th stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("counts_as_dropout IN (true, false)", name=op.f("ck_exit_reason_counts_as_dropout_boolean")),
        sa.CheckConstraint("length(code) BETWEEN 1 AND 30", name=op.f("ck_exit_reason_code_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_exit_reason_name_length")),
        sa.CheckConstraint("length(name_th) BETWEEN 1 AND 200", name=op.f("ck_exit_reason_name_th_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_reason")),
        sa.UniqueConstraint("code", name=op.f("uq_exit_reason_code")),
    )
    with op.batch_alter_table("exit_reason", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exit_reason_name_th_sort_id"), ["name_th_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exit_reason_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "grade_code",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "label",
            sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"),
            nullable=False,
            comment="The code as it is written: 4 to 0, ร, มส, ผ, มผ.",
        ),
        sa.Column(
            "name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Meaning in English.",
        ),
        sa.Column(
            "name_th",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Meaning in Thai.",
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="Place among the codes, best first."),
        sa.Column(
            "points",
            sa.Numeric(precision=2, scale=1),
            nullable=True,
            comment="Grade points; null where none are given.",
        ),
        sa.Column(
            "min_score",
            sa.Numeric(precision=5, scale=2),
            nullable=True,
            comment="Lowest score that earns the code, out of 100; null where a score does not decide.",
        ),
        sa.Column("counts_as_attempted", sa.Boolean(), nullable=False, comment="Its credits count as attempted."),
        sa.Column("counts_as_earned", sa.Boolean(), nullable=False, comment="Its credits count as earned."),
        sa.Column("counts_in_gpa", sa.Boolean(), nullable=False, comment="It counts in the grade average."),
        sa.Column("counts_for_graduation", sa.Boolean(), nullable=False, comment="It counts towards graduation."),
        sa.Column("is_pending", sa.Boolean(), nullable=False, comment="A result is still to come: ร and มส."),
        sa.Column(
            "name_th_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where name_th stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("NOT counts_in_gpa OR points IS NOT NULL", name=op.f("ck_grade_code_gpa_needs_points")),
        sa.CheckConstraint(
            "counts_as_attempted IN (true, false)", name=op.f("ck_grade_code_counts_as_attempted_boolean")
        ),
        sa.CheckConstraint("counts_as_earned IN (true, false)", name=op.f("ck_grade_code_counts_as_earned_boolean")),
        sa.CheckConstraint(
            "counts_for_graduation IN (true, false)", name=op.f("ck_grade_code_counts_for_graduation_boolean")
        ),
        sa.CheckConstraint("counts_in_gpa IN (true, false)", name=op.f("ck_grade_code_counts_in_gpa_boolean")),
        sa.CheckConstraint("is_pending IN (true, false)", name=op.f("ck_grade_code_is_pending_boolean")),
        sa.CheckConstraint("length(label) BETWEEN 1 AND 10", name=op.f("ck_grade_code_label_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_grade_code_name_length")),
        sa.CheckConstraint("length(name_th) BETWEEN 1 AND 200", name=op.f("ck_grade_code_name_th_length")),
        sa.CheckConstraint("min_score BETWEEN 0 AND 100", name=op.f("ck_grade_code_min_score_range")),
        sa.CheckConstraint("ordinal BETWEEN 1 AND 99", name=op.f("ck_grade_code_ordinal_range")),
        sa.CheckConstraint("points BETWEEN 0 AND 4", name=op.f("ck_grade_code_points_range")),
        sa.CheckConstraint(
            "round(min_score * 100, 6) = round(min_score * 100)", name=op.f("ck_grade_code_min_score_step")
        ),
        sa.CheckConstraint("points * 2 = round(points * 2)", name=op.f("ck_grade_code_points_step")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_code")),
        sa.UniqueConstraint("label", name=op.f("uq_grade_code_label")),
        sa.UniqueConstraint("ordinal", name=op.f("uq_grade_code_ordinal")),
    )
    with op.batch_alter_table("grade_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grade_code_name_th_sort_id"), ["name_th_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grade_code_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "grade_level",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "code",
            sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"),
            nullable=False,
            comment="The level as it is written: อ.1-3, ป.1-6, ม.1-6.",
        ),
        sa.Column(
            "name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in English.",
        ),
        sa.Column(
            "name_th",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in Thai.",
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="Place among the levels, youngest first."),
        sa.Column(
            "stage",
            sa.String(length=15).with_variant(sa.String(length=15, collation="C"), "postgresql"),
            nullable=False,
            comment="The stage the level belongs to.",
        ),
        sa.Column(
            "basis",
            sa.String(length=8).with_variant(sa.String(length=8, collation="C"), "postgresql"),
            nullable=False,
            comment="How often the level is graded.",
        ),
        sa.Column(
            "name_th_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where name_th stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("basis IN ('UNGRADED', 'YEAR', 'TERM')", name=op.f("ck_grade_level_basis_known")),
        sa.CheckConstraint(
            "stage IN ('KINDERGARTEN', 'PRIMARY', 'LOWER_SECONDARY', 'UPPER_SECONDARY')",
            name=op.f("ck_grade_level_stage_known"),
        ),
        sa.CheckConstraint("length(code) BETWEEN 1 AND 10", name=op.f("ck_grade_level_code_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_grade_level_name_length")),
        sa.CheckConstraint("length(name_th) BETWEEN 1 AND 200", name=op.f("ck_grade_level_name_th_length")),
        sa.CheckConstraint("ordinal BETWEEN 1 AND 99", name=op.f("ck_grade_level_ordinal_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_level")),
        sa.UniqueConstraint("code", name=op.f("uq_grade_level_code")),
        sa.UniqueConstraint("ordinal", name=op.f("uq_grade_level_ordinal")),
    )
    with op.batch_alter_table("grade_level", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grade_level_name_th_sort_id"), ["name_th_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grade_level_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "municipality",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "code",
            sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"),
            nullable=False,
            comment="The authority's code.",
        ),
        sa.Column(
            "name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in English.",
        ),
        sa.Column(
            "name_th",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in Thai.",
        ),
        sa.Column(
            "name_th_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where name_th stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("length(code) BETWEEN 1 AND 10", name=op.f("ck_municipality_code_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_municipality_name_length")),
        sa.CheckConstraint("length(name_th) BETWEEN 1 AND 200", name=op.f("ck_municipality_name_th_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("code", name=op.f("uq_municipality_code")),
    )
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_municipality_name_th_sort_id"), ["name_th_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_municipality_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "occupation",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "code",
            sa.String(length=4).with_variant(sa.String(length=4, collation="C"), "postgresql"),
            nullable=False,
            comment="ISCO-08 code, of 1 to 4 digits.",
        ),
        sa.Column(
            "name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in English.",
        ),
        sa.Column(
            "name_th",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in Thai.",
        ),
        sa.Column(
            "name_th_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where name_th stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("length(code) BETWEEN 1 AND 4", name=op.f("ck_occupation_code_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_occupation_name_length")),
        sa.CheckConstraint("length(name_th) BETWEEN 1 AND 200", name=op.f("ck_occupation_name_th_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation")),
        sa.UniqueConstraint("code", name=op.f("uq_occupation_code")),
    )
    with op.batch_alter_table("occupation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occupation_name_th_sort_id"), ["name_th_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_occupation_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "teacher",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "staff_no",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
            comment="Staff number, unique in the hub.",
        ),
        sa.Column(
            "given_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Given name.",
        ),
        sa.Column(
            "family_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Family name.",
        ),
        sa.Column(
            "sex",
            sa.String(length=6).with_variant(sa.String(length=6, collation="C"), "postgresql"),
            nullable=False,
            comment="Sex as registered.",
        ),
        sa.Column(
            "given_name_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where given_name stands in the order of the dictionary; kept by the database.",
        ),
        sa.Column(
            "family_name_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where family_name stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("sex IN ('FEMALE', 'MALE')", name=op.f("ck_teacher_sex_known")),
        sa.CheckConstraint("length(family_name) BETWEEN 1 AND 200", name=op.f("ck_teacher_family_name_length")),
        sa.CheckConstraint("length(given_name) BETWEEN 1 AND 200", name=op.f("ck_teacher_given_name_length")),
        sa.CheckConstraint("length(staff_no) BETWEEN 1 AND 20", name=op.f("ck_teacher_staff_no_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teacher")),
        sa.UniqueConstraint("staff_no", name=op.f("uq_teacher_staff_no")),
    )
    with op.batch_alter_table("teacher", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_teacher_family_name_sort_id"), ["family_name_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_teacher_given_name_sort_id"), ["given_name_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_teacher_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "learning_area",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "code",
            sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"),
            nullable=False,
            comment="The area's code.",
        ),
        sa.Column(
            "name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in English.",
        ),
        sa.Column(
            "name_th",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in Thai.",
        ),
        sa.Column(
            "letters",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
            comment="The letters its subject codes begin with.",
        ),
        sa.Column(
            "curriculum_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The curriculum of the area.",
        ),
        sa.Column(
            "name_th_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where name_th stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("length(code) BETWEEN 1 AND 10", name=op.f("ck_learning_area_code_length")),
        sa.CheckConstraint("length(letters) BETWEEN 1 AND 40", name=op.f("ck_learning_area_letters_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_learning_area_name_length")),
        sa.CheckConstraint("length(name_th) BETWEEN 1 AND 200", name=op.f("ck_learning_area_name_th_length")),
        sa.ForeignKeyConstraint(["curriculum_id"], ["curriculum.id"], name=op.f("fk_learning_area_curriculum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_area")),
        sa.UniqueConstraint("code", "curriculum_id", name=op.f("uq_learning_area_code_curriculum_id")),
    )
    with op.batch_alter_table("learning_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learning_area_code_id"), ["code", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_learning_area_curriculum_id_code_id"), ["curriculum_id", "code", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_learning_area_name_th_sort_id"), ["name_th_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_learning_area_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "occupation_target",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "occupation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The occupation.",
        ),
        sa.Column(
            "municipality_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The authority whose blueprint it is.",
        ),
        sa.Column("target_from", sa.Date(), nullable=False, comment="First day as a target."),
        sa.Column("target_to", sa.Date(), nullable=True, comment="Day from which no longer one; null while it is."),
        sa.CheckConstraint(
            "target_to IS NULL OR target_from < target_to", name=op.f("ck_occupation_target_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_occupation_target_municipality_id")
        ),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_occupation_target_occupation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation_target")),
        sa.UniqueConstraint(
            "occupation_id",
            "municipality_id",
            "target_from",
            name=op.f("uq_occupation_target_occupation_id_municipality_id_target_from"),
        ),
    )
    with op.batch_alter_table("occupation_target", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_occupation_target_municipality_id_id"), ["municipality_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_occupation_target_occupation_id_id"), ["occupation_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_occupation_target_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "school",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "code",
            sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"),
            nullable=False,
            comment="School code of 10 digits: 30 for local administration, then the province.",
        ),
        sa.Column(
            "name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in English.",
        ),
        sa.Column(
            "name_th",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in Thai.",
        ),
        sa.Column(
            "municipality_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The authority that runs the school.",
        ),
        sa.Column(
            "fraction_policy",
            sa.String(length=7).with_variant(sa.String(length=7, collation="C"), "postgresql"),
            nullable=False,
            comment="What becomes of a score's fraction before grading.",
        ),
        sa.Column(
            "name_th_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where name_th stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("fraction_policy IN ('CUT_OFF', 'HALF_UP')", name=op.f("ck_school_fraction_policy_known")),
        sa.CheckConstraint(
            "length(code) = 10 AND substr(code, 1, 2) = '30' AND trim(code, '0123456789') = ''",
            name=op.f("ck_school_code_local"),
        ),
        sa.CheckConstraint("length(code) BETWEEN 1 AND 10", name=op.f("ck_school_code_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_school_name_length")),
        sa.CheckConstraint("length(name_th) BETWEEN 1 AND 200", name=op.f("ck_school_name_th_length")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_school_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("code", name=op.f("uq_school_code")),
    )
    with op.batch_alter_table("school", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_municipality_id_code"), ["municipality_id", "code"], unique=False)
        batch_op.create_index(batch_op.f("ix_school_name_th_sort_id"), ["name_th_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_school_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "term",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "academic_year_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The year of the term.",
        ),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, or 3 for the summer term."),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="First day of the term."),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="Last day of the term."),
        sa.CheckConstraint("number BETWEEN 1 AND 3", name=op.f("ck_term_number_range")),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_term_dates_in_order")),
        sa.ForeignKeyConstraint(["academic_year_id"], ["academic_year.id"], name=op.f("fk_term_academic_year_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("academic_year_id", "number", name=op.f("uq_term_academic_year_id_number")),
        sa.UniqueConstraint("id", "academic_year_id", name=op.f("uq_term_id_academic_year_id")),
    )
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "homeroom",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "school_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The school."
        ),
        sa.Column(
            "academic_year_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The year.",
        ),
        sa.Column(
            "grade_level_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The level."
        ),
        sa.Column(
            "name",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
            comment="Name: level and room, as ม.1/2.",
        ),
        sa.Column(
            "name_sort",
            sa.String(length=41).with_variant(sa.String(length=41, collation="C"), "postgresql"),
            nullable=True,
            comment="Where name stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 20", name=op.f("ck_homeroom_name_length")),
        sa.ForeignKeyConstraint(["academic_year_id"], ["academic_year.id"], name=op.f("fk_homeroom_academic_year_id")),
        sa.ForeignKeyConstraint(["grade_level_id"], ["grade_level.id"], name=op.f("fk_homeroom_grade_level_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_homeroom_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homeroom")),
        sa.UniqueConstraint("id", "academic_year_id", name=op.f("uq_homeroom_id_academic_year_id")),
        sa.UniqueConstraint(
            "school_id", "academic_year_id", "name", name=op.f("uq_homeroom_school_id_academic_year_id_name")
        ),
    )
    with op.batch_alter_table("homeroom", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_homeroom_academic_year_id_id"), ["academic_year_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_homeroom_name_sort_id"), ["name_sort", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_homeroom_school_id_academic_year_id_id"),
            ["school_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_homeroom_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "student",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "school_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The school attended now, or attended last.",
        ),
        sa.Column(
            "student_no",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
            comment="Student number, unique within the school.",
        ),
        sa.Column(
            "given_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Given name.",
        ),
        sa.Column(
            "family_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Family name.",
        ),
        sa.Column(
            "sex",
            sa.String(length=6).with_variant(sa.String(length=6, collation="C"), "postgresql"),
            nullable=False,
            comment="Sex as registered.",
        ),
        sa.Column("birth_date", sa.Date(), nullable=False, comment="Date of birth."),
        sa.Column(
            "given_name_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where given_name stands in the order of the dictionary; kept by the database.",
        ),
        sa.Column(
            "family_name_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where family_name stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("sex IN ('FEMALE', 'MALE')", name=op.f("ck_student_sex_known")),
        sa.CheckConstraint("length(family_name) BETWEEN 1 AND 200", name=op.f("ck_student_family_name_length")),
        sa.CheckConstraint("length(given_name) BETWEEN 1 AND 200", name=op.f("ck_student_given_name_length")),
        sa.CheckConstraint("length(student_no) BETWEEN 1 AND 20", name=op.f("ck_student_student_no_length")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_student_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_student")),
        sa.UniqueConstraint("school_id", "student_no", name=op.f("uq_student_school_id_student_no")),
    )
    with op.batch_alter_table("student", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_student_family_name_sort_id"), ["family_name_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_student_given_name_sort_id"), ["given_name_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_student_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "subject",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "school_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The school that teaches it.",
        ),
        sa.Column(
            "code",
            sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"),
            nullable=False,
            comment="Subject code: area letter, stage, year, kind, running number, as ท21101.",
        ),
        sa.Column(
            "name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in English.",
        ),
        sa.Column(
            "name_th",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Name in Thai.",
        ),
        sa.Column(
            "credits",
            sa.Numeric(precision=3, scale=1),
            nullable=False,
            comment="Credits; in primary the weight the school sets in their place.",
        ),
        sa.Column(
            "kind",
            sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"),
            nullable=False,
            comment="Basic, additional or activity.",
        ),
        sa.Column(
            "curriculum_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The curriculum it belongs to.",
        ),
        sa.Column(
            "learning_area_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Its learning area.",
        ),
        sa.Column(
            "grade_level_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The level it is taught at.",
        ),
        sa.Column(
            "name_th_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where name_th stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("kind IN ('BASIC', 'ADDITIONAL', 'ACTIVITY')", name=op.f("ck_subject_kind_known")),
        sa.CheckConstraint("credits BETWEEN 0 AND 40", name=op.f("ck_subject_credits_range")),
        sa.CheckConstraint("length(code) BETWEEN 1 AND 10", name=op.f("ck_subject_code_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_subject_name_length")),
        sa.CheckConstraint("length(name_th) BETWEEN 1 AND 200", name=op.f("ck_subject_name_th_length")),
        sa.CheckConstraint("credits * 2 = round(credits * 2)", name=op.f("ck_subject_credits_step")),
        sa.ForeignKeyConstraint(["curriculum_id"], ["curriculum.id"], name=op.f("fk_subject_curriculum_id")),
        sa.ForeignKeyConstraint(["grade_level_id"], ["grade_level.id"], name=op.f("fk_subject_grade_level_id")),
        sa.ForeignKeyConstraint(["learning_area_id"], ["learning_area.id"], name=op.f("fk_subject_learning_area_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_subject_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
        sa.UniqueConstraint("school_id", "code", "curriculum_id", name=op.f("uq_subject_school_id_code_curriculum_id")),
    )
    with op.batch_alter_table("subject", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subject_code_id"), ["code", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_subject_grade_level_id_code_id"), ["grade_level_id", "code", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_subject_learning_area_id_code_id"), ["learning_area_id", "code", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_subject_name_th_sort_id"), ["name_th_sort", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subject_school_id_code_id"), ["school_id", "code", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subject_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "teacher_assignment",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "teacher_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The teacher."
        ),
        sa.Column(
            "school_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The school."
        ),
        sa.Column(
            "academic_year_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The year.",
        ),
        sa.Column(
            "position",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
            comment="Position held.",
        ),
        sa.Column(
            "position_sort",
            sa.String(length=201).with_variant(sa.String(length=201, collation="C"), "postgresql"),
            nullable=True,
            comment="Where position stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint("length(position) BETWEEN 1 AND 100", name=op.f("ck_teacher_assignment_position_length")),
        sa.ForeignKeyConstraint(
            ["academic_year_id"], ["academic_year.id"], name=op.f("fk_teacher_assignment_academic_year_id")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_teacher_assignment_school_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.id"], name=op.f("fk_teacher_assignment_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teacher_assignment")),
        sa.UniqueConstraint(
            "teacher_id",
            "school_id",
            "academic_year_id",
            name=op.f("uq_teacher_assignment_teacher_id_school_id_academic_year_id"),
        ),
    )
    with op.batch_alter_table("teacher_assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_teacher_assignment_academic_year_id_id"), ["academic_year_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_teacher_assignment_position_sort_id"), ["position_sort", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_teacher_assignment_school_id_academic_year_id_teacher_id_id"),
            ["school_id", "academic_year_id", "teacher_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_teacher_assignment_teacher_id_academic_year_id_id"),
            ["teacher_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_teacher_assignment_teacher_id_academic_year_id_school_id_id"),
            ["teacher_id", "academic_year_id", "school_id", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_teacher_assignment_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "graduate_destination",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The graduate."
        ),
        sa.Column(
            "academic_year_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The year of graduation.",
        ),
        sa.Column(
            "school_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The school graduated from.",
        ),
        sa.Column(
            "grade_level_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The level completed: ม.3 or ม.6.",
        ),
        sa.Column(
            "status",
            sa.String(length=14).with_variant(sa.String(length=14, collation="C"), "postgresql"),
            nullable=False,
            comment="What the graduate does.",
        ),
        sa.Column(
            "occupation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The occupation, if known.",
        ),
        sa.Column("as_of", sa.Date(), nullable=False, comment="The day it was true."),
        sa.Column(
            "source",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="How it is known.",
        ),
        sa.Column(
            "source_sort",
            sa.String(length=401).with_variant(sa.String(length=401, collation="C"), "postgresql"),
            nullable=True,
            comment="Where source stands in the order of the dictionary; kept by the database.",
        ),
        sa.CheckConstraint(
            "occupation_id IS NULL OR status IN ('EMPLOYED', 'STUDY_AND_WORK')",
            name=op.f("ck_graduate_destination_occupation_needs_work"),
        ),
        sa.CheckConstraint(
            "status IN ('FURTHER_STUDY', 'EMPLOYED', 'STUDY_AND_WORK', 'UNEMPLOYED', 'INACTIVE', 'UNKNOWN')",
            name=op.f("ck_graduate_destination_status_known"),
        ),
        sa.CheckConstraint("length(source) BETWEEN 1 AND 200", name=op.f("ck_graduate_destination_source_length")),
        sa.ForeignKeyConstraint(
            ["academic_year_id"], ["academic_year.id"], name=op.f("fk_graduate_destination_academic_year_id")
        ),
        sa.ForeignKeyConstraint(
            ["grade_level_id"], ["grade_level.id"], name=op.f("fk_graduate_destination_grade_level_id")
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"], ["occupation.id"], name=op.f("fk_graduate_destination_occupation_id")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_graduate_destination_school_id")),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_graduate_destination_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_graduate_destination")),
        sa.UniqueConstraint(
            "student_id",
            "academic_year_id",
            "as_of",
            name=op.f("uq_graduate_destination_student_id_academic_year_id_as_of"),
        ),
    )
    with op.batch_alter_table("graduate_destination", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_graduate_destination_academic_year_id_id"), ["academic_year_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_graduate_destination_occupation_id_academic_year_id_id"),
            ["occupation_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_graduate_destination_school_id_academic_year_id_id"),
            ["school_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_graduate_destination_source_sort_id"), ["source_sort", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_graduate_destination_student_id_academic_year_id_id"),
            ["student_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_graduate_destination_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "homeroom_membership",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The pupil."
        ),
        sa.Column(
            "homeroom_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The homeroom."
        ),
        sa.Column(
            "academic_year_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The homeroom's year.",
        ),
        sa.Column("entry_on", sa.Date(), nullable=False, comment="First day in the homeroom."),
        sa.Column("exit_on", sa.Date(), nullable=True, comment="Day from which no longer in it; null while in it."),
        sa.CheckConstraint(
            "exit_on IS NULL OR entry_on <= exit_on", name=op.f("ck_homeroom_membership_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["academic_year_id"], ["academic_year.id"], name=op.f("fk_homeroom_membership_academic_year_id")
        ),
        sa.ForeignKeyConstraint(
            ["homeroom_id", "academic_year_id"],
            ["homeroom.id", "homeroom.academic_year_id"],
            name=op.f("fk_homeroom_membership_homeroom_id_academic_year_id"),
        ),
        sa.ForeignKeyConstraint(["homeroom_id"], ["homeroom.id"], name=op.f("fk_homeroom_membership_homeroom_id")),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_homeroom_membership_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homeroom_membership")),
        sa.UniqueConstraint(
            "student_id", "homeroom_id", "entry_on", name=op.f("uq_homeroom_membership_student_id_homeroom_id_entry_on")
        ),
    )
    with op.batch_alter_table("homeroom_membership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_homeroom_membership_academic_year_id_id"), ["academic_year_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_homeroom_membership_homeroom_id_academic_year_id_id"),
            ["homeroom_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_homeroom_membership_homeroom_id_student_id_id"),
            ["homeroom_id", "student_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_homeroom_membership_student_id_academic_year_id_homeroom_id_id"),
            ["student_id", "academic_year_id", "homeroom_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_homeroom_membership_student_id_academic_year_id_id"),
            ["student_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_homeroom_membership_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "homeroom_teacher",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "homeroom_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The homeroom."
        ),
        sa.Column(
            "teacher_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The teacher."
        ),
        sa.ForeignKeyConstraint(["homeroom_id"], ["homeroom.id"], name=op.f("fk_homeroom_teacher_homeroom_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.id"], name=op.f("fk_homeroom_teacher_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homeroom_teacher")),
        sa.UniqueConstraint("homeroom_id", "teacher_id", name=op.f("uq_homeroom_teacher_homeroom_id_teacher_id")),
    )
    with op.batch_alter_table("homeroom_teacher", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_homeroom_teacher_homeroom_id_teacher_id_id"),
            ["homeroom_id", "teacher_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_homeroom_teacher_teacher_id_homeroom_id_id"),
            ["teacher_id", "homeroom_id", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_homeroom_teacher_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "school_enrollment",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The pupil."
        ),
        sa.Column(
            "school_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The school."
        ),
        sa.Column(
            "academic_year_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The year.",
        ),
        sa.Column(
            "grade_level_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The level attended.",
        ),
        sa.Column("entry_on", sa.Date(), nullable=False, comment="First day enrolled."),
        sa.Column(
            "exit_on", sa.Date(), nullable=True, comment="Day from which no longer enrolled; null while enrolled."
        ),
        sa.Column(
            "exit_reason_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="Why the pupil left; null when the enrollment ended with the year.",
        ),
        sa.CheckConstraint("exit_on IS NULL OR entry_on <= exit_on", name=op.f("ck_school_enrollment_dates_in_order")),
        sa.CheckConstraint(
            "exit_reason_id IS NULL OR exit_on IS NOT NULL", name=op.f("ck_school_enrollment_reason_needs_exit")
        ),
        sa.ForeignKeyConstraint(
            ["academic_year_id"], ["academic_year.id"], name=op.f("fk_school_enrollment_academic_year_id")
        ),
        sa.ForeignKeyConstraint(
            ["exit_reason_id"], ["exit_reason.id"], name=op.f("fk_school_enrollment_exit_reason_id")
        ),
        sa.ForeignKeyConstraint(
            ["grade_level_id"], ["grade_level.id"], name=op.f("fk_school_enrollment_grade_level_id")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_school_enrollment_school_id")),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_school_enrollment_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_enrollment")),
        sa.UniqueConstraint(
            "student_id", "school_id", "entry_on", name=op.f("uq_school_enrollment_student_id_school_id_entry_on")
        ),
    )
    with op.batch_alter_table("school_enrollment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_school_enrollment_academic_year_id_id"), ["academic_year_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_school_enrollment_exit_reason_id_academic_year_id_id"),
            ["exit_reason_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_school_enrollment_school_id_academic_year_id_id"),
            ["school_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_school_enrollment_school_id_academic_year_id_student_id_id"),
            ["school_id", "academic_year_id", "student_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_school_enrollment_student_id_academic_year_id_id"),
            ["student_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_school_enrollment_student_id_academic_year_id_school_id_id"),
            ["student_id", "academic_year_id", "school_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_school_enrollment_level",
            ["academic_year_id", "grade_level_id", "student_id", "school_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_school_enrollment_updated_at_id"), ["updated_at", "id"], unique=False)
        batch_op.create_index(
            "uq_school_enrollment_active",
            ["student_id"],
            unique=True,
            sqlite_where=sa.text("exit_on IS NULL"),
            postgresql_where=sa.text("exit_on IS NULL"),
        )

    op.create_table(
        "section",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "subject_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The subject taught.",
        ),
        sa.Column(
            "academic_year_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The year it is taught in.",
        ),
        sa.Column(
            "term_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The term it is taught in; null when it runs the whole year.",
        ),
        sa.Column("number", sa.Integer(), nullable=False, comment="Number of the group among those of the subject."),
        sa.Column(
            "homeroom_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The homeroom taught as one group, if it is one.",
        ),
        sa.Column("planned_hours", sa.Integer(), nullable=False, comment="Hours planned."),
        sa.CheckConstraint("number BETWEEN 1 AND 999", name=op.f("ck_section_number_range")),
        sa.CheckConstraint("planned_hours BETWEEN 0 AND 2000", name=op.f("ck_section_planned_hours_range")),
        sa.ForeignKeyConstraint(["academic_year_id"], ["academic_year.id"], name=op.f("fk_section_academic_year_id")),
        sa.ForeignKeyConstraint(["homeroom_id"], ["homeroom.id"], name=op.f("fk_section_homeroom_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_section_subject_id")),
        sa.ForeignKeyConstraint(
            ["term_id", "academic_year_id"],
            ["term.id", "term.academic_year_id"],
            name=op.f("fk_section_term_id_academic_year_id"),
        ),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_section_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint(
            "id", "subject_id", "academic_year_id", name=op.f("uq_section_id_subject_id_academic_year_id")
        ),
        sa.UniqueConstraint(
            "subject_id",
            "academic_year_id",
            "term_id",
            "number",
            name=op.f("uq_section_subject_id_academic_year_id_term_id_number"),
        ),
    )
    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_academic_year_id_id"), ["academic_year_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_section_homeroom_id_academic_year_id_id"),
            ["homeroom_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_section_subject_id_academic_year_id_id"),
            ["subject_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_section_term_id_academic_year_id_id"), ["term_id", "academic_year_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_section_updated_at_id"), ["updated_at", "id"], unique=False)
        batch_op.create_index(
            "uq_section_whole_year",
            ["subject_id", "academic_year_id", "number"],
            unique=True,
            sqlite_where=sa.text("term_id IS NULL"),
            postgresql_where=sa.text("term_id IS NULL"),
        )

    op.create_table(
        "student_identifier",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The pupil."
        ),
        sa.Column(
            "kind",
            sa.String(length=11).with_variant(sa.String(length=11, collation="C"), "postgresql"),
            nullable=False,
            comment="What the identifier is.",
        ),
        sa.Column(
            "value",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
            comment="The identifier.",
        ),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day it was known to hold."),
        sa.Column(
            "valid_to", sa.Date(), nullable=True, comment="Day from which it no longer holds; null while it does."
        ),
        sa.CheckConstraint(
            "kind <> 'G_CODE' OR (length(value) = 13 AND substr(value, 1, 1) = 'G')",
            name=op.f("ck_student_identifier_g_code_shape"),
        ),
        sa.CheckConstraint(
            "kind <> 'NATIONAL_ID' OR length(value) = 13", name=op.f("ck_student_identifier_national_id_length")
        ),
        sa.CheckConstraint(
            "kind IN ('NATIONAL_ID', 'G_CODE', 'PASSPORT')", name=op.f("ck_student_identifier_kind_known")
        ),
        sa.CheckConstraint("length(value) BETWEEN 1 AND 20", name=op.f("ck_student_identifier_value_length")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from < valid_to", name=op.f("ck_student_identifier_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_student_identifier_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_student_identifier")),
        sa.UniqueConstraint("kind", "value", name=op.f("uq_student_identifier_kind_value")),
    )
    with op.batch_alter_table("student_identifier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_student_identifier_student_id_id"), ["student_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_student_identifier_updated_at_id"), ["updated_at", "id"], unique=False)
        batch_op.create_index(
            "uq_student_identifier_current",
            ["student_id", "kind"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL"),
        )

    op.create_table(
        "student_sensitive",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The pupil."
        ),
        sa.Column(
            "religion",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
            comment="Religion.",
        ),
        sa.Column(
            "ethnicity",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
            comment="Ethnicity.",
        ),
        sa.Column(
            "health",
            sa.String(length=2000).with_variant(sa.String(length=2000, collation="C"), "postgresql"),
            nullable=True,
            comment="Health.",
        ),
        sa.Column(
            "disability",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
            comment="Disability.",
        ),
        sa.CheckConstraint("length(disability) BETWEEN 1 AND 200", name=op.f("ck_student_sensitive_disability_length")),
        sa.CheckConstraint("length(ethnicity) BETWEEN 1 AND 200", name=op.f("ck_student_sensitive_ethnicity_length")),
        sa.CheckConstraint("length(health) BETWEEN 1 AND 2000", name=op.f("ck_student_sensitive_health_length")),
        sa.CheckConstraint("length(religion) BETWEEN 1 AND 200", name=op.f("ck_student_sensitive_religion_length")),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_student_sensitive_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_student_sensitive")),
        sa.UniqueConstraint("student_id", name=op.f("uq_student_sensitive_student_id")),
    )
    with op.batch_alter_table("student_sensitive", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_student_sensitive_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "student_year",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The pupil."
        ),
        sa.Column(
            "academic_year_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The year.",
        ),
        sa.Column(
            "school_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The school on the census day.",
        ),
        sa.Column(
            "grade_level_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The level on the census day.",
        ),
        sa.Column("zeros", sa.Integer(), nullable=False, comment="Results of the year that are zero now."),
        sa.Column(
            "zeros_ever", sa.Integer(), nullable=False, comment="Registrations of the year whose first result was zero."
        ),
        sa.Column(
            "gpax_credits",
            sa.Numeric(precision=6, scale=1),
            nullable=False,
            comment="Credits that count, over the stage up to the year's end.",
        ),
        sa.Column(
            "gpax_points",
            sa.Numeric(precision=8, scale=2),
            nullable=False,
            comment="Credits times points over the same.",
        ),
        sa.CheckConstraint("gpax_credits BETWEEN 0 AND 99999", name=op.f("ck_student_year_gpax_credits_range")),
        sa.CheckConstraint("gpax_points BETWEEN 0 AND 999999", name=op.f("ck_student_year_gpax_points_range")),
        sa.CheckConstraint(
            "gpax_credits * 2 = round(gpax_credits * 2)", name=op.f("ck_student_year_gpax_credits_step")
        ),
        sa.CheckConstraint("gpax_points * 4 = round(gpax_points * 4)", name=op.f("ck_student_year_gpax_points_step")),
        sa.CheckConstraint("zeros BETWEEN 0 AND 9999", name=op.f("ck_student_year_zeros_range")),
        sa.CheckConstraint("zeros_ever BETWEEN 0 AND 9999", name=op.f("ck_student_year_zeros_ever_range")),
        sa.ForeignKeyConstraint(
            ["academic_year_id"], ["academic_year.id"], name=op.f("fk_student_year_academic_year_id")
        ),
        sa.ForeignKeyConstraint(["grade_level_id"], ["grade_level.id"], name=op.f("fk_student_year_grade_level_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_student_year_school_id")),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_student_year_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_student_year")),
        sa.UniqueConstraint("student_id", "academic_year_id", name=op.f("uq_student_year_student_id_academic_year_id")),
    )
    with op.batch_alter_table("student_year", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_student_year_academic_year_id_id"), ["academic_year_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_student_year_census",
            ["academic_year_id", "school_id", "gpax_credits", "gpax_points", "zeros_ever", "zeros"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_student_year_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "term_result",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The pupil."
        ),
        sa.Column(
            "academic_year_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The year.",
        ),
        sa.Column(
            "term_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The term; null for results of the whole year.",
        ),
        sa.Column(
            "stage",
            sa.String(length=15).with_variant(sa.String(length=15, collation="C"), "postgresql"),
            nullable=False,
            comment="The stage of the subjects summed.",
        ),
        sa.Column("registered", sa.Integer(), nullable=False, comment="Registrations."),
        sa.Column("pending", sa.Integer(), nullable=False, comment="Registrations whose result is still to come."),
        sa.Column("zeros", sa.Integer(), nullable=False, comment="Results that are zero now."),
        sa.Column("zeros_ever", sa.Integer(), nullable=False, comment="Registrations whose first result was zero."),
        sa.Column(
            "credits_registered", sa.Numeric(precision=5, scale=1), nullable=False, comment="Credits registered."
        ),
        sa.Column("credits_attempted", sa.Numeric(precision=5, scale=1), nullable=False, comment="Credits attempted."),
        sa.Column("credits_earned", sa.Numeric(precision=5, scale=1), nullable=False, comment="Credits earned."),
        sa.Column(
            "gpa_credits",
            sa.Numeric(precision=5, scale=1),
            nullable=False,
            comment="Credits that count in the average.",
        ),
        sa.Column(
            "gpa_points",
            sa.Numeric(precision=7, scale=2),
            nullable=False,
            comment="Sum of credits times points over what counts.",
        ),
        sa.CheckConstraint(
            "stage IN ('KINDERGARTEN', 'PRIMARY', 'LOWER_SECONDARY', 'UPPER_SECONDARY')",
            name=op.f("ck_term_result_stage_known"),
        ),
        sa.CheckConstraint("credits_attempted BETWEEN 0 AND 9999", name=op.f("ck_term_result_credits_attempted_range")),
        sa.CheckConstraint("credits_earned BETWEEN 0 AND 9999", name=op.f("ck_term_result_credits_earned_range")),
        sa.CheckConstraint(
            "credits_registered BETWEEN 0 AND 9999", name=op.f("ck_term_result_credits_registered_range")
        ),
        sa.CheckConstraint("gpa_credits BETWEEN 0 AND 9999", name=op.f("ck_term_result_gpa_credits_range")),
        sa.CheckConstraint("gpa_points BETWEEN 0 AND 99999", name=op.f("ck_term_result_gpa_points_range")),
        sa.CheckConstraint("pending BETWEEN 0 AND 9999", name=op.f("ck_term_result_pending_range")),
        sa.CheckConstraint("registered BETWEEN 0 AND 9999", name=op.f("ck_term_result_registered_range")),
        sa.CheckConstraint(
            "credits_attempted * 2 = round(credits_attempted * 2)",
            name=op.f("ck_term_result_credits_attempted_step"),
        ),
        sa.CheckConstraint(
            "credits_earned * 2 = round(credits_earned * 2)", name=op.f("ck_term_result_credits_earned_step")
        ),
        sa.CheckConstraint(
            "credits_registered * 2 = round(credits_registered * 2)",
            name=op.f("ck_term_result_credits_registered_step"),
        ),
        sa.CheckConstraint("gpa_credits * 2 = round(gpa_credits * 2)", name=op.f("ck_term_result_gpa_credits_step")),
        sa.CheckConstraint("gpa_points * 4 = round(gpa_points * 4)", name=op.f("ck_term_result_gpa_points_step")),
        sa.CheckConstraint("zeros BETWEEN 0 AND 9999", name=op.f("ck_term_result_zeros_range")),
        sa.CheckConstraint("zeros_ever BETWEEN 0 AND 9999", name=op.f("ck_term_result_zeros_ever_range")),
        sa.ForeignKeyConstraint(
            ["academic_year_id"], ["academic_year.id"], name=op.f("fk_term_result_academic_year_id")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_term_result_student_id")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_term_result_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_result")),
        sa.UniqueConstraint(
            "student_id",
            "academic_year_id",
            "term_id",
            "stage",
            name=op.f("uq_term_result_student_id_academic_year_id_term_id_stage"),
        ),
    )
    with op.batch_alter_table("term_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_result_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "grade",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The pupil."
        ),
        sa.Column(
            "section_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The section registered in.",
        ),
        sa.Column(
            "subject_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The section's subject.",
        ),
        sa.Column(
            "academic_year_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The section's year.",
        ),
        sa.Column(
            "credits",
            sa.Numeric(precision=3, scale=1),
            nullable=False,
            comment="Credits (in primary, the weight) at the time of registration.",
        ),
        sa.Column(
            "score",
            sa.Numeric(precision=5, scale=2),
            nullable=True,
            comment="Score out of 100; null where none was given.",
        ),
        sa.Column(
            "code_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The current result; null until one is given.",
        ),
        sa.Column(
            "first_code_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The first result awarded, which stays whatever follows; a pending one awards none.",
        ),
        sa.Column(
            "attempt",
            sa.Integer(),
            nullable=False,
            comment="Which attempt gave the current result: 1 the first, then resits and repeats.",
        ),
        sa.CheckConstraint("attempt BETWEEN 0 AND 99", name=op.f("ck_grade_attempt_range")),
        sa.CheckConstraint("credits BETWEEN 0 AND 40", name=op.f("ck_grade_credits_range")),
        sa.CheckConstraint("credits * 2 = round(credits * 2)", name=op.f("ck_grade_credits_step")),
        sa.CheckConstraint("round(score * 100, 6) = round(score * 100)", name=op.f("ck_grade_score_step")),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_grade_score_range")),
        sa.ForeignKeyConstraint(["academic_year_id"], ["academic_year.id"], name=op.f("fk_grade_academic_year_id")),
        sa.ForeignKeyConstraint(["code_id"], ["grade_code.id"], name=op.f("fk_grade_code_id")),
        sa.ForeignKeyConstraint(["first_code_id"], ["grade_code.id"], name=op.f("fk_grade_first_code_id")),
        sa.ForeignKeyConstraint(
            ["section_id", "subject_id", "academic_year_id"],
            ["section.id", "section.subject_id", "section.academic_year_id"],
            name=op.f("fk_grade_section_id_subject_id_academic_year_id"),
        ),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_grade_section_id")),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_grade_student_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_grade_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade")),
        sa.UniqueConstraint("student_id", "section_id", name=op.f("uq_grade_student_id_section_id")),
    )
    with op.batch_alter_table("grade", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grade_academic_year_id_id"), ["academic_year_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_grade_code_id_academic_year_id_id"), ["code_id", "academic_year_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_grade_section_id_academic_year_id_id"),
            ["section_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_grade_student_id_academic_year_id_id"),
            ["student_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_grade_subject_id_academic_year_id_id"),
            ["subject_id", "academic_year_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_grade_results",
            ["subject_id", "code_id", "academic_year_id", "student_id", "section_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_grade_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "section_teacher",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "section_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The section."
        ),
        sa.Column(
            "teacher_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The teacher."
        ),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_section_teacher_section_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.id"], name=op.f("fk_section_teacher_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_teacher")),
        sa.UniqueConstraint("section_id", "teacher_id", name=op.f("uq_section_teacher_section_id_teacher_id")),
    )
    with op.batch_alter_table("section_teacher", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_section_teacher_section_id_teacher_id_id"), ["section_id", "teacher_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_section_teacher_teacher_id_section_id_id"), ["teacher_id", "section_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_section_teacher_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "grade_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The registration.",
        ),
        sa.Column("held_hours", sa.Integer(), nullable=False, comment="Hours held."),
        sa.Column("attended_hours", sa.Integer(), nullable=False, comment="Hours attended."),
        sa.CheckConstraint("attended_hours <= held_hours", name=op.f("ck_attendance_attended_within_held")),
        sa.CheckConstraint("attended_hours BETWEEN 0 AND 2000", name=op.f("ck_attendance_attended_hours_range")),
        sa.CheckConstraint("held_hours BETWEEN 0 AND 2000", name=op.f("ck_attendance_held_hours_range")),
        sa.ForeignKeyConstraint(["grade_id"], ["grade.id"], name=op.f("fk_attendance_grade_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("grade_id", name=op.f("uq_attendance_grade_id")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_grade_id_id"), ["grade_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "grade_event",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "grade_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The registration.",
        ),
        sa.Column("sequence", sa.Integer(), nullable=False, comment="Place among the registration's events, from 1."),
        sa.Column(
            "kind",
            sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"),
            nullable=False,
            comment="What happened.",
        ),
        sa.Column(
            "code_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The result given."
        ),
        sa.Column(
            "score", sa.Numeric(precision=5, scale=2), nullable=True, comment="The score given, out of 100, if any."
        ),
        sa.Column("at", Moment(), nullable=False, comment="When it was given."),
        sa.Column(
            "teacher_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="Who gave it; null when not known.",
        ),
        sa.Column(
            "reason",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
            comment="Why, where the first result was changed.",
        ),
        sa.CheckConstraint(
            "kind IN ('INITIAL', 'RESIT', 'RESOLVE', 'REPEAT', 'CORRECTION')", name=op.f("ck_grade_event_kind_known")
        ),
        sa.CheckConstraint("length(reason) BETWEEN 1 AND 200", name=op.f("ck_grade_event_reason_length")),
        sa.CheckConstraint("round(score * 100, 6) = round(score * 100)", name=op.f("ck_grade_event_score_step")),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_grade_event_score_range")),
        sa.CheckConstraint("sequence BETWEEN 1 AND 999", name=op.f("ck_grade_event_sequence_range")),
        sa.ForeignKeyConstraint(["code_id"], ["grade_code.id"], name=op.f("fk_grade_event_code_id")),
        sa.ForeignKeyConstraint(["grade_id"], ["grade.id"], name=op.f("fk_grade_event_grade_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.id"], name=op.f("fk_grade_event_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_event")),
        sa.UniqueConstraint("grade_id", "sequence", name=op.f("uq_grade_event_grade_id_sequence")),
    )
    with op.batch_alter_table("grade_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_grade_event_grade_id_sequence_id"), ["grade_id", "sequence", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_grade_event_sequence_id"), ["sequence", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grade_event_updated_at_id"), ["updated_at", "id"], unique=False)

    # Identities.
    op.create_table(
        "login_limit",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "digest",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
            comment="SHA-256 of whom it limits.",
        ),
        sa.Column("failures", sa.Integer(), nullable=False, comment="Tries in vain, one after another."),
        sa.Column("tried_at", Moment(), nullable=False, comment="When it was last tried."),
        sa.Column("allowed_at", Moment(), nullable=False, comment="From when it may be tried again."),
        sa.Column("succeeded_at", Moment(), nullable=True, comment="When it last was the right one."),
        sa.CheckConstraint("failures BETWEEN 0 AND 1000000", name=op.f("ck_login_limit_failures_range")),
        sa.CheckConstraint("length(digest) BETWEEN 1 AND 64", name=op.f("ck_login_limit_digest_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_limit")),
        sa.UniqueConstraint("digest", name=op.f("uq_login_limit_digest")),
    )
    with op.batch_alter_table("login_limit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_limit_tried_at"), ["tried_at"], unique=False)

    op.create_table(
        "account",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "username",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
            comment="The name to sign in with, in lower case.",
        ),
        sa.Column(
            "password_hash",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="The password's argon2id hash.",
        ),
        sa.Column(
            "role",
            sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"),
            nullable=False,
            comment="What the account may do.",
        ),
        sa.Column(
            "teacher_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The teacher whose account it is.",
        ),
        sa.Column("is_active", sa.Boolean(), nullable=False, comment="Whether it may sign in."),
        sa.Column("created_at", Moment(), nullable=False, comment="When it was made."),
        sa.Column("last_login_at", Moment(), nullable=True, comment="When it last signed in."),
        sa.Column(
            "second_factor_at",
            Moment(),
            nullable=True,
            comment="Since when it signs in with a second factor; null for a password alone.",
        ),
        sa.CheckConstraint("role = 'teacher' OR teacher_id IS NULL", name=op.f("ck_account_teacher_of_a_teacher")),
        sa.CheckConstraint("role <> 'integrator'", name=op.f("ck_account_role_of_a_person")),
        sa.CheckConstraint(
            "role IN ('admin', 'officer', 'head', 'teacher', 'analyst', 'integrator')",
            name=op.f("ck_account_role_known"),
        ),
        sa.CheckConstraint("is_active IN (true, false)", name=op.f("ck_account_is_active_boolean")),
        sa.CheckConstraint("length(password_hash) BETWEEN 1 AND 200", name=op.f("ck_account_password_hash_length")),
        sa.CheckConstraint("length(username) BETWEEN 1 AND 64", name=op.f("ck_account_username_length")),
        sa.CheckConstraint("username = lower(username)", name=op.f("ck_account_username_folded")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.id"], name=op.f("fk_account_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_teacher_id"), ["teacher_id"], unique=False)

    op.create_table(
        "api_token",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "purpose",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="What its reads are for.",
        ),
        sa.Column(
            "digest",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
            comment="SHA-256 of the secret.",
        ),
        sa.Column(
            "shown",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
            comment="The secret's beginning, to know it by.",
        ),
        sa.Column(
            "role",
            sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"),
            nullable=False,
            comment="What it may do.",
        ),
        sa.Column("all_schools", sa.Boolean(), nullable=False, comment="Whether it reads every school."),
        sa.Column(
            "teacher_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The teacher it reads as.",
        ),
        sa.Column(
            "only_names",
            sa.String(length=4000).with_variant(sa.String(length=4000, collation="C"), "postgresql"),
            nullable=True,
            comment="The types and fields it reads, comma separated; null for all of its role's.",
        ),
        sa.Column(
            "without_names",
            sa.String(length=4000).with_variant(sa.String(length=4000, collation="C"), "postgresql"),
            nullable=True,
            comment="The types and fields it does not read, comma separated.",
        ),
        sa.Column("created_at", Moment(), nullable=False, comment="When it was made."),
        sa.Column(
            "created_by",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
            comment="Who made it: an account's key, or the command line.",
        ),
        sa.Column("expires_at", Moment(), nullable=False, comment="When it ends."),
        sa.Column("revoked_at", Moment(), nullable=True, comment="When it was ended before its time."),
        sa.Column("last_used_at", Moment(), nullable=True, comment="When it was last used, within a minute."),
        sa.CheckConstraint("role = 'teacher' OR teacher_id IS NULL", name=op.f("ck_api_token_teacher_of_a_teacher")),
        sa.CheckConstraint(
            "role IN ('admin', 'officer', 'head', 'teacher', 'analyst', 'integrator')",
            name=op.f("ck_api_token_role_known"),
        ),
        sa.CheckConstraint("all_schools IN (true, false)", name=op.f("ck_api_token_all_schools_boolean")),
        sa.CheckConstraint("created_at < expires_at", name=op.f("ck_api_token_dates_in_order")),
        sa.CheckConstraint("length(created_by) BETWEEN 1 AND 100", name=op.f("ck_api_token_created_by_length")),
        sa.CheckConstraint("length(digest) BETWEEN 1 AND 64", name=op.f("ck_api_token_digest_length")),
        sa.CheckConstraint("length(only_names) BETWEEN 1 AND 4000", name=op.f("ck_api_token_only_names_length")),
        sa.CheckConstraint("length(purpose) BETWEEN 1 AND 200", name=op.f("ck_api_token_purpose_length")),
        sa.CheckConstraint("length(shown) BETWEEN 1 AND 20", name=op.f("ck_api_token_shown_length")),
        sa.CheckConstraint("length(without_names) BETWEEN 1 AND 4000", name=op.f("ck_api_token_without_names_length")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.id"], name=op.f("fk_api_token_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_teacher_id"), ["teacher_id"], unique=False)

    op.create_table(
        "account_school",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The account."
        ),
        sa.Column(
            "school_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The school."
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_school_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_account_school_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_school")),
        sa.UniqueConstraint("account_id", "school_id", name=op.f("uq_account_school_account_id_school_id")),
    )
    with op.batch_alter_table("account_school", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_school_school_id"), ["school_id"], unique=False)

    op.create_table(
        "account_session",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "digest",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
            comment="SHA-256 of the cookie's secret.",
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The account."
        ),
        sa.Column("created_at", Moment(), nullable=False, comment="When it was begun."),
        sa.Column("seen_at", Moment(), nullable=False, comment="When it was last used, within a minute."),
        sa.Column("expires_at", Moment(), nullable=False, comment="When it ends, however much it is used."),
        sa.CheckConstraint("length(digest) BETWEEN 1 AND 64", name=op.f("ck_account_session_digest_length")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_account_session_digest")),
    )
    with op.batch_alter_table("account_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_session_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_session_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "api_token_school",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "api_token_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The token."
        ),
        sa.Column(
            "school_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The school."
        ),
        sa.ForeignKeyConstraint(
            ["api_token_id"], ["api_token.id"], name=op.f("fk_api_token_school_api_token_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_api_token_school_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token_school")),
        sa.UniqueConstraint("api_token_id", "school_id", name=op.f("uq_api_token_school_api_token_id_school_id")),
    )
    with op.batch_alter_table("api_token_school", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_school_school_id"), ["school_id"], unique=False)

    op.create_table(
        "pending_sign_in",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "digest",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
            comment="SHA-256 of the cookie's secret.",
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The account."
        ),
        sa.Column("expires_at", Moment(), nullable=False, comment="Until when the code may come."),
        sa.CheckConstraint("length(digest) BETWEEN 1 AND 64", name=op.f("ck_pending_sign_in_digest_length")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_pending_sign_in_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_sign_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_pending_sign_in_digest")),
    )
    with op.batch_alter_table("pending_sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_sign_in_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pending_sign_in_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The account."
        ),
        sa.Column(
            "digest",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
            comment="SHA-256 of the code.",
        ),
        sa.Column("created_at", Moment(), nullable=False, comment="When it was made."),
        sa.CheckConstraint("length(digest) BETWEEN 1 AND 64", name=op.f("ck_recovery_code_digest_length")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("account_id", "digest", name=op.f("uq_recovery_code_account_id_digest")),
    )
    op.create_table(
        "second_factor",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The account."
        ),
        sa.Column(
            "sealed_secret",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="The secret, readable with HUB_SECRET_KEY alone.",
        ),
        sa.Column(
            "used_step",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The latest time step of which a code was taken; 0 before the first.",
        ),
        sa.Column("offered_at", Moment(), nullable=False, comment="When the secret was made and shown."),
        sa.CheckConstraint(
            "length(sealed_secret) BETWEEN 1 AND 200", name=op.f("ck_second_factor_sealed_secret_length")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_second_factor_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("account_id", name=op.f("uq_second_factor_account_id")),
    )

    # Privacy: who read what, and what was erased.
    op.create_table(
        "erasure",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "student_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The pupil's key, which names nobody any more.",
        ),
        sa.Column("begun_at", Moment(), nullable=False, comment="When it was begun."),
        sa.Column("finished_at", Moment(), nullable=True, comment="When it was done."),
        sa.Column(
            "erased_by",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="Who ordered the command: the system's user.",
        ),
        sa.Column(
            "reason",
            sa.String(length=500).with_variant(sa.String(length=500, collation="C"), "postgresql"),
            nullable=False,
            comment="Why.",
        ),
        sa.Column(
            "counts",
            sa.String(length=20000).with_variant(sa.String(length=20000, collation="C"), "postgresql"),
            nullable=True,
            comment="Rows changed or deleted, by table, as JSON.",
        ),
        sa.CheckConstraint("length(counts) BETWEEN 1 AND 20000", name=op.f("ck_erasure_counts_length")),
        sa.CheckConstraint("length(erased_by) BETWEEN 1 AND 200", name=op.f("ck_erasure_erased_by_length")),
        sa.CheckConstraint("length(reason) BETWEEN 1 AND 500", name=op.f("ck_erasure_reason_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "read_log",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "identity",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
            comment="Who read: an account's or a token's key.",
        ),
        sa.Column(
            "name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
            comment="The name it had then.",
        ),
        sa.Column(
            "role",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
            comment="The role it had then.",
        ),
        sa.Column(
            "purpose",
            sa.String(length=500).with_variant(sa.String(length=500, collation="C"), "postgresql"),
            nullable=True,
            comment="What the read was for.",
        ),
        sa.Column("at", Moment(), nullable=False, comment="When it was read."),
        sa.Column(
            "operation",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
            comment="The operation's name.",
        ),
        sa.Column(
            "document",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
            comment="SHA-256 of the document, every literal in it made empty.",
        ),
        sa.Column(
            "fields",
            sa.String(length=20000).with_variant(sa.String(length=20000, collation="C"), "postgresql"),
            nullable=True,
            comment="The personal fields read, as Type.field, by spaces.",
        ),
        sa.Column("pupils", sa.Integer(), nullable=False, comment="How many pupils it named."),
        sa.Column(
            "request_id",
            sa.String(length=128).with_variant(sa.String(length=128, collation="C"), "postgresql"),
            nullable=False,
            comment="The request's id, as in the service's log.",
        ),
        sa.CheckConstraint("length(document) BETWEEN 1 AND 64", name=op.f("ck_read_log_document_length")),
        sa.CheckConstraint("length(fields) BETWEEN 1 AND 20000", name=op.f("ck_read_log_fields_length")),
        sa.CheckConstraint("length(identity) BETWEEN 1 AND 60", name=op.f("ck_read_log_identity_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_read_log_name_length")),
        sa.CheckConstraint("length(operation) BETWEEN 1 AND 200", name=op.f("ck_read_log_operation_length")),
        sa.CheckConstraint("length(purpose) BETWEEN 1 AND 500", name=op.f("ck_read_log_purpose_length")),
        sa.CheckConstraint("length(request_id) BETWEEN 1 AND 128", name=op.f("ck_read_log_request_id_length")),
        sa.CheckConstraint("length(role) BETWEEN 1 AND 20", name=op.f("ck_read_log_role_length")),
        sa.CheckConstraint("pupils BETWEEN 0 AND 2147483647", name=op.f("ck_read_log_pupils_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_log")),
    )
    with op.batch_alter_table("read_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_read_log_at"), ["at"], unique=False)

    op.create_table(
        "read_log_pupil",
        sa.Column(
            "read_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The read's key."
        ),
        sa.Column(
            "student_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The pupil's key.",
        ),
        sa.PrimaryKeyConstraint("read_id", "student_id", name=op.f("pk_read_log_pupil")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("read_log_pupil", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_read_log_pupil_student_id_read_id"), ["student_id", "read_id"], unique=False
        )

    # The history of changes.
    op.create_table(
        "acting_identity",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "actor_key",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=True,
            comment="The actor's key.",
        ),
        sa.Column(
            "actor_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
            comment="The actor's name.",
        ),
        sa.Column(
            "face",
            sa.String(length=7).with_variant(sa.String(length=7, collation="C"), "postgresql"),
            nullable=False,
            comment="Through what it is written.",
        ),
        sa.CheckConstraint(
            "face IN ('CONSOLE', 'GRAPHQL', 'CLI', 'IMPORT', 'PAGE', 'SQL')", name=op.f("ck_acting_identity_face_known")
        ),
        sa.CheckConstraint("length(actor_key) BETWEEN 1 AND 60", name=op.f("ck_acting_identity_actor_key_length")),
        sa.CheckConstraint("length(actor_name) BETWEEN 1 AND 200", name=op.f("ck_acting_identity_actor_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acting_identity")),
    )
    op.create_table(
        "change_log",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Grows with every change; of one row in the order of the changes.",
        ),
        sa.Column(
            "updated_at",
            Moment(),
            server_default=now(),
            nullable=False,
            comment="When this row last changed, in UTC to the millisecond.",
        ),
        sa.Column(
            "table_name",
            sa.String(length=63).with_variant(sa.String(length=63, collation="C"), "postgresql"),
            nullable=False,
            comment="The table.",
        ),
        sa.Column(
            "row_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The row's key, as in its global id; null of a load.",
        ),
        sa.Column(
            "student_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The pupil that the row is a record of.",
        ),
        sa.Column(
            "former_student_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The pupil that it was a record of before, where that is another.",
        ),
        sa.Column(
            "key",
            sa.String(length=1000000).with_variant(sa.String(length=1000000, collation="C"), "postgresql"),
            nullable=True,
            comment="What people know the row by, as JSON text; null where it was erased.",
        ),
        sa.Column(
            "operation",
            sa.String(length=6).with_variant(sa.String(length=6, collation="C"), "postgresql"),
            nullable=False,
            comment="What was done.",
        ),
        sa.Column(
            "before",
            sa.String(length=1000000).with_variant(sa.String(length=1000000, collation="C"), "postgresql"),
            nullable=True,
            comment="The row's columns before, as JSON text; null of a new row, and where it was erased.",
        ),
        sa.Column(
            "after",
            sa.String(length=1000000).with_variant(sa.String(length=1000000, collation="C"), "postgresql"),
            nullable=True,
            comment="The row's columns after, as JSON text; null of a deleted row, and where it was erased.",
        ),
        sa.Column("at", Moment(), server_default=now(), nullable=False, comment="When it was made."),
        sa.Column(
            "actor_key",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=True,
            comment="Who made it: an account's or a token's key, or the command line; null where it is not known.",
        ),
        sa.Column(
            "actor_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
            comment="The name they had then.",
        ),
        sa.Column(
            "face",
            sa.String(length=7).with_variant(sa.String(length=7, collation="C"), "postgresql"),
            nullable=False,
            comment="Through what it was made.",
        ),
        sa.CheckConstraint(
            "face IN ('CONSOLE', 'GRAPHQL', 'CLI', 'IMPORT', 'PAGE', 'SQL')", name=op.f("ck_change_log_face_known")
        ),
        sa.CheckConstraint(
            "operation IN ('INSERT', 'UPDATE', 'DELETE', 'LOAD', 'ERASE')", name=op.f("ck_change_log_operation_known")
        ),
        sa.CheckConstraint("length(actor_key) BETWEEN 1 AND 60", name=op.f("ck_change_log_actor_key_length")),
        sa.CheckConstraint("length(actor_name) BETWEEN 1 AND 200", name=op.f("ck_change_log_actor_name_length")),
        sa.CheckConstraint("length(after) BETWEEN 1 AND 1000000", name=op.f("ck_change_log_after_length")),
        sa.CheckConstraint("length(before) BETWEEN 1 AND 1000000", name=op.f("ck_change_log_before_length")),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 1000000", name=op.f("ck_change_log_key_length")),
        sa.CheckConstraint("length(table_name) BETWEEN 1 AND 63", name=op.f("ck_change_log_table_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_log")),
    )
    with op.batch_alter_table("change_log", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_change_log_former_student_id"),
            ["former_student_id"],
            unique=False,
            sqlite_where=sa.text("former_student_id IS NOT NULL"),
            postgresql_where=sa.text("former_student_id IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_change_log_student_id"), ["student_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_log_table_name_row_id"), ["table_name", "row_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_log_updated_at_id"), ["updated_at", "id"], unique=False)

    op.create_table(
        "change_seal",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column(
            "change_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The change."
        ),
        sa.Column(
            "salt",
            sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"),
            nullable=True,
            comment="What the digest is salted with; null where the change was erased.",
        ),
        sa.Column(
            "digest",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
            comment="SHA-256 of the salt and the change's payload.",
        ),
        sa.Column(
            "chain",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
            comment="SHA-256 of the link before and of this change, its digest in the payload's place.",
        ),
        sa.Column("sealed_at", Moment(), nullable=False, comment="When it was sealed."),
        sa.CheckConstraint("length(chain) BETWEEN 1 AND 64", name=op.f("ck_change_seal_chain_length")),
        sa.CheckConstraint("length(digest) BETWEEN 1 AND 64", name=op.f("ck_change_seal_digest_length")),
        sa.CheckConstraint("length(salt) BETWEEN 1 AND 32", name=op.f("ck_change_seal_salt_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_seal")),
        sa.UniqueConstraint("change_id", name=op.f("uq_change_seal_change_id")),
    )
    op.create_table(
        "overwritten_row",
        sa.Column(
            "table_name",
            sa.String(length=63).with_variant(sa.String(length=63, collation="C"), "postgresql"),
            nullable=False,
            comment="The table.",
        ),
        sa.Column(
            "row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="The row's key."
        ),
        sa.Column(
            "student_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The pupil that it is a record of.",
        ),
        sa.Column(
            "key",
            sa.String(length=1000000).with_variant(sa.String(length=1000000, collation="C"), "postgresql"),
            nullable=True,
            comment="What people know it by.",
        ),
        sa.Column(
            "before",
            sa.String(length=1000000).with_variant(sa.String(length=1000000, collation="C"), "postgresql"),
            nullable=False,
            comment="Its columns.",
        ),
        sa.CheckConstraint("length(before) BETWEEN 1 AND 1000000", name=op.f("ck_overwritten_row_before_length")),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 1000000", name=op.f("ck_overwritten_row_key_length")),
        sa.CheckConstraint("length(table_name) BETWEEN 1 AND 63", name=op.f("ck_overwritten_row_table_name_length")),
        sa.PrimaryKeyConstraint("table_name", "row_id", name=op.f("pk_overwritten_row")),
        sqlite_with_rowid=False,
    )

    # The noise of counts.
    noise_secret = op.create_table(
        "noise_secret",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column("value", sa.Integer(), nullable=False, comment="The number."),
        sa.CheckConstraint("value BETWEEN 1 AND 2147483646", name=op.f("ck_noise_secret_value_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_noise_secret")),
    )
    op.bulk_insert(
        noise_secret,
        [{"id": place, "value": secrets.randbelow(noise.MODULUS - 1) + 1} for place in range(noise.SECRETS)],
    )

    # How often what tells a teacher's rows has changed.
    op.create_table(
        "scope_change",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Surrogate key; means nothing outside the hub.",
        ),
        sa.Column("number", sa.Integer(), nullable=False, comment="Changes counted here."),
        sa.CheckConstraint("number BETWEEN 0 AND 2147483646", name=op.f("ck_scope_change_number_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scope_change")),
    )


def downgrade() -> None:
    # How often what tells a teacher's rows has changed.
    op.drop_table("scope_change")

    # The noise of counts.
    op.drop_table("noise_secret")

    # The history of changes.
    op.drop_table("overwritten_row")
    op.drop_table("change_seal")
    with op.batch_alter_table("change_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_log_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_change_log_table_name_row_id"))
        batch_op.drop_index(batch_op.f("ix_change_log_student_id"))
        batch_op.drop_index(
            batch_op.f("ix_change_log_former_student_id"),
            sqlite_where=sa.text("former_student_id IS NOT NULL"),
            postgresql_where=sa.text("former_student_id IS NOT NULL"),
        )

    op.drop_table("change_log")
    op.drop_table("acting_identity")

    # Privacy.
    with op.batch_alter_table("read_log_pupil", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_read_log_pupil_student_id_read_id"))

    op.drop_table("read_log_pupil")
    with op.batch_alter_table("read_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_read_log_at"))

    op.drop_table("read_log")
    op.drop_table("erasure")

    # Identities.
    op.drop_table("second_factor")
    op.drop_table("recovery_code")
    with op.batch_alter_table("pending_sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pending_sign_in_expires_at"))
        batch_op.drop_index(batch_op.f("ix_pending_sign_in_account_id"))

    op.drop_table("pending_sign_in")
    with op.batch_alter_table("api_token_school", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_school_school_id"))

    op.drop_table("api_token_school")
    with op.batch_alter_table("account_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_session_expires_at"))
        batch_op.drop_index(batch_op.f("ix_account_session_account_id"))

    op.drop_table("account_session")
    with op.batch_alter_table("account_school", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_school_school_id"))

    op.drop_table("account_school")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_teacher_id"))

    op.drop_table("api_token")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_teacher_id"))

    op.drop_table("account")
    with op.batch_alter_table("login_limit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_limit_tried_at"))

    op.drop_table("login_limit")

    with op.batch_alter_table("grade_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grade_event_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_grade_event_sequence_id"))
        batch_op.drop_index(batch_op.f("ix_grade_event_grade_id_sequence_id"))

    op.drop_table("grade_event")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_grade_id_id"))

    op.drop_table("attendance")
    with op.batch_alter_table("section_teacher", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_section_teacher_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_section_teacher_teacher_id_section_id_id"))
        batch_op.drop_index(batch_op.f("ix_section_teacher_section_id_teacher_id_id"))

    op.drop_table("section_teacher")
    with op.batch_alter_table("grade", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grade_updated_at_id"))
        batch_op.drop_index("ix_grade_results")
        batch_op.drop_index(batch_op.f("ix_grade_subject_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_grade_student_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_grade_section_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_grade_code_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_grade_academic_year_id_id"))

    op.drop_table("grade")
    with op.batch_alter_table("term_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_term_result_updated_at_id"))

    op.drop_table("term_result")
    with op.batch_alter_table("student_year", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_student_year_updated_at_id"))
        batch_op.drop_index("ix_student_year_census")
        batch_op.drop_index(batch_op.f("ix_student_year_academic_year_id_id"))

    op.drop_table("student_year")
    with op.batch_alter_table("student_sensitive", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_student_sensitive_updated_at_id"))

    op.drop_table("student_sensitive")
    with op.batch_alter_table("student_identifier", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_student_identifier_current",
            sqlite_where=sa.text("valid_to IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_student_identifier_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_student_identifier_student_id_id"))

    op.drop_table("student_identifier")
    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_section_whole_year",
            sqlite_where=sa.text("term_id IS NULL"),
            postgresql_where=sa.text("term_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_section_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_section_term_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_section_subject_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_section_homeroom_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_section_academic_year_id_id"))

    op.drop_table("section")
    with op.batch_alter_table("school_enrollment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_school_enrollment_active",
            sqlite_where=sa.text("exit_on IS NULL"),
            postgresql_where=sa.text("exit_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_school_enrollment_updated_at_id"))
        batch_op.drop_index("ix_school_enrollment_level")
        batch_op.drop_index(batch_op.f("ix_school_enrollment_student_id_academic_year_id_school_id_id"))
        batch_op.drop_index(batch_op.f("ix_school_enrollment_student_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_school_enrollment_school_id_academic_year_id_student_id_id"))
        batch_op.drop_index(batch_op.f("ix_school_enrollment_school_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_school_enrollment_exit_reason_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_school_enrollment_academic_year_id_id"))

    op.drop_table("school_enrollment")
    with op.batch_alter_table("homeroom_teacher", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_homeroom_teacher_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_homeroom_teacher_teacher_id_homeroom_id_id"))
        batch_op.drop_index(batch_op.f("ix_homeroom_teacher_homeroom_id_teacher_id_id"))

    op.drop_table("homeroom_teacher")
    with op.batch_alter_table("homeroom_membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_homeroom_membership_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_homeroom_membership_student_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_homeroom_membership_student_id_academic_year_id_homeroom_id_id"))
        batch_op.drop_index(batch_op.f("ix_homeroom_membership_homeroom_id_student_id_id"))
        batch_op.drop_index(batch_op.f("ix_homeroom_membership_homeroom_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_homeroom_membership_academic_year_id_id"))

    op.drop_table("homeroom_membership")
    with op.batch_alter_table("graduate_destination", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_graduate_destination_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_graduate_destination_student_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_graduate_destination_source_sort_id"))
        batch_op.drop_index(batch_op.f("ix_graduate_destination_school_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_graduate_destination_occupation_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_graduate_destination_academic_year_id_id"))

    op.drop_table("graduate_destination")
    with op.batch_alter_table("teacher_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_teacher_assignment_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_teacher_assignment_teacher_id_academic_year_id_school_id_id"))
        batch_op.drop_index(batch_op.f("ix_teacher_assignment_teacher_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_teacher_assignment_school_id_academic_year_id_teacher_id_id"))
        batch_op.drop_index(batch_op.f("ix_teacher_assignment_position_sort_id"))
        batch_op.drop_index(batch_op.f("ix_teacher_assignment_academic_year_id_id"))

    op.drop_table("teacher_assignment")
    with op.batch_alter_table("subject", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subject_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_subject_school_id_code_id"))
        batch_op.drop_index(batch_op.f("ix_subject_name_th_sort_id"))
        batch_op.drop_index(batch_op.f("ix_subject_learning_area_id_code_id"))
        batch_op.drop_index(batch_op.f("ix_subject_grade_level_id_code_id"))
        batch_op.drop_index(batch_op.f("ix_subject_code_id"))

    op.drop_table("subject")
    with op.batch_alter_table("student", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_student_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_student_given_name_sort_id"))
        batch_op.drop_index(batch_op.f("ix_student_family_name_sort_id"))

    op.drop_table("student")
    with op.batch_alter_table("homeroom", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_homeroom_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_homeroom_school_id_academic_year_id_id"))
        batch_op.drop_index(batch_op.f("ix_homeroom_name_sort_id"))
        batch_op.drop_index(batch_op.f("ix_homeroom_academic_year_id_id"))

    op.drop_table("homeroom")
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_term_updated_at_id"))

    op.drop_table("term")
    with op.batch_alter_table("school", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_school_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_school_name_th_sort_id"))
        batch_op.drop_index(batch_op.f("ix_school_municipality_id_code"))

    op.drop_table("school")
    with op.batch_alter_table("occupation_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_occupation_target_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_occupation_target_occupation_id_id"))
        batch_op.drop_index(batch_op.f("ix_occupation_target_municipality_id_id"))

    op.drop_table("occupation_target")
    with op.batch_alter_table("learning_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learning_area_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_learning_area_name_th_sort_id"))
        batch_op.drop_index(batch_op.f("ix_learning_area_curriculum_id_code_id"))
        batch_op.drop_index(batch_op.f("ix_learning_area_code_id"))

    op.drop_table("learning_area")
    with op.batch_alter_table("teacher", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_teacher_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_teacher_given_name_sort_id"))
        batch_op.drop_index(batch_op.f("ix_teacher_family_name_sort_id"))

    op.drop_table("teacher")
    with op.batch_alter_table("occupation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_occupation_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_occupation_name_th_sort_id"))

    op.drop_table("occupation")
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_municipality_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_municipality_name_th_sort_id"))

    op.drop_table("municipality")
    with op.batch_alter_table("grade_level", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grade_level_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_grade_level_name_th_sort_id"))

    op.drop_table("grade_level")
    with op.batch_alter_table("grade_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grade_code_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_grade_code_name_th_sort_id"))

    op.drop_table("grade_code")
    with op.batch_alter_table("exit_reason", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exit_reason_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_exit_reason_name_th_sort_id"))

    op.drop_table("exit_reason")
    with op.batch_alter_table("curriculum", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_curriculum_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_curriculum_name_th_sort_id"))

    op.drop_table("curriculum")
    with op.batch_alter_table("academic_year", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_academic_year_updated_at_id"))

    op.drop_table("academic_year")
