-- Blanks, comments, quotes, keywords and types in other writing.
-- current
CREATE TABLE account (id integer primary key autoincrement not null, [name] varchar(10) default 'x' collate nocase, "key" int generated always as (id + 1) virtual, constraint k check (name <> '' and lower(name) is not null), unique (name, id)); create index i on account (name asc, id desc) where id > 0; create view v as select account.id as n from account; create trigger g after update of name on account begin select 1; end;
-- same
CREATE TABLE "account" (
  `id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, -- key
  name VARCHAR (10) DEFAULT 'x' COLLATE NOCASE,
  key INT AS ("id" + 1) VIRTUAL,
  CONSTRAINT "k" CHECK ("name" <> '' AND LOWER([name]) IS NOT NULL),
  UNIQUE ("name", id)
);
CREATE INDEX IF NOT EXISTS "i" ON [account] ("name", id DESC) WHERE "id">0;
CREATE VIEW "v" AS /* all */ SELECT "account"."id" AS "n" FROM "account";
CREATE TRIGGER IF NOT EXISTS "g" AFTER UPDATE OF "name" ON "account" BEGIN SELECT 1; END;
