WITH "root:subjects" AS NOT MATERIALIZED (
  SELECT subject.code AS key1,
    subject.id AS key2,
    '{"code":' || to_json(subject.code)::text || ',"name":' || to_json(subject.name)::text || '}' AS part0
  FROM subject
)
SELECT convert_to((
  SELECT '{"nodes":' || '[' || coalesce(string_agg(part0, ',') FILTER (WHERE place <= $1::bigint), '') || ']' || ',"pageInfo":' || '{"hasNextPage":' || CASE WHEN count(*) > $1::bigint THEN 'true' ELSE 'false' END || ',"endCursor":' || coalesce('"' || min(CASE WHEN place = CASE WHEN fetched > $1::bigint THEN $1::bigint ELSE fetched END THEN upper(encode(convert_to('["Subject:code,id",' || to_json(key1)::text || ',' || (key2)::text || ']', 'UTF8'), 'hex')) END) || '"', 'null') || '}' || '}'
  FROM (
      SELECT row_number() OVER (ORDER BY key1, key2) AS place,
        count(*) OVER () AS fetched,
        key1,
        key2,
        part0
      FROM (
          SELECT key1, key2, part0
          FROM "root:subjects"
          WHERE (key1, key2) > ($2::text, $3::bigint)
          ORDER BY key1, key2
          LIMIT $1::bigint + 1
        ) AS taken
      ORDER BY place
    ) AS page
), 'UTF8') AS answer;
