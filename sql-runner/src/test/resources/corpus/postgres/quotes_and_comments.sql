-- Semicolons where they end nothing; each statement by itself is valid.
/* a block; comment /* nested; */ still; */
CREATE TABLE "quo;ted" (
    id integer PRIMARY KEY, -- a comment; 'with' "quotes" $$
    "it's; ""here""" text, /* ; ' */
    price numeric DEFAULT 5, --1;
    CHECK (price > 0)
);
CREATE TABLE braces (j jsonb DEFAULT '{"a;b": ["${not_a_placeholder}"]}', a integer[] DEFAULT '{1,2}');

INSERT INTO "quo;ted" VALUES (1, 'it''s; here', 6), (2, E'it\'s; \\', 7), (3, e'tab\t;', 8), (4, U&'d\0061t\+000061;', 9);
INSERT INTO "quo;ted" VALUES (5, $$it's; "here"$$, 1), (6, $a$ $$ ; $b$ $a$, 2), (7, 'C:\', 3), (8, '--', 4);
INSERT INTO "quo;ted" VALUES (9, '/*', 1); INSERT INTO "quo;ted" VALUES (10, '*/', 1);;
INSERT INTO braces VALUES ('{"a": "\";"}', '{3}'), (DEFAULT, ARRAY[4, 5]);
SELECT 5--1;
;
SELECT 5 - -1 AS "six;", B'101', X'1F', 'a'
  ';c';
(SELECT 1) UNION (SELECT 2 ORDER BY 1);
(VALUES (1, ')'), (2, '('));
SELECT id, CASE WHEN id = 1 THEN 'one;' WHEN id = 2 THEN ')' END AS "end" FROM "quo;ted" WHERE id = ANY (ARRAY[1, 2]);
SELECT 'last; without its semicolon' AS "last" -- and a comment; at the end
