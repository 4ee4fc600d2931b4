WITH "grades.orderBy" AS NOT MATERIALIZED (
  SELECT grade.updated_at AS key1, grade.id AS key2, grade.id AS id
  FROM grade
  WHERE grade.updated_at >= ?1
)
SELECT CAST((
  SELECT '{"nodes":' || '[' || coalesce(group_concat(part0) FILTER (WHERE place <= ?2), '') || ']' || ',"pageInfo":' || '{"hasNextPage":' || CASE WHEN count(*) > ?2 THEN 'true' ELSE 'false' END || ',"endCursor":' || coalesce('"' || min(CASE WHEN place = CASE WHEN fetched > ?2 THEN ?2 ELSE fetched END THEN hex(json_array('Grade:updatedAt:ASC,id:ASC', strftime('%Y-%m-%dT%H:%M:%fZ', key1), key2)) END) || '"', 'null') || '}' || '}'
  FROM (
      SELECT place,
        fetched,
        key1,
        key2,
        json_object('id', 'Grade:' || grade.id, 'updatedAt', strftime('%Y-%m-%dT%H:%M:%fZ', grade.updated_at), 'score', grade.score, 'code', CASE WHEN code.id IS NULL THEN NULL ELSE json_object('label', code.label) END) AS part0
      FROM (
          SELECT row_number() OVER (ORDER BY key1, key2) AS place, count(*) OVER () AS fetched, key1, key2, id
          FROM (
              SELECT key1, key2, id
              FROM "grades.orderBy"
              WHERE (key1, key2) > (?3, ?4)
              ORDER BY key1, key2
              LIMIT ?2 + 1
            ) AS taken
          ORDER BY place
        ) AS found
        JOIN grade ON grade.id = found.id
        LEFT JOIN grade_code AS code ON code.id = grade.code_id
      ORDER BY key1, key2
    ) AS page
) AS BLOB) AS answer;
