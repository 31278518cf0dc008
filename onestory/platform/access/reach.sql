-- What a reader may see, answered inside the database, for row-level security (docs/adr/0010-access.md).
--
-- access_read_as() begins: it finds out who the membership is and lays what they reach into settings of the running
-- transaction, as sets of keys. The settings end with the transaction, so nothing leaks into the next use of a pooled
-- connection. Without a reader there is no set, and without a set no row.
-- This file can be run again: a migration that changes a function runs it whole. Functions that a page waits for keep
-- one general plan: a plan for each call took longer than the answer, and the access ways are the same for everybody.

SET LOCAL check_function_bodies = off;  -- functions call others that stand further down

CREATE OR REPLACE FUNCTION access_setting(name text) RETURNS text
LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('onestory.' || name, true), '') $$;

CREATE OR REPLACE FUNCTION access_at() RETURNS timestamptz
LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('onestory.at', true), '')::timestamptz $$;

CREATE OR REPLACE FUNCTION access_agency() RETURNS uuid
LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('onestory.agency', true), '')::uuid $$;

CREATE OR REPLACE FUNCTION access_user() RETURNS uuid
LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('onestory.user', true), '')::uuid $$;

CREATE OR REPLACE FUNCTION access_team() RETURNS uuid
LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('onestory.team', true), '')::uuid $$;

-- The words by which the table speaks of the reader's role, and of their purpose where they chose one.
CREATE OR REPLACE FUNCTION access_groups() RETURNS text[]
LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('onestory.groups', true), '')::text[] $$;

CREATE OR REPLACE FUNCTION access_among() RETURNS uuid[]
LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('onestory.among', true), '')::uuid[] $$;

-- Begin to read. Forgets what an earlier reader of the same transaction could see. A membership that has ended, or an
-- account that was closed, reaches nothing.
CREATE OR REPLACE FUNCTION access_read_as(reader uuid, at timestamptz, among uuid[], purpose text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_generic_plan AS $$
DECLARE me record; today date := (at AT TIME ZONE 'Europe/London')::date;
BEGIN
  SELECT m.user_id, m.team_id, t.agency_id, (
      SELECT array_agg(g."group"::text) FROM access_rolegroup g WHERE g.role = m.role
    ) || CASE WHEN coalesce(purpose, '') = '' THEN '{}' ELSE '{purpose}' END::text[] AS groups
  INTO me FROM agencies_membership m JOIN agencies_team t ON t.id = m.team_id JOIN access_user u ON u.id = m.user_id
  WHERE m.id = reader AND u.is_active AND m.since_on <= today AND (m.until_on IS NULL OR m.until_on >= today);
  PERFORM set_config('onestory.turn', gen_random_uuid()::text, true),
          set_config('onestory.at', coalesce(at::text, ''), true),
          set_config('onestory.among', coalesce(among::text, ''), true),
          set_config('onestory.user', coalesce(me.user_id::text, ''), true),
          set_config('onestory.team', coalesce(me.team_id::text, ''), true),
          set_config('onestory.agency', coalesce(me.agency_id::text, ''), true),
          set_config('onestory.groups', coalesce(me.groups::text, ''), true),
          set_config('onestory.shut', '', true), set_config('onestory.withheld_3', '', true),
          set_config('onestory.withheld_4', '', true);
  IF me.user_id IS NOT NULL THEN
    PERFORM set_config('onestory.shut', access_marked_now('shut')::text, true),
            set_config('onestory.withheld_3', access_withheld_now(3)::text, true),
            set_config('onestory.withheld_4', access_withheld_now(4)::text, true);
  END IF;
END $$;

-- Go on reading as the same, from now on among these people only: ties to nobody else are looked at. Answers among whom:
-- with those to whom ties still open their records, while a join waits for its second person.
CREATE OR REPLACE FUNCTION access_look_among(people uuid[]) RETURNS uuid[]
LANGUAGE plpgsql AS $$
DECLARE found uuid[] := people || ARRAY(
  SELECT grants_follow_id FROM access_recordmark WHERE grants_follow_id <> person_id AND person_id = ANY (people));
BEGIN
  IF access_setting('turn') IS NOT NULL THEN
    PERFORM set_config('onestory.among', found::text, true),
            set_config('onestory.turn', gen_random_uuid()::text, true);
  END IF;
  RETURN found;
END $$;

-- Ties of these kinds that hold now, of the reader, their team and their agency.
CREATE OR REPLACE FUNCTION access_ties(kinds text[]) RETURNS TABLE (person_id uuid, kind text, approved boolean)
LANGUAGE plpgsql STABLE ROWS 30 SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  now_at timestamptz := access_at(); among uuid[] := access_among();
  me uuid := access_user(); my_team uuid := access_team(); my_agency uuid := access_agency();
BEGIN
  RETURN QUERY
  -- Who looks at few people is asked for by these: their agency may know a hundred thousand others.
  SELECT t.person_id, t.kind::text, t.second_person_id IS NOT NULL FROM (
    SELECT * FROM access_tie WHERE among IS NULL AND user_id = me
    UNION ALL SELECT * FROM access_tie WHERE among IS NULL AND team_id = my_team
    UNION ALL SELECT * FROM access_tie WHERE among IS NULL AND agency_id = my_agency AND access_tie.kind <> 'agency'
    UNION ALL SELECT * FROM access_tie
      WHERE among IS NULL AND agency_id = my_agency AND access_tie.kind = 'agency' AND 'agency' = ANY (kinds)
    UNION ALL SELECT * FROM access_tie WHERE access_tie.person_id = ANY (among)
      AND (user_id = me OR team_id = my_team OR (agency_id = my_agency AND access_tie.kind = ANY (kinds)))
  ) AS t
  WHERE t.since_at <= now_at AND (t.until_at IS NULL OR t.until_at > now_at) AND t.kind = ANY (kinds);
END $$;

-- The keys that a reader sees at `wanted` or better, given what holds for the row (own, basis, listed, owner, named).
CREATE OR REPLACE FUNCTION access_reach_now(info integer, wanted integer, given text[]) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_variable
DECLARE
  known text[] := access_groups() || given; now_at timestamptz := access_at();
  at_most_summary boolean := wanted <= CASE info WHEN 7 THEN 1 ELSE 3 END;
  open_kinds text[]; two_person_kinds text[]; keys text;
BEGIN
  IF access_user() IS NULL THEN RETURN NULL; END IF;
  IF EXISTS (SELECT FROM access_policycap c WHERE c.info = info AND c."group" = ANY (known) AND c.level < wanted)
  THEN RETURN '{}'; END IF;
  SELECT array_agg(c.tie::text) FILTER (WHERE NOT 'second_person' = ANY (c.needs)),
         array_agg(c.tie::text) FILTER (WHERE 'second_person' = ANY (c.needs))
  INTO open_kinds, two_person_kinds
  FROM access_policycell c
  WHERE c.info = info AND c.level >= wanted AND c.needs::text[] <@ (known || '{second_person}');
  IF access_among() IS NULL THEN open_kinds := array_remove(open_kinds, 'agency'); END IF;  -- access_knows answers
  WITH people AS (
    SELECT DISTINCT t.person_id FROM access_ties(coalesce(open_kinds, '{}') || coalesce(two_person_kinds, '{}')) t
    WHERE t.kind = ANY (open_kinds) OR (t.approved AND t.kind = ANY (two_person_kinds))
  ), judged AS MATERIALIZED (
    SELECT p.id, p.is_child, EXISTS (
      SELECT FROM access_threat h WHERE h.alleged_id = p.id AND h.made_at <= now_at
        AND (h.ended_at IS NULL OR h.ended_at > now_at)) AS alleged
    FROM people JOIN people_person p ON p.id = people.person_id
  ), marks AS (
    SELECT r.mark::text AS mark, j.is_child, j.alleged, r.was_adult
    FROM judged j JOIN access_recordmark r ON r.grants_follow_id = j.id
  ), found AS (
    SELECT mark AS key FROM marks WHERE is_child AND NOT alleged
    UNION ALL SELECT '=' || mark FROM marks WHERE CASE WHEN is_child THEN alleged OR was_adult ELSE NOT alleged END
    UNION ALL SELECT '~' || mark FROM marks WHERE was_adult AND NOT alleged AND at_most_summary
    UNION ALL SELECT near FROM access_near() AS near WHERE 'adverse' = ANY (open_kinds)
  )
  -- In the order in which jsonb keeps them: then reading them, at each query, takes less than half the time.
  SELECT '{' || coalesce(string_agg('"' || key || '":1', ',' ORDER BY length(key), key COLLATE "C"), '') || '}' INTO keys
  FROM found;
  RETURN keys;
END $$;

-- The same, worked out once in a turn of reading and kept in a setting of the transaction.
CREATE OR REPLACE FUNCTION access_reach(info integer, wanted integer, given text[] DEFAULT '{}') RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  name text := 'onestory.reach_' || info || '_' || wanted || '_' || array_to_string(given, '_');
  turn text := access_setting('turn'); found text;
BEGIN
  IF turn IS NULL THEN RETURN NULL; END IF;
  IF current_setting(name || '_turn', true) = turn THEN RETURN current_setting(name)::jsonb; END IF;
  found := access_reach_now(info, wanted, given);
  PERFORM set_config(name, found, true), set_config(name || '_turn', turn, true) WHERE found IS NOT NULL;
  RETURN found::jsonb;
END $$;

-- Whether that their agency knows somebody shows the reader the class at `wanted` or better, and each row is asked for it
-- by itself (access_knows): an agency can know a hundred thousand people. Of the few whom a reader looks at there is a set.
CREATE OR REPLACE FUNCTION access_by_agency(info integer, wanted integer, given text[] DEFAULT '{}') RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT access_user() IS NOT NULL AND access_among() IS NULL AND EXISTS (
    SELECT FROM access_policycell c
    WHERE c.info = access_by_agency.info AND c.tie = 'agency' AND c.level >= wanted
      AND c.needs::text[] <@ (access_groups() || given)
  ) AND NOT EXISTS (
    SELECT FROM access_policycap c
    WHERE c.info = access_by_agency.info AND c."group" = ANY (access_groups() || given) AND c.level < wanted
  )
$$;

-- Whether the reader's agency knows somebody whom the row is about, so that it opens: as access_reach_now says of a key.
CREATE OR REPLACE FUNCTION access_knows(keys text[], at_most_summary boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  now_at timestamptz := access_at(); me uuid := access_user(); my_team uuid := access_team();
  my_agency uuid := access_agency();
BEGIN
  RETURN EXISTS (
    SELECT FROM unnest(keys) AS key
    JOIN access_recordmark r ON r.mark = ltrim(key, '=~!')::bigint
    JOIN people_person p ON p.id = r.grants_follow_id
    CROSS JOIN LATERAL (SELECT EXISTS (
      SELECT FROM access_threat h WHERE h.alleged_id = p.id AND h.made_at <= now_at
        AND (h.ended_at IS NULL OR h.ended_at > now_at)) AS alleged) AS a
    WHERE CASE left(key, 1)
        WHEN '!' THEN false
        WHEN '=' THEN CASE WHEN p.is_child THEN a.alleged OR r.was_adult ELSE NOT a.alleged END
        WHEN '~' THEN r.was_adult AND NOT a.alleged AND at_most_summary
        ELSE p.is_child AND NOT a.alleged END
      AND EXISTS (SELECT FROM access_tie t WHERE t.person_id = p.id AND t.kind = 'agency'
        AND (t.user_id = me OR t.team_id = my_team OR t.agency_id = my_agency)
        AND t.since_at <= now_at AND (t.until_at IS NULL OR t.until_at > now_at)));
END $$;

-- People whom `who` are, by joins that nobody has confirmed yet too: a denial holds for all of them at once.
CREATE OR REPLACE FUNCTION access_also(who uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(DISTINCT one), '{}') FROM (
    SELECT unnest(who) UNION ALL
    SELECT person_id FROM access_recordmark WHERE grants_follow_id <> person_id AND grants_follow_id = ANY (who) UNION ALL
    SELECT grants_follow_id FROM access_recordmark WHERE grants_follow_id <> person_id AND person_id = ANY (who)
  ) AS found(one)
$$;

-- Every key of these people, whoever else is in the row.
CREATE OR REPLACE FUNCTION access_keys(who uuid[]) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE also uuid[] := access_also(who);
BEGIN
  RETURN QUERY SELECT prefix || r.mark FROM (
    SELECT * FROM access_recordmark WHERE person_id = ANY (also)
    UNION SELECT * FROM access_recordmark WHERE grants_follow_id = ANY (also)
  ) AS r, unnest(CASE WHEN r.was_adult THEN ARRAY['', '=', '~', '!'] ELSE ARRAY['', '!'] END) AS prefix;
END $$;

-- Threats from somebody to whom the reader has any tie, and whether the threatened person's lead lists the reader.
-- With `among`, only threats to or from these people: no other can close a row about them.
CREATE OR REPLACE FUNCTION access_threats() RETURNS TABLE (person_id uuid, alleged_id uuid, listed boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  now_at timestamptz := access_at(); me uuid := access_user(); my_team uuid := access_team();
  my_agency uuid := access_agency(); lists uuid[] := access_listed();
BEGIN
  RETURN QUERY
  SELECT h.person_id, h.alleged_id, h.person_id = ANY (lists)
  FROM access_threat h
  WHERE h.made_at <= now_at AND (h.ended_at IS NULL OR h.ended_at > now_at)
    AND EXISTS (SELECT FROM access_tie t
                WHERE t.person_id = ANY (access_also(ARRAY[h.alleged_id]))
                  AND (t.user_id = me OR t.team_id = my_team OR t.agency_id = my_agency)
                  AND t.since_at <= now_at AND (t.until_at IS NULL OR t.until_at > now_at));
END $$;

CREATE OR REPLACE FUNCTION access_near() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT access_keys((SELECT array_agg(one) FROM (
    SELECT person_id FROM access_threats() UNION SELECT alleged_id FROM access_threats()) AS near(one)))
$$;

CREATE OR REPLACE FUNCTION access_listed() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(l.person_id), '{}') FROM access_listing l
  WHERE (l.user_id = access_user() OR l.team_id = access_team())
    AND l.made_at <= access_at() AND (l.ended_at IS NULL OR l.ended_at > access_at())
$$;

-- Sets of people that close a row, or open it against a closing; as keys.
CREATE OR REPLACE FUNCTION access_marked_now(which text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_generic_plan AS $$
DECLARE now_at timestamptz := access_at(); me uuid := access_user(); who uuid[]; found jsonb;
BEGIN
  IF me IS NULL THEN RETURN NULL; END IF;
  who := CASE which
    WHEN 'shut' THEN (SELECT array_agg(person_id) FROM (
      SELECT person_id FROM access_conflict
      WHERE user_id = me AND declared_at <= now_at AND (ended_at IS NULL OR ended_at > now_at)
      UNION ALL SELECT person_id FROM access_sealed()) AS shut)
    WHEN 'unlisted' THEN (SELECT array_agg(person_id) FROM access_locationprotection
      WHERE made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at) AND person_id <> ALL (access_listed()))
    WHEN 'threatened_unlisted' THEN (SELECT array_agg(person_id) FROM access_threats() WHERE NOT listed)
    WHEN 'threatened_listed' THEN (SELECT array_agg(person_id) FROM access_threats() WHERE listed)
    WHEN 'alleged' THEN (SELECT array_agg(alleged_id) FROM access_threats())
    WHEN 'basis' THEN (SELECT array_agg(person_id) FROM access_carehistorybasis
      WHERE agency_id = access_agency() AND made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at))
    WHEN 'refused' THEN (SELECT array_agg(person_id) FROM access_carehistorywish w
      WHERE (agency_id = access_agency() OR agency_id IS NULL) AND made_at <= now_at
        AND (ended_at IS NULL OR ended_at > now_at)
        AND NOT EXISTS (SELECT FROM access_carehistorybasis b WHERE b.person_id = w.person_id
          AND b.agency_id = access_agency() AND b.made_at <= now_at AND (b.ended_at IS NULL OR b.ended_at > now_at)))
    WHEN 'address_held' THEN (SELECT array_agg(person_id) FROM access_addressheld
      WHERE 'police' = ANY (access_groups()) AND agency_id = access_agency()
        AND made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at))
  END;
  IF who IS NULL THEN RETURN '{}'; END IF;
  SELECT coalesce(jsonb_object_agg(key, 1), '{}') INTO found FROM access_keys(who) AS key;
  RETURN found;
END $$;

-- People whose seal does not open to the reader: neither their lead or manager whom its list names, nor two people.
CREATE OR REPLACE FUNCTION access_sealed() RETURNS TABLE (person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT s.person_id FROM access_seal s
  WHERE s.made_at <= access_at() AND (s.ended_at IS NULL OR s.ended_at > access_at())
    AND NOT EXISTS (
      SELECT FROM access_tie t JOIN access_policycell c ON c.info = 8 AND c.tie = t.kind AND c.level = 4
      WHERE t.person_id = s.person_id
        AND (t.user_id = access_user() OR t.team_id = access_team() OR t.agency_id = access_agency())
        AND t.since_at <= access_at() AND (t.until_at IS NULL OR t.until_at > access_at())
        AND c.needs::text[] <@ (access_groups()
          || CASE WHEN t.second_person_id IS NULL THEN '{}' ELSE '{second_person}' END::text[]
          || CASE WHEN EXISTS (
               SELECT FROM access_sealname n WHERE n.seal_id = s.id
                 AND (n.user_id = access_user() OR n.team_id = access_team())
                 AND n.made_at <= access_at() AND (n.ended_at IS NULL OR n.ended_at > access_at())
             ) THEN '{named}' ELSE '{}' END::text[]))
$$;

CREATE OR REPLACE FUNCTION access_marked(which text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  name text := 'onestory.marked_' || which; kept text := current_setting(name, true); turn text := access_setting('turn');
  found jsonb;
BEGIN
  IF turn IS NULL THEN RETURN NULL; END IF;
  IF left(kept, 36) = turn THEN RETURN substr(kept, 37)::jsonb; END IF;
  found := access_marked_now(which);
  PERFORM set_config(name, turn || found::text, true) WHERE found IS NOT NULL;
  RETURN found;
END $$;

-- Entries of which their source lets the reader's agency see less than `wanted`.
CREATE OR REPLACE FUNCTION access_withheld_now(wanted integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(jsonb_object_agg(entry_id, 1), '{}') FROM (
    SELECT DISTINCT ON (d.entry_id) d.entry_id, d.at_most FROM access_sharedecision d
    WHERE (d.to_agency_id = access_agency() OR d.to_agency_id IS NULL)
      AND d.made_at <= access_at() AND (d.ended_at IS NULL OR d.ended_at > access_at())
    ORDER BY d.entry_id, d.to_agency_id IS NULL
  ) AS decided WHERE at_most < wanted
$$;

CREATE OR REPLACE FUNCTION access_withheld(wanted integer) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF access_user() IS NULL THEN RETURN NULL; END IF;
  RETURN coalesce(access_setting('withheld_' || wanted)::jsonb, access_withheld_now(wanted));
END $$;

-- Whether the table shows a class to whoever has no tie at all (the front door, searching with a purpose).
CREATE OR REPLACE FUNCTION access_untied(info integer, wanted integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (
    SELECT FROM access_policycell c
    WHERE c.info = access_untied.info AND c.tie = 'none' AND c.level >= wanted AND c.needs::text[] <@ access_groups()
  ) AND NOT EXISTS (
    SELECT FROM access_policycap c
    WHERE c.info = access_untied.info AND c."group" = ANY (access_groups()) AND c.level < wanted
  )
$$;

-- Whether a list's row names the reader or their team.
CREATE OR REPLACE FUNCTION access_names(user_id uuid, team_id uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT coalesce(access_names.user_id = access_user(), false) OR coalesce(access_names.team_id = access_team(), false)
$$;

-- The keys of a row about the people of these records (visibility.py, keys_of).
CREATE OR REPLACE FUNCTION access_keys_for(records uuid[]) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH named AS (
    SELECT r.mark::text AS mark, p.is_child, count(*) OVER () = 1 AS alone
    FROM access_recordmark r JOIN people_person p ON p.id = r.person_id WHERE r.record_id = ANY (records)
  )
  SELECT coalesce(array_agg(key ORDER BY key COLLATE "C"), '{}') FROM named, unnest(CASE
    WHEN alone AND is_child THEN ARRAY['=' || mark, mark] WHEN alone THEN ARRAY['=' || mark]
    WHEN is_child THEN ARRAY[mark] ELSE ARRAY['~' || mark] END) AS key
$$;

-- Every agency record has a mark from the moment it is there, and its agency knows the person. A move takes denials along; grants wait (marks.py).
CREATE OR REPLACE FUNCTION access_mark_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO access_recordmark (mark, record_id, person_id, home_id, grants_follow_id, was_adult)
      SELECT coalesce(nullif(ltrim(to_jsonb(NEW) -> 'keys' ->> 0, '=~'), '')::bigint,
                      nextval(pg_get_serial_sequence('access_recordmark', 'mark'))),
             NEW.id, p.id, p.id, p.id, NOT p.is_child FROM people_person p WHERE p.id = NEW.person_id;
    INSERT INTO access_tie (id, person_id, agency_id, kind, because, since_at)
      VALUES (gen_random_uuid(), NEW.person_id, NEW.agency_id, 'agency', 'known', least(NEW.recorded_at, now()))
      ON CONFLICT DO NOTHING;
  ELSE
    UPDATE access_recordmark m SET person_id = p.id, grants_follow_id = home_id, was_adult = was_adult OR NOT p.is_child
      FROM people_person p WHERE p.id = NEW.person_id AND m.record_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER access_mark AFTER INSERT OR UPDATE OF person_id ON people_agencyrecord
  FOR EACH ROW EXECUTE FUNCTION access_mark_record();
INSERT INTO access_recordmark (record_id, person_id, home_id, grants_follow_id)
  SELECT id, person_id, person_id, person_id FROM people_agencyrecord ORDER BY recorded_at, id
  ON CONFLICT DO NOTHING;

-- From the day on which a young person is no longer a child of whom a story is kept, rows may know them as an adult.
CREATE OR REPLACE FUNCTION access_mark_adult() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE access_recordmark SET was_adult = true WHERE NOT was_adult AND person_id = NEW.id;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER access_mark_adult AFTER UPDATE OF is_child ON people_person
  FOR EACH ROW WHEN (NOT NEW.is_child) EXECUTE FUNCTION access_mark_adult();
