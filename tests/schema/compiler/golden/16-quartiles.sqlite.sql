WITH current_year AS MATERIALIZED (
  SELECT academic_year.id FROM academic_year WHERE EXISTS (SELECT 1 FROM school_enrollment WHERE school_enrollment.academic_year_id = academic_year.id) ORDER BY academic_year.be_year DESC LIMIT 1
), "subject.sections.grades.aggregate" AS NOT MATERIALIZED (
  SELECT grade.section_id AS parent, CAST(round(grade.score * 100) AS BIGINT) AS its_score FROM grade
), "subject.sections" AS NOT MATERIALIZED (
  SELECT section.subject_id AS parent,
    section.academic_year_id AS key1,
    section.id AS key2,
    '{"number":' || json_quote(section.number) || ',"grades":' || '{"aggregate":' || (
      SELECT json_object('p25', json_object('score', summed.p25_of_its_score), 'median', json_object('score', summed.median_of_its_score), 'p75', json_object('score', summed.p75_of_its_score))
      FROM (
          SELECT CAST(sum(CASE its_score_rank - (its_score_count - 1) * 1 / 4 WHEN 1 THEN its_score * (4 - (its_score_count - 1) * 1 % 4) WHEN 2 THEN its_score * ((its_score_count - 1) * 1 % 4) END) AS DOUBLE PRECISION) / 400 AS p25_of_its_score,
            CAST(sum(CASE its_score_rank - (its_score_count - 1) * 2 / 4 WHEN 1 THEN its_score * (4 - (its_score_count - 1) * 2 % 4) WHEN 2 THEN its_score * ((its_score_count - 1) * 2 % 4) END) AS DOUBLE PRECISION) / 400 AS median_of_its_score,
            CAST(sum(CASE its_score_rank - (its_score_count - 1) * 3 / 4 WHEN 1 THEN its_score * (4 - (its_score_count - 1) * 3 % 4) WHEN 2 THEN its_score * ((its_score_count - 1) * 3 % 4) END) AS DOUBLE PRECISION) / 400 AS p75_of_its_score
          FROM (
              SELECT its_score,
                row_number() OVER (ORDER BY its_score NULLS LAST) AS its_score_rank,
                count(its_score) OVER () AS its_score_count
              FROM "subject.sections.grades.aggregate" AS valued
              WHERE parent = section.id
            ) AS ranked
        ) AS summed
    ) || '}' || '}' AS part0
  FROM section
  WHERE section.academic_year_id = (SELECT id FROM current_year)
)
SELECT CAST('{"sections":' || (
    SELECT '{"nodes":' || '[' || coalesce(group_concat(part0), '') || ']' || '}'
    FROM (
        SELECT key1, key2, part0
        FROM "subject.sections"
        WHERE parent = subject.id
        ORDER BY key1, key2
        LIMIT ?1
      ) AS page
  ) || '}' AS BLOB) AS answer
FROM subject
WHERE subject.school_id = (SELECT school.id FROM school WHERE school.code = ?2)
  AND subject.code = ?3
ORDER BY (SELECT curriculum.effective_from FROM curriculum WHERE curriculum.id = subject.curriculum_id) DESC, subject.id DESC
LIMIT 1;
