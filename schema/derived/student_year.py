"""`student_year`: a pupil on the census day of a year, with what the city's indicators count of it.

It adds up `term_result`, so it is made after it.
"""

from typing import Final

from schema.derived.definition import Definition

STUDENT_YEAR: Final = Definition(
    table="student_year",
    keys=("student_id", "academic_year_id"),
    nullable=None,
    values=("school_id", "grade_level_id", "zeros", "zeros_ever", "gpax_credits", "gpax_points"),
    select="""\
SELECT e.student_id, e.academic_year_id, e.school_id, e.grade_level_id,
  coalesce(sum(CASE WHEN r.academic_year_id = e.academic_year_id THEN r.zeros END), 0) AS zeros,
  coalesce(sum(CASE WHEN r.academic_year_id = e.academic_year_id THEN r.zeros_ever END), 0) AS zeros_ever,
  coalesce(sum(CASE WHEN r.stage = l.stage AND v.be_year <= y.be_year THEN r.gpa_credits END), 0) AS gpax_credits,
  coalesce(sum(CASE WHEN r.stage = l.stage AND v.be_year <= y.be_year THEN r.gpa_points END), 0) AS gpax_points
FROM school_enrollment AS e
JOIN academic_year AS y ON y.id = e.academic_year_id
JOIN grade_level AS l ON l.id = e.grade_level_id
LEFT JOIN term_result AS r ON r.student_id = e.student_id
LEFT JOIN academic_year AS v ON v.id = r.academic_year_id
WHERE e.entry_on <= y.census_on AND (e.exit_on IS NULL OR e.exit_on > y.census_on) AND {scope}
GROUP BY e.student_id, e.academic_year_id, e.school_id, e.grade_level_id""",
    student="e.student_id",
    year="e.academic_year_id",
)
