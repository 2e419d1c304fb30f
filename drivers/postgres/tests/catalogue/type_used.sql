-- Views, rules, triggers, policies and functions use a column of which the type changes.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v varchar(10), w integer);
CREATE VIEW one AS SELECT id, v FROM t;
CREATE VIEW two AS SELECT v FROM one WHERE v <> '';
COMMENT ON VIEW two IS 'kept';
CREATE MATERIALIZED VIEW three AS SELECT v, count(*) AS n FROM t GROUP BY v;
CREATE UNIQUE INDEX three_v ON three (v);
CREATE INDEX t_v ON t (lower(v));
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER t_touched BEFORE UPDATE OF v ON t FOR EACH ROW WHEN (NEW.v IS NOT NULL) EXECUTE FUNCTION touched();
CREATE POLICY p ON t USING (v = current_user);
-- desired
CREATE TABLE t (id bigint PRIMARY KEY, v varchar(20), w integer);
CREATE VIEW one AS SELECT id, v FROM t;
CREATE VIEW two AS SELECT v FROM one WHERE v <> '';
COMMENT ON VIEW two IS 'kept';
CREATE MATERIALIZED VIEW three AS SELECT v, count(*) AS n FROM t GROUP BY v;
CREATE UNIQUE INDEX three_v ON three (v);
CREATE INDEX t_v ON t (lower(v));
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER t_touched BEFORE UPDATE OF v ON t FOR EACH ROW WHEN (NEW.v IS NOT NULL) EXECUTE FUNCTION touched();
CREATE POLICY p ON t USING (v = current_user);
-- rows
INSERT INTO t VALUES (1, 'a', 2);
-- kept
SELECT id, v FROM two JOIN t USING (v)
