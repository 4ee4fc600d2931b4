WITH "schoolEnrollments.groups" AS NOT MATERIALIZED (
  SELECT school_enrollment.school_id AS its_school,
    school_enrollment.grade_level_id AS its_grade_level
  FROM school_enrollment
  WHERE school_enrollment.academic_year_id IN (SELECT w1_year.id FROM academic_year AS w1_year WHERE w1_year.be_year = ?1)
)
SELECT CAST('{"groups":' || (
  WITH grouped AS MATERIALIZED (
    SELECT its_school, its_grade_level, count(*) AS count_of_rows
    FROM "schoolEnrollments.groups"
    GROUP BY its_school, its_grade_level
  )
  SELECT '{"totalCount":' || (SELECT count(*) FROM grouped WHERE grouped.count_of_rows < ?2) || ',"edges":' || '[' || coalesce(group_concat('{"cursor":"' || hex(json_array('SchoolEnrollmentGroups:SCHOOL,GRADE_LEVEL:key.gradeLevel.ordinal:ASC,count:DESC', key1, key2, key3, key4)) || '","node":' || part1_1 || '}') FILTER (WHERE place <= ?3), '') || ']' || ',"pageInfo":' || '{"hasNextPage":' || CASE WHEN count(*) > ?3 THEN 'true' ELSE 'false' END || '}' || '}'
  FROM (
      SELECT place,
        fetched,
        key1,
        key2,
        key3,
        key4,
        '{"count":' || json_quote(page.count_of_rows) || ',"key":' || '{"school":' || coalesce((
          SELECT json_object('code', by_school.code)
          FROM school AS by_school
          WHERE by_school.id = page.its_school
        ), 'null') || ',"gradeLevel":' || coalesce((
          SELECT json_object('code', by_gradeLevel.code)
          FROM grade_level AS by_gradeLevel
          WHERE by_gradeLevel.id = page.its_grade_level
        ), 'null') || '}' || '}' AS part1_1
      FROM (
          SELECT row_number() OVER (ORDER BY key1 ASC NULLS LAST, key2 DESC, key3 ASC NULLS LAST, key4 ASC NULLS LAST) AS place,
            count(*) OVER () AS fetched,
            key1,
            key2,
            key3,
            key4,
            its_school,
            its_grade_level,
            count_of_rows
          FROM (
              SELECT by_gradeLevel.ordinal AS key1,
                grouped.count_of_rows AS key2,
                grouped.its_school AS key3,
                grouped.its_grade_level AS key4,
                its_school,
                its_grade_level,
                count_of_rows
              FROM grouped LEFT JOIN grade_level AS by_gradeLevel ON by_gradeLevel.id = grouped.its_grade_level
              WHERE grouped.count_of_rows < ?2
              ORDER BY by_gradeLevel.ordinal ASC NULLS LAST, grouped.count_of_rows DESC, grouped.its_school ASC NULLS LAST, grouped.its_grade_level ASC NULLS LAST
              LIMIT ?3 + 1
            ) AS taken
          ORDER BY place
        ) AS page
      ORDER BY key1 ASC NULLS LAST, key2 DESC, key3 ASC NULLS LAST, key4 ASC NULLS LAST
    ) AS page
) || '}' AS BLOB) AS answer;
