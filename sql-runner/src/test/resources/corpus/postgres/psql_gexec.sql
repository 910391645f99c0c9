SELECT format('CREATE TABLE t%s (i integer)', n) FROM generate_series(1, 3) AS n
\gexec
