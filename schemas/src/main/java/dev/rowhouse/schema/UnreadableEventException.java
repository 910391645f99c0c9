package dev.rowhouse.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;

/** An input that cannot be read as the event it should be. */
public final class UnreadableEventException extends Exception {

    private final String code;

    /**
     * @param code what kind of trouble, in snake_case, for example {@code invalid_json}
     * @param message what is wrong, where, and how to mend it
     */
    public UnreadableEventException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** {@code no_value}, {@code too_large}, {@code invalid_json}, {@code invalid_event} or {@code unexpected_type}. */
    public String code() {
        return code;
    }

    static UnreadableEventException of(IOException e) {
        return new UnreadableEventException(
                e instanceof StreamReadException ? "invalid_json" : "invalid_event", reason(e));
    }

    /** Jackson's message without the excerpt of the source, which may hold what must not be repeated. */
    static String reason(IOException e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String text = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            return text + " (line " + json.getLocation().getLineNr() + ", column "
                    + json.getLocation().getColumnNr() + ")";
        }
        return text;
    }
}
