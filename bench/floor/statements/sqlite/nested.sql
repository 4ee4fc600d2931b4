-- W1, W2, W3: ?1 schools, ?2 pupils of each, ?3 the year, ?4 grades of each pupil
WITH chosen AS MATERIALIZED (SELECT id FROM academic_year WHERE be_year = ?3)
SELECT CAST('{"data":{"schools":{"nodes":[' || coalesce((
  SELECT group_concat(
    '{"code":' || json_quote(school.code) || ',"name":' || json_quote(school.name) || ',"students":{"nodes":['
    || coalesce((
      SELECT group_concat(
        '{"studentNo":' || json_quote(student.student_no) || ',"grades":{"nodes":['
        || coalesce((
          SELECT group_concat(j)
          FROM (
            SELECT json_object(
              'score', grade.score,
              'code', CASE WHEN grade_code.id IS NOT NULL THEN json_object('label', grade_code.label) END,
              'subject', json_object('code', subject.code, 'name', subject.name)
            ) AS j
            FROM grade
            JOIN subject ON subject.id = grade.subject_id
            LEFT JOIN grade_code ON grade_code.id = grade.code_id
            WHERE grade.student_id = enrolled.student_id AND grade.academic_year_id = (SELECT id FROM chosen)
            ORDER BY grade.id
            LIMIT ?4
          )
        ), '') || ']}}'
      )
      FROM (
        SELECT DISTINCT school_enrollment.student_id
        FROM school_enrollment
        WHERE school_enrollment.school_id = school.id
          AND school_enrollment.academic_year_id = (SELECT id FROM chosen)
        ORDER BY school_enrollment.student_id
        LIMIT ?2
      ) AS enrolled
      JOIN student ON student.id = enrolled.student_id
    ), '') || ']}}'
  )
  FROM (SELECT id, code, name FROM school ORDER BY code, id LIMIT ?1) AS school
), '') || ']}}}' AS BLOB)
