-- W5: ?1 pupils, ?2 the key after which they come, ?3 the year of the homeroom
SELECT CAST('{"data":{"students":{"nodes":[' || coalesce((
  SELECT group_concat(j)
  FROM (
    SELECT json_object(
      'studentNo', student.student_no,
      'givenName', student.given_name,
      'familyName', student.family_name,
      'school', json_object('code', school.code, 'name', school.name),
      'homeroom', CASE WHEN homeroom.id IS NOT NULL THEN json_object('name', homeroom.name) END
    ) AS j
    FROM student
    JOIN school ON school.id = student.school_id
    LEFT JOIN homeroom ON homeroom.id = (
      SELECT homeroom_membership.homeroom_id
      FROM homeroom_membership
      WHERE homeroom_membership.student_id = student.id
        AND homeroom_membership.academic_year_id = (SELECT id FROM academic_year WHERE be_year = ?3)
      ORDER BY homeroom_membership.entry_on DESC, homeroom_membership.id DESC
      LIMIT 1
    )
    WHERE student.id > ?2
    ORDER BY student.id
    LIMIT ?1
  )
), '') || ']}}}' AS BLOB)
