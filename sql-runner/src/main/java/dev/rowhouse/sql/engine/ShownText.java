package dev.rowhouse.sql.engine;

import java.util.regex.Pattern;

/** What of a statement or a server's message is shown has one line and an end, whatever the engine. */
public final class ShownText {
    /** Stands for a string literal. */
    public static final String HIDDEN = "'…'";

    private static final int EXCERPT = 200;
    private static final int MESSAGE = 1_000;

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Cntrl}]+");

    private ShownText() {}

    /** Whether {@code shown} is enough for {@link #excerpt}: before spaces are taken out of it. */
    public static boolean isEnough(CharSequence shown) {
        return shown.length() >= 2 * EXCERPT;
    }

    /** A statement's first 200 characters. */
    public static String excerpt(CharSequence shown) {
        return cut(onOneLine(shown), EXCERPT);
    }

    /** A message's first 1,000 characters. */
    public static String message(CharSequence shown) {
        return cut(onOneLine(shown), MESSAGE);
    }

    /** As much of a server's message as is worth reading for {@link #message}. */
    public static String start(String message) {
        return cut(message, 4 * MESSAGE);
    }

    private static String onOneLine(CharSequence text) {
        return SPACES.matcher(text).replaceAll(" ").strip();
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        // Not between the halves of a surrogate pair.
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
