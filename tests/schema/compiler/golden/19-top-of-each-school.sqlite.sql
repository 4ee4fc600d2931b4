WITH "schools.grades.groups" AS NOT MATERIALIZED (
  SELECT subject.school_id AS parent, grade.subject_id AS its_subject
  FROM subject CROSS JOIN grade ON grade.subject_id = subject.id
  WHERE grade.code_id IN (SELECT w1_code.id FROM grade_code AS w1_code WHERE w1_code.points = ?1)
), "root:schools" AS NOT MATERIALIZED (
  SELECT school.code AS key1,
    '{"code":' || json_quote(school.code) || ',"name":' || json_quote(school.name) || ',"grades":' || '{"groups":' || (
      SELECT '{"nodes":' || '[' || coalesce(group_concat(part0), '') || ']' || '}'
      FROM (
          SELECT key1,
            key2,
            '{"count":' || json_quote(page.count_of_rows) || ',"key":' || '{"subject":' || coalesce((
              SELECT json_object('code', by_subject.code, 'name', by_subject.name)
              FROM subject AS by_subject
              WHERE by_subject.id = page.its_subject
            ), 'null') || '}' || '}' AS part0
          FROM (
              SELECT grouped.count_of_rows AS key1, grouped.its_subject AS key2, its_subject, count_of_rows
              FROM (
                  SELECT its_subject, count(*) AS count_of_rows
                  FROM "schools.grades.groups"
                  WHERE parent = school.id
                  GROUP BY +its_subject
                ) AS grouped
              ORDER BY grouped.count_of_rows DESC, grouped.its_subject ASC NULLS LAST
              LIMIT ?2
            ) AS page
          ORDER BY key1 DESC, key2 ASC NULLS LAST
        ) AS page
    ) || '}' || '}' AS part0
  FROM school
)
SELECT CAST((
  SELECT '{"nodes":' || '[' || coalesce(group_concat(part0), '') || ']' || '}'
  FROM (SELECT key1, part0 FROM "root:schools" ORDER BY key1 LIMIT ?3) AS page
) AS BLOB) AS answer;
