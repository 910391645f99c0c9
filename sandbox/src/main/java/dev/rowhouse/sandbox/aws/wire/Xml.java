package dev.rowhouse.sandbox.aws.wire;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes the XML of an answer. An element without a value is left out, as AWS does. Confined to one thread. */
public final class Xml {
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final StringBuilder out = new StringBuilder(256);

    /** An element with text; nothing when {@code value} is null. Instants are written to the millisecond. */
    public Xml text(String name, Object value) {
        if (value != null) {
            out.append('<').append(name).append('>');
            escape(value instanceof Instant at ? MILLISECONDS.format(at) : value.toString());
            out.append("</").append(name).append('>');
        }
        return this;
    }

    public Xml element(String name, Consumer<Xml> content) {
        out.append('<').append(name).append('>');
        content.accept(this);
        out.append("</").append(name).append('>');
        return this;
    }

    /** A list of structures, each in a {@code member}. */
    public <T> Xml members(String name, Collection<T> values, BiConsumer<Xml, T> content) {
        return element(
                name, list -> values.forEach(value -> element("member", member -> content.accept(member, value))));
    }

    /** A list of texts. */
    public Xml members(String name, Collection<String> values) {
        return element(name, list -> values.forEach(value -> text("member", value)));
    }

    /** Takes over what another has written. */
    public Xml raw(String xml) {
        out.append(xml);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void escape(String value) {
        value.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#xD;"); // a parser would turn it into a line feed
                default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
    }

    /** XML 1.0 has no way to write most control characters, not even escaped. */
    private static boolean allowed(int c) {
        return c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
