package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.ledger.SessionUse.Nature;
import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.ScriptStatement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells, statement by statement in their order, what each has to do with values that live in the session alone. It looks at words
 * and does not parse: where it sees a use that is none, more statements share a transaction than need be, or a script that was
 * interrupted there is not gone on with.
 */
final class SessionUses {
    /** What MySQL keeps from the last INSERT that generated one, PostgreSQL from the last {@code nextval}. */
    static final String GENERATED = "the last generated id";

    static final String CURRENT_DATABASE = "the current database";

    private static final String COUNTS = "the last statement's count of rows";
    private static final String SETTINGS = "a setting of the session";
    private static final String ANY_VARIABLE = "a variable that a procedure may have set";

    private static final String IDENTIFIER = "(?:[`\"][^`\"]+[`\"]|[\\p{L}\\p{N}_$]+)";
    private static final String NAME = "((?:" + IDENTIFIER + "\\.)?" + IDENTIFIER + ")";

    private static final Pattern CREATES_TEMPORARY = words("CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:LOCAL\\s+|GLOBAL\\s+)?"
            + "TEMP(?:ORARY)?\\s+\\w+\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?" + NAME);
    private static final Pattern CREATES_TEMPORARY_OTHERWISE =
            words("CREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(pg_temp\\." + IDENTIFIER + ")"
                    + "|SELECT\\b.*?\\bINTO\\s+(?:LOCAL\\s+)?TEMP(?:ORARY)?\\s+(?:TABLE\\s+)?" + NAME);
    private static final Pattern DROPS =
            words("DROP\\s+(?:TEMPORARY\\s+)?\\w+\\s+(?:IF\\s+EXISTS\\s+)?(" + NAME + "(?:\\s*,\\s*" + NAME + ")*)");
    private static final Pattern PREPARES = words("PREPARE\\s+" + NAME);
    private static final Pattern DEALLOCATES = words("(?:DEALLOCATE|DROP)\\s+(?:PREPARE\\s+)?" + NAME);
    private static final Pattern USES_DATABASE = words("USE\\b");
    private static final Pattern SETS = words("(?:/\\*M?![0-9]*\\s*)?SET\\b");
    private static final Pattern INSERTS = words("(?:INSERT|REPLACE|LOAD|WITH|MERGE|COPY|SELECT\\b.*\\bNEXTVAL)\\b");
    private static final Pattern SETS_GENERATED = words("\\bLAST_INSERT_ID\\s*\\(\\s*[^)\\s]");
    private static final Pattern READS = words("(?:SELECT|SHOW|VALUES|TABLE|DO)\\b");
    private static final Pattern SELECTS = words("\\bSELECT\\b");
    private static final Pattern CALLS = words("CALL\\b");

    private static final String VARIABLE_NAME = "@(?:[`'\"][^`'\"]+[`'\"]|[\\p{L}\\p{N}_$.]+)";
    private static final Pattern VARIABLE = words("(?<![@`'\"\\p{L}\\p{N}_])" + VARIABLE_NAME);
    private static final Pattern ASSIGNED = words("(?<!@)(" + VARIABLE_NAME + ")\\s*:?=");
    private static final Pattern ASSIGNED_WITHIN = words("(?<!@)(" + VARIABLE_NAME + ")\\s*:=");
    private static final Pattern ASSIGNED_INTO =
            words("\\bINTO\\s+((?:" + VARIABLE_NAME + "\\s*,\\s*)*" + VARIABLE_NAME + ")");
    private static final Pattern ASSIGNED_SETTING = words("(?<![@.\\w])(?:@@)?[A-Za-z_][\\w.]*\\s*:?=");

    /** What has the same value whenever it is asked. */
    private static final Pattern ASSIGNED_CONSTANT = words("(?<!@)" + VARIABLE_NAME
            + "\\s*:?=\\s*(?:'[^']*'|\"[^\"]*\"|-?[\\d.]+|0x\\w+|NULL|TRUE|FALSE|@@[\\w.]+|" + VARIABLE_NAME
            + ")\\s*(?=,|$|\\*/)");

    /** Names that were set, with what finds them in a statement. */
    private final Map<String, Predicate<String>> known = new HashMap<>();

    private final Set<String> temporary = new HashSet<>();

    SessionUses() {
        known.put(
                GENERATED,
                words("\\b(?:LAST_INSERT_ID|LASTVAL|CURRVAL)\\s*\\(|@@(?:SESSION\\.)?(?:IDENTITY|LAST_INSERT_ID)\\b")
                        .asPredicate());
        known.put(COUNTS, words("\\b(?:ROW_COUNT|FOUND_ROWS)\\s*\\(").asPredicate());
    }

    SessionUse of(ScriptStatement statement) {
        String sql = statement.text();
        Matcher creates = CREATES_TEMPORARY.matcher(sql);
        if (creates.lookingAt()) {
            return creates(creates.group(1), sql, SELECTS.matcher(sql).find() ? Nature.FROM_DATA : Nature.CONSTANT);
        }
        Matcher otherwise = CREATES_TEMPORARY_OTHERWISE.matcher(sql);
        if (otherwise.lookingAt()) {
            // Not run again, as others are: so what it leaves counts as made of data.
            return creates(otherwise.group(1) == null ? otherwise.group(2) : otherwise.group(1), sql, Nature.FROM_DATA);
        }
        Set<String> ended = ended(DROPS, sql);
        ended.addAll(ended(DEALLOCATES, sql));
        if (!ended.isEmpty()) {
            temporary.removeAll(ended);
            return new SessionUse(Set.of(), Set.of(), ended, Nature.CONSTANT);
        }
        Matcher prepares = PREPARES.matcher(sql);
        if (prepares.lookingAt()) {
            Set<String> takes = taken(sql);
            String name = know(bare(prepares.group(1)));
            takes.remove(name);
            return new SessionUse(takes, Set.of(name), Set.of(), Nature.CONSTANT);
        }
        if (USES_DATABASE.matcher(sql).lookingAt()) {
            return new SessionUse(Set.of(), Set.of(CURRENT_DATABASE), Set.of(), Nature.CONSTANT);
        }
        if (SETS.matcher(sql).lookingAt()) {
            return setting(statement);
        }
        return statement.kind() == Kind.SESSION
                ? new SessionUse(taken(sql), Set.of(), Set.of(), Nature.CONSTANT)
                : working(statement);
    }

    private Set<String> ended(Pattern pattern, String sql) {
        Matcher ends = pattern.matcher(sql);
        if (!ends.lookingAt()) {
            return new HashSet<>();
        }
        return Stream.of(ends.group(1).split(","))
                .map(name -> bare(name.strip()))
                .filter(known::containsKey)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private SessionUse creates(String written, String sql, Nature nature) {
        Set<String> takes = taken(sql);
        String name = know(bare(written));
        temporary.add(name);
        takes.remove(name);
        return new SessionUse(takes, Set.of(name), Set.of(), nature);
    }

    private SessionUse setting(ScriptStatement statement) {
        String sql = statement.text();
        // Without the names of variables that are assigned, which are not read.
        String assigning = ASSIGNED.matcher(sql).replaceAll("@=");
        Set<String> takes = taken(assigning);
        Set<String> leaves = groups(ASSIGNED, sql);
        boolean fromData = statement.kind() == Kind.COMMITS
                || ASSIGNED.matcher(sql).results().count()
                        > ASSIGNED_CONSTANT.matcher(sql).results().count();
        boolean alsoSettings = ASSIGNED_SETTING.matcher(assigning).find() || leaves.isEmpty();
        Nature nature = alsoSettings ? Nature.FROM_DATA_AND_SETTINGS : Nature.FROM_DATA;
        if (alsoSettings && !takes.isEmpty()) {
            // SET sql_mode = @mode: from here on everything depends on it.
            known.put(SETTINGS, text -> true);
            leaves.add(SETTINGS);
        }
        leaves.forEach(this::know);
        return new SessionUse(takes, leaves, Set.of(), fromData && !leaves.isEmpty() ? nature : Nature.CONSTANT);
    }

    private SessionUse working(ScriptStatement statement) {
        String sql = statement.text();
        Set<String> takes = taken(sql);
        Set<String> leaves = groups(ASSIGNED_WITHIN, sql);
        ASSIGNED_INTO
                .matcher(sql)
                .results()
                .flatMap(into -> VARIABLE.matcher(into.group(1)).results())
                .forEach(variable -> leaves.add(variable.group()));
        leaves.forEach(this::know);
        leaves.add(COUNTS);
        if (statement.kind() == Kind.OPAQUE || CALLS.matcher(sql).lookingAt()) {
            leaves.addAll(whatAProcedureMayLeave(sql));
        } else if (!READS.matcher(sql).lookingAt()) {
            takes.stream().filter(temporary::contains).forEach(leaves::add);
        }
        if (INSERTS.matcher(sql).lookingAt() || SETS_GENERATED.matcher(sql).find()) {
            leaves.add(GENERATED);
        }
        return new SessionUse(takes, leaves, Set.of(), Nature.FROM_DATA);
    }

    private Set<String> whatAProcedureMayLeave(String sql) {
        Set<String> leaves = new HashSet<>(temporary);
        leaves.add(GENERATED);
        VARIABLE.matcher(sql).results().forEach(variable -> leaves.add(know(variable.group())));
        if (CALLS.matcher(sql).lookingAt()) {
            known.keySet().stream().filter(name -> name.startsWith("@")).forEach(leaves::add);
        }
        known.put(
                ANY_VARIABLE,
                text -> VARIABLE.matcher(text).results().anyMatch(variable -> !known.containsKey(variable.group())));
        leaves.add(ANY_VARIABLE);
        return leaves;
    }

    private Set<String> taken(String sql) {
        return known.entrySet().stream()
                .filter(name -> name.getValue().test(sql))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> groups(Pattern pattern, String sql) {
        return pattern.matcher(sql)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private String know(String name) {
        Pattern word = words("(?<![\\p{L}\\p{N}_$@])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_$])");
        known.putIfAbsent(name, word.asPredicate());
        return name;
    }

    private static String bare(String name) {
        return name.replaceAll("[`\"]", "").replaceAll("^.*\\.", "");
    }

    private static Pattern words(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
