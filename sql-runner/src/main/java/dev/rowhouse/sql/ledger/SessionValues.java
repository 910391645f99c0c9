package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.ledger.SessionUse.Nature;
import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptReader;
import dev.rowhouse.sql.script.ScriptStatement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private final BitSet within = new BitSet();
    private final BitSet fromData = new BitSet();
    private final BitSet notRepeatable = new BitSet();

    /** By the statement that set a value: the one after which it is gone. */
    private final Map<Integer, Integer> ends = new HashMap<>();

    /** By the statement after which values are gone: those that set them. */
    private final Map<Integer, List<Integer>> setters = new HashMap<>();

    /** By the statement that is a setting: the names of what it sets. */
    private final Map<Integer, Set<String>> settings = new HashMap<>();

    private SessionValues() {}

    static SessionValues of(Script script) {
        SessionValues values = new SessionValues();
        SessionUses uses = new SessionUses();
        Map<String, Span> alive = new HashMap<>();
        Map<String, List<Integer>> set = new HashMap<>();
        try (ScriptReader reader = script.open()) {
            while (reader.hasNext()) {
                ScriptStatement statement = reader.next();
                SessionUse use = uses.of(statement);
                values.follow(statement.index(), use, alive, set);
                if (statement.kind() == Kind.SESSION) {
                    values.settings.put(statement.index(), use.leaves());
                }
            }
        }
        alive.values().forEach(values::keep);
        return values;
    }

    private void follow(int index, SessionUse use, Map<String, Span> alive, Map<String, List<Integer>> set) {
        boolean takesFromData = false;
        for (String name : use.takes()) {
            takesFromData |= alive.computeIfPresent(name, (n, known) -> new Span(n, known.left(), index)) != null;
        }
        boolean derived = takesFromData || use.nature() != Nature.CONSTANT;
        fromData.set(index, derived);
        notRepeatable.set(
                index,
                takesFromData || use.nature() == Nature.FROM_DATA || !use.ends().isEmpty());
        for (String name : use.leaves()) {
            leave(name, index, derived, alive);
            if (!set.containsKey(name) || use.nature() == Nature.CONSTANT) {
                // What fills a temporary table does not make it.
                set.computeIfAbsent(name, n -> new ArrayList<>()).add(index);
            }
        }
        for (String name : use.ends()) {
            end(alive.remove(name));
            List<Integer> by = set.getOrDefault(name, List.of());
            by.forEach(setter -> ends.put(setter, index));
            setters.computeIfAbsent(index, i -> new ArrayList<>()).addAll(by);
            set.remove(name);
        }
    }

    private void leave(String name, int index, boolean derived, Map<String, Span> alive) {
        Span before = alive.get(name);
        if (derived && before != null && name.equals(SessionUses.GENERATED) && before.taken() == before.left()) {
            // Nobody knows which INSERT generates one: what takes it may take it of the first.
            return;
        }
        end(before);
        if (derived) {
            alive.put(name, new Span(name, index, index));
        } else {
            alive.remove(name);
        }
    }

    private void end(Span span) {
        if (span != null) {
            keep(span);
        }
    }

    private void keep(Span span) {
        if (span.taken() > span.left()) {
            spans.add(span);
            within.set(span.left() + 1, span.taken() + 1);
        }
    }

    /** Whether nothing is handed over here through the session. */
    boolean mayPartBefore(int index) {
        return !within.get(index);
    }

    /** Whether a statement may do, beside what it sets, something to the data. */
    boolean dependsOnData(int index) {
        return fromData.get(index);
    }

    /** A value that is lost to whoever begins at this statement, and is needed from there on. */
    Optional<Span> lostBefore(int index) {
        return spans.stream()
                .filter(span -> span.left() < index && index <= span.taken())
                .findFirst();
    }

    /**
     * Whether a setting is to be made again by a session that goes on after {@code finished}: not one that depends on the data, and
     * not one that is gone by then, nor what ends one.
     */
    boolean isToBeRepeated(int index, int finished) {
        return !notRepeatable.get(index) && ends.getOrDefault(index, Integer.MAX_VALUE) > finished;
    }

    /** The names of what a setting sets, where it has names. */
    Set<String> setBy(int index) {
        return settings.getOrDefault(index, Set.of());
    }

    /** Whether a statement ends what a session that goes on after {@code finished} has not made again. */
    boolean endsWhatIsNotThere(int index, int finished) {
        return setters.getOrDefault(index, List.of()).stream()
                .anyMatch(setter -> setter <= finished && notRepeatable.get(setter));
    }
}
