package dev.rowhouse.service.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which settings hold secrets, by their names; Kafka's own included ({@code ssl.keystore.key}, {@code sasl.jaas.config}). */
final class Secrets {

    private static final Pattern NAME =
            Pattern.compile(".*(password|secret|jaas|api-key|credential|token|\\.key$|\\.key\\b).*");

    private Secrets() {}

    /** The value for a message: masked where the name says that it is a secret. */
    static String shown(String name, String value) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).matches() ? "****" : "'" + value + "'";
    }
}
