package dev.rowhouse.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where a tenant's onboarding stands ({@code tenant_onboarding_status}).
 *
 * <p>Within an attempt a tenant passes them in the order of declaration, none skipped and none repeated, starting at the
 * attempt's first step; {@link #ERROR} may follow any but {@link #ALL_COMPLETED}.
 */
public enum OnboardingStatus {
    /** Preparing to run CloudFormation: the event is accepted. */
    SETUP_CFN_IN_PROGRESS,
    /** CloudFormation has created the database instance. */
    SETUP_CFN_DB_READY,
    /** CloudFormation completed, and its Outputs satisfy the contract. */
    SETUP_CFN_COMPLETED,
    /** The database answered and the SQL script runs. */
    SETUP_DB_IN_PROGRESS,
    /** Everything completed normally. */
    ALL_COMPLETED,
    /** Abnormal termination; carries a {@link Failure}. */
    ERROR;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name on Kafka and HTTP, in snake_case. */
    @JsonValue
    public String wire() {
        return wire;
    }

    /** @throws IllegalArgumentException when no status is called that */
    @JsonCreator
    public static OnboardingStatus of(String wire) {
        return Arrays.stream(values())
                .filter(status -> status.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no status is called '" + wire + "'"));
    }

    /** Whether nothing follows within the attempt. */
    public boolean isFinal() {
        return this == ALL_COMPLETED || this == ERROR;
    }
}
