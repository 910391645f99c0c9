CREATE TABLE t (i integer);
-- \i is refused; in a comment it is not
INSERT INTO t VALUES (1);
\i /home/me/secret.sql
