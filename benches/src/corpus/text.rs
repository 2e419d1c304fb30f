//! SQL texts to cut into statements.

/// What dialects have in common: names, numbers, strings with quotes and semicolons in them, comments.
const STANDARD: &str = "\
-- The accounts; one row for each customer.
CREATE TABLE account (id BIGINT NOT NULL, name VARCHAR(50) DEFAULT 'it''s; new', amount NUMERIC(12, 2), PRIMARY KEY (id));
/* Rows that every
   account needs; not more. */
INSERT INTO \"account\" (id, name, amount) VALUES (1, 'first; one', 12.50), (2, 'second -- one', 1e3), (3, NULL, -4);
UPDATE account SET amount = amount * 1.5 + 3 WHERE name LIKE '%a%' AND id <> 7 OR amount >= 100.0;
SELECT a.id, count(*) FROM account AS a WHERE a.name IN ('x', 'y') GROUP BY a.id HAVING count(*) > 1 ORDER BY a.id;
";

const POSTGRES: &str = "\
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    NEW.changed := now(); -- at once
    RETURN NEW;
END;
$body$;
SELECT E'a\\'b' || U&'\\0041', data->>'key', tags @> ARRAY['x']::text[] FROM entry; /* nested /* comments */ here */
";

const MYSQL: &str = "\
DELIMITER //
CREATE TRIGGER account_changed BEFORE UPDATE ON `account` FOR EACH ROW BEGIN
    SET NEW.changed = NOW(); # at once
    SET @last = 'it\\'s; so';
END//
DELIMITER ;
/*!50001 ALTER TABLE `account` COMMENT \"a 'text'\" */;
";

const SQLITE: &str = "\
CREATE TRIGGER account_changed AFTER UPDATE ON [account] BEGIN
    UPDATE `log` SET changed = CASE WHEN new.amount > 1 THEN 'more;' ELSE 'less' END WHERE id = ?1;
    DELETE FROM log WHERE name = :name;
END;
";

/// A text of about so many bytes, with what the rules of a dialect of this name are about.
pub fn sql(dialect: &str, bytes: usize) -> String {
    let own = match dialect {
        "postgres" => POSTGRES,
        "mysql" | "mariadb" => MYSQL,
        "sqlite" => SQLITE,
        _ => "",
    };
    let piece = [STANDARD, own].concat();
    piece.repeat(bytes / piece.len() + 1)
}
