-- Nothing to do: random.
-- current
CREATE TABLE t (a double precision DEFAULT random(), b uuid DEFAULT md5(random()::text)::uuid);
-- same
CREATE TABLE t (a double precision DEFAULT (random()), b uuid DEFAULT CAST(md5(CAST(random() AS text)) AS uuid));
