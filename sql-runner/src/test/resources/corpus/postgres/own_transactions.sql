CREATE TABLE ledger_of_mine (id integer PRIMARY KEY, what text);

BEGIN;
INSERT INTO ledger_of_mine VALUES (1, 'begin; in a text');
SAVEPOINT before_two;
INSERT INTO ledger_of_mine VALUES (2, 'undone');
ROLLBACK TO SAVEPOINT before_two;
RELEASE SAVEPOINT before_two;
COMMIT;

START TRANSACTION ISOLATION LEVEL SERIALIZABLE;
SET LOCAL statement_timeout = '10s';
INSERT INTO ledger_of_mine VALUES (3, 'kept');
END;

BEGIN TRANSACTION;
INSERT INTO ledger_of_mine VALUES (4, 'never');
ROLLBACK;

begin work; insert into ledger_of_mine values (5, 'chained'); commit and chain; insert into ledger_of_mine values (6, 'aborted'); abort;
INSERT INTO ledger_of_mine VALUES (7, 'by itself');
