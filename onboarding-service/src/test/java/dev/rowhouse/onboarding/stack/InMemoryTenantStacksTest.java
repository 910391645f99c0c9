package dev.rowhouse.onboarding.stack;

import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.util.Map;
import java.util.Optional;

class InMemoryTenantStacksTest extends TenantStacksContract {

    private final InMemoryTenantStacks stacks = new InMemoryTenantStacks(
            order -> switch (order.tags().tenant().value()) {
                case "unlucky" -> failing(FailureCode.STACK_FAILED, REASON);
                case "crowded-out" -> failing(FailureCode.QUOTA_EXCEEDED, QUOTA);
                default -> new InMemoryTenantStacks.Story(Map.of("DbName", "app"), Optional.empty());
            },
            Runnable::run);

    @Override
    TenantStacks stacks() {
        return stacks;
    }

    private static InMemoryTenantStacks.Story failing(FailureCode code, String reason) {
        return new InMemoryTenantStacks.Story(
                Map.of(),
                Optional.of(new Failure(
                        code,
                        "watch_stack",
                        "AWS::RDS::DBInstance Db failed: " + reason,
                        code == FailureCode.QUOTA_EXCEEDED,
                        Map.of("logical_id", "Db", "resource_type", "AWS::RDS::DBInstance", "reason", reason))));
    }
}
