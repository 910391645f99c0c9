-- Written on Windows; with a byte-order mark
CREATE TABLE city (
    id integer PRIMARY KEY, -- a comment;
    name text NOT NULL
);

INSERT INTO city VALUES (1, 'two
lines; here');
COPY city (id, name) FROM stdin;
2	Zürich; CH
3	Göteborg
\.

/* a block;
   comment */
CREATE FUNCTION city_name(p integer) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT name FROM city WHERE id = p);
END;
$$;
SELECT city_name(2);