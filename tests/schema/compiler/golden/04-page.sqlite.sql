WITH "root:subjects" AS NOT MATERIALIZED (
  SELECT subject.code AS key1,
    subject.id AS key2,
    json_object('code', subject.code, 'name', subject.name) AS part0
  FROM subject
)
SELECT CAST((
  SELECT '{"nodes":' || '[' || coalesce(group_concat(part0) FILTER (WHERE place <= ?1), '') || ']' || ',"pageInfo":' || '{"hasNextPage":' || CASE WHEN count(*) > ?1 THEN 'true' ELSE 'false' END || ',"endCursor":' || coalesce('"' || min(CASE WHEN place = CASE WHEN fetched > ?1 THEN ?1 ELSE fetched END THEN hex(json_array('Subject:code,id', key1, key2)) END) || '"', 'null') || '}' || '}'
  FROM (
      SELECT row_number() OVER (ORDER BY key1, key2) AS place,
        count(*) OVER () AS fetched,
        key1,
        key2,
        part0
      FROM (
          SELECT key1, key2, part0
          FROM "root:subjects"
          WHERE (key1, key2) > (?2, ?3)
          ORDER BY key1, key2
          LIMIT ?1 + 1
        ) AS taken
      ORDER BY place
    ) AS page
) AS BLOB) AS answer;
