WITH "students.orderBy" AS NOT MATERIALIZED (
  SELECT student.family_name_sort AS key1,
    student.birth_date AS key2,
    student.id AS key3,
    student.id AS id
  FROM student
)
SELECT CAST((
  SELECT '{"nodes":' || '[' || coalesce(group_concat(part0), '') || ']' || '}'
  FROM (
      SELECT key1,
        key2,
        key3,
        json_object('familyName', student.family_name, 'givenName', student.given_name, 'birthDate', student.birth_date) AS part0
      FROM (SELECT key1, key2, key3, id FROM "students.orderBy" ORDER BY key1, key2 DESC, key3 LIMIT ?1) AS found
        JOIN student ON student.id = found.id
      ORDER BY key1, key2 DESC, key3
    ) AS page
) AS BLOB) AS answer;
