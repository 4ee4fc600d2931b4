SELECT CAST(json_object('id', 'School:' || school.id, 'name', school.name, 'nameTh', school.name_th) AS BLOB) AS answer
FROM school
WHERE school.code = ?1
LIMIT 1;
