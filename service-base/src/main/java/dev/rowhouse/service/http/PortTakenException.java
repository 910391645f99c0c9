package dev.rowhouse.service.http;

/** Somebody else listens on the port already. */
public final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int port;

    PortTakenException(String host, int port, Throwable cause) {
        super(
                "cannot listen on " + host + ":" + port + ": the port is taken; stop who has it, or choose another"
                        + " (rowhouse.http.port)",
                cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
