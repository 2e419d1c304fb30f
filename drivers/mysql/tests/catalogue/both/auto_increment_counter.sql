-- How far a table has counted is no difference.
-- current
CREATE TABLE account (id int AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT=1000;
-- same
CREATE TABLE account (id int AUTO_INCREMENT PRIMARY KEY);
