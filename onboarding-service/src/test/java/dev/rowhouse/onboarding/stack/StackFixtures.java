package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.ScriptedAws;
import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** What the tests of stacks share. */
final class StackFixtures {

    static final String STACK_ID = "arn:aws:cloudformation:eu-central-1:123456789012:stack/rowhouse-prod-t1/0001";
    static final String TEMPLATE = "Resources: {Db: {Type: AWS::RDS::DBInstance}}";

    private StackFixtures() {}

    static StackOrder order(String serviceRole, Instant since) {
        return new StackOrder(
                ScriptedAws.ACCESS,
                StackName.of("prod", new TenantId("t1")),
                tags(1),
                TEMPLATE,
                new StackParameters(Map.of("DbPass", "very-secret", "TenantId", "t1"), Set.of("DbPass")),
                List.of("CAPABILITY_IAM"),
                serviceRole,
                Duration.ofHours(2),
                new StepRun(Step.CREATE_STACK, 2, since));
    }

    static StackTags tags(int attempt) {
        return new StackTags("prod", new SaasId("crm"), new TenantId("t1"), attempt);
    }

    /** A listener that writes down what it hears. */
    static class Heard implements StackListener {

        final List<String> words = new CopyOnWriteArrayList<>();
        final List<Failure> failures = new CopyOnWriteArrayList<>();
        final AtomicReference<Failure> refusal = new AtomicReference<>();

        @Override
        public void databaseReady() {
            words.add("database ready");
        }

        @Override
        public void refused(Failure why) {
            refusal.set(why);
        }

        @Override
        public void seen() {
            refusal.set(null);
        }

        @Override
        public void completed(StackOutputs outputs) {
            words.add("completed " + outputs.outputs());
        }

        @Override
        public void failed(Failure failure) {
            failures.add(failure);
            words.add("failed " + failure.code().wire());
        }
    }
}
