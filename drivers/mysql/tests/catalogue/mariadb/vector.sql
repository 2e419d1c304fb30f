-- An index of what is near.
-- current
CREATE TABLE item (id int PRIMARY KEY, place vector(3) NOT NULL);
-- desired
CREATE TABLE item (id int PRIMARY KEY, place vector(3) NOT NULL, VECTOR KEY ix (place) M=8 DISTANCE=cosine);
