-- When an event starts that was given no beginning is no difference.
-- current
CREATE EVENT e ON SCHEDULE EVERY 1 HOUR DISABLE DO SET @x = 1;
-- same
CREATE EVENT e ON SCHEDULE EVERY 1 HOUR DISABLE DO SET @x = 1;
