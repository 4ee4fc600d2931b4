WITH "student.termResults" AS NOT MATERIALIZED (
  SELECT term_result.student_id AS parent,
    term_result.student_id AS key1,
    term_result.academic_year_id AS key2,
    coalesce(term_result.term_id, 0) AS key3,
    term_result.stage AS key4,
    json_object('gpa', CAST(CAST(term_result.gpa_points * 4 AS BIGINT) * 50 / nullif(CAST(term_result.gpa_credits * 2 AS BIGINT), 0) AS DOUBLE PRECISION) / 100, 'zeros', term_result.zeros) AS part0
  FROM term_result
)
SELECT CAST('{"gpax":' || json_quote((SELECT CAST(CAST(sum(term_result.gpa_points) * 4 AS BIGINT) * 50 / nullif(CAST(sum(term_result.gpa_credits) * 2 AS BIGINT), 0) AS DOUBLE PRECISION) / 100 FROM term_result WHERE term_result.student_id = student.id AND term_result.stage = coalesce(NULL, (SELECT grade_level.stage FROM school_enrollment JOIN grade_level ON grade_level.id = school_enrollment.grade_level_id WHERE school_enrollment.student_id = student.id ORDER BY school_enrollment.entry_on DESC, school_enrollment.id DESC LIMIT 1)))) || ',"lower":' || json_quote((SELECT CAST(CAST(sum(term_result.gpa_points) * 4 AS BIGINT) * 50 / nullif(CAST(sum(term_result.gpa_credits) * 2 AS BIGINT), 0) AS DOUBLE PRECISION) / 100 FROM term_result WHERE term_result.student_id = student.id AND term_result.stage = coalesce(?1, (SELECT grade_level.stage FROM school_enrollment JOIN grade_level ON grade_level.id = school_enrollment.grade_level_id WHERE school_enrollment.student_id = student.id ORDER BY school_enrollment.entry_on DESC, school_enrollment.id DESC LIMIT 1)))) || ',"nationalId":' || json_quote((SELECT student_identifier.value FROM student_identifier WHERE student_identifier.student_id = student.id AND student_identifier.kind = 'NATIONAL_ID' AND student_identifier.valid_to IS NULL)) || ',"termResults":' || (
    SELECT '{"nodes":' || '[' || coalesce(group_concat(part0), '') || ']' || '}'
    FROM (
        SELECT key1, key2, key3, key4, part0
        FROM "student.termResults"
        WHERE parent = student.id
        ORDER BY key1, key2, key3, key4
        LIMIT ?2
      ) AS page
  ) || '}' AS BLOB) AS answer
FROM student
WHERE student.id = ?3
LIMIT 1;
