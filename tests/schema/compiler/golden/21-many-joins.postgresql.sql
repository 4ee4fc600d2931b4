WITH "root:grades" AS NOT MATERIALIZED (
  SELECT grade.academic_year_id AS key1,
    grade.id AS key2,
    '{"section":' || '{"number":' || (section.number)::text || ',"subject":' || '{"school":' || '{"municipality":' || '{"name":' || to_json(municipality.name)::text || '}' || '}' || ',"learningArea":' || '{"curriculum":' || '{"name":' || to_json(curriculum.name)::text || '}' || '}' || ',"gradeLevel":' || '{"code":' || to_json(grade_level.code)::text || '}' || '}' || ',"year":' || '{"beYear":' || (year.be_year)::text || '}' || '}' || ',"student":' || '{"studentNo":' || to_json(student.student_no)::text || '}' || '}' AS part0
  FROM grade
    JOIN section ON section.id = grade.section_id
    JOIN subject ON subject.id = section.subject_id
    JOIN school ON school.id = subject.school_id
    JOIN municipality ON municipality.id = school.municipality_id
    JOIN learning_area ON learning_area.id = subject.learning_area_id
    JOIN curriculum ON curriculum.id = learning_area.curriculum_id
    JOIN grade_level ON grade_level.id = subject.grade_level_id
    JOIN academic_year AS year ON year.id = section.academic_year_id
    JOIN student ON student.id = grade.student_id
)
SELECT convert_to((
  SELECT '{"nodes":' || '[' || coalesce(string_agg(part0, ','), '') || ']' || '}'
  FROM (SELECT key1, key2, part0 FROM "root:grades" ORDER BY key1, key2 LIMIT $1::bigint) AS page
), 'UTF8') AS answer;
