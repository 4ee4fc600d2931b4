WITH "root:subjects" AS NOT MATERIALIZED (
  SELECT subject.code AS key1, subject.id AS key2, json_object('code', subject.code) AS part1
  FROM subject
  WHERE (subject.credits >= ?1 OR subject.learning_area_id IN (
      SELECT w4_learning_area.id
      FROM learning_area AS w4_learning_area
      WHERE w4_learning_area.code IN (SELECT value FROM json_each(?2))
    ))
    AND instr(lower(subject.name), ?3) > 0
)
SELECT CAST((
  SELECT '{"totalCount":' || (
      SELECT count(*)
      FROM subject
      WHERE (subject.credits >= ?1 OR subject.learning_area_id IN (
          SELECT w4_learning_area.id
          FROM learning_area AS w4_learning_area
          WHERE w4_learning_area.code IN (SELECT value FROM json_each(?2))
        ))
        AND instr(lower(subject.name), ?3) > 0
    ) || ',"nodes":' || '[' || coalesce(group_concat(part1), '') || ']' || '}'
  FROM (SELECT key1, key2, part1 FROM "root:subjects" ORDER BY key1, key2 LIMIT ?4) AS page
) AS BLOB) AS answer;
