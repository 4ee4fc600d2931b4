SELECT CAST(json_object('id', 'Student:' || student.id, 'studentNo', student.student_no, 'school', json_object('name', school.name)) AS BLOB) AS answer
FROM student JOIN school ON school.id = student.school_id
WHERE student.id = ?1
LIMIT 1;
