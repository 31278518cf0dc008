-- What is on record about one reader's reach, in one answer (on_record.py). This file can be run again.
--
-- A function, so that a connection keeps its plan: to plan these dozen small questions took longer than to answer them.
-- It runs with the caller's own rights and asks none of the functions of reach.sql: the two readings of the table stay
-- apart. The plan is the general one, what it costs does not depend on who asks; and each part is answered by an index:
-- the planner cannot know how few joins wait for a second person, and would read every record to find them.

CREATE OR REPLACE FUNCTION access_on_record(
  reader uuid, their_team uuid, their_agency uuid, now_at timestamptz, kinds text[], circle uuid[]
) RETURNS TABLE (what text, about uuid, other uuid, word text, flag boolean, adult boolean)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
BEGIN
RETURN QUERY
WITH held AS MATERIALIZED (
  -- A reader who looks at few people is asked for by these: their agency may know a hundred thousand others. That it
  -- does is not asked here (sight.py).
  SELECT t.person_id, t.kind, t.second_person_id FROM (
    SELECT * FROM access_tie WHERE circle IS NULL AND user_id = reader
    UNION ALL SELECT * FROM access_tie WHERE circle IS NULL AND team_id = their_team
    UNION ALL SELECT * FROM access_tie
      WHERE circle IS NULL AND agency_id = their_agency AND kind <> 'agency' AND kind = ANY (kinds)
    UNION ALL SELECT * FROM access_tie WHERE person_id = ANY (circle)
      AND (user_id = reader OR team_id = their_team
        OR (agency_id = their_agency AND kind <> 'agency' AND kind = ANY (kinds)))) AS t
  WHERE t.since_at <= now_at AND (t.until_at IS NULL OR t.until_at > now_at)
), threat AS MATERIALIZED (
  SELECT h.person_id, h.alleged_id FROM access_threat h
  WHERE h.made_at <= now_at AND (h.ended_at IS NULL OR h.ended_at > now_at)
), joined AS MATERIALIZED (
  SELECT m.person_id, m.grants_follow_id FROM access_recordmark m
  WHERE m.grants_follow_id <> m.person_id
)
SELECT 'tie'::text, person_id, NULL::uuid, kind::text, second_person_id IS NOT NULL, false FROM held
UNION ALL SELECT 'marks', p.id, NULL, string_agg(m.mark::text, ' '), p.is_child, m.was_adult
  FROM (SELECT DISTINCT person_id FROM held) h
  JOIN people_person p ON p.id = h.person_id JOIN access_recordmark m ON m.grants_follow_id = p.id
  GROUP BY p.id, p.is_child, m.was_adult
UNION ALL SELECT 'joined', person_id, grants_follow_id, '', false, false FROM joined
UNION ALL SELECT 'threat', h.person_id, h.alleged_id, '', false, false FROM threat h WHERE EXISTS (
  SELECT FROM access_tie t
  WHERE t.person_id IN (SELECT h.alleged_id
      UNION ALL SELECT j.person_id FROM joined j WHERE j.grants_follow_id = h.alleged_id
      UNION ALL SELECT j.grants_follow_id FROM joined j WHERE j.person_id = h.alleged_id)
    AND (t.user_id = reader OR t.team_id = their_team OR t.agency_id = their_agency)
    AND t.since_at <= now_at AND (t.until_at IS NULL OR t.until_at > now_at))
UNION ALL SELECT 'listed', person_id, NULL, '', false, false FROM access_listing
  WHERE (user_id = reader OR team_id = their_team) AND made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at)
UNION ALL SELECT 'protected', person_id, NULL, '', false, false FROM access_locationprotection
  WHERE made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at)
UNION ALL SELECT 'conflict', person_id, NULL, '', false, false FROM access_conflict
  WHERE user_id = reader AND declared_at <= now_at AND (ended_at IS NULL OR ended_at > now_at)
UNION ALL SELECT 'sealed', s.person_id, NULL, '', EXISTS (
    SELECT FROM access_sealname n WHERE n.seal_id = s.id AND (n.user_id = reader OR n.team_id = their_team)
      AND n.made_at <= now_at AND (n.ended_at IS NULL OR n.ended_at > now_at)), false
  FROM access_seal s WHERE s.made_at <= now_at AND (s.ended_at IS NULL OR s.ended_at > now_at)
UNION ALL SELECT 'named', entry_id, NULL, '', false, false FROM access_advicename
  WHERE (user_id = reader OR team_id = their_team) AND made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at)
UNION ALL SELECT 'basis', person_id, NULL, '', false, false FROM access_carehistorybasis
  WHERE agency_id = their_agency AND made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at)
UNION ALL SELECT 'wish', person_id, NULL, '', false, false FROM access_carehistorywish
  WHERE (agency_id = their_agency OR agency_id IS NULL)
    AND made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at)
UNION ALL SELECT 'address_held', person_id, NULL, '', false, false FROM access_addressheld
  WHERE agency_id = their_agency AND made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at)
UNION ALL (SELECT DISTINCT ON (entry_id) 'shared', entry_id, NULL::uuid, at_most::text, false, false
  FROM access_sharedecision
  WHERE (to_agency_id = their_agency OR to_agency_id IS NULL)
    AND made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at)
  ORDER BY entry_id, to_agency_id IS NULL);
END $$;
