-- W4: $1 the school's code, $2 the pupil's number there, $3 grades
SELECT convert_to('{"data":{"studentBy":{"studentNo":' || to_json(student.student_no)::text
  || ',"givenName":' || to_json(student.given_name)::text
  || ',"familyName":' || to_json(student.family_name)::text
  || ',"gpax":' || coalesce((
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
  )::text, 'null')
  || ',"termResults":{"nodes":[' || coalesce((
    SELECT string_agg(j, ',')
    FROM (
      SELECT '{"year":{"beYear":' || academic_year.be_year
        || '},"term":' || coalesce('{"number":' || term.number || '}', 'null')
        || ',"stage":"' || stage
        || '","registered":' || registered
        || ',"zeros":' || zeros
        || ',"creditsEarned":' || credits_earned
        || ',"gpa":' || coalesce((((gpa_points * 4)::bigint * 50
          / nullif((gpa_credits * 2)::bigint, 0))::double precision / 100)::text, 'null')
        || '}' AS j
      FROM term_result
      JOIN academic_year ON academic_year.id = term_result.academic_year_id
      LEFT JOIN term ON term.id = term_result.term_id
      WHERE term_result.student_id = student.id
      ORDER BY term_result.academic_year_id, term_result.term_id NULLS FIRST, term_result.stage
      LIMIT 50
    ) AS results
  ), '') || ']},"grades":{"nodes":[' || coalesce((
    SELECT string_agg(j, ',')
    FROM (
      SELECT '{"score":' || coalesce(grade.score::text, 'null')
        || ',"attempt":' || grade.attempt
        || ',"code":' || CASE WHEN code.id IS NULL THEN 'null'
          ELSE '{"label":' || to_json(code.label)::text || ',"points":' || coalesce(code.points::text, 'null') || '}' END
        || ',"subject":{"code":' || to_json(subject.code)::text
        || ',"name":' || to_json(subject.name)::text
        || ',"credits":' || subject.credits
        || '},"term":' || coalesce(
          '{"number":' || term.number || ',"year":{"beYear":' || academic_year.be_year || '}}', 'null')
        || ',"events":{"nodes":[' || coalesce((
          SELECT string_agg(j, ',')
          FROM (
            SELECT '{"sequence":' || grade_event.sequence
              || ',"kind":"' || grade_event.kind
              || '","at":"' || to_char(grade_event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
              || '","score":' || coalesce(grade_event.score::text, 'null')
              || ',"code":{"label":' || to_json(given.label)::text || '}}' AS j
            FROM grade_event
            JOIN grade_code AS given ON given.id = grade_event.code_id
            WHERE grade_event.grade_id = grade.id
            ORDER BY grade_event.sequence
            LIMIT 50
          ) AS events
        ), '') || ']}}' AS j
      FROM grade
      JOIN subject ON subject.id = grade.subject_id
      JOIN section ON section.id = grade.section_id
      LEFT JOIN grade_code AS code ON code.id = grade.code_id
      LEFT JOIN term ON term.id = section.term_id
      LEFT JOIN academic_year ON academic_year.id = term.academic_year_id
      WHERE grade.student_id = student.id
      ORDER BY grade.academic_year_id, grade.id
      LIMIT $3::bigint
    ) AS results
  ), '') || ']}}}}', 'UTF8') AS answer
FROM student
WHERE student.school_id = (SELECT school.id FROM school WHERE school.code = $1) AND student.student_no = $2
