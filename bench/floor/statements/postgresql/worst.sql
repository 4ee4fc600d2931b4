-- W9: $1 the points counted as zero, $2 subjects of each school, $3 schools
WITH zeros AS (
  SELECT subject_id, count(*) AS zeros
  FROM grade
  WHERE code_id IN (SELECT id FROM grade_code WHERE points = $1::integer)
  GROUP BY subject_id
),
placed AS (
  SELECT subject.school_id, subject.code, subject.name, zeros.zeros,
    row_number() OVER (PARTITION BY subject.school_id ORDER BY zeros.zeros DESC, subject.id) AS place
  FROM zeros
  JOIN subject ON subject.id = zeros.subject_id
),
worst AS (
  SELECT school_id, string_agg(
    '{"key":{"subject":{"code":' || to_json(code)::text || ',"name":' || to_json(name)::text
      || '}},"count":' || zeros || '}',
    ',' ORDER BY place
  ) AS j
  FROM placed
  WHERE place <= $2::bigint
  GROUP BY school_id
)
SELECT convert_to('{"data":{"schools":{"nodes":[' || coalesce(string_agg(
  '{"code":' || to_json(school.code)::text || ',"name":' || to_json(school.name)::text
    || ',"grades":{"groups":{"nodes":[' || coalesce(worst.j, '') || ']}}}',
  ',' ORDER BY school.code
), '') || ']}}}', 'UTF8') AS answer
FROM (SELECT id, code, name FROM school ORDER BY code LIMIT $3::bigint) AS school
LEFT JOIN worst ON worst.school_id = school.id
