"""`Student.risk`: which of the indicators' rules a pupil meets in a school year, and the figures each rests on."""

from dataclasses import dataclass

from schema.model import thresholds
from schema.model.entities import Embedded, Scalar, Value
from schema.model.figures import average, rate
from schema.rules.indicators import LOW_ATTENDANCE_PERCENT, LOW_GPAX, MANY_ZEROS
from schema.tables.columns import Years

_ON_CENSUS_DAY = (
    "FROM student_year WHERE student_year.student_id = {row}.id AND student_year.academic_year_id IN {year_keys}"
)
_COUNTED_ANYWHERE = _ON_CENSUS_DAY.replace("FROM student_year", "FROM {all}student_year")
_STAYS = (
    "FROM school_enrollment JOIN academic_year ON academic_year.id = school_enrollment.academic_year_id"
    " WHERE school_enrollment.student_id = {row}.id AND school_enrollment.academic_year_id IN {year_keys}"
)
_IS_OWN = "{row}.id IN (SELECT id FROM own_pupil)"
"""All hours and the last stay of the pupil are in scope: `schema.policy.sets_of` says of whom."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule: the one row its figures come from, and the condition over it by which it is met (NULL: not known)."""

    name: str
    type_name: str
    description: str
    rows: str
    met: str
    figures: tuple[Value, ...]

    def embedded(self) -> Embedded:
        """The rule as an object of the answer."""
        met = _figure("met", "Whether the rule is met; null where nothing tells.", Scalar.BOOLEAN, self.met)
        return Embedded(
            self.name,
            self.description,
            nullable=False,
            type_name=self.type_name,
            type_description=self.description,
            values=(met, *self.figures),
            rows=self.rows,
        )

    def counted(self) -> str:
        """1 where the rule is met, else 0."""
        # An alias of its own: the rows are over `{row}`, the pupil.
        met = self.met.replace("{row}", "judged")
        return f"(SELECT CASE WHEN {met} THEN 1 ELSE 0 END FROM ({self.rows}) AS judged)"


def _figure(name: str, description: str, scalar: Scalar, sql: str) -> Value:
    return Value(name, description, nullable=True, scalar=scalar, sql=sql)


_MANY_EVER, _MANY_NOW = (thresholds.has_many_zeros(f"{{row}}.{column}") for column in ("ever", "outstanding"))


def _rules(of_own: str = "") -> tuple[_Rule, ...]:
    """The four rules; ``of_own`` is a condition by which rows are of a pupil all of whose may be read."""
    stays = _STAYS + of_own
    return (
        _Rule(
            "lowGpax",
            "LowGpaxRisk",
            f"The pupil's exact GPAX is under {LOW_GPAX}, as the city's indicators count it: over the stage attended on"
            " the census day (10 June), up to the year's end, with results as they stand now. Null for a pupil who was"
            " not there on the census day or has no counting credit.",
            "SELECT max(student_year.gpax_points) AS points, max(student_year.gpax_credits) AS credits"
            f" {_ON_CENSUS_DAY}",
            f"CASE WHEN {{row}}.credits > 0 THEN {thresholds.is_low_gpax('{row}.points', '{row}.credits')} END",
            (
                _figure(
                    "gpax",
                    "That GPAX, cut off at two decimals; the exact value decides. Thai: ผลการเรียนเฉลี่ยสะสม.",
                    Scalar.FLOAT,
                    average("{row}.points", "{row}.credits"),
                ),
                _figure("credits", "Credits that count in it. Thai: หน่วยกิตสะสม.", Scalar.FLOAT, "{row}.credits"),
            ),
        ),
        _Rule(
            "overThreeZeros",
            "ZerosRisk",
            f"The pupil has strictly more than {MANY_ZEROS} zero results in the one year, as first awarded (`ever`) or"
            " as they stand now (`outstanding`), as the city's indicators count it. Null for a pupil who was not there"
            " on the census day.",
            f"SELECT max(student_year.zeros_ever) AS ever, max(student_year.zeros) AS outstanding {_ON_CENSUS_DAY}",
            f"({_MANY_EVER} OR {_MANY_NOW})",
            (
                _figure("ever", "Registrations of the year whose first result was zero.", Scalar.INT, "{row}.ever"),
                _figure("metEver", "Whether those are too many.", Scalar.BOOLEAN, _MANY_EVER),
                _figure("outstanding", "Results of the year that are zero now.", Scalar.INT, "{row}.outstanding"),
                _figure("metOutstanding", "Whether those are too many.", Scalar.BOOLEAN, _MANY_NOW),
            ),
        ),
        _Rule(
            "lowAttendance",
            "AttendanceRisk",
            f"The pupil attended less than {LOW_ATTENDANCE_PERCENT} % of the hours held in all subjects registered in"
            " the year. Null where no hours are recorded, or not all of them may be read.",
            "SELECT CAST(sum(attendance.attended_hours) AS BIGINT) AS attended,"
            " CAST(sum(attendance.held_hours) AS BIGINT) AS held"
            " FROM grade JOIN attendance ON attendance.grade_id = grade.id"
            f" WHERE grade.student_id = {{row}}.id AND grade.academic_year_id IN {{year_keys}}{of_own}",
            f"CASE WHEN {{row}}.held > 0 THEN {thresholds.is_low_attendance('{row}.attended', '{row}.held')} END",
            (
                _figure("attended", "Hours attended. Thai: ชั่วโมงที่เข้าเรียน.", Scalar.INT, "{row}.attended"),
                _figure("held", "Hours held. Thai: ชั่วโมงที่สอน.", Scalar.INT, "{row}.held"),
                _figure(
                    "rate",
                    "attended / held, four decimals, half up; the exact value decides. Null over nothing.",
                    Scalar.FLOAT,
                    rate("{row}.attended", "{row}.held"),
                ),
            ),
        ),
        _Rule(
            "dropout",
            "DropoutRisk",
            "The pupil left in the year as untraceable, resigned or over-age without completion and did not come back"
            " by its end, as the city's indicators count it. Null for a pupil who was enrolled on no day of the year.",
            "SELECT max(gone.exit_on) AS exit_on, max(gone.code) AS code, count(gone.exit_on) AS exits,"
            f" (SELECT count(*) {stays}) AS stays"
            f" FROM (SELECT school_enrollment.exit_on, (SELECT exit_reason.code FROM exit_reason"
            f" WHERE exit_reason.id = school_enrollment.exit_reason_id) AS code {stays}"
            f" AND {thresholds.has_dropped_out('academic_year.ends_on')}"
            " ORDER BY school_enrollment.exit_on DESC, school_enrollment.id DESC LIMIT 1) AS gone",
            "CASE WHEN {row}.stays > 0 THEN {row}.exits > 0 END",
            (
                _figure("exitOn", "Day from which no longer enrolled. Thai: วันออก.", Scalar.DATE, "{row}.exit_on"),
                _figure(
                    "reasonCode", "Code of the reason; null unless met. Thai: รหัสสาเหตุ.", Scalar.STRING, "{row}.code"
                ),
            ),
        ),
    )


def _risk(rules: tuple[_Rule, ...], met_count: str) -> Embedded:
    return Embedded(
        "risk",
        "Which of the indicators' rules the pupil meets in a school year, and why."
        " Without `year`: the hub's current year.",
        nullable=False,
        type_name="StudentRisk",
        type_description="The indicators' rules as they stand for one pupil in one school year.",
        values=(
            _figure(
                "year",
                "The school year (B.E.); null where it is not in the hub's calendar.",
                Scalar.INT,
                "(SELECT academic_year.be_year FROM academic_year WHERE academic_year.id IN {year_keys})",
            ),
            _figure(
                "metCount",
                "How many of the four rules are met; null where not all that they rest on may be read.",
                Scalar.INT,
                met_count,
            ),
            *(rule.embedded() for rule in rules),
        ),
        years=Years.CURRENT,
    )


_COUNT = " + ".join(rule.counted() for rule in _rules())

RISK = _risk(_rules(), _COUNT)

RISK_IN_SCOPE = _risk(
    _rules(of_own=f" AND {_IS_OWN}"),
    f"CASE WHEN {_IS_OWN} AND (EXISTS (SELECT 1 {_ON_CENSUS_DAY}) OR NOT EXISTS (SELECT 1 {_COUNTED_ANYWHERE}))"
    f" THEN {_COUNT} END",
)
"""The same where not all rows are read: what rests on more of a pupil than may be read is null, never counted of a
part. ``{all}`` stands before a table all of whose rows count."""
