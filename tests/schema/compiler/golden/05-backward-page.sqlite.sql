WITH "root:students" AS NOT MATERIALIZED (
  SELECT student.id AS key1, json_object('studentNo', student.student_no) AS part1_1 FROM student
)
SELECT CAST((
  SELECT '{"totalCount":' || (SELECT count(*) FROM student) || ',"edges":' || '[' || coalesce(group_concat('{"cursor":"' || hex(json_array('Student:id', key1)) || '","node":' || part1_1 || '}') FILTER (WHERE place <= ?1), '') || ']' || ',"pageInfo":' || '{"hasPreviousPage":' || CASE WHEN count(*) > ?1 THEN 'true' ELSE 'false' END || ',"startCursor":' || coalesce('"' || min(CASE WHEN place = CASE WHEN fetched > ?1 THEN ?1 ELSE fetched END THEN hex(json_array('Student:id', key1)) END) || '"', 'null') || '}' || '}'
  FROM (
      SELECT row_number() OVER (ORDER BY key1 DESC) AS place, count(*) OVER () AS fetched, key1, part1_1
      FROM (SELECT key1, part1_1 FROM "root:students" ORDER BY key1 DESC LIMIT ?1 + 1) AS taken
      ORDER BY place DESC
    ) AS page
) AS BLOB) AS answer;
