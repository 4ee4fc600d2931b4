WITH asked_year AS MATERIALIZED (
  SELECT academic_year.id, academic_year.be_year, academic_year.ends_on FROM academic_year WHERE ?1 IS NULL AND EXISTS (SELECT 1 FROM student_year WHERE student_year.academic_year_id = academic_year.id) OR academic_year.be_year IN (SELECT value FROM (SELECT value FROM json_each(?1)) AS years)
), census AS MATERIALIZED (
  SELECT student_year.academic_year_id, student_year.school_id, count(*) AS students, count(*) FILTER (WHERE gpax_credits > 0) AS averaged, count(*) FILTER (WHERE gpax_points * 2 < gpax_credits * 3) AS low, count(*) FILTER (WHERE zeros_ever > 3) AS ever, count(*) FILTER (WHERE zeros > 3) AS outstanding FROM student_year WHERE student_year.academic_year_id IN (SELECT asked_year.id FROM asked_year) GROUP BY student_year.academic_year_id, student_year.school_id
), leavers AS MATERIALIZED (
  SELECT school_enrollment.id, school_enrollment.student_id, school_enrollment.school_id, school_enrollment.academic_year_id, school_enrollment.exit_on FROM school_enrollment WHERE school_enrollment.exit_reason_id IN (SELECT exit_reason.id FROM exit_reason WHERE exit_reason.counts_as_dropout)
), dropouts AS MATERIALIZED (
  SELECT school_enrollment.academic_year_id, school_enrollment.school_id, count(DISTINCT school_enrollment.student_id) AS students FROM leavers AS school_enrollment JOIN asked_year ON asked_year.id = school_enrollment.academic_year_id WHERE CASE WHEN EXISTS (SELECT 1 FROM school_enrollment AS later WHERE later.student_id = school_enrollment.student_id AND later.entry_on >= school_enrollment.exit_on AND later.id <> school_enrollment.id AND later.entry_on <= asked_year.ends_on) THEN 1 END IS NULL GROUP BY school_enrollment.academic_year_id, school_enrollment.school_id
), "indicators.schools" AS NOT MATERIALIZED (
  SELECT census.academic_year_id AS parent,
    school.code AS key1,
    school.id AS key2,
    json_object('school', json_object('name', census_school.name), 'lowGpax', json_object('count', census.low)) AS node
  FROM school CROSS JOIN census ON census.school_id = school.id
    JOIN school AS census_school ON census_school.id = census.school_id
), "root:indicators" AS NOT MATERIALIZED (
  SELECT asked_year.be_year AS key1,
    '{"year":' || json_quote(asked_year.be_year) || ',"studentCount":' || json_quote(CAST(coalesce((SELECT sum(census.students) FROM census WHERE census.academic_year_id = asked_year.id), 0) AS BIGINT)) || ',"lowGpax":' || json_object('count', CAST(coalesce((SELECT sum(census.low) FROM census WHERE census.academic_year_id = asked_year.id), 0) AS BIGINT), 'rate', CAST((CAST(coalesce((SELECT sum(census.low) FROM census WHERE census.academic_year_id = asked_year.id), 0) AS BIGINT) * 20000 / nullif(CAST(coalesce((SELECT sum(census.averaged) FROM census WHERE census.academic_year_id = asked_year.id), 0) AS BIGINT), 0) + 1) / 2 AS DOUBLE PRECISION) / 10000) || ',"dropout":' || json_object('count', CAST(coalesce((SELECT sum(dropouts.students) FROM dropouts WHERE dropouts.academic_year_id = asked_year.id), 0) AS BIGINT), 'rate', CAST((CAST(coalesce((SELECT sum(dropouts.students) FROM dropouts WHERE dropouts.academic_year_id = asked_year.id), 0) AS BIGINT) * 20000 / nullif(CAST(coalesce((SELECT sum(census.students) FROM census WHERE census.academic_year_id = asked_year.id), 0) AS BIGINT), 0) + 1) / 2 AS DOUBLE PRECISION) / 10000) || ',"schools":' || (
      SELECT '[' || coalesce(group_concat(node), '') || ']'
      FROM (SELECT node FROM "indicators.schools" WHERE parent = asked_year.id ORDER BY key1, key2) AS page
    ) || '}' AS node
  FROM asked_year
)
SELECT CAST(CASE WHEN NOT EXISTS (SELECT value FROM (SELECT value FROM json_each(?1)) AS years WHERE value NOT IN (SELECT be_year FROM asked_year)) THEN (
  SELECT '[' || coalesce(group_concat(node), '') || ']'
  FROM (SELECT node FROM "root:indicators" ORDER BY key1) AS page
) END AS BLOB) AS answer;
