-- Names that need quotes.
-- current
CREATE TABLE "two words" ("a ""b""" INT, [c d] INT, `e``f` INT, "select" INT, "Ünï 🦀" INT); CREATE TABLE "order" (id INTEGER PRIMARY KEY, "key" INT REFERENCES "two words" ("select")); CREATE UNIQUE INDEX "in dex" ON "two words" ("select"); CREATE INDEX "Ünï" ON "two words" ("Ünï 🦀" DESC, "a ""b"""); CREATE VIEW "a view" AS SELECT "a ""b""" AS "select" FROM "two words"; CREATE TRIGGER "it's" AFTER INSERT ON "two words" BEGIN DELETE FROM "order" WHERE "key" = new."select"; END;
-- desired
CREATE TABLE "two words" ("a ""b""" INT NOT NULL, [c d] INT, `e``f` INT, "select" INT, "Ünï 🦀" INT, "from" INT); CREATE TABLE "order" (id INTEGER PRIMARY KEY, "key" INT REFERENCES "two words" ("select") ON DELETE CASCADE); CREATE UNIQUE INDEX "in dex" ON "two words" ("select"); CREATE INDEX "Ünï" ON "two words" ("Ünï 🦀" DESC, "a ""b"""); CREATE VIEW "a view" AS SELECT "a ""b""" AS "select" FROM "two words"; CREATE TRIGGER "it's" AFTER INSERT ON "two words" BEGIN DELETE FROM "order" WHERE "key" = new."select"; END; CREATE TABLE "Order 2" ("x" INT);
-- rows
INSERT INTO "two words" ("a ""b""", "select") VALUES (1, 2);
-- kept
SELECT "a ""b""", "select" FROM "two words"
