CREATE TABLE t (i integer);

INSERT INTO t
VALUES (1),
       (2;

SELECT 'never reached; it''s all one';
