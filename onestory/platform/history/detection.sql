-- What the rules of the signals read, under the role onestory_detector: summaries, no words, no place, no name of who told.
-- Of adult mental-health and substance services only what they wrote as bearing on others; of care history only what a
-- recorded basis allows; of legal advice nothing (docs/adr/0010-access.md). This file can be run again.

-- What such a service writes down for others: a statement of what bears on the child, or that somebody is in danger.
-- Its notes, appointments and assessments are treatment. What it promised or was asked is a plan, and class 3.
CREATE OR REPLACE FUNCTION detection_told_by_adult_services() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$ SELECT ARRAY['relevance', 'concern', 'disclosure', 'incident'] $$;

CREATE OR REPLACE FUNCTION detection_adult_services() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(id), '{}') FROM agencies_agency WHERE sector IN
    ('adult_mental_health', 'adult_substance_misuse', 'substance_misuse', 'substance_misuse_service')
$$;

-- Keys of people of whose care history a recorded basis lets somebody know: what they agreed to, or the law. T4.5.
CREATE OR REPLACE FUNCTION detection_care_keys() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(key), '{}') FROM access_keys((
    SELECT array_agg(person_id) FROM access_carehistorybasis WHERE ended_at IS NULL OR ended_at > now()
  )) AS key WHERE left(key, 1) <> '!'
$$;

-- Who told, as far as it takes to tell people apart: in what role, for which agency, and a number in the place of a name
-- which means nothing outside this answer.
CREATE OR REPLACE FUNCTION detection_tellers(entries uuid[])
RETURNS TABLE (entry uuid, role text, agency uuid, number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  PERFORM set_config('onestory.owner_reads', 'yes', true);
  RETURN QUERY SELECT r.entry_id, r.role::text, r.agency_id,
    CASE r.label WHEN '' THEN '' ELSE (dense_rank() OVER (ORDER BY r.label))::text END
    FROM history_entryreporter r WHERE r.entry_id = ANY (entries);
  PERFORM set_config('onestory.owner_reads', 'no', true);
END $$;

-- To the area of which authority somebody moved: nothing nearer than that.
CREATE OR REPLACE FUNCTION detection_areas(entries uuid[]) RETURNS TABLE (entry uuid, area text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  PERFORM set_config('onestory.owner_reads', 'yes', true);
  RETURN QUERY SELECT l.entry_id, l.own ->> 'to_area' FROM history_entrylocation l
    WHERE l.entry_id = ANY (entries) AND l.own ? 'to_area';
  PERFORM set_config('onestory.owner_reads', 'no', true);
END $$;

REVOKE ALL ON FUNCTION detection_tellers, detection_areas FROM PUBLIC;
GRANT EXECUTE ON FUNCTION detection_tellers, detection_areas TO onestory_detector;
GRANT SELECT ON agencies_agency, people_person, people_agencyrecord, people_relationship, people_householdmember,
  access_recordmark, history_entry, history_entryperson, history_entrytold TO onestory_detector;
GRANT SELECT (entry_id, own, factors, restricted, keys) ON history_entrycarehistory TO onestory_detector;

DROP POLICY IF EXISTS detected ON people_agencyrecord;
CREATE POLICY detected ON people_agencyrecord FOR SELECT TO onestory_detector USING (true);
DROP POLICY IF EXISTS detected ON people_relationship;
CREATE POLICY detected ON people_relationship FOR SELECT TO onestory_detector USING (true);
DROP POLICY IF EXISTS detected ON people_householdmember;
CREATE POLICY detected ON people_householdmember FOR SELECT TO onestory_detector USING (true);

DROP POLICY IF EXISTS detected ON history_entry;
CREATE POLICY detected ON history_entry FOR SELECT TO onestory_detector USING (CASE
  WHEN info = 9 THEN false
  WHEN info = 5 THEN keys && (SELECT detection_care_keys())
  WHEN info IN (2, 4) AND agency_id = ANY ((SELECT detection_adult_services())::uuid[])
    THEN kind = ANY ((SELECT detection_told_by_adult_services())::text[])
  ELSE true END);
DROP POLICY IF EXISTS detected ON history_entryperson;
CREATE POLICY detected ON history_entryperson FOR SELECT TO onestory_detector
  USING (EXISTS (SELECT FROM history_entry e WHERE e.id = history_entryperson.entry_id));
DROP POLICY IF EXISTS detected ON history_entrytold;
CREATE POLICY detected ON history_entrytold FOR SELECT TO onestory_detector
  USING (EXISTS (SELECT FROM history_entry e WHERE e.id = history_entrytold.entry_id));
DROP POLICY IF EXISTS detected ON history_entrycarehistory;
CREATE POLICY detected ON history_entrycarehistory FOR SELECT TO onestory_detector
  USING (keys && (SELECT detection_care_keys())
    AND EXISTS (SELECT FROM history_entry e WHERE e.id = history_entrycarehistory.entry_id));
