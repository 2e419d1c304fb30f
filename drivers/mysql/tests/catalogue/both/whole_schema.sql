-- Everything at once, from nothing and back.
-- current

-- desired
CREATE TABLE country (code char(2) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY, name varchar(100) NOT NULL) COMMENT='Countries';
CREATE TABLE customer (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email varchar(200) NOT NULL,
  country char(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'DE',
  balance decimal(12,2) NOT NULL DEFAULT 0,
  kind enum('person','firm') NOT NULL DEFAULT 'person',
  settings json,
  made timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  changed timestamp(6) NULL ON UPDATE CURRENT_TIMESTAMP(6),
  domain varchar(200) AS (substring_index(email, '@', -1)) STORED,
  UNIQUE KEY uq_email (email),
  KEY ix_domain (domain(20)),
  CONSTRAINT ck_balance CHECK (balance >= 0),
  CONSTRAINT fk_country FOREIGN KEY (country) REFERENCES country (code) ON UPDATE CASCADE
);
CREATE TABLE audit (id bigint AUTO_INCREMENT PRIMARY KEY, what varchar(200), at datetime DEFAULT CURRENT_TIMESTAMP);
CREATE VIEW firms AS SELECT id, email FROM customer WHERE kind = 'firm';
DELIMITER //
CREATE PROCEDURE note(IN what varchar(200))
BEGIN
  INSERT INTO audit (what) VALUES (concat('note: ', what));
END//
CREATE TRIGGER customer_made AFTER INSERT ON customer FOR EACH ROW CALL note(NEW.email)//
DELIMITER ;
CREATE EVENT sweep ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM audit WHERE at < now() - INTERVAL 1 YEAR;
