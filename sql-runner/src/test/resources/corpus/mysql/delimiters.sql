CREATE DATABASE corpus_delimiters;
USE corpus_delimiters;
CREATE TABLE log (delimiter varchar(20), at int);
delimiter //
CREATE PROCEDURE one() BEGIN INSERT INTO log VALUES ('one;', 1); END//
CALL one()// CALL one()
//
DELIMITER $$
CREATE PROCEDURE two()
BEGIN
    INSERT INTO log VALUES ('$two', 10 / 5); -- a $ alone
    IF (SELECT count(*) FROM log) > 0 THEN
        INSERT INTO log VALUES ('//', 3);
    END IF;
END
$$
CALL two()$$
DELIMITER ;;
CREATE PROCEDURE three() BEGIN SELECT 1; SELECT delimiter FROM log; END;;
CALL three;;
DELIMITER END_OF_STATEMENT
CREATE PROCEDURE four() BEGIN INSERT INTO log VALUES ('four', 4); END END_OF_STATEMENT
CALL four() END_OF_STATEMENT
DELIMITER '|' -- quoted, with a comment
INSERT INTO log VALUES ('|;', 5) |
DELIMITER ;
SELECT delimiter FROM log; DELIMITER @@
INSERT INTO log VALUES ('@', 6)@@
DELIMITER ;
