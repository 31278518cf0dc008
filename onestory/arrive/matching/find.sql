-- Finding records by their keys, answered inside the database: nobody may read the keys themselves (docs/adr/0021).
--
-- What is shut to the reader, and a location that the reader may not know, takes no part: neither in what is found nor
-- in what is counted. Whoever may not see everybody finds only people to whom they, their team or their agency are
-- tied, and by a location only what their own agency recorded. What is answered is checked again with visible_to.
-- This file can be run again: a migration that changes a function runs it whole. One general plan is kept: to plan for
-- some hundreds of keys by name took longer than to look them up, and the access ways are the same for all of them.

-- The records that keys such as "=123" stand for.
CREATE OR REPLACE FUNCTION matching_records_of(keys jsonb) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(m.record_id), '{}') FROM access_recordmark m
  WHERE m.mark IN (SELECT ltrim(key, '=~!')::bigint FROM jsonb_object_keys(coalesce(keys, '{}')) AS key)
$$;

CREATE OR REPLACE FUNCTION matching_find(asked bigint[], kinds smallint[], worths real[], most integer)
RETURNS TABLE (record_id uuid, found bigint[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
  me uuid := access_user(); my_team uuid := access_team(); mine uuid := access_agency(); now_at timestamptz := access_at();
  everybody boolean := access_untied(1, 2);
  hidden uuid[] := matching_records_of(access_setting('shut')::jsonb);
  unplaced uuid[] := '{}';
BEGIN
  IF me IS NULL THEN RETURN; END IF;
  PERFORM set_config('onestory.owner_reads', 'yes', true);
  IF 0 > ANY (asked) THEN
    unplaced := matching_records_of(access_marked('unlisted')) || matching_records_of(access_marked('threatened_unlisted'))
      || matching_records_of(access_marked('alleged'));
  END IF;
  RETURN QUERY
  WITH hit AS MATERIALIZED (
    SELECT k.record_id, k.key FROM matching_searchkey k
    WHERE k.key = ANY (asked) AND k.record_id <> ALL (hidden) AND (k.key >= 0 OR k.record_id <> ALL (unplaced))
  ), within AS (
    SELECT h.record_id, h.key FROM hit h WHERE everybody
    UNION ALL
    SELECT h.record_id, h.key FROM hit h
    JOIN access_recordmark m ON m.record_id = h.record_id
    JOIN people_agencyrecord r ON r.id = h.record_id
    WHERE NOT everybody AND (h.key >= 0 OR r.agency_id = mine) AND EXISTS (
      SELECT FROM access_tie t WHERE t.person_id = m.grants_follow_id
        AND (t.user_id = me OR t.team_id = my_team OR t.agency_id = mine)
        AND t.since_at <= now_at AND (t.until_at IS NULL OR t.until_at > now_at))
  ), by_kind AS (
    SELECT w.record_id, a.kind, max(a.worth) AS worth, array_agg(w.key) AS keys
    FROM within w JOIN unnest(asked, kinds, worths) AS a(key, kind, worth) ON a.key = w.key
    GROUP BY w.record_id, a.kind
  ), weighed AS (
    SELECT b.record_id, sum(b.worth) AS worth FROM by_kind b GROUP BY b.record_id
  ), chosen AS (
    SELECT w.record_id, w.worth FROM weighed w
    WHERE w.worth >= (SELECT max(best.worth) FROM weighed best) - 30
    ORDER BY w.worth DESC, w.record_id LIMIT most
  )
  SELECT c.record_id, array_agg(w.key) FROM chosen c JOIN within w ON w.record_id = c.record_id
  GROUP BY c.record_id, c.worth ORDER BY c.worth DESC, c.record_id;
  PERFORM set_config('onestory.owner_reads', 'no', true);
END $$;

-- Children who are not born yet, by their mothers: (person of the mother, record of the child).
CREATE OR REPLACE FUNCTION matching_unborn_of(mothers uuid[], today date) RETURNS TABLE (mother_id uuid, record_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE hidden uuid[] := matching_records_of(access_setting('shut')::jsonb);
BEGIN
  IF access_user() IS NULL THEN RETURN; END IF;
  PERFORM set_config('onestory.owner_reads', 'yes', true);
  RETURN QUERY
  SELECT DISTINCT m.person_id, c.id
  FROM people_agencyrecord m
  JOIN people_relationship r ON r.person_id = m.id AND r.relation = 'mother' AND NOT r.withdrawn
  JOIN people_agencyrecord c ON c.id = r.of_id JOIN people_person p ON p.id = c.person_id AND p.is_child
  WHERE m.person_id = ANY (mothers) AND m.id <> ALL (hidden)
    AND (lower(c.label) LIKE '%unborn%' OR c.born > today::text)
    AND NOT EXISTS (
      SELECT FROM people_agencyrecord o WHERE o.person_id = c.person_id AND o.born <> '' AND o.born <= today::text);
  PERFORM set_config('onestory.owner_reads', 'no', true);
END $$;

REVOKE EXECUTE ON FUNCTION matching_records_of, matching_find, matching_unborn_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION matching_find, matching_unborn_of TO onestory_app, onestory_keeper;
