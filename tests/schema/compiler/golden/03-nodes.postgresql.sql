WITH "nodes.School" AS NOT MATERIALIZED (
  SELECT school.id AS id,
    '{"id":' || '"' || 'School:' || school.id || '"' || ',"name":' || to_json(school.name)::text || '}' AS node
  FROM school
), "nodes.Student" AS NOT MATERIALIZED (
  SELECT student.id AS id,
    '{"id":' || '"' || 'Student:' || student.id || '"' || ',"givenName":' || to_json(student.given_name)::text || '}' AS node
  FROM student
)
SELECT convert_to('[' || coalesce(string_agg(node, ','), '') || ']', 'UTF8') AS answer
FROM (
    SELECT coalesce(CASE asked.type WHEN 'School' THEN (SELECT node FROM "nodes.School" WHERE "nodes.School".id = asked.id) WHEN 'Student' THEN (SELECT node FROM "nodes.Student" WHERE "nodes.Student".id = asked.id) END, 'null') AS node
    FROM (SELECT place, pair->>0 AS type, (pair->>1)::bigint AS id FROM json_array_elements($1::text::json) WITH ORDINALITY AS listed(pair, place)) AS asked
    ORDER BY asked.place
  ) AS page;
