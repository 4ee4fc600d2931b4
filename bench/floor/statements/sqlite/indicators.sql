-- W6: ?1 to ?4 the years
WITH asked AS MATERIALIZED (
  SELECT id, be_year, ends_on FROM academic_year WHERE be_year IN (?1, ?2, ?3, ?4)
),
census AS MATERIALIZED (
  SELECT academic_year_id, school_id,
    count(*) AS students,
    sum(gpax_credits > 0) AS averaged,
    sum(gpax_credits > 0 AND gpax_points * 2 < gpax_credits * 3) AS low,
    sum(zeros_ever > 3) AS ever,
    sum(zeros > 3) AS outstanding
  FROM student_year
  WHERE academic_year_id IN (SELECT id FROM asked)
  GROUP BY academic_year_id, school_id
),
city AS MATERIALIZED (
  SELECT academic_year_id, sum(students) AS students, sum(averaged) AS averaged, sum(low) AS low,
    sum(ever) AS ever, sum(outstanding) AS outstanding
  FROM census
  GROUP BY academic_year_id
),
counted AS MATERIALIZED (
  SELECT asked.id, asked.be_year,
    coalesce(city.students, 0) AS students,
    coalesce(city.averaged, 0) AS averaged,
    coalesce(city.low, 0) AS low,
    coalesce(city.ever, 0) AS ever,
    coalesce(city.outstanding, 0) AS outstanding,
    (
      SELECT count(DISTINCT teacher_id) FROM teacher_assignment WHERE academic_year_id = asked.id
    ) AS teachers,
    (
      SELECT count(*) FROM (SELECT DISTINCT subject_id FROM section WHERE academic_year_id = asked.id)
    ) AS subjects,
    (
      SELECT count(*)
      FROM (
        SELECT DISTINCT school_enrollment.student_id, school_enrollment.school_id
        FROM exit_reason
        JOIN school_enrollment ON school_enrollment.exit_reason_id = exit_reason.id
        WHERE exit_reason.counts_as_dropout
          AND school_enrollment.academic_year_id = asked.id
          AND NOT EXISTS (
            SELECT 1
            FROM school_enrollment AS later
            WHERE later.student_id = school_enrollment.student_id
              AND later.entry_on BETWEEN school_enrollment.exit_on AND asked.ends_on
              AND later.id <> school_enrollment.id
          )
      )
    ) AS dropouts
  FROM asked
  LEFT JOIN city ON city.academic_year_id = asked.id
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
