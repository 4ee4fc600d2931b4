"""`term_result`: a pupil's grades of a term (of a year, where graded by the year) and stage, summed."""

from typing import Final

from schema.derived.definition import Definition

TERM_RESULT: Final = Definition(
    table="term_result",
    keys=("student_id", "academic_year_id", "term_id", "stage"),
    nullable="term_id",
    values=(
        "registered",
        "pending",
        "zeros",
        "zeros_ever",
        "credits_registered",
        "credits_attempted",
        "credits_earned",
        "gpa_credits",
        "gpa_points",
    ),
    # Credits and points come in steps of 0.5, so that SQLite's sums of doubles are exact too.
    select="""\
SELECT g.student_id, g.academic_year_id, s.term_id, l.stage,
  count(*) AS registered,
  sum(CASE WHEN g.code_id IS NULL OR c.is_pending THEN 1 ELSE 0 END) AS pending,
  sum(CASE WHEN c.counts_in_gpa AND c.points = 0 THEN 1 ELSE 0 END) AS zeros,
  sum(CASE WHEN f.counts_in_gpa AND f.points = 0 THEN 1 ELSE 0 END) AS zeros_ever,
  sum(g.credits) AS credits_registered,
  sum(CASE WHEN c.counts_as_attempted THEN g.credits ELSE 0 END) AS credits_attempted,
  sum(CASE WHEN c.counts_as_earned THEN g.credits ELSE 0 END) AS credits_earned,
  sum(CASE WHEN c.counts_in_gpa THEN g.credits ELSE 0 END) AS gpa_credits,
  sum(CASE WHEN c.counts_in_gpa THEN g.credits * c.points ELSE 0 END) AS gpa_points
FROM grade AS g
JOIN section AS s ON s.id = g.section_id
JOIN subject AS u ON u.id = g.subject_id
JOIN grade_level AS l ON l.id = u.grade_level_id
LEFT JOIN grade_code AS c ON c.id = g.code_id
LEFT JOIN grade_code AS f ON f.id = g.first_code_id
WHERE {scope}
GROUP BY g.student_id, g.academic_year_id, s.term_id, l.stage""",
    student="g.student_id",
    year="g.academic_year_id",
)
