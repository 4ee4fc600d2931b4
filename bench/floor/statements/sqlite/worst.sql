-- W9: ?1 the points counted as zero, ?2 subjects of each school, ?3 schools
SELECT CAST('{"data":{"schools":{"nodes":[' || coalesce((
  SELECT group_concat(
    '{"code":' || json_quote(code) || ',"name":' || json_quote(name) || ',"grades":{"groups":{"nodes":[' || coalesce((
      SELECT group_concat(j)
      FROM (
        SELECT json_object(
          'key', json_object('subject', json_object('code', subject.code, 'name', subject.name)),
          'count', worst.zeros
        ) AS j
        FROM (
          SELECT grade.subject_id, count(*) AS zeros
          FROM subject
          -- CROSS JOIN and + keep SQLite to this order: the subjects of a school, the zeros of each from the index
          CROSS JOIN grade
          WHERE subject.school_id = school.id
            AND grade.subject_id = subject.id
            AND grade.code_id IN (SELECT id FROM grade_code WHERE points = ?1)
          GROUP BY +grade.subject_id
          ORDER BY zeros DESC, grade.subject_id
          LIMIT ?2
        ) AS worst
        JOIN subject ON subject.id = worst.subject_id
        ORDER BY worst.zeros DESC, worst.subject_id
      )
    ), '') || ']}}}'
  )
  FROM (SELECT id, code, name FROM school ORDER BY code LIMIT ?3) AS school
), '') || ']}}}' AS BLOB)
