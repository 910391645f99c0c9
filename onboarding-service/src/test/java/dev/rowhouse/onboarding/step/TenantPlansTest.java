package dev.rowhouse.onboarding.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.Pins;
import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import dev.rowhouse.onboarding.lifecycle.Tenant;
import dev.rowhouse.onboarding.settings.InMemorySettings;
import dev.rowhouse.onboarding.settings.Settings;
import dev.rowhouse.onboarding.stack.KeyRing;
import dev.rowhouse.onboarding.stack.StackListener;
import dev.rowhouse.onboarding.stack.StackOrder;
import dev.rowhouse.onboarding.stack.StackOutputs;
import dev.rowhouse.onboarding.stack.StackWatch;
import dev.rowhouse.onboarding.stack.TenantStacks;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.sql.Engine;
import dev.rowhouse.sql.RunId;
import dev.rowhouse.sql.RunState;
import dev.rowhouse.sql.SqlRun;
import dev.rowhouse.sql.SqlRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tenant gets from its pins, and what becomes of it when its SQL is run. */
class TenantPlansTest {

    private static final SaasId SAAS = new SaasId("crm");
    private static final String TEMPLATE = """
            Parameters:
              DbPass: {Type: String, NoEcho: true}
              ReportPass: {Type: String, NoEcho: true}
            Resources:
              Topic: {Type: 'AWS::SNS::Topic'}
            """;

    @TempDir
    Path directory;

    private TenantPlans plans;

    @BeforeEach
    void register() throws IOException {
        InMemorySettings settings = new InMemorySettings();
        settings.put(
                new Settings(
                        SAAS,
                        0,
                        true,
                        new Settings.Role(
                                "arn:aws:iam::123456789012:role/x", "external", null, "eu-central-1", List.of()),
                        null,
                        Map.of("DbPass", "{{generated_password}}", "ReportPass", "{{generated_password}}"),
                        null,
                        new Settings.Database("off", "direct")),
                TEMPLATE,
                "SELECT 1");
        Path ring = Files.writeString(
                directory.resolve("keys"),
                "current=1\nkey.1=" + Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        Files.setPosixFilePermissions(ring, PosixFilePermissions.fromString("rw-------"));
        plans = new TenantPlans("prod", settings, KeyRing.read(ring));
    }

    @Test
    void twoParametersOfOneTenantHaveTwoPasswords() {
        Map<String, String> values = parameters(at(1, "nonce"));

        assertThat(values.get("DbPass")).hasSize(32).isNotEqualTo(values.get("ReportPass"));
    }

    @Test
    void aRepeatedStepAndALaterAttemptHaveTheSamePasswordsForTheSamePins() {
        Map<String, String> first = parameters(at(1, "nonce"));

        assertThat(parameters(at(1, "nonce"))).isEqualTo(first);
        assertThat(parameters(at(2, "nonce"))).isEqualTo(first);
        assertThat(parameters(at(2, "another"))).doesNotContainValue(first.get("DbPass"));
    }

    @ParameterizedTest
    @CsvSource({"mysql, MYSQL, 3306", "postgres, POSTGRES, 5432"})
    void theRunnerIsHandedTheEngineAndTheGeneratedPassword(String type, Engine engine, int port) {
        AtomicReference<SqlRun> handed = new AtomicReference<>();
        Reports reports = new Reports();
        try (Worker worker = new Worker(1)) {
            new RunSql(
                            plans,
                            new CompleteStacks(type, port),
                            worker,
                            new Scripts(
                                    new NotingRunner(handed),
                                    (tenant, attempt, statement, statements) -> {},
                                    Duration.ofMinutes(1),
                                    Duration.ofMinutes(1)))
                    .start(at(1, "nonce"), reports);
            await().until(() -> reports.facts.contains(new Fact.ScriptCompleted()));
        }

        SqlRun.Database database = handed.get().database();
        assertThat(database.engine()).isEqualTo(engine);
        assertThat(database.port()).isEqualTo(port);
        assertThat(handed.get().credentials().password())
                .isEqualTo(parameters(at(1, "nonce")).get("DbPass"));
    }

    private Map<String, String> parameters(Onboarding onboarding) {
        return plans.of(onboarding).parameters().values();
    }

    private static Onboarding at(int attempt, String nonce) {
        return new Onboarding(
                new Tenant(new TenantId("acme"), SAAS, "Acme", Map.of()),
                attempt,
                3,
                OnboardingStatus.SETUP_CFN_COMPLETED,
                new StepRun(Step.RUN_SQL, 4, Instant.now()),
                new Pins(1, nonce, "1"),
                "arn:stack",
                null);
    }

    /** A stack with all Outputs but the password. */
    private record CompleteStacks(String type, int port) implements TenantStacks {

        @Override
        public StackOutputs outputs(AccountAccess access, String stackId, StepRun step) {
            return new StackOutputs(
                    Map.of(
                            "AccountId", access.accountId(),
                            "SubnetIds", "subnet-1",
                            "SecurityGroupIds", "sg-1",
                            "DbUser", "app",
                            "DbHost", "db.example.com",
                            "DbPort", String.valueOf(port),
                            "DbName", "app",
                            "DbType", type),
                    Map.of("DbPass", "****"),
                    Map.of());
        }

        @Override
        public String create(StackOrder order) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void watch(StackWatch watch, StackListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void protect(AccountAccess access, String stackId, StepRun step) {
            throw new UnsupportedOperationException();
        }
    }

    /** A runner whose runs are done as soon as they are noted. */
    private record NotingRunner(AtomicReference<SqlRun> handed) implements SqlRunner {

        @Override
        public RunId start(SqlRun run) {
            handed.set(run);
            return new RunId("run");
        }

        @Override
        public RunState poll(RunId id) {
            return new RunState.Done(1);
        }

        @Override
        public void cancel(RunId id) {}

        @Override
        public void close() {}
    }
}
