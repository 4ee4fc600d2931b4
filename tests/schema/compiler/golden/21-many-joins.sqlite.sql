WITH "root:grades" AS NOT MATERIALIZED (
  SELECT grade.academic_year_id AS key1,
    grade.id AS key2,
    json_object('section', json_object('number', section.number, 'subject', json_object('school', json_object('municipality', json_object('name', municipality.name)), 'learningArea', json_object('curriculum', json_object('name', curriculum.name)), 'gradeLevel', json_object('code', grade_level.code)), 'year', json_object('beYear', year.be_year)), 'student', json_object('studentNo', student.student_no)) AS part0
  FROM grade
    CROSS JOIN section ON section.id = grade.section_id
    CROSS JOIN subject ON subject.id = section.subject_id
    CROSS JOIN school ON school.id = subject.school_id
    CROSS JOIN municipality ON municipality.id = school.municipality_id
    CROSS JOIN learning_area ON learning_area.id = subject.learning_area_id
    CROSS JOIN curriculum ON curriculum.id = learning_area.curriculum_id
    CROSS JOIN grade_level ON grade_level.id = subject.grade_level_id
    CROSS JOIN academic_year AS year ON year.id = section.academic_year_id
    CROSS JOIN student ON student.id = grade.student_id
)
SELECT CAST((
  SELECT '{"nodes":' || '[' || coalesce(group_concat(part0), '') || ']' || '}'
  FROM (SELECT key1, key2, part0 FROM "root:grades" ORDER BY key1, key2 LIMIT ?1) AS page
) AS BLOB) AS answer;
