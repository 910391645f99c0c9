package dev.rowhouse.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Why an onboarding ended in {@code error}. A code this version does not know reads as {@link #INTERNAL}. */
public enum FailureCode {
    SETTINGS_MISSING,
    PARAMETERS_MISSING,
    PARAMETERS_INVALID,
    ROLE_NOT_ASSUMABLE,
    ACCESS_DENIED,
    TEMPLATE_REJECTED,
    STACK_NAME_TAKEN,
    STACK_FAILED,
    STACK_TIMED_OUT,
    STACK_NOT_REMOVABLE,
    QUOTA_EXCEEDED,
    OUTPUTS_INCOMPLETE,
    ENDPOINT_FORBIDDEN,
    DATABASE_UNREACHABLE,
    DATABASE_LOGIN_REFUSED,
    SQL_FAILED,
    SQL_TIMED_OUT,
    TENANT_CONFLICT,
    INTERNAL;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name on Kafka and HTTP, in snake_case. */
    @JsonValue
    public String wire() {
        return wire;
    }

    @JsonCreator
    static FailureCode of(String wire) {
        return Arrays.stream(values())
                .filter(code -> code.wire.equals(wire))
                .findFirst()
                .orElse(INTERNAL);
    }
}
