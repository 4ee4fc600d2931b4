WITH "students.orderBy" AS NOT MATERIALIZED (
  SELECT student.family_name_sort AS key1,
    student.birth_date AS key2,
    student.id AS key3,
    student.id AS id
  FROM student
)
SELECT convert_to((
  SELECT '{"nodes":' || '[' || coalesce(string_agg(part0, ','), '') || ']' || '}'
  FROM (
      SELECT key1,
        key2,
        key3,
        '{"familyName":' || to_json(student.family_name)::text || ',"givenName":' || to_json(student.given_name)::text || ',"birthDate":' || to_json(student.birth_date)::text || '}' AS part0
      FROM (SELECT key1, key2, key3, id FROM "students.orderBy" ORDER BY key1, key2 DESC, key3 LIMIT $1::bigint) AS found
        JOIN student ON student.id = found.id
      ORDER BY key1, key2 DESC, key3
    ) AS page
), 'UTF8') AS answer;
