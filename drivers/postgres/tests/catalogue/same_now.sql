-- Nothing to do: now.
-- current
CREATE TABLE t (a timestamptz DEFAULT now(), b timestamp DEFAULT CURRENT_TIMESTAMP, c date DEFAULT current_date);
-- same
CREATE TABLE t (a timestamp with time zone DEFAULT NOW(), b timestamp without time zone DEFAULT current_timestamp, c date DEFAULT CURRENT_DATE);
