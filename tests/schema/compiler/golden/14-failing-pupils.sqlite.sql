WITH "students.orderBy" AS MATERIALIZED (
  SELECT (SELECT CAST(CAST(sum(term_result.gpa_points) * 4 AS BIGINT) * 50 / nullif(CAST(sum(term_result.gpa_credits) * 2 AS BIGINT), 0) AS DOUBLE PRECISION) / 100 FROM term_result WHERE term_result.student_id = student.id AND term_result.stage = coalesce(NULL, (SELECT grade_level.stage FROM school_enrollment JOIN grade_level ON grade_level.id = school_enrollment.grade_level_id WHERE school_enrollment.student_id = student.id ORDER BY school_enrollment.entry_on DESC, school_enrollment.id DESC LIMIT 1))) AS key1,
    student.id AS key2,
    student.id AS id
  FROM student
  WHERE student.id IN (
      SELECT w2_school_enrollment.student_id
      FROM school_enrollment AS w2_school_enrollment
      WHERE w2_school_enrollment.academic_year_id = (SELECT id FROM academic_year WHERE be_year = ?1)
        AND w2_school_enrollment.grade_level_id IN (SELECT w3_grade_level.id FROM grade_level AS w3_grade_level WHERE w3_grade_level.code = ?2)
    )
    AND student.id IN (
      SELECT w6_grade.student_id
      FROM grade AS w6_grade
      WHERE w6_grade.subject_id IN (
          SELECT w7_subject.id
          FROM subject AS w7_subject
          WHERE w7_subject.learning_area_id IN (SELECT w8_learning_area.id FROM learning_area AS w8_learning_area WHERE w8_learning_area.code = ?3)
        )
        AND w6_grade.code_id IN (SELECT w10_code.id FROM grade_code AS w10_code WHERE w10_code.points = ?4)
    )
)
SELECT CAST((
  SELECT '{"totalCount":' || (SELECT count(*) FROM "students.orderBy") || ',"nodes":' || '[' || coalesce(group_concat(part1), '') || ']' || '}'
  FROM (
      SELECT key1, key2, json_object('studentNo', student.student_no, 'gpax', found.key1) AS part1
      FROM (SELECT key1, key2, id FROM "students.orderBy" ORDER BY key1 ASC NULLS LAST, key2 LIMIT ?5) AS found
        JOIN student ON student.id = found.id
      ORDER BY key1 ASC NULLS LAST, key2
    ) AS page
) AS BLOB) AS answer;
