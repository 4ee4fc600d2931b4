WITH "nodes.School" AS NOT MATERIALIZED (
  SELECT school.id AS id, json_object('id', 'School:' || school.id, 'name', school.name) AS node
  FROM school
), "nodes.Student" AS NOT MATERIALIZED (
  SELECT student.id AS id,
    json_object('id', 'Student:' || student.id, 'givenName', student.given_name) AS node
  FROM student
)
SELECT CAST('[' || coalesce(group_concat(node), '') || ']' AS BLOB) AS answer
FROM (
    SELECT coalesce(CASE asked.type WHEN 'School' THEN (SELECT node FROM "nodes.School" WHERE "nodes.School".id = asked.id) WHEN 'Student' THEN (SELECT node FROM "nodes.Student" WHERE "nodes.Student".id = asked.id) END, 'null') AS node
    FROM (SELECT key AS place, json_extract(value, '$[0]') AS type, json_extract(value, '$[1]') AS id FROM json_each(?1)) AS asked
    ORDER BY asked.place
  ) AS page;
