package dev.rowhouse.sql.ledger;

import java.util.Set;

/**
 * What a statement has to do with values that live in its session alone: variables, temporary tables, prepared statements, the last
 * generated id.
 *
 * @param takes names of values it reads or changes
 * @param leaves names of values it sets
 * @param ends names of values that are gone after it
 * @param fromData whether what it leaves depends on the data, so that running it again later would leave something else
 */
record SessionUse(Set<String> takes, Set<String> leaves, Set<String> ends, boolean fromData) {
    SessionUse {
        takes = Set.copyOf(takes);
        leaves = Set.copyOf(leaves);
        ends = Set.copyOf(ends);
    }
}
