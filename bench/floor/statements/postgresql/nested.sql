-- W1, W2, W3: $1 schools, $2 pupils of each, $3 the year, $4 grades of each pupil
SELECT convert_to('{"data":{"schools":{"nodes":[' || coalesce((
  SELECT string_agg(
    '{"code":' || to_json(school.code)::text || ',"name":' || to_json(school.name)::text || ',"students":{"nodes":['
    || coalesce((
      SELECT string_agg(
        '{"studentNo":' || to_json(student.student_no)::text || ',"grades":{"nodes":['
        || coalesce((
          SELECT string_agg(
            '{"score":' || coalesce(page.score::text, 'null')
            || ',"code":' || coalesce('{"label":' || to_json(page.label)::text || '}', 'null')
            || ',"subject":{"code":' || to_json(page.code)::text || ',"name":' || to_json(page.name)::text || '}}',
            ',' ORDER BY page.id
          )
          FROM (
            SELECT grade.id, grade.score, grade_code.label, subject.code, subject.name
            FROM grade
            JOIN subject ON subject.id = grade.subject_id
            LEFT JOIN grade_code ON grade_code.id = grade.code_id
            WHERE grade.student_id = student.id
              AND grade.academic_year_id = (SELECT id FROM academic_year WHERE be_year = $3::integer)
            ORDER BY grade.id
            LIMIT $4::bigint
          ) AS page
        ), '') || ']}}',
        ',' ORDER BY student.id
      )
      FROM (
        SELECT DISTINCT school_enrollment.student_id
        FROM school_enrollment
        WHERE school_enrollment.school_id = school.id
          AND school_enrollment.academic_year_id = (SELECT id FROM academic_year WHERE be_year = $3::integer)
        ORDER BY school_enrollment.student_id
        LIMIT $2::bigint
      ) AS enrolled
      JOIN student ON student.id = enrolled.student_id
    ), '') || ']}}',
    ',' ORDER BY school.code, school.id
  )
  FROM (SELECT id, code, name FROM school ORDER BY code, id LIMIT $1::bigint) AS school
), '') || ']}}}', 'UTF8') AS answer
