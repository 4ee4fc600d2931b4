WITH "grades.aggregate" AS NOT MATERIALIZED (
  SELECT CASE WHEN grade.code_id IN (SELECT w1_code.id FROM grade_code AS w1_code WHERE w1_code.points = ?1) THEN 1 END AS its_asked,
    grade.student_id AS its_student,
    CAST(round(grade.score * 100) AS BIGINT) AS its_score,
    code.points AS its_points,
    grade.credits AS its_credits,
    grade.score AS its_score_2
  FROM grade LEFT JOIN grade_code AS code ON code.id = grade.code_id
  WHERE grade.academic_year_id IN (SELECT w1_year.id FROM academic_year AS w1_year WHERE w1_year.be_year = ?2)
)
SELECT CAST('{"aggregate":' || (
  SELECT json_object('count', summed.count_of_rows, 'zeros', summed.count_of_its_asked, 'countDistinct', json_object('student', summed.countdistinct_of_its_student), 'avg', json_object('score', summed.avg_of_its_score, 'code', json_object('points', summed.avg_of_its_points)), 'sum', json_object('credits', summed.sum_of_its_credits), 'min', json_object('score', summed.min_of_its_score_2), 'max', json_object('score', summed.max_of_its_score_2))
  FROM (
      SELECT count(*) AS count_of_rows,
        count(its_asked) AS count_of_its_asked,
        count(DISTINCT its_student) AS countdistinct_of_its_student,
        CAST((CAST(sum(its_score) AS BIGINT) * 20000 / nullif((count(its_score) * 100), 0) + 1) / 2 AS DOUBLE PRECISION) / 10000 AS avg_of_its_score,
        CAST((CAST(sum(its_points) * 2 AS BIGINT) * 20000 / nullif((count(its_points) * 2), 0) + 1) / 2 AS DOUBLE PRECISION) / 10000 AS avg_of_its_points,
        CAST(sum(its_credits) AS DOUBLE PRECISION) AS sum_of_its_credits,
        min(its_score_2) AS min_of_its_score_2,
        max(its_score_2) AS max_of_its_score_2
      FROM "grades.aggregate"
    ) AS summed
) || '}' AS BLOB) AS answer;
