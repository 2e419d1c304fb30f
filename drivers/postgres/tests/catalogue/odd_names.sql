-- Names with quotes, blanks, capitals, words of SQL and signs of other scripts.
-- current
CREATE SCHEMA "My ""schema""";
CREATE TABLE "My ""schema"""."select" ("from" integer PRIMARY KEY, "a b" text, "Größe😀" integer DEFAULT 1);
CREATE TABLE "a.b" ("x.y" integer);
-- desired
CREATE SCHEMA "My ""schema""";
CREATE TYPE "My ""schema"""."Mood'" AS ENUM ('a', 'b');
CREATE TABLE "My ""schema"""."select" ("from" bigint CONSTRAINT "p k" PRIMARY KEY, "a b" varchar(20), "Größe😀" integer DEFAULT 2, "it's" "My ""schema"""."Mood'");
CREATE INDEX "i ""x""" ON "My ""schema"""."select" (lower("a b"));
COMMENT ON COLUMN "My ""schema"""."select"."it's" IS '"';
CREATE VIEW "a.b" AS SELECT "from" AS "x""y" FROM "My ""schema"""."select";
CREATE TABLE b ("User" integer CONSTRAINT "c-1" REFERENCES "My ""schema"""."select", CHECK ("User" > 0));
-- rows
INSERT INTO "My ""schema"""."select" VALUES (1, 'x');
-- kept
SELECT "from", "a b" FROM "My ""schema"""."select"
