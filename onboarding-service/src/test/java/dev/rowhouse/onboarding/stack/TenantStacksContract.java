package dev.rowhouse.onboarding.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.onboarding.account.ScriptedAws;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import dev.rowhouse.onboarding.stack.StackFixtures.Heard;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What whoever onboards tenants relies on, of stacks in whichever cloud. */
abstract class TenantStacksContract {

    static final String TEMPLATE = """
            Parameters:
              DbPass: {Type: String, NoEcho: true}
            Resources:
              Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              Db:
                Type: AWS::RDS::DBInstance
                DependsOn: Net
                Properties:
                  Engine: postgres
                  DBInstanceClass: db.t3.micro
                  AllocatedStorage: "20"
                  MasterUsername: app
                  MasterUserPassword: !Ref DbPass
            Outputs:
              DbName: {Value: app}
            """;

    /** The tenant whose database cannot be made, since AWS says {@link #REASON}. */
    static final TenantId UNLUCKY = new TenantId("unlucky");

    static final String REASON = "The DB engine version is not supported";

    /** The tenant for whom the account has no room. */
    static final TenantId CROWDED_OUT = new TenantId("crowded-out");

    static final String QUOTA = "Instance quota exceeded. (HandlerErrorCode: ServiceLimitExceeded)";

    private final TenantId lucky = new TenantId("t-" + UUID.randomUUID());

    abstract TenantStacks stacks();

    @Test
    void aRepeatedOrderIsTheSameStack() {
        String first = stacks().create(order(lucky, 1));

        assertThat(stacks().create(order(lucky, 1))).isEqualTo(first);
    }

    @Test
    void anotherAttemptDoesNotTakeOverTheStack() {
        stacks().create(order(lucky, 1));

        FailureException failed = catchThrowableOfType(FailureException.class, () -> stacks().create(order(lucky, 2)));

        assertThat(failed.failure().code()).isEqualTo(FailureCode.STACK_NAME_TAKEN);
    }

    @Test
    void aStackIsHeardOfFromItsDatabaseToItsOutputs() {
        Heard heard = follow(lucky);

        await().until(() -> heard.words.size() >= 2);
        assertThat(heard.words).containsExactly("database ready", "completed {DbName=app}");
    }

    @Test
    void whoFollowsAFinishedStackHearsTheSame() {
        Heard first = follow(lucky);
        await().until(() -> first.words.size() >= 2);

        Heard second = follow(lucky);

        await().until(() -> second.words.size() >= 2);
        assertThat(second.words).isEqualTo(first.words);
    }

    @Test
    void aFailedStackNamesTheResourceAndTheReason() {
        Heard heard = follow(UNLUCKY);

        await().until(() -> !heard.words.isEmpty());
        assertThat(heard.words).containsExactly("failed stack_failed");
        Failure failure = heard.failures.get(0);
        assertThat(failure.message()).contains("AWS::RDS::DBInstance", "Db", REASON);
        assertThat(failure.details())
                .containsEntry("logical_id", "Db")
                .containsEntry("resource_type", "AWS::RDS::DBInstance")
                .containsEntry("reason", REASON);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void aQuotaIsToldFromAMistake() {
        Heard heard = follow(CROWDED_OUT);

        await().until(() -> !heard.words.isEmpty());
        assertThat(heard.words).containsExactly("failed quota_exceeded");
        assertThat(heard.failures.get(0).retryable()).isTrue();
    }

    @Test
    void whoIsNotWantedAnyMoreHearsNothing() {
        Heard unwanted = new Heard();
        String id = stacks().create(order(lucky, 1));
        stacks().watch(watch(id, () -> false), unwanted);

        Heard heard = follow(lucky);

        await().until(() -> heard.words.size() >= 2);
        assertThat(unwanted.words).isEmpty();
    }

    @Test
    void theOutputsCanBeReadAgain() {
        Heard heard = follow(lucky);
        await().until(() -> heard.words.size() >= 2);
        StackOrder order = order(lucky, 1);

        StackOutputs outputs = stacks().outputs(order.access(), stacks().create(order), order.step());

        assertThat(outputs.outputs()).containsEntry("DbName", "app");
    }

    Heard follow(TenantId tenant) {
        Heard heard = new Heard();
        stacks().watch(watch(stacks().create(order(tenant, 1)), () -> true), heard);
        return heard;
    }

    StackOrder order(TenantId tenant, int attempt) {
        return order(tenant, attempt, TEMPLATE);
    }

    StackOrder order(TenantId tenant, int attempt, String template) {
        return new StackOrder(
                ScriptedAws.ACCESS,
                StackName.of("prod", tenant),
                new StackTags("prod", new SaasId("crm"), tenant, attempt),
                template,
                new StackParameters(Map.of("DbPass", "very-secret-1"), Set.of("DbPass")),
                List.of(),
                null,
                Duration.ofHours(2),
                new StepRun(Step.CREATE_STACK, 2, Instant.now()));
    }

    StackWatch watch(String stackId, BooleanSupplier wanted) {
        return watch(stackId, Instant.now(), wanted);
    }

    StackWatch watch(String stackId, Instant since, BooleanSupplier wanted) {
        return watch(stackId, since, wanted, TEMPLATE);
    }

    StackWatch watch(String stackId, Instant since, BooleanSupplier wanted, String template) {
        return new StackWatch(
                ScriptedAws.ACCESS,
                stackId,
                ExpectedDatabases.of(Template.parse(template)),
                "template",
                new StepRun(Step.WATCH_STACK, 3, since),
                wanted);
    }
}
