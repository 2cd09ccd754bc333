-- Views for those who query the archive with SQL, on SQLite and PostgreSQL alike (compare/views.py makes them).
-- Scores are numbers in points, absent is NULL and never 0; "" in the name, level, province or district of a unit is NULL.
-- SQLite computes with floating numbers in these views; the tables under them keep every digit.

-- One row for each unit, period and document.
-- document_id, position: the key; file, sha256, number, date, title, kind: the document; unit, level, province, district;
-- year, period (year, 6m, 9m, q1 to q4), basis (appraised, self, survey); max_score, self_score, score, appraised_score,
-- survey_score, deducted: totals in points; index_percent: per cent; printed_rank: as printed ("3/15");
-- speaks: 1 unless a better rendition of the same report is stored.
CREATE VIEW cchc_totals AS
SELECT a.document_id, a.position, d.file, d.sha256, d.number, d.date, d.title, d.kind,
       NULLIF(u.name, '') AS unit, NULLIF(u.level, '') AS level, NULLIF(u.province, '') AS province,
       NULLIF(u.district, '') AS district, a.year, a.period, a.basis,
       CAST(a.max_score AS NUMERIC) AS max_score, CAST(a.self_score AS NUMERIC) AS self_score,
       CAST(a.score AS NUMERIC) AS score, CAST(a.appraised_score AS NUMERIC) AS appraised_score,
       CAST(a.survey_score AS NUMERIC) AS survey_score, CAST(a.deducted AS NUMERIC) AS deducted,
       CAST(a.index_percent AS NUMERIC) AS index_percent, a.rank AS printed_rank,
       CASE WHEN r.speaker_id IS NULL OR r.speaker_id = a.document_id THEN 1 ELSE 0 END AS speaks
FROM assessments a
JOIN documents d ON d.id = a.document_id
JOIN units u ON u.id = a.unit_id
LEFT JOIN renditions r ON r.member_id = a.document_id;

-- One row for each criterion of a unit in a document.
-- The columns of the unit, period and document as above; code, code_key (sorts by the numbers of the code), name,
-- max_score, self_score, score, deducted: points; lost: deducted, else max_score - score where both are there;
-- deducted_stated, survey: true where it is so; remedy, deadline: text; status: ok, repaired, review; page: of its code.
CREATE VIEW cchc_results AS
SELECT t.document_id, q.position, t.position AS assessment, t.file, t.sha256, t.number, t.date, t.unit, t.level,
       t.province, t.district, t.year, t.period, t.basis, t.speaks, q.code, q.code_key, q.name,
       CAST(q.max_score AS NUMERIC) AS max_score, CAST(q.self_score AS NUMERIC) AS self_score,
       CAST(q.score AS NUMERIC) AS score, CAST(q.deducted AS NUMERIC) AS deducted,
       COALESCE(CAST(q.deducted AS NUMERIC), CAST(q.max_score AS NUMERIC) - CAST(q.score AS NUMERIC)) AS lost,
       q.deducted_stated, q.survey, q.remedy, q.deadline, q.status,
       (SELECT MIN(e.page) FROM evidence e WHERE e.document_id = q.document_id AND e.owner = 'results'
        AND e.owner_position = q.position AND e.field = 'code') AS page
FROM results q
JOIN cchc_totals t ON t.document_id = q.document_id AND t.position = q.assessment;

-- One row for each amount that a document itemises, with its reason. Parents may repeat what their criteria lost: sum
-- `amount` over rows of one depth of code only, or use the table "losses" of the tidy files, where each point stands once.
-- document_id, position: the key; result: the position of the criterion; amount: points; reason: text.
CREATE VIEW cchc_deductions AS
SELECT q.document_id, x.position, x.result, q.file, q.sha256, q.unit, q.level, q.province, q.district, q.year, q.period,
       q.basis, q.speaks, q.code, q.code_key, q.name, CAST(x.amount AS NUMERIC) AS amount, x.reason, q.survey, q.status,
       q.page
FROM deductions x
JOIN cchc_results q ON q.document_id = x.document_id AND q.position = x.result;

-- One row for each agency of a criterion. role: lead, support, performer; deduction: the position of the amount it
-- answers for, NULL where it answers for the criterion as a whole.
CREATE VIEW cchc_responsibilities AS
SELECT q.document_id, p.position, p.result, p.deduction, q.unit, q.level, q.province, q.year, q.period, q.code, q.name,
       g.name AS agency, p.role, q.lost
FROM responsibilities p
JOIN agencies g ON g.id = p.agency_id
JOIN cchc_results q ON q.document_id = p.document_id AND q.position = p.result;
