CREATE TABLE t (i int);
XA START 'one';
