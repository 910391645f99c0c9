package dev.rowhouse.sql.connect;

import java.io.IOException;

/**
 * An endpoint we never connect to. The message is for people and holds nothing of the endpoint but its port. An
 * {@link IOException} because it has to come out of {@code Socket.connect}.
 */
public final class ForbiddenEndpointException extends IOException {
    public ForbiddenEndpointException(String message) {
        super(message);
    }
}
