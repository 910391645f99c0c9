package dev.rowhouse.onboarding.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.onboarding.stack.StackParameters;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchStackTest {

    @Test
    void aReasonThatQuotesASecretParameterIsToldWithoutIt() {
        StackParameters parameters =
                new StackParameters(Map.of("Password", "very-secret", "Size", "db.t3"), Set.of("Password"));
        String reason = "Value 'very-secret' at 'masterUserPassword' failed with db.t3";

        Failure told = WatchStack.scrubbed(
                new Failure(
                        FailureCode.STACK_FAILED,
                        "watch_stack",
                        "AWS::RDS::DBInstance Database failed: " + reason,
                        false,
                        Map.of("reason", reason, "stack_id", "arn:stack")),
                parameters);

        assertThat(told.message()).doesNotContain("very-secret").contains("db.t3");
        assertThat(told.details())
                .containsEntry("reason", "Value '***' at 'masterUserPassword' failed with db.t3")
                .containsEntry("stack_id", "arn:stack");
    }
}
