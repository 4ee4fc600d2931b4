WITH current_year AS MATERIALIZED (
  SELECT academic_year.id FROM academic_year WHERE EXISTS (SELECT 1 FROM school_enrollment WHERE school_enrollment.academic_year_id = academic_year.id) ORDER BY academic_year.be_year DESC LIMIT 1
), "schools.students.grades" AS NOT MATERIALIZED (
  SELECT grade.student_id AS parent,
    grade.academic_year_id AS key1,
    grade.id AS key2,
    json_object('score', grade.score, 'code', CASE WHEN code.id IS NULL THEN NULL ELSE json_object('label', code.label) END, 'subject', json_object('code', subject.code, 'name', subject.name), 'term', CASE WHEN term.id IS NULL THEN NULL ELSE json_object('number', term.number, 'year', CASE WHEN year.id IS NULL THEN NULL ELSE json_object('beYear', year.be_year) END) END) AS part0
  FROM grade
    LEFT JOIN grade_code AS code ON code.id = grade.code_id
    JOIN subject ON subject.id = grade.subject_id
    JOIN section ON section.id = grade.section_id
    LEFT JOIN term ON term.id = section.term_id
    LEFT JOIN academic_year AS year ON year.id = term.academic_year_id
), "schools.students" AS NOT MATERIALIZED (
  SELECT school_enrollment.school_id AS parent,
    school_enrollment.student_id AS key1,
    '{"studentNo":' || json_quote(student.student_no) || ',"grades":' || (
      SELECT '{"nodes":' || '[' || coalesce(group_concat(part0), '') || ']' || '}'
      FROM (
          SELECT key1, key2, part0
          FROM "schools.students.grades"
          WHERE parent = student.id
          ORDER BY key1, key2
          LIMIT ?1
        ) AS page
    ) || '}' AS part1
  FROM school_enrollment CROSS JOIN student ON student.id = school_enrollment.student_id
  WHERE school_enrollment.id = (SELECT min(alike.id) FROM school_enrollment AS alike WHERE alike.school_id = school_enrollment.school_id AND alike.student_id = school_enrollment.student_id AND alike.academic_year_id = school_enrollment.academic_year_id)
    AND school_enrollment.academic_year_id = (SELECT id FROM current_year)
), "root:schools" AS NOT MATERIALIZED (
  SELECT school.code AS key1,
    '{"code":' || json_quote(school.code) || ',"name":' || json_quote(school.name) || ',"students":' || (
      SELECT '{"totalCount":' || (
          SELECT count(*)
          FROM school_enrollment
          WHERE school_enrollment.school_id = school.id
            AND school_enrollment.id = (SELECT min(alike.id) FROM school_enrollment AS alike WHERE alike.school_id = school_enrollment.school_id AND alike.student_id = school_enrollment.student_id AND alike.academic_year_id = school_enrollment.academic_year_id)
            AND school_enrollment.academic_year_id = (SELECT id FROM current_year)
        ) || ',"nodes":' || '[' || coalesce(group_concat(part1), '') || ']' || '}'
      FROM (SELECT key1, part1 FROM "schools.students" WHERE parent = school.id ORDER BY key1 LIMIT ?2) AS page
    ) || '}' AS part0
  FROM school
)
SELECT CAST((
  SELECT '{"nodes":' || '[' || coalesce(group_concat(part0), '') || ']' || '}'
  FROM (SELECT key1, part0 FROM "root:schools" ORDER BY key1 LIMIT ?3) AS page
) AS BLOB) AS answer;
