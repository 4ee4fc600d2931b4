-- W9: $1 the points, $2 subjects of each school, $3 schools
SELECT convert_to('{"data":{"schools":{"nodes":[' || coalesce((
  SELECT string_agg(
    '{"code":' || to_json(school.code)::text || ',"name":' || to_json(school.name)::text
    || ',"grades":{"groups":{"nodes":[' || coalesce((
      SELECT string_agg(
        '{"key":{"subject":{"code":' || to_json(code)::text || ',"name":' || to_json(name)::text
        || '}},"count":' || zeros || '}', ',' ORDER BY zeros DESC, id)
      FROM (
        SELECT subject.id, subject.code, subject.name, count(*) AS zeros
        FROM subject
        JOIN grade ON grade.subject_id = subject.id
        WHERE subject.school_id = school.id AND grade.code_id IN (SELECT id FROM grade_code WHERE points = $1::integer)
        GROUP BY subject.id
        ORDER BY count(*) DESC, subject.id
        LIMIT $2::bigint
      ) AS worst
    ), '') || ']}}}', ',' ORDER BY school.code)
  FROM (SELECT id, code, name FROM school ORDER BY code LIMIT $3::bigint) AS school
), '') || ']}}}', 'UTF8') AS answer
