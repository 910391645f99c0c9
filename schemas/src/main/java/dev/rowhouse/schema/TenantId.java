package dev.rowhouse.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A customer of a SaaS; unique across the deployment.
 *
 * @param value 1 to 64 of {@code [A-Za-z0-9._-]}
 */
public record TenantId(@JsonValue String value) {

    /** @throws IllegalArgumentException when {@code value} is not of the form; the message says how to mend it */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TenantId {
        Identifiers.checked("tenant_id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
