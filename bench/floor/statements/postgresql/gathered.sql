-- W3: the same as nested.sql, each table read once and each subject written once: faster for many pupils, slower for few
-- $1 schools, $2 pupils of each, $3 the year, $4 grades of each pupil
WITH chosen AS MATERIALIZED (SELECT id FROM academic_year WHERE be_year = $3::integer),
schools AS MATERIALIZED (SELECT id, code, name FROM school ORDER BY code, id LIMIT $1::bigint),
pupils AS MATERIALIZED (
  SELECT schools.id AS school_id, student.id, student.student_no
  FROM schools
  CROSS JOIN LATERAL (
    SELECT DISTINCT school_enrollment.student_id
    FROM school_enrollment
    WHERE school_enrollment.school_id = schools.id
      AND school_enrollment.academic_year_id = (SELECT id FROM chosen)
    ORDER BY school_enrollment.student_id
    LIMIT $2::bigint
  ) AS enrolled
  JOIN student ON student.id = enrolled.student_id
),
grades AS MATERIALIZED (
  SELECT pupils.id AS student_id, page.id, page.score, page.code_id, page.subject_id
  FROM pupils
  CROSS JOIN LATERAL (
    SELECT grade.id, grade.score, grade.code_id, grade.subject_id
    FROM grade
    WHERE grade.student_id = pupils.id AND grade.academic_year_id = (SELECT id FROM chosen)
    ORDER BY grade.id
    LIMIT $4::bigint
  ) AS page
),
subjects AS MATERIALIZED (
  SELECT id, '{"code":' || to_json(code)::text || ',"name":' || to_json(name)::text || '}' AS j
  FROM subject
  WHERE id IN (SELECT subject_id FROM grades)
),
codes AS MATERIALIZED (SELECT id, '{"label":' || to_json(label)::text || '}' AS j FROM grade_code),
grades_of_pupil AS (
  SELECT grades.student_id,
    string_agg(
      '{"score":' || coalesce(grades.score::text, 'null')
      || ',"code":' || coalesce(codes.j, 'null')
      || ',"subject":' || subjects.j || '}',
      ',' ORDER BY grades.id
    ) AS j
  FROM grades
  JOIN subjects ON subjects.id = grades.subject_id
  LEFT JOIN codes ON codes.id = grades.code_id
  GROUP BY grades.student_id
),
pupils_of_school AS (
  SELECT pupils.school_id,
    string_agg(
      '{"studentNo":' || to_json(pupils.student_no)::text
      || ',"grades":{"nodes":[' || coalesce(grades_of_pupil.j, '') || ']}}',
      ',' ORDER BY pupils.id
    ) AS j
  FROM pupils
  LEFT JOIN grades_of_pupil ON grades_of_pupil.student_id = pupils.id
  GROUP BY pupils.school_id
)
SELECT convert_to('{"data":{"schools":{"nodes":[' || coalesce(string_agg(
  '{"code":' || to_json(schools.code)::text || ',"name":' || to_json(schools.name)::text
  || ',"students":{"nodes":[' || coalesce(pupils_of_school.j, '') || ']}}',
  ',' ORDER BY schools.code, schools.id
), '') || ']}}}', 'UTF8') AS answer
FROM schools
LEFT JOIN pupils_of_school ON pupils_of_school.school_id = schools.id
