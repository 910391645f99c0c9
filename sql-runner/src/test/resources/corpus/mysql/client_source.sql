CREATE TABLE t (i int);
-- source is refused; in a comment it is not
INSERT INTO t VALUES (1);
source /home/me/secret.sql
