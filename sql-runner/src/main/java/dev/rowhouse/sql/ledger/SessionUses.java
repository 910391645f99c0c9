package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.ScriptStatement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells, statement by statement in their order, what each has to do with values that live in the session alone. It looks at words
 * and does not parse: where it sees a use that is none, more statements share a transaction than need be.
 */
final class SessionUses {
    private static final String GENERATED = "the last generated id";
    private static final String SETTINGS = "a setting of the session";

    private static final String IDENTIFIER = "(?:[`\"][^`\"]+[`\"]|[\\w$]+)";
    private static final String NAME = "((?:" + IDENTIFIER + "\\.)?" + IDENTIFIER + ")";

    private static final Pattern CREATES_TEMPORARY = words("CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:LOCAL\\s+|GLOBAL\\s+)?"
            + "TEMP(?:ORARY)?\\s+\\w+\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?" + NAME);
    private static final Pattern DROPS_TABLE = words("DROP\\s+(?:TEMPORARY\\s+)?TABLE\\s+(?:IF\\s+EXISTS\\s+)?" + NAME);
    private static final Pattern PREPARES = words("PREPARE\\s+" + NAME);
    private static final Pattern USES_DATABASE = words("USE\\b");
    private static final Pattern READS = words("(?:SELECT|SHOW|VALUES|TABLE)\\b");

    private static final Pattern SELECT = words("\\bSELECT\\b");
    private static final Pattern COMPUTES = words("\\(|\\bSELECT\\b");
    private static final Pattern VARIABLE = Pattern.compile("(?<!@)@(?:[`'\"][^`'\"]+[`'\"]|[\\w$.]+)");
    private static final Pattern ASSIGNS = words(":=|\\bINTO\\s+@");

    /** Names that were set, with what finds them in a statement. */
    private final Map<String, Pattern> known = new HashMap<>();

    SessionUses() {
        known.put(
                GENERATED,
                words("\\b(?:LAST_INSERT_ID|ROW_COUNT|FOUND_ROWS|LASTVAL|CURRVAL)\\s*\\("
                        + "|@@(?:SESSION\\.)?(?:IDENTITY|LAST_INSERT_ID)\\b"));
    }

    SessionUse of(ScriptStatement statement) {
        String sql = statement.text();
        Set<String> takes = known.entrySet().stream()
                .filter(name -> name.getValue().matcher(sql).find())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
        Matcher creates = CREATES_TEMPORARY.matcher(sql);
        if (creates.lookingAt()) {
            return setsAnew(creates.group(1), takes, SELECT.matcher(sql).find());
        }
        Matcher drops = DROPS_TABLE.matcher(sql);
        if (drops.lookingAt() && known.containsKey(bare(drops.group(1)))) {
            return setsAnew(drops.group(1), takes, false);
        }
        Matcher prepares = PREPARES.matcher(sql);
        if (prepares.lookingAt()) {
            return setsAnew(prepares.group(1), takes, false);
        }
        return statement.kind() == Kind.SESSION ? settingUp(sql, takes) : working(statement, takes);
    }

    private SessionUse setsAnew(String name, Set<String> takes, boolean fromData) {
        takes.remove(bare(name));
        return new SessionUse(takes, Set.of(know(bare(name), word(bare(name)))), fromData);
    }

    private SessionUse settingUp(String sql, Set<String> takes) {
        if (USES_DATABASE.matcher(sql).lookingAt()) {
            return new SessionUse(takes, Set.of("the current database"), false);
        }
        Set<String> leaves = variables(sql);
        boolean fromData = !leaves.isEmpty() && COMPUTES.matcher(sql).find();
        if (leaves.isEmpty() && !takes.isEmpty()) {
            // SET sql_mode = @mode: from here on everything depends on it.
            leaves = Set.of(know(SETTINGS, Pattern.compile("")));
        }
        return new SessionUse(takes, leaves, fromData);
    }

    private SessionUse working(ScriptStatement statement, Set<String> takes) {
        String sql = statement.text();
        boolean reads = READS.matcher(sql).lookingAt();
        boolean assigns =
                statement.kind() == Kind.OPAQUE || ASSIGNS.matcher(sql).find();
        Set<String> leaves = new HashSet<>(assigns ? variables(sql) : Set.of());
        if (!reads) {
            leaves.add(GENERATED);
            // What it takes it may also write to: a temporary table.
            leaves.addAll(takes);
        }
        return new SessionUse(takes, leaves, true);
    }

    private Set<String> variables(String sql) {
        return VARIABLE.matcher(sql)
                .results()
                .map(found -> know(found.group(), word(found.group())))
                .collect(Collectors.toSet());
    }

    private String know(String name, Pattern finder) {
        known.putIfAbsent(name, finder);
        return name;
    }

    private static String bare(String name) {
        return name.replaceAll("[`\"]", "").replaceAll("^.*\\.", "");
    }

    private static Pattern word(String name) {
        return words("(?<![\\w$@])" + Pattern.quote(name) + "(?![\\w$])");
    }

    private static Pattern words(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
