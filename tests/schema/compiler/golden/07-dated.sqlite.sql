WITH "student.enrollments" AS NOT MATERIALIZED (
  SELECT school_enrollment.student_id AS parent,
    school_enrollment.academic_year_id AS key1,
    school_enrollment.id AS key2,
    json_object('entryOn', school_enrollment.entry_on, 'exitReason', CASE WHEN exit_reason.id IS NULL THEN NULL ELSE json_object('code', exit_reason.code) END) AS part0
  FROM school_enrollment LEFT JOIN exit_reason ON exit_reason.id = school_enrollment.exit_reason_id
)
SELECT CAST('{"homeroom":' || coalesce((
    SELECT json_object('name', homeroom.name, 'gradeLevel', CASE WHEN grade_level.id IS NULL THEN NULL ELSE json_object('code', grade_level.code) END)
    FROM homeroom LEFT JOIN grade_level ON grade_level.id = homeroom.grade_level_id
    WHERE homeroom.id = (SELECT homeroom_membership.homeroom_id FROM homeroom_membership WHERE homeroom_membership.student_id = student.id AND homeroom_membership.academic_year_id = (SELECT id FROM academic_year WHERE be_year = ?1) ORDER BY homeroom_membership.entry_on DESC, homeroom_membership.id DESC LIMIT 1)
  ), 'null') || ',"enrollments":' || (
    SELECT '{"nodes":' || '[' || coalesce(group_concat(part0), '') || ']' || '}'
    FROM (
        SELECT key1, key2, part0
        FROM "student.enrollments"
        WHERE parent = student.id
        ORDER BY key1, key2
        LIMIT ?2
      ) AS page
  ) || '}' AS BLOB) AS answer
FROM student
WHERE student.id = ?3
LIMIT 1;
