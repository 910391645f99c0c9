/**
 * Running a script so that each statement is applied exactly once, whoever dies in between: the order of statements, transactions
 * and ledger rows. What a transaction is and where the rows are kept is the engines' business, behind {@link
 * dev.rowhouse.sql.ledger.ScriptDatabase}.
 */
package dev.rowhouse.sql.ledger;
