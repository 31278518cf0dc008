-- What a reader may see, answered inside the database, for row-level security. The reader is the membership named in
-- the setting onestory.reader of the running transaction; without one every answer is NULL, and NULL shows nothing.
-- This file can be run again: a migration that changes a function runs it whole.
-- All settings are of the transaction: they end with it and cannot leak into the next use of a pooled connection.

SET LOCAL check_function_bodies = off;  -- functions call others that stand further down

CREATE OR REPLACE FUNCTION access_setting(name text) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('onestory.' || name, true), '')
$$;

-- Begin to read. Forgets what an earlier reader of the same transaction could see.
CREATE OR REPLACE FUNCTION access_read_as(reader uuid, at timestamptz, among uuid[], purpose text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('onestory.reader', coalesce(reader::text, ''), true),
          set_config('onestory.at', coalesce(at::text, ''), true),
          set_config('onestory.among', coalesce(among::text, ''), true),
          set_config('onestory.purpose', coalesce(purpose, ''), true),
          set_config('onestory.turn', gen_random_uuid()::text, true);
END $$;

CREATE OR REPLACE FUNCTION access_at() RETURNS timestamptz
LANGUAGE sql STABLE AS $$ SELECT access_setting('at')::timestamptz $$;

-- The reader, as far as they are in office: nothing once the membership has ended or the account was closed.
CREATE OR REPLACE FUNCTION access_me(OUT user_id uuid, OUT team_id uuid, OUT agency_id uuid, OUT role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT m.user_id, m.team_id, t.agency_id, m.role
  FROM agencies_membership m JOIN agencies_team t ON t.id = m.team_id JOIN access_user u ON u.id = m.user_id
  WHERE m.id = access_setting('reader')::uuid AND u.is_active
    AND m.since_on <= (access_at() AT TIME ZONE 'Europe/London')::date
    AND (m.until_on IS NULL OR m.until_on >= (access_at() AT TIME ZONE 'Europe/London')::date)
$$;

CREATE OR REPLACE FUNCTION access_agency() RETURNS uuid
LANGUAGE sql STABLE AS $$ SELECT agency_id FROM access_me() $$;

-- The words by which the table speaks of the reader's role.
CREATE OR REPLACE FUNCTION access_groups() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT array_agg(g."group")::text[] FROM access_rolegroup g JOIN access_me() me ON me.role = g.role
$$;

-- Ties that hold now, of the reader, their team and their agency; `kinds` NULL: all.
CREATE OR REPLACE FUNCTION access_ties(kinds text[]) RETURNS TABLE (person_id uuid, kind text, approved boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT t.person_id, t.kind, t.second_person_id IS NOT NULL
  FROM access_me() me JOIN access_tie t ON t.user_id = me.user_id OR t.team_id = me.team_id OR t.agency_id = me.agency_id
  WHERE t.since_at <= access_at() AND (t.until_at IS NULL OR t.until_at > access_at())
    AND (kinds IS NULL OR t.kind = ANY (kinds))
    AND (access_setting('among') IS NULL OR t.person_id = ANY (access_setting('among')::uuid[]))
$$;

-- Everybody against whom an allegation stands.
CREATE OR REPLACE FUNCTION access_alleged(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (SELECT FROM access_threat h WHERE h.alleged_id = who
                 AND h.made_at <= access_at() AND (h.ended_at IS NULL OR h.ended_at > access_at()))
$$;

-- The keys that a reader sees at `wanted` or better, given what holds for the row (own, basis, listed, owner, named).
CREATE OR REPLACE FUNCTION access_reach_now(info integer, wanted integer, given text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  known text[] := access_groups() || given || CASE WHEN access_setting('purpose') IS NULL THEN '{}' ELSE '{purpose}' END::text[];
  found jsonb;
BEGIN
  IF known IS NULL OR NOT EXISTS (SELECT FROM access_me() me WHERE me.user_id IS NOT NULL) THEN RETURN NULL; END IF;
  IF EXISTS (SELECT FROM access_policycap c WHERE c.info = access_reach_now.info AND c."group" = ANY (known)
             AND c.level < wanted) THEN RETURN '{}'; END IF;
  WITH cells AS (
    SELECT c.tie, 'second_person' = ANY (c.needs) AS two FROM access_policycell c
    WHERE c.info = access_reach_now.info AND c.level >= wanted
      AND c.needs::text[] <@ (known || '{second_person}')
  ), people AS (
    SELECT DISTINCT t.person_id FROM access_ties((SELECT array_agg(DISTINCT tie::text) FROM cells)) t
    JOIN cells ON cells.tie = t.kind AND (t.approved OR NOT cells.two)
  ), marks AS (
    SELECT r.mark::text AS mark, p.is_child, access_alleged(p.id) AS alleged
    FROM people JOIN people_person p ON p.id = people.person_id
    JOIN access_recordmark r ON r.grants_follow_id = p.id
  ), keys AS (
    SELECT '=' || mark AS key FROM marks WHERE is_child OR NOT alleged
    UNION ALL SELECT mark FROM marks WHERE is_child AND NOT alleged
    UNION ALL SELECT '~' || mark FROM marks
      WHERE NOT alleged AND wanted <= CASE access_reach_now.info WHEN 7 THEN 1 ELSE 3 END
    UNION ALL SELECT key FROM access_near() near(key) WHERE EXISTS (SELECT FROM cells WHERE tie = 'adverse')
  )
  SELECT coalesce(jsonb_object_agg(key, 1), '{}') INTO found FROM keys;
  RETURN found;
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
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT prefix || r.mark FROM access_recordmark r, unnest(ARRAY['', '=', '~']) AS prefix
  WHERE r.person_id = ANY (access_also(who)) OR r.grants_follow_id = ANY (access_also(who))
$$;

-- Threats from somebody to whom the reader has any tie at all, and whether the threatened person's lead lists the reader.
CREATE OR REPLACE FUNCTION access_threats() RETURNS TABLE (person_id uuid, alleged_id uuid, listed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT h.person_id, h.alleged_id, h.person_id = ANY (access_listed())
  FROM access_threat h, access_me() me
  WHERE h.made_at <= access_at() AND (h.ended_at IS NULL OR h.ended_at > access_at())
    AND EXISTS (SELECT FROM access_tie t
                WHERE t.person_id = ANY (access_also(ARRAY[h.alleged_id]))
                  AND (t.user_id = me.user_id OR t.team_id = me.team_id OR t.agency_id = me.agency_id)
                  AND t.since_at <= access_at() AND (t.until_at IS NULL OR t.until_at > access_at()))
$$;

CREATE OR REPLACE FUNCTION access_near() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT access_keys((SELECT array_agg(one) FROM (
    SELECT person_id FROM access_threats() UNION SELECT alleged_id FROM access_threats()) AS near(one)))
$$;

CREATE OR REPLACE FUNCTION access_listed() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(l.person_id), '{}') FROM access_listing l, access_me() me
  WHERE (l.user_id = me.user_id OR l.team_id = me.team_id)
    AND l.made_at <= access_at() AND (l.ended_at IS NULL OR l.ended_at > access_at())
$$;

-- Sets of people that close a row, or open it against a closing; as keys.
CREATE OR REPLACE FUNCTION access_marked_now(which text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  me record; now_at timestamptz := access_at(); who uuid[]; found jsonb;
BEGIN
  SELECT * INTO me FROM access_me();
  IF me.user_id IS NULL THEN RETURN NULL; END IF;
  who := CASE which
    WHEN 'conflict' THEN (SELECT array_agg(person_id) FROM access_conflict
      WHERE user_id = me.user_id AND declared_at <= now_at AND (ended_at IS NULL OR ended_at > now_at))
    WHEN 'sealed' THEN (SELECT array_agg(person_id) FROM access_seal
      WHERE made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at))
    WHEN 'unnamed' THEN (SELECT array_agg(s.person_id) FROM access_seal s
      WHERE s.made_at <= now_at AND (s.ended_at IS NULL OR s.ended_at > now_at)
        AND NOT EXISTS (SELECT FROM access_sealname n WHERE n.seal_id = s.id
          AND (n.user_id = me.user_id OR n.team_id = me.team_id)
          AND n.made_at <= now_at AND (n.ended_at IS NULL OR n.ended_at > now_at)))
    WHEN 'unlisted' THEN (SELECT array_agg(person_id) FROM access_locationprotection
      WHERE made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at) AND person_id <> ALL (access_listed()))
    WHEN 'threatened_unlisted' THEN (SELECT array_agg(person_id) FROM access_threats() WHERE NOT listed)
    WHEN 'threatened_listed' THEN (SELECT array_agg(person_id) FROM access_threats() WHERE listed)
    WHEN 'alleged' THEN (SELECT array_agg(alleged_id) FROM access_threats())
    WHEN 'basis' THEN (SELECT array_agg(person_id) FROM access_carehistorybasis
      WHERE agency_id = me.agency_id AND made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at))
    WHEN 'refused' THEN (SELECT array_agg(person_id) FROM access_carehistorywish w
      WHERE (agency_id = me.agency_id OR agency_id IS NULL) AND made_at <= now_at
        AND (ended_at IS NULL OR ended_at > now_at)
        AND NOT EXISTS (SELECT FROM access_carehistorybasis b WHERE b.person_id = w.person_id
          AND b.agency_id = me.agency_id AND b.made_at <= now_at AND (b.ended_at IS NULL OR b.ended_at > now_at)))
    WHEN 'address_held' THEN (SELECT array_agg(person_id) FROM access_addressheld
      WHERE 'police' = ANY (access_groups()) AND agency_id = me.agency_id
        AND made_at <= now_at AND (ended_at IS NULL OR ended_at > now_at))
  END;
  SELECT coalesce(jsonb_object_agg(key, 1), '{}') INTO found FROM access_keys(coalesce(who, '{}')) AS key;
  RETURN found;
END $$;

-- Entries of which their source lets the reader's agency see less than `wanted`.
CREATE OR REPLACE FUNCTION access_withheld_now(wanted integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(jsonb_object_agg(entry_id, 1), '{}') FROM (
    SELECT DISTINCT ON (d.entry_id) d.entry_id, d.at_most
    FROM access_sharedecision d, access_me() me
    WHERE (d.to_agency_id = me.agency_id OR d.to_agency_id IS NULL)
      AND d.made_at <= access_at() AND (d.ended_at IS NULL OR d.ended_at > access_at())
    ORDER BY d.entry_id, d.to_agency_id IS NULL
  ) AS decided WHERE at_most < wanted AND EXISTS (SELECT FROM access_me() me WHERE me.user_id IS NOT NULL)
$$;

-- The same three, worked out once in a turn of reading and kept in a setting of the transaction.
CREATE OR REPLACE FUNCTION access_kept(name text, INOUT answer jsonb, OUT there boolean)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  kept text := access_setting('kept_' || name); turn text := access_setting('turn');
BEGIN
  there := turn IS NOT NULL AND left(kept, 36) = turn;
  there := coalesce(there, false);
  IF there THEN
    answer := substr(kept, 37)::jsonb;
  ELSIF answer IS NOT NULL AND turn IS NOT NULL THEN
    PERFORM set_config('onestory.kept_' || name, turn || answer::text, true);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION access_reach(info integer, wanted integer, given text[] DEFAULT '{}') RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  name text := format('reach_%s_%s_%s', info, wanted, array_to_string(given, '_')); kept record;
BEGIN
  SELECT * INTO kept FROM access_kept(name, NULL);
  IF kept.there THEN RETURN kept.answer; END IF;
  SELECT * INTO kept FROM access_kept(name, access_reach_now(info, wanted, given));
  RETURN kept.answer;
END $$;

CREATE OR REPLACE FUNCTION access_marked(which text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE kept record;
BEGIN
  SELECT * INTO kept FROM access_kept('marked_' || which, NULL);
  IF kept.there THEN RETURN kept.answer; END IF;
  SELECT * INTO kept FROM access_kept('marked_' || which, access_marked_now(which));
  RETURN kept.answer;
END $$;

CREATE OR REPLACE FUNCTION access_withheld(wanted integer) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE kept record;
BEGIN
  SELECT * INTO kept FROM access_kept('withheld_' || wanted, NULL);
  IF kept.there THEN RETURN kept.answer; END IF;
  SELECT * INTO kept FROM access_kept('withheld_' || wanted, access_withheld_now(wanted));
  RETURN kept.answer;
END $$;

-- Whether the table shows a class to whoever has no tie at all (the front door, searching with a purpose).
CREATE OR REPLACE FUNCTION access_untied(info integer, wanted integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (
    SELECT FROM access_policycell c
    WHERE c.info = access_untied.info AND c.tie = 'none' AND c.level >= wanted
      AND c.needs::text[] <@ (access_groups() || CASE WHEN access_setting('purpose') IS NULL THEN '{}' ELSE '{purpose}' END::text[])
  ) AND NOT EXISTS (
    SELECT FROM access_policycap c
    WHERE c.info = access_untied.info AND c."group" = ANY (access_groups()) AND c.level < wanted
  )
$$;

-- Whether a list's row names the reader or their team.
CREATE OR REPLACE FUNCTION access_names(user_id uuid, team_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(access_names.user_id = me.user_id OR access_names.team_id = me.team_id, false) FROM access_me() me
$$;

-- Every agency record has a mark from the moment it is there. A move takes denials along; grants wait (marks.py).
CREATE OR REPLACE FUNCTION access_mark_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO access_recordmark (record_id, person_id, home_id, grants_follow_id)
      VALUES (NEW.id, NEW.person_id, NEW.person_id, NEW.person_id);
  ELSE
    UPDATE access_recordmark SET person_id = NEW.person_id, grants_follow_id = home_id WHERE record_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER access_mark AFTER INSERT OR UPDATE OF person_id ON people_agencyrecord
  FOR EACH ROW EXECUTE FUNCTION access_mark_record();
INSERT INTO access_recordmark (record_id, person_id, home_id, grants_follow_id)
  SELECT id, person_id, person_id, person_id FROM people_agencyrecord ORDER BY recorded_at, id
  ON CONFLICT DO NOTHING;
