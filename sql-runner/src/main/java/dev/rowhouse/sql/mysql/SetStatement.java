package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.script.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a SET statement does, assignment by assignment. */
final class SetStatement {
    /** An executable comment's opening and end are passed over, so what is inside is read. */
    private static final Pattern PIECE = Pattern.compile(
            "(?<skipped>\\s+|/\\*M?!\\d*|\\*/|/\\*(?:[^*]|\\*(?!/))*+\\*/|(?:#|--(?=\\s|$))[^\\n]*)"
                    + "|'(?<single>(?:[^'\\\\]|''|\\\\.)*+)'|\"(?<double>(?:[^\"\\\\]|\"\"|\\\\.)*+)\""
                    + "|`(?<name>[^`]*+)`|(?<word>[\\w$.\\x80-\\uffff]+)|(?<symbol>.)",
            Pattern.DOTALL);

    private static final Pattern WORD = Pattern.compile("\\w+");

    private static final Set<String> OFF = Set.of("0", "OFF", "FALSE");
    private static final Set<String> OF_THE_SESSION = Set.of("SESSION", "LOCAL");
    private static final Set<String> OF_THE_SERVER = Set.of("GLOBAL", "PERSIST", "PERSIST_ONLY");

    private SetStatement() {}

    /** Where it sets autocommit, among other things, that decides. */
    static Kind kind(String sql) {
        Kind kind = Kind.SESSION;
        for (List<String> assignment : assignments(sql)) {
            Kind one = ofOne(assignment);
            boolean autocommit = one == Kind.AUTOCOMMIT_OFF || one == Kind.AUTOCOMMIT_ON;
            if (autocommit || kind == Kind.SESSION) {
                kind = one;
            }
        }
        return kind;
    }

    private static Kind ofOne(List<String> assignment) {
        List<String> rest = new ArrayList<>(assignment);
        if (startsWith(rest, "@", "@")) {
            rest.subList(0, 2).clear();
            String[] scopeAndName = rest.get(0).split("\\.", 2);
            rest.remove(0);
            rest.addAll(0, List.of(scopeAndName));
        }
        if (startsWith(rest, "DEFAULT", "ROLE") || startsWith(rest, "PASSWORD")) {
            return Kind.COMMITS;
        }
        if (rest.size() > 1 && OF_THE_SERVER.contains(rest.get(0))) {
            return Kind.COMMITS;
        }
        if (rest.size() > 1 && OF_THE_SESSION.contains(rest.get(0))) {
            rest.remove(0);
        }
        if (rest.isEmpty() || !rest.get(0).equals("AUTOCOMMIT")) {
            return Kind.SESSION;
        }
        List<String> value =
                rest.subList(Math.min(rest.size(), startsWith(rest, "AUTOCOMMIT", ":") ? 3 : 2), rest.size());
        return value.size() == 1 && OFF.contains(value.get(0)) ? Kind.AUTOCOMMIT_OFF : Kind.AUTOCOMMIT_ON;
    }

    private static boolean startsWith(List<String> pieces, String... first) {
        return pieces.size() > first.length && pieces.subList(0, first.length).equals(List.of(first));
    }

    /** The pieces of each, in upper case and without quotes. */
    private static List<List<String>> assignments(String sql) {
        List<List<String>> assignments = new ArrayList<>();
        List<String> assignment = new ArrayList<>();
        int depth = 0;
        for (String piece : pieces(sql)) {
            depth += piece.equals("(") ? 1 : piece.equals(")") ? -1 : 0;
            if (piece.equals(",") && depth == 0) {
                assignments.add(assignment);
                assignment = new ArrayList<>();
            } else {
                assignment.add(piece);
            }
        }
        assignments.add(assignment);
        return assignments;
    }

    private static List<String> pieces(String sql) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = PIECE.matcher(sql);
        while (matcher.find()) {
            if (matcher.group("skipped") == null) {
                pieces.add(unquoted(matcher).toUpperCase(Locale.ROOT));
            }
        }
        // SET itself.
        return pieces.subList(1, pieces.size());
    }

    private static String unquoted(Matcher matcher) {
        for (String group : List.of("single", "double", "name")) {
            String text = matcher.group(group);
            if (text != null) {
                // Nothing but a word means anything here, and a comma inside of quotes is none.
                return WORD.matcher(text).matches() ? text : "''";
            }
        }
        return matcher.group();
    }
}
