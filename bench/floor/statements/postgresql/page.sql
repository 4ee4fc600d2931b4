-- W5: $1 pupils, $2 the key after which they come, $3 the year of the homeroom
SELECT convert_to('{"data":{"students":{"nodes":[' || coalesce((
  SELECT string_agg(j, ',')
  FROM (
    SELECT '{"studentNo":' || to_json(student.student_no)::text
      || ',"givenName":' || to_json(student.given_name)::text
      || ',"familyName":' || to_json(student.family_name)::text
      || ',"school":{"code":' || to_json(school.code)::text || ',"name":' || to_json(school.name)::text
      || '},"homeroom":' || coalesce('{"name":' || to_json(homeroom.name)::text || '}', 'null') || '}' AS j
    FROM (SELECT * FROM student WHERE student.id > $2::bigint ORDER BY student.id LIMIT $1::bigint) AS student
    JOIN school ON school.id = student.school_id
    LEFT JOIN homeroom ON homeroom.id = (
      SELECT homeroom_membership.homeroom_id
      FROM homeroom_membership
      WHERE homeroom_membership.student_id = student.id
        AND homeroom_membership.academic_year_id = (SELECT id FROM academic_year WHERE be_year = $3::integer)
      ORDER BY homeroom_membership.entry_on DESC, homeroom_membership.id DESC
      LIMIT 1
    )
    ORDER BY student.id
  ) AS page
), '') || ']}}}', 'UTF8') AS answer
