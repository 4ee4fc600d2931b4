SELECT convert_to('{"id":' || '"' || 'Student:' || student.id || '"' || ',"studentNo":' || to_json(student.student_no)::text || ',"school":' || '{"name":' || to_json(school.name)::text || '}' || '}', 'UTF8') AS answer
FROM student JOIN school ON school.id = student.school_id
WHERE student.id = $1::bigint
LIMIT 1;
