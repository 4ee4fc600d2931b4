WITH "teachers.orderBy" AS NOT MATERIALIZED (
  SELECT (
      SELECT count(*)
      FROM section_teacher AS o1_section_teacher JOIN section AS o1_section ON o1_section.id = o1_section_teacher.section_id
      WHERE o1_section_teacher.teacher_id = teacher.id
        AND o1_section.academic_year_id = (SELECT id FROM academic_year WHERE be_year = $1::integer)
    ) AS key1,
    teacher.id AS key2,
    teacher.id AS id
  FROM teacher
), "root:teachers" AS NOT MATERIALIZED (
  SELECT teacher.id AS id,
    '{"givenName":' || to_json(teacher.given_name)::text || ',"sections":' || '{"totalCount":' || (
      SELECT count(*)
      FROM section_teacher JOIN section ON section.id = section_teacher.section_id
      WHERE section_teacher.teacher_id = teacher.id
        AND section.academic_year_id = (SELECT id FROM academic_year WHERE be_year = $2::integer)
    ) || '}' || '}' AS part0_1
  FROM teacher
)
SELECT convert_to((
  SELECT '{"edges":' || '[' || coalesce(string_agg('{"cursor":"' || upper(encode(convert_to('["Teacher:sections.count:DESC,id:ASC",' || ($1::integer)::text || ',' || (key1)::text || ',' || (key2)::text || ']', 'UTF8'), 'hex')) || '","node":' || part0_1 || '}', ',') FILTER (WHERE place <= $3::bigint), '') || ']' || ',"pageInfo":' || '{"hasNextPage":' || CASE WHEN count(*) > $3::bigint THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN EXISTS (
      SELECT 1
      FROM "teachers.orderBy"
      WHERE (key1 <= $4::bigint AND (key1 < $4::bigint OR key1 = $4::bigint AND key2 > $5::bigint)) IS NOT TRUE
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
              WHERE key1 <= $4::bigint AND (key1 < $4::bigint OR key1 = $4::bigint AND key2 > $5::bigint)
              ORDER BY key1 DESC, key2
              LIMIT $3::bigint + 1
            ) AS taken
          ORDER BY place
        ) AS found
        JOIN "root:teachers" AS described ON described.id = found.id
      ORDER BY key1 DESC, key2
    ) AS page
), 'UTF8') AS answer;
