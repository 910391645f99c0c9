CREATE DATABASE corpus_programs;
USE corpus_programs;
CREATE TABLE note (id int PRIMARY KEY AUTO_INCREMENT, what varchar(100));
CREATE TABLE event (id int, `trigger` int, `begin` int);

CREATE DEFINER=`corpus`@`%` PROCEDURE fill(IN n int)
BEGIN
    DECLARE i int DEFAULT 0;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END;
    outer_block: BEGIN
        WHILE i < n DO
            SET i = i + 1;
            IF i % 2 = 0 THEN
                INSERT INTO note (what) VALUES (CASE i WHEN 2 THEN 'two;' ELSE 'even' END);
            ELSEIF i = 5 THEN LEAVE outer_block;
            ELSE
                CASE WHEN i = 1 THEN SET @end = 1; ELSE SET @begin = 2; END CASE;
            END IF;
        END WHILE;
        REPEAT SET i = i - 1; UNTIL i < 0 END REPEAT;
        again: LOOP LEAVE again; END LOOP again;
    END outer_block;
END;
CALL fill(10);

CREATE FUNCTION sign_of(n int) RETURNS varchar(10) DETERMINISTIC NO SQL
BEGIN
    RETURN IF(n < 0, 'minus;', CASE WHEN n = 0 THEN 'zero' ELSE 'plus' END);
END;

CREATE DEFINER = 'corpus'@'%' TRIGGER note_bi BEFORE INSERT ON note FOR EACH ROW
BEGIN
    IF NEW.what IS NULL THEN SET NEW.what = 'none;'; END IF;
END;
CREATE TRIGGER note_bu BEFORE UPDATE ON note FOR EACH ROW SET NEW.what = trim(NEW.what);
CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY DISABLE DO BEGIN DELETE FROM note; DELETE FROM event; END;
ALTER EVENT tidy COMMENT 'tidies; up' DO BEGIN DELETE FROM event; END;
CREATE VIEW v AS SELECT CASE id WHEN 1 THEN 2 END AS c, `begin` FROM event;
INSERT INTO note (what) VALUES (NULL), (sign_of(-1));
