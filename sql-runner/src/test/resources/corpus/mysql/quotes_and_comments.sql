# Semicolons where they end nothing; each statement by itself is valid.
--Two minus signs; at the beginning of a line are a comment to the client, with or without a blank
-- 
--
/* a block; comment /* which does not nest; */
CREATE DATABASE /* here; */ corpus_quotes; USE corpus_quotes;
CREATE TABLE `quo;ted` (
    id int PRIMARY KEY, -- a comment; 'with' "quotes" `
    `it's; ``here``` varchar(100), # ; '
    price int DEFAULT 6 COMMENT 'price; it\'s "net"', /* ; ' */
    doc json
) COMMENT = "table; ""of"" \"quotes\"";
INSERT INTO `quo;ted` VALUES (1, 'it''s; here', 5--1, '{"a": "b;"}'), (2, 'it\'s; \\', 5 --1
, NULL);
INSERT INTO `quo;ted` VALUES (3, "it's; ""here""", 7, NULL), (4, "\";", 8, NULL), (5, '--', 1, NULL), (6, '/*', 2, NULL), (7, '*/', 3, NULL), (8, '#', 4, NULL);
INSERT INTO `quo;ted` SET id = 9, price = 1;; ; INSERT INTO `quo;ted` SET id = 10, price = 2;
SELECT 5--1;
SELECT 5 --	6;
+ 1;
SELECT 5-- ;
;
SELECT 1 # ;
+ 1, 'a' ';b' "c;", _utf8mb4'd;', N'e;', X'3B', b'1', 0x3B, 1 /*!+ 1 */, 2 /*!99999 + ; 'never' */;
(SELECT 1) UNION (SELECT 2 ORDER BY 1);
SELECT id, CASE WHEN id = 1 THEN 'one;' ELSE ')' END AS `end`, '${not_a_placeholder}' FROM `quo;ted` /* ; */ WHERE id IN (1, /* ) */ 2, -- )
3);
/*! SELECT 'always; executed' */;
/*!50000 SELECT 'executed; as well' */;
/*!50000 */;
/* nothing; at all */;
SELECT /*+ SET_VAR(sort_buffer_size = 16M) */ 'a hint;';
SELECT 'last; without its semicolon' -- and a comment; at the end
