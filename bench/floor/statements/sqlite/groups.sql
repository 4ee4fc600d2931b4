-- W7: ?1 the points counted as zero, ?2 groups
SELECT CAST('{"data":{"grades":{"groups":{"nodes":[' || coalesce((
  SELECT group_concat(j)
  FROM (
    SELECT json_object(
      'key', json_object(
        'school', json_object('name', school.name),
        'learningArea', json_object('nameTh', learning_area.name_th),
        'year', json_object('beYear', academic_year.be_year)
      ),
      'avg', json_object('code', json_object('points', CAST(
        (CAST(grouped.points * 2 AS BIGINT) * 20000 / nullif(grouped.counted * 2, 0) + 1) / 2 AS DOUBLE PRECISION
      ) / 10000)),
      'zeros', grouped.zeros
    ) AS j
    FROM (
      SELECT subject.school_id, subject.learning_area_id, grade.academic_year_id,
        sum(grade_code.points) AS points, count(grade_code.points) AS counted,
        count(CASE WHEN grade_code.points = ?1 THEN 1 END) AS zeros
      FROM grade
      JOIN subject ON subject.id = grade.subject_id
      LEFT JOIN grade_code ON grade_code.id = grade.code_id
      GROUP BY subject.school_id, subject.learning_area_id, grade.academic_year_id
      ORDER BY subject.school_id, subject.learning_area_id, grade.academic_year_id
      LIMIT ?2
    ) AS grouped
    JOIN school ON school.id = grouped.school_id
    JOIN learning_area ON learning_area.id = grouped.learning_area_id
    JOIN academic_year ON academic_year.id = grouped.academic_year_id
    ORDER BY grouped.school_id, grouped.learning_area_id, grouped.academic_year_id
  )
), '') || ']}}}}' AS BLOB)
