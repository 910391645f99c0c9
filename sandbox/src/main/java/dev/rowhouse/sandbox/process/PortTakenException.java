package dev.rowhouse.sandbox.process;

/** Somebody else listens where a server of the sandbox was to listen. */
public final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int port;

    public PortTakenException(String host, int port) {
        super("port " + port + " on " + host + " is taken by another process: end it, or choose another port");
        this.port = port;
    }

    public int port() {
        return port;
    }
}
