-- W4: ?1 the school's code, ?2 the pupil's number there, ?3 grades
SELECT CAST('{"data":{"studentBy":{"studentNo":' || json_quote(student.student_no)
  || ',"givenName":' || json_quote(student.given_name)
  || ',"familyName":' || json_quote(student.family_name)
  || ',"gpax":' || coalesce((
    SELECT CAST(CAST(sum(gpa_points) * 4 AS BIGINT) * 50
      / nullif(CAST(sum(gpa_credits) * 2 AS BIGINT), 0) AS DOUBLE PRECISION) / 100
    FROM term_result
    WHERE term_result.student_id = student.id AND term_result.stage = (
      SELECT grade_level.stage
      FROM school_enrollment
      JOIN grade_level ON grade_level.id = school_enrollment.grade_level_id
      WHERE school_enrollment.student_id = student.id
      ORDER BY school_enrollment.entry_on DESC, school_enrollment.id DESC
      LIMIT 1
    )
  ), 'null')
  || ',"termResults":{"nodes":[' || coalesce((
    SELECT group_concat(j)
    FROM (
      SELECT json_object(
        'year', json_object('beYear', academic_year.be_year),
        'term', CASE WHEN term.id IS NOT NULL THEN json_object('number', term.number) END,
        'stage', stage,
        'registered', registered,
        'zeros', zeros,
        'creditsEarned', credits_earned,
        'gpa', CAST(CAST(gpa_points * 4 AS BIGINT) * 50
          / nullif(CAST(gpa_credits * 2 AS BIGINT), 0) AS DOUBLE PRECISION) / 100
      ) AS j
      FROM term_result
      JOIN academic_year ON academic_year.id = term_result.academic_year_id
      LEFT JOIN term ON term.id = term_result.term_id
      WHERE term_result.student_id = student.id
      ORDER BY term_result.academic_year_id, term_result.term_id, term_result.stage
      LIMIT 50
    )
  ), '') || ']},"grades":{"nodes":[' || coalesce((
    SELECT group_concat(j)
    FROM (
      SELECT '{"score":' || coalesce(grade.score, 'null')
        || ',"attempt":' || grade.attempt
        || ',"code":' || CASE WHEN code.id IS NULL THEN 'null'
          ELSE json_object('label', code.label, 'points', code.points) END
        || ',"subject":' || json_object('code', subject.code, 'name', subject.name, 'credits', subject.credits)
        || ',"term":' || CASE WHEN term.id IS NULL THEN 'null'
          ELSE json_object('number', term.number, 'year', json_object('beYear', academic_year.be_year)) END
        || ',"events":{"nodes":[' || coalesce((
          SELECT group_concat(j)
          FROM (
            SELECT json_object(
              'sequence', grade_event.sequence,
              'kind', grade_event.kind,
              'at', strftime('%Y-%m-%dT%H:%M:%fZ', grade_event.at),
              'score', grade_event.score,
              'code', json_object('label', given.label)
            ) AS j
            FROM grade_event
            JOIN grade_code AS given ON given.id = grade_event.code_id
            WHERE grade_event.grade_id = grade.id
            ORDER BY grade_event.sequence
            LIMIT 50
          )
        ), '') || ']}}' AS j
      FROM grade
      JOIN subject ON subject.id = grade.subject_id
      JOIN section ON section.id = grade.section_id
      LEFT JOIN grade_code AS code ON code.id = grade.code_id
      LEFT JOIN term ON term.id = section.term_id
      LEFT JOIN academic_year ON academic_year.id = term.academic_year_id
      WHERE grade.student_id = student.id
      ORDER BY grade.academic_year_id, grade.id
      LIMIT ?3
    )
  ), '') || ']}}}}' AS BLOB)
FROM student
WHERE student.school_id = (SELECT school.id FROM school WHERE school.code = ?1) AND student.student_no = ?2
