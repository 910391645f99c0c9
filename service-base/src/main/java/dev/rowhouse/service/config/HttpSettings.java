package dev.rowhouse.service.config;

/**
 * Where to listen.
 *
 * @param host the address to bind
 * @param port 0 for any free one
 */
public record HttpSettings(String host, int port) {

    /** Reads {@code rowhouse.http.host} (127.0.0.1) and {@code rowhouse.http.port}. */
    public static HttpSettings read(ConfigReader reader, int defaultPort) {
        return new HttpSettings(
                reader.text("rowhouse.http.host", "127.0.0.1"),
                reader.integer("rowhouse.http.port", 0, 65535, defaultPort));
    }
}
