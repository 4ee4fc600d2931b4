-- W1, W2: $1 schools, $2 pupils of each, $3 the year, $4 grades of each pupil
SELECT convert_to('{"data":{"schools":{"nodes":[' || coalesce((
  SELECT string_agg(j, ',')
  FROM (
    SELECT '{"code":' || to_json(school.code)::text || ',"name":' || to_json(school.name)::text
      || ',"students":{"nodes":[' || coalesce((
        SELECT string_agg(j, ',')
        FROM (
          SELECT '{"studentNo":' || to_json(student.student_no)::text || ',"grades":{"nodes":[' || coalesce((
            SELECT string_agg(j, ',')
            FROM (
              SELECT '{"score":' || coalesce(grade.score::text, 'null')
                || ',"code":' || coalesce('{"label":' || to_json(grade_code.label)::text || '}', 'null')
                || ',"subject":{"code":' || to_json(subject.code)::text
                || ',"name":' || to_json(subject.name)::text || '}}' AS j
              FROM grade
              JOIN subject ON subject.id = grade.subject_id
              LEFT JOIN grade_code ON grade_code.id = grade.code_id
              WHERE grade.student_id = student.id
                AND grade.academic_year_id = (SELECT id FROM academic_year WHERE be_year = $3::integer)
              ORDER BY grade.id
              LIMIT $4::bigint
            ) AS grades
          ), '') || ']}}' AS j
          FROM school_enrollment
          JOIN student ON student.id = school_enrollment.student_id
          WHERE school_enrollment.school_id = school.id
            AND school_enrollment.academic_year_id = (SELECT id FROM academic_year WHERE be_year = $3::integer)
            -- min(), not NOT EXISTS: the planner would make that a join of all the school's pupils
            AND school_enrollment.id = (
              SELECT min(same.id)
              FROM school_enrollment AS same
              WHERE same.school_id = school_enrollment.school_id
                AND same.student_id = school_enrollment.student_id
                AND same.academic_year_id = school_enrollment.academic_year_id
            )
          ORDER BY school_enrollment.student_id
          LIMIT $2::bigint
        ) AS pupils
      ), '') || ']}}' AS j
    FROM school
    ORDER BY school.code, school.id
    LIMIT $1::bigint
  ) AS schools
), '') || ']}}}', 'UTF8') AS answer
