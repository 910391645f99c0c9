-- Written on Windows; with a byte-order mark
CREATE DATABASE corpus_windows;
USE corpus_windows
CREATE TABLE city (
    id int PRIMARY KEY, -- a comment;
    name varchar(50) NOT NULL # another;
) DEFAULT CHARSET utf8mb4;

INSERT INTO city VALUES (1, 'two
lines; here');
DELIMITER //
CREATE PROCEDURE city_add(p int)
BEGIN
    INSERT INTO city VALUES (p, 'Zürich; CH');
END//
CALL city_add(2)//
DELIMITER ;
/* a block;
   comment */
SELECT name FROM city