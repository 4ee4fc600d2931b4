-- W7: $1 the points counted as zero, $2 groups
SELECT convert_to('{"data":{"grades":{"groups":{"nodes":[' || coalesce((
  SELECT string_agg(
    '{"key":{"school":{"name":' || to_json(school.name)::text
    || '},"learningArea":{"nameTh":' || to_json(learning_area.name_th)::text
    || '},"year":{"beYear":' || academic_year.be_year
    || '}},"avg":{"code":{"points":' || coalesce(grouped.points::text, 'null')
    || '}},"zeros":' || grouped.zeros || '}',
    ',' ORDER BY grouped.school_id, grouped.learning_area_id, grouped.academic_year_id
  )
  FROM (
    SELECT subject.school_id, subject.learning_area_id, grade.academic_year_id,
      round(avg(grade_code.points), 4) AS points,
      count(*) FILTER (WHERE grade_code.points = $1::integer) AS zeros
    FROM grade
    JOIN subject ON subject.id = grade.subject_id
    LEFT JOIN grade_code ON grade_code.id = grade.code_id
    GROUP BY subject.school_id, subject.learning_area_id, grade.academic_year_id
    ORDER BY subject.school_id, subject.learning_area_id, grade.academic_year_id
    LIMIT $2::bigint
  ) AS grouped
  JOIN school ON school.id = grouped.school_id
  JOIN learning_area ON learning_area.id = grouped.learning_area_id
  JOIN academic_year ON academic_year.id = grouped.academic_year_id
), '') || ']}}}}', 'UTF8') AS answer
