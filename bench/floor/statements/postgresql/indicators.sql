-- W6: $1 to $4 the years
WITH asked AS MATERIALIZED (
  SELECT id, be_year, ends_on FROM academic_year WHERE be_year IN ($1::integer, $2::integer, $3::integer, $4::integer)
),
census AS MATERIALIZED (
  SELECT academic_year_id, school_id,
    count(*) AS students,
    count(*) FILTER (WHERE gpax_credits > 0) AS averaged,
    count(*) FILTER (WHERE gpax_credits > 0 AND gpax_points * 2 < gpax_credits * 3) AS low,
    count(*) FILTER (WHERE zeros_ever > 3) AS ever,
    count(*) FILTER (WHERE zeros > 3) AS outstanding
  FROM student_year
  WHERE academic_year_id IN (SELECT id FROM asked)
  GROUP BY academic_year_id, school_id
),
city AS (
  SELECT academic_year_id, sum(students)::bigint AS students, sum(averaged)::bigint AS averaged,
    sum(low)::bigint AS low, sum(ever)::bigint AS ever, sum(outstanding)::bigint AS outstanding
  FROM census
  GROUP BY academic_year_id
),
posts AS (
  SELECT academic_year_id, count(*) AS teachers
  FROM (SELECT DISTINCT academic_year_id, teacher_id FROM teacher_assignment) AS post
  GROUP BY academic_year_id
),
taught AS (
  SELECT academic_year_id, count(*) AS subjects
  FROM (SELECT DISTINCT academic_year_id, subject_id FROM section) AS pair
  GROUP BY academic_year_id
),
dropouts AS (
  SELECT academic_year_id, count(*) AS students
  FROM (
    SELECT DISTINCT asked.id AS academic_year_id, school_enrollment.school_id, school_enrollment.student_id
    FROM exit_reason
    JOIN school_enrollment ON school_enrollment.exit_reason_id = exit_reason.id
    JOIN asked ON asked.id = school_enrollment.academic_year_id
    WHERE exit_reason.counts_as_dropout
      AND NOT EXISTS (
        SELECT 1
        FROM school_enrollment AS later
        WHERE later.student_id = school_enrollment.student_id
          AND later.entry_on BETWEEN school_enrollment.exit_on AND asked.ends_on
          AND later.id <> school_enrollment.id
      )
  ) AS leaver
  GROUP BY academic_year_id
),
counted AS (
  SELECT asked.id, asked.be_year,
    coalesce(city.students, 0) AS students,
    coalesce(city.averaged, 0) AS averaged,
    coalesce(city.low, 0) AS low,
    coalesce(city.ever, 0) AS ever,
    coalesce(city.outstanding, 0) AS outstanding,
    coalesce(posts.teachers, 0) AS teachers,
    coalesce(taught.subjects, 0) AS subjects,
    coalesce(dropouts.students, 0) AS dropouts
  FROM asked
  LEFT JOIN city ON city.academic_year_id = asked.id
  LEFT JOIN posts ON posts.academic_year_id = asked.id
  LEFT JOIN taught ON taught.academic_year_id = asked.id
  LEFT JOIN dropouts ON dropouts.academic_year_id = asked.id
)
SELECT convert_to('{"data":{"indicators":[' || coalesce(string_agg(
  '{"year":' || be_year
  || ',"studentCount":' || students
  || ',"teacherCount":' || teachers
  || ',"subjectCount":' || subjects
  || ',"lowGpax":{"count":' || low
  || ',"denominator":' || averaged
  || ',"rate":' || coalesce((((low * 20000 / nullif(averaged, 0) + 1) / 2)::double precision / 10000)::text, 'null')
  || '},"overThreeZeros":{"ever":' || ever || ',"outstanding":' || outstanding
  || '},"dropout":{"count":' || dropouts
  || ',"rate":' || coalesce((((dropouts * 20000 / nullif(students, 0) + 1) / 2)::double precision / 10000)::text, 'null')
  || '},"schools":[' || coalesce((
    SELECT string_agg(
      '{"school":{"name":' || to_json(school.name)::text || '},"lowGpax":{"count":' || census.low || '}}',
      ',' ORDER BY school.code
    )
    FROM census
    JOIN school ON school.id = census.school_id
    WHERE census.academic_year_id = counted.id
  ), '') || ']}',
  ',' ORDER BY be_year
), '') || ']}}', 'UTF8') AS answer
FROM counted
