package dev.rowhouse.service.kafka;

import java.util.List;

/** Topics exist that cannot work; the message names each difference, one a line. The service must not start. */
public final class UnusableTopicsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableTopicsException(List<String> differences) {
        super("existing topics cannot work:\n  " + String.join("\n  ", differences));
    }
}
