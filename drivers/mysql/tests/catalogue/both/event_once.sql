-- An event happens once.
-- current
CREATE EVENT e ON SCHEDULE AT '2036-01-01 00:00:00' DO SET @x = 1;
-- desired
SET time_zone = '+02:00';
CREATE EVENT e ON SCHEDULE AT '2036-05-01 12:00:00' ON COMPLETION PRESERVE DO SET @x = 1;
