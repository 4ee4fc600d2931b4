-- W6: ?1 to ?4 the years
WITH census AS MATERIALIZED (
  SELECT academic_year_id, school_id,
    count(*) AS students,
    count(CASE WHEN gpax_credits > 0 THEN 1 END) AS averaged,
    count(CASE WHEN gpax_credits > 0 AND gpax_points * 2 < gpax_credits * 3 THEN 1 END) AS low,
    count(CASE WHEN zeros_ever > 3 THEN 1 END) AS ever,
    count(CASE WHEN zeros > 3 THEN 1 END) AS outstanding
  FROM student_year
  WHERE academic_year_id IN (SELECT id FROM academic_year WHERE be_year IN (?1, ?2, ?3, ?4))
  GROUP BY academic_year_id, school_id
),
city AS MATERIALIZED (
  SELECT academic_year_id, sum(students) AS students, sum(averaged) AS averaged, sum(low) AS low,
    sum(ever) AS ever, sum(outstanding) AS outstanding
  FROM census
  GROUP BY academic_year_id
),
posts AS MATERIALIZED (
  SELECT academic_year_id, count(*) AS teachers
  FROM (SELECT DISTINCT academic_year_id, teacher_id FROM teacher_assignment)
  GROUP BY academic_year_id
),
taught AS MATERIALIZED (
  SELECT academic_year_id, count(*) AS subjects
  FROM (SELECT DISTINCT academic_year_id, subject_id FROM section)
  GROUP BY academic_year_id
),
dropouts AS MATERIALIZED (
  SELECT academic_year_id, count(*) AS students
  FROM (
    SELECT DISTINCT academic_year.id AS academic_year_id, school_enrollment.school_id, school_enrollment.student_id
    FROM exit_reason
    -- CROSS JOIN keeps SQLite to this order: few reasons, few enrollments of each
    CROSS JOIN school_enrollment
    CROSS JOIN academic_year
    WHERE exit_reason.counts_as_dropout
      AND school_enrollment.exit_reason_id = exit_reason.id
      AND academic_year.id = school_enrollment.academic_year_id
      AND NOT EXISTS (
        SELECT 1
        FROM school_enrollment AS later
        WHERE later.student_id = school_enrollment.student_id
          AND later.entry_on BETWEEN school_enrollment.exit_on AND academic_year.ends_on
          AND later.id <> school_enrollment.id
      )
  )
  GROUP BY academic_year_id
),
counted AS MATERIALIZED (
  SELECT academic_year.id, academic_year.be_year,
    coalesce(city.students, 0) AS students,
    coalesce(city.averaged, 0) AS averaged,
    coalesce(city.low, 0) AS low,
    coalesce(city.ever, 0) AS ever,
    coalesce(city.outstanding, 0) AS outstanding,
    coalesce(posts.teachers, 0) AS teachers,
    coalesce(taught.subjects, 0) AS subjects,
    coalesce(dropouts.students, 0) AS dropouts
  FROM academic_year
  LEFT JOIN city ON city.academic_year_id = academic_year.id
  LEFT JOIN posts ON posts.academic_year_id = academic_year.id
  LEFT JOIN taught ON taught.academic_year_id = academic_year.id
  LEFT JOIN dropouts ON dropouts.academic_year_id = academic_year.id
  WHERE academic_year.be_year IN (?1, ?2, ?3, ?4)
)
SELECT CAST('{"data":{"indicators":[' || coalesce((
  SELECT group_concat(j)
  FROM (
    SELECT '{"year":' || be_year
      || ',"studentCount":' || students
      || ',"teacherCount":' || teachers
      || ',"subjectCount":' || subjects
      || ',"lowGpax":' || json_object('count', low, 'denominator', averaged,
        'rate', CAST((low * 20000 / nullif(averaged, 0) + 1) / 2 AS DOUBLE PRECISION) / 10000)
      || ',"overThreeZeros":' || json_object('ever', ever, 'outstanding', outstanding)
      || ',"dropout":' || json_object('count', dropouts,
        'rate', CAST((dropouts * 20000 / nullif(students, 0) + 1) / 2 AS DOUBLE PRECISION) / 10000)
      || ',"schools":[' || coalesce((
        SELECT group_concat(j)
        FROM (
          SELECT json_object('school', json_object('name', school.name),
            'lowGpax', json_object('count', census.low)) AS j
          FROM census
          JOIN school ON school.id = census.school_id
          WHERE census.academic_year_id = counted.id
          ORDER BY school.code
        )
      ), '') || ']}' AS j
    FROM counted
    ORDER BY be_year
  )
), '') || ']}}' AS BLOB)
