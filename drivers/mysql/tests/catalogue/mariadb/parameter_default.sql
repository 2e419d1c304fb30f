-- A parameter has a default.
-- current
CREATE PROCEDURE p(x int) SELECT x;
-- desired
CREATE PROCEDURE p(x int DEFAULT 5) SELECT x;
