-- W8: $1 pupils, $2 the level, $3 its year, $4 the learning area, $5 the points counted as zero
WITH found AS MATERIALIZED (
  SELECT student.id, student.student_no, student.given_name, (
    SELECT ((sum(gpa_points) * 4)::bigint * 50 / nullif((sum(gpa_credits) * 2)::bigint, 0))::double precision / 100
    FROM term_result
    WHERE term_result.student_id = student.id AND term_result.stage = (
      SELECT grade_level.stage
      FROM school_enrollment
      JOIN grade_level ON grade_level.id = school_enrollment.grade_level_id
      WHERE school_enrollment.student_id = student.id
      ORDER BY school_enrollment.entry_on DESC, school_enrollment.id DESC
      LIMIT 1
    )
  ) AS gpax
  FROM student
  WHERE student.id IN (
      SELECT student_id
      FROM school_enrollment
      WHERE academic_year_id = (SELECT id FROM academic_year WHERE be_year = $3::integer)
        AND grade_level_id = (SELECT id FROM grade_level WHERE code = $2)
    )
    AND student.id IN (
      SELECT student_id
      FROM grade
      WHERE subject_id = ANY (ARRAY(
          SELECT subject.id
          FROM subject
          JOIN learning_area ON learning_area.id = subject.learning_area_id
          WHERE learning_area.code = $4
        ))
        AND code_id = ANY (ARRAY(SELECT id FROM grade_code WHERE points = $5::integer))
    )
)
SELECT convert_to('{"data":{"students":{"totalCount":' || (SELECT count(*) FROM found) || ',"nodes":[' || coalesce((
  SELECT string_agg(j, ',')
  FROM (
    SELECT '{"studentNo":' || to_json(student_no)::text
      || ',"givenName":' || to_json(given_name)::text
      || ',"gpax":' || coalesce(gpax::text, 'null') || '}' AS j
    FROM found
    ORDER BY gpax NULLS LAST, id
    LIMIT $1::bigint
  ) AS page
), '') || ']}}}', 'UTF8') AS answer
