WITH "grades.groups" AS NOT MATERIALIZED (
  SELECT subject.school_id AS its_school,
    subject.learning_area_id AS its_learning_area,
    grade.academic_year_id AS its_year,
    code.points AS its_points,
    CASE WHEN grade.code_id IN (SELECT w1_code.id FROM grade_code AS w1_code WHERE w1_code.points = ?1) THEN 1 END AS its_asked
  FROM grade
    JOIN subject ON subject.id = grade.subject_id
    LEFT JOIN grade_code AS code ON code.id = grade.code_id
)
SELECT CAST('{"groups":' || (
  SELECT '{"nodes":' || '[' || coalesce(group_concat(part0), '') || ']' || '}'
  FROM (
      SELECT key1,
        key2,
        key3,
        '{"key":' || '{"school":' || coalesce((
          SELECT json_object('name', by_school.name)
          FROM school AS by_school
          WHERE by_school.id = page.its_school
        ), 'null') || ',"learningArea":' || coalesce((
          SELECT json_object('nameTh', by_learningArea.name_th)
          FROM learning_area AS by_learningArea
          WHERE by_learningArea.id = page.its_learning_area
        ), 'null') || ',"year":' || coalesce((
          SELECT json_object('beYear', by_year.be_year)
          FROM academic_year AS by_year
          WHERE by_year.id = page.its_year
        ), 'null') || '}' || ',"avg":' || json_object('code', json_object('points', page.avg_of_its_points)) || ',"zeros":' || json_quote(page.count_of_its_asked) || '}' AS part0
      FROM (
          SELECT grouped.its_school AS key1,
            grouped.its_learning_area AS key2,
            grouped.its_year AS key3,
            its_school,
            its_learning_area,
            its_year,
            avg_of_its_points,
            count_of_its_asked
          FROM (
              SELECT its_school,
                its_learning_area,
                its_year,
                CAST((CAST(sum(its_points) * 2 AS BIGINT) * 20000 / nullif((count(its_points) * 2), 0) + 1) / 2 AS DOUBLE PRECISION) / 10000 AS avg_of_its_points,
                count(its_asked) AS count_of_its_asked
              FROM "grades.groups"
              GROUP BY its_school, its_learning_area, its_year
            ) AS grouped
          ORDER BY grouped.its_school ASC NULLS LAST, grouped.its_learning_area ASC NULLS LAST, grouped.its_year ASC NULLS LAST
          LIMIT ?2
        ) AS page
      ORDER BY key1 ASC NULLS LAST, key2 ASC NULLS LAST, key3 ASC NULLS LAST
    ) AS page
) || '}' AS BLOB) AS answer;
