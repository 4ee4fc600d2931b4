WITH "root:students" AS NOT MATERIALIZED (
  SELECT student.id AS key1, json_object('studentNo', student.student_no) AS part0
  FROM student
  WHERE (
      SELECT count(*)
      FROM school_enrollment AS w2_school_enrollment
      WHERE w2_school_enrollment.student_id = student.id
        AND w2_school_enrollment.academic_year_id = (SELECT id FROM academic_year WHERE be_year = ?1)
    ) > ?2
    AND EXISTS (
      SELECT 1
      FROM grade AS w4_grade
      WHERE w4_grade.student_id = student.id
        AND w4_grade.code_id IN (SELECT w5_code.id FROM grade_code AS w5_code WHERE w5_code.points = ?3)
    )
    AND (EXISTS (
      SELECT 1
      FROM grade AS w7_grade
      WHERE w7_grade.student_id = student.id
        AND w7_grade.code_id IN (SELECT w8_code.id FROM grade_code AS w8_code WHERE w8_code.is_pending = ?4)
    )) IS NOT TRUE
)
SELECT CAST((
  SELECT '{"nodes":' || '[' || coalesce(group_concat(part0), '') || ']' || '}'
  FROM (SELECT key1, part0 FROM "root:students" ORDER BY key1 LIMIT ?5) AS page
) AS BLOB) AS answer;
