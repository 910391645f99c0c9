CREATE TABLE item (id integer, name text);
COPY item FROM STDIN;
1	a;b
2	it's -- not; a comment
3	\\restrict not either
\.
copy item (id, name) from stdin with (format csv, quote '"');
4,"quoted; ""csv"""
5,"C:\"
\.
COPY "item" FROM stdin;
\.
COPY item FROM stdin;
6	the last; without an end
