package dev.rowhouse.sql.ledger;

import java.util.Set;

/**
 * What a statement has to do with values that live in its session alone: variables, temporary tables, prepared statements, the last
 * generated id.
 *
 * @param takes names of values it reads or changes
 * @param leaves names of values it sets
 * @param ends names of values that are gone after it
 * @param nature what running it again later would come to
 */
record SessionUse(Set<String> takes, Set<String> leaves, Set<String> ends, Nature nature) {
    SessionUse {
        takes = Set.copyOf(takes);
        leaves = Set.copyOf(leaves);
        ends = Set.copyOf(ends);
    }

    /** What running a statement again later would come to. */
    enum Nature {
        /** It would leave the same. */
        CONSTANT,
        /** It would leave something else, since that depends on the data. */
        FROM_DATA,
        /** It would leave something else, but it also sets what must be set. */
        FROM_DATA_AND_SETTINGS
    }
}
