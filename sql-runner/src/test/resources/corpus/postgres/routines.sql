CREATE TABLE account (id integer PRIMARY KEY, balance numeric NOT NULL DEFAULT 0);
CREATE TABLE account_log (what text);

CREATE OR REPLACE FUNCTION account_changed() RETURNS trigger AS $body$
DECLARE
    message text := 'it''s; ' || $$quo"ted;$$;
BEGIN
    /* not the end; */
    IF NEW.balance < 0 THEN
        RAISE EXCEPTION 'no; not %', NEW.balance;
    END IF;
    EXECUTE 'INSERT INTO account_log VALUES ($1)' USING message;
    RETURN NEW; -- END;
END
$body$ LANGUAGE plpgsql;

CREATE TRIGGER account_changes AFTER INSERT OR UPDATE ON account
    FOR EACH ROW EXECUTE FUNCTION account_changed();

CREATE FUNCTION account_sum(low integer, high integer = 10) RETURNS numeric
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT CASE WHEN count(*) = 0 THEN 0 ELSE (SELECT sum(balance) FROM account WHERE id BETWEEN $1 AND $2) END FROM account;
END;

CREATE PROCEDURE account_move(a integer, b integer, n numeric) BEGIN ATOMIC
    UPDATE account SET balance = balance - n WHERE id = a;
    UPDATE account SET balance = balance + n WHERE id = b;
END;

CREATE FUNCTION account_old(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1; SELECT $1 + 1;';
CREATE FUNCTION account_one() RETURNS integer RETURN 1;
CREATE RULE account_quiet AS ON DELETE TO account DO INSTEAD (UPDATE account SET balance = 0 WHERE id = OLD.id; SELECT 1);

DO $$
BEGIN
    INSERT INTO account VALUES (1, 100), (2, 0);
    PERFORM account_sum(1);
EXCEPTION WHEN unique_violation THEN
    NULL;
END $$;
DO LANGUAGE plpgsql 'BEGIN NULL; END';
CALL account_move(1, 2, 30);
CREATE VIEW "end" AS SELECT id, CASE id WHEN 1 THEN 'begin; atomic' END AS "begin" FROM account;
CREATE MATERIALIZED VIEW sums AS SELECT account_sum(1);
