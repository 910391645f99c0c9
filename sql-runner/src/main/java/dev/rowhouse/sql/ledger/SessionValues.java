package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptReader;
import dev.rowhouse.sql.script.ScriptStatement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a script hands values from statement to statement through its session, and where that makes it inseparable: between a
 * statement that leaves a value which depends on the data, and the last one that takes it, no other session can go on. Immutable.
 */
final class SessionValues {
    /** Of a script that is never gone on with in the middle. */
    static final SessionValues NONE = new SessionValues();

    /**
     * A value's life.
     *
     * @param name of the value, as the script writes it
     * @param left index of the statement that set it
     * @param taken index of the last statement that takes it before it is set anew
     */
    record Span(String name, int left, int taken) {}

    private final List<Span> spans = new ArrayList<>();
    private final BitSet fromData = new BitSet();

    private SessionValues() {}

    static SessionValues of(Script script) {
        SessionValues values = new SessionValues();
        SessionUses uses = new SessionUses();
        Map<String, Span> alive = new HashMap<>();
        try (ScriptReader reader = script.open()) {
            while (reader.hasNext()) {
                ScriptStatement statement = reader.next();
                values.follow(statement.index(), uses.of(statement), alive);
            }
        }
        alive.values().forEach(values::keep);
        return values;
    }

    private void follow(int index, SessionUse use, Map<String, Span> alive) {
        boolean derived = use.fromData();
        for (String name : use.takes()) {
            Span span = alive.computeIfPresent(name, (n, known) -> new Span(n, known.left(), index));
            derived |= span != null;
        }
        fromData.set(index, derived);
        for (String name : use.leaves()) {
            Span ended = derived ? alive.put(name, new Span(name, index, index)) : alive.remove(name);
            if (ended != null) {
                keep(ended);
            }
        }
    }

    private void keep(Span span) {
        if (span.taken() > span.left()) {
            spans.add(span);
        }
    }

    /** A value that is lost to whoever begins at this statement, and is needed from there on. */
    Optional<Span> lostBefore(int index) {
        return spans.stream()
                .filter(span -> span.left() < index && index <= span.taken())
                .findFirst();
    }

    /** Whether running the statement again later would leave the same values. */
    boolean canBeRepeated(int index) {
        return !fromData.get(index);
    }
}
