CREATE DATABASE corpus_transactions; USE corpus_transactions;
CREATE TABLE mine (id int PRIMARY KEY, what varchar(50));

START TRANSACTION;
INSERT INTO mine VALUES (1, 'begin; in a text');
SAVEPOINT before_two;
INSERT INTO mine VALUES (2, 'undone');
ROLLBACK TO SAVEPOINT before_two;
RELEASE SAVEPOINT before_two;
COMMIT;

begin work;
insert into mine values (3, 'never');
rollback;

BEGIN; INSERT INTO mine VALUES (4, 'chained'); COMMIT AND CHAIN; INSERT INTO mine VALUES (5, 'rolled back'); ROLLBACK AND NO CHAIN;
SET autocommit = OFF;
INSERT INTO mine VALUES (6, 'kept');
COMMIT WORK;
SET SESSION autocommit := 1;
INSERT INTO mine VALUES (7, 'by itself');
