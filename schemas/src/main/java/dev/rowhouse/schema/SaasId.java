package dev.rowhouse.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One product of one builder; one deployment serves many.
 *
 * @param value 1 to 64 of {@code [A-Za-z0-9._-]}
 */
public record SaasId(@JsonValue String value) {

    /** @throws IllegalArgumentException when {@code value} is not of the form; the message says how to mend it */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SaasId {
        Identifiers.checked("saas_id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
