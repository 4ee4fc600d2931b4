WITH "root:students" AS NOT MATERIALIZED (
  SELECT student.id AS key1, '{"studentNo":' || to_json(student.student_no)::text || '}' AS part1_1
  FROM student
)
SELECT convert_to((
  SELECT '{"totalCount":' || (SELECT count(*) FROM student) || ',"edges":' || '[' || coalesce(string_agg('{"cursor":"' || upper(encode(convert_to('["Student:id",' || (key1)::text || ']', 'UTF8'), 'hex')) || '","node":' || part1_1 || '}', ',') FILTER (WHERE place <= $1::bigint), '') || ']' || ',"pageInfo":' || '{"hasPreviousPage":' || CASE WHEN count(*) > $1::bigint THEN 'true' ELSE 'false' END || ',"startCursor":' || coalesce('"' || min(CASE WHEN place = CASE WHEN fetched > $1::bigint THEN $1::bigint ELSE fetched END THEN upper(encode(convert_to('["Student:id",' || (key1)::text || ']', 'UTF8'), 'hex')) END) || '"', 'null') || '}' || '}'
  FROM (
      SELECT row_number() OVER (ORDER BY key1 DESC) AS place, count(*) OVER () AS fetched, key1, part1_1
      FROM (SELECT key1, part1_1 FROM "root:students" ORDER BY key1 DESC LIMIT $1::bigint + 1) AS taken
      ORDER BY place DESC
    ) AS page
), 'UTF8') AS answer;
