SELECT convert_to('{"id":' || '"' || 'School:' || school.id || '"' || ',"name":' || to_json(school.name)::text || ',"nameTh":' || to_json(school.name_th)::text || '}', 'UTF8') AS answer
FROM school
WHERE school.code = $1::text
LIMIT 1;
