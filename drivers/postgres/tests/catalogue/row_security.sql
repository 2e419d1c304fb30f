-- Whose rows are whose.
-- current
CREATE TABLE t (a integer, b name);
CREATE POLICY p ON t USING (a > 0);
CREATE POLICY q ON t FOR SELECT USING (true);
-- desired
CREATE TABLE t (a integer, b name);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON t TO current_user USING (b = current_user);
CREATE POLICY q ON t AS RESTRICTIVE FOR UPDATE USING (a > 0) WITH CHECK (a > 1);
CREATE POLICY r ON t FOR INSERT WITH CHECK (a > 2);
COMMENT ON POLICY p ON t IS 'own rows';
