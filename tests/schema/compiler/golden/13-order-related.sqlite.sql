WITH "teachers.orderBy" AS NOT MATERIALIZED (
  SELECT (
      SELECT count(*)
      FROM section_teacher AS o1_section_teacher JOIN section AS o1_section ON o1_section.id = o1_section_teacher.section_id
      WHERE o1_section_teacher.teacher_id = teacher.id
        AND o1_section.academic_year_id = (SELECT id FROM academic_year WHERE be_year = ?1)
    ) AS key1,
    teacher.id AS key2,
    teacher.id AS id
  FROM teacher
), "root:teachers" AS NOT MATERIALIZED (
  SELECT teacher.id AS id,
    '{"givenName":' || json_quote(teacher.given_name) || ',"sections":' || '{"totalCount":' || (
      SELECT count(*)
      FROM section_teacher JOIN section ON section.id = section_teacher.section_id
      WHERE section_teacher.teacher_id = teacher.id
        AND section.academic_year_id = (SELECT id FROM academic_year WHERE be_year = ?2)
    ) || '}' || '}' AS part0_1
  FROM teacher
)
SELECT CAST((
  SELECT '{"edges":' || '[' || coalesce(group_concat('{"cursor":"' || hex(json_array('Teacher:sections.count:DESC,id:ASC', ?1, key1, key2)) || '","node":' || part0_1 || '}') FILTER (WHERE place <= ?3), '') || ']' || ',"pageInfo":' || '{"hasNextPage":' || CASE WHEN count(*) > ?3 THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN EXISTS (
      SELECT 1
      FROM "teachers.orderBy"
      WHERE (key1 <= ?4 AND (key1 < ?4 OR key1 = ?4 AND key2 > ?5)) IS NOT TRUE
    ) THEN 'true' ELSE 'false' END || '}' || '}'
  FROM (
      SELECT place, fetched, key1, key2, part0_1
      FROM (
          SELECT row_number() OVER (ORDER BY key1 DESC, key2) AS place,
            count(*) OVER () AS fetched,
            key1,
            key2,
            id
          FROM (
              SELECT key1, key2, id
              FROM "teachers.orderBy"
              WHERE key1 <= ?4 AND (key1 < ?4 OR key1 = ?4 AND key2 > ?5)
              ORDER BY key1 DESC, key2
              LIMIT ?3 + 1
            ) AS taken
          ORDER BY place
        ) AS found
        JOIN "root:teachers" AS described ON described.id = found.id
      ORDER BY key1 DESC, key2
    ) AS page
) AS BLOB) AS answer;
