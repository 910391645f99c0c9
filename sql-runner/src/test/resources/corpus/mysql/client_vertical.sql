CREATE TABLE t (source int, status int, quit int);
SELECT source, status, quit
  FROM t\G
