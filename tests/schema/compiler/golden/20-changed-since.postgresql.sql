WITH "grades.orderBy" AS NOT MATERIALIZED (
  SELECT grade.updated_at AS key1, grade.id AS key2, grade.id AS id
  FROM grade
  WHERE grade.updated_at >= $1::text::timestamptz
)
SELECT convert_to((
  SELECT '{"nodes":' || '[' || coalesce(string_agg(part0, ',') FILTER (WHERE place <= $2::bigint), '') || ']' || ',"pageInfo":' || '{"hasNextPage":' || CASE WHEN count(*) > $2::bigint THEN 'true' ELSE 'false' END || ',"endCursor":' || coalesce('"' || min(CASE WHEN place = CASE WHEN fetched > $2::bigint THEN $2::bigint ELSE fetched END THEN upper(encode(convert_to('["Grade:updatedAt:ASC,id:ASC",' || '"' || to_char(key1 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"' || ',' || (key2)::text || ']', 'UTF8'), 'hex')) END) || '"', 'null') || '}' || '}'
  FROM (
      SELECT place,
        fetched,
        key1,
        key2,
        '{"id":' || '"' || 'Grade:' || grade.id || '"' || ',"updatedAt":' || '"' || to_char(grade.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"' || ',"score":' || coalesce((grade.score)::text, 'null') || ',"code":' || CASE WHEN code.id IS NULL THEN 'null' ELSE '{"label":' || to_json(code.label)::text || '}' END || '}' AS part0
      FROM (
          SELECT row_number() OVER (ORDER BY key1, key2) AS place, count(*) OVER () AS fetched, key1, key2, id
          FROM (
              SELECT key1, key2, id
              FROM "grades.orderBy"
              WHERE (key1, key2) > ($3::text::timestamptz, $4::bigint)
              ORDER BY key1, key2
              LIMIT $2::bigint + 1
            ) AS taken
          ORDER BY place
        ) AS found
        JOIN grade ON grade.id = found.id
        LEFT JOIN grade_code AS code ON code.id = grade.code_id
      ORDER BY key1, key2
    ) AS page
), 'UTF8') AS answer;
