WITH "root:subjects" AS NOT MATERIALIZED (
  SELECT subject.code AS key1,
    subject.id AS key2,
    '{"code":' || to_json(subject.code)::text || '}' AS part1
  FROM subject
  WHERE (subject.credits >= $1::double precision OR subject.learning_area_id IN (
      SELECT w4_learning_area.id
      FROM learning_area AS w4_learning_area
      WHERE w4_learning_area.code IN (SELECT value::text AS value FROM json_array_elements_text($2::text::json) AS listed(value))
    ))
    AND strpos(lower(subject.name COLLATE "C"), $3::text) > 0
)
SELECT convert_to((
  SELECT '{"totalCount":' || (
      SELECT count(*)
      FROM subject
      WHERE (subject.credits >= $1::double precision OR subject.learning_area_id IN (
          SELECT w4_learning_area.id
          FROM learning_area AS w4_learning_area
          WHERE w4_learning_area.code IN (SELECT value::text AS value FROM json_array_elements_text($2::text::json) AS listed(value))
        ))
        AND strpos(lower(subject.name COLLATE "C"), $3::text) > 0
    ) || ',"nodes":' || '[' || coalesce(string_agg(part1, ','), '') || ']' || '}'
  FROM (SELECT key1, key2, part1 FROM "root:subjects" ORDER BY key1, key2 LIMIT $4::bigint) AS page
), 'UTF8') AS answer;
