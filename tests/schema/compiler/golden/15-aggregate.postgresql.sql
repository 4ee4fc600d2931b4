WITH "grades.aggregate" AS NOT MATERIALIZED (
  SELECT CASE WHEN grade.code_id IN (SELECT w1_code.id FROM grade_code AS w1_code WHERE w1_code.points = $1::double precision) THEN 1 END AS its_asked,
    grade.student_id AS its_student,
    CAST(round(grade.score * 100) AS BIGINT) AS its_score,
    code.points AS its_points,
    grade.credits AS its_credits,
    grade.score AS its_score_2
  FROM grade LEFT JOIN grade_code AS code ON code.id = grade.code_id
  WHERE grade.academic_year_id IN (SELECT w1_year.id FROM academic_year AS w1_year WHERE w1_year.be_year = $2::bigint)
)
SELECT convert_to('{"aggregate":' || (
  SELECT '{"count":' || (summed.count_of_rows)::text || ',"zeros":' || (summed.count_of_its_asked)::text || ',"countDistinct":' || '{"student":' || (summed.countdistinct_of_its_student)::text || '}' || ',"avg":' || '{"score":' || coalesce((summed.avg_of_its_score)::text, 'null') || ',"code":' || '{"points":' || coalesce((summed.avg_of_its_points)::text, 'null') || '}' || '}' || ',"sum":' || '{"credits":' || coalesce((summed.sum_of_its_credits)::text, 'null') || '}' || ',"min":' || '{"score":' || coalesce((summed.min_of_its_score_2)::text, 'null') || '}' || ',"max":' || '{"score":' || coalesce((summed.max_of_its_score_2)::text, 'null') || '}' || '}'
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
) || '}', 'UTF8') AS answer;
