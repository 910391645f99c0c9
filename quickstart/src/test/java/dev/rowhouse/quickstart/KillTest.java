package dev.rowhouse.quickstart;

import static dev.rowhouse.schema.OnboardingStatus.ALL_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.onboarding.Main;
import dev.rowhouse.sandbox.process.ChildProcess;
import dev.rowhouse.sandbox.process.Command;
import dev.rowhouse.sandbox.process.EndSignal;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import dev.rowhouse.schema.OnboardingStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The onboarding service as a process of its own, killed at each stage of an onboarding and started again. */
@Tag("slow")
class KillTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** The statuses that a story which ends well passes. */
    private static final List<OnboardingStatus> STORY = Arrays.stream(OnboardingStatus.values())
            .filter(status -> status.compareTo(ALL_COMPLETED) <= 0)
            .toList();

    @TempDir
    private static Path data;

    private static House house;
    private static SandboxDirectory directory;
    private static Api api;
    private static ChildProcess service;

    @BeforeAll
    static void open() throws Exception {
        HouseOptions options = Houses.options(data.resolve("house"), Duration.ofSeconds(4));
        house = House.openServers(options);
        directory = SandboxDirectory.claim(data.resolve("service"));
        api = new Api("http://127.0.0.1:" + options.httpPort(), Houses.KEY);
        startService();
        register(Samples.GOOD_SAAS, "SELECT pg_sleep(4)");
        register(Samples.MYSQL_SAAS, "DO SLEEP(4)");
    }

    /** Long enough to be killed in, and each statement's effect can be counted. */
    private static void register(String saas, String pause) throws Exception {
        Map<String, Object> settings = new HashMap<>(Samples.settings(saas));
        settings.put(
                "sql",
                "CREATE TABLE once (n int); INSERT INTO once VALUES (1); " + pause + "; INSERT INTO once VALUES (2)");
        api.putSettings(saas, settings);
    }

    @AfterAll
    static void close() {
        directory.close();
        house.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = OnboardingStatus.class,
            names = {"ALL_COMPLETED", "ERROR"},
            mode = EnumSource.Mode.EXCLUDE)
    void finishesTheOnboardingEachStatusOnceOnBothEngines(OnboardingStatus stage) throws Exception {
        String onPostgres = "killed-at-" + stage.ordinal() + "-postgres";
        String onMySql = "killed-at-" + stage.ordinal() + "-mysql";
        api.createTenant(Samples.tenant(onPostgres, onPostgres, Samples.GOOD_SAAS));
        api.createTenant(Samples.tenant(onMySql, onMySql, Samples.MYSQL_SAAS));

        killAt(stage, List.of(onPostgres, onMySql));

        for (String tenant : List.of(onPostgres, onMySql)) {
            await().atMost(PATIENCE).until(() -> statuses(tenant).contains(ALL_COMPLETED));
            assertThat(statuses(tenant)).isEqualTo(STORY);
            assertThat(house.aws().stacksMade("rowhouse-quickstart-" + tenant)).isEqualTo(1);
            assertThat(house.databases().tables(Samples.database(tenant))).isEqualTo(Map.of("once", 2L));
        }
    }

    /** Kills the service while each tenant is at the stage: once if they are there together, else for each. */
    private static void killAt(OnboardingStatus stage, List<String> tenants) throws Exception {
        List<String> left = new ArrayList<>(tenants);
        while (!left.isEmpty()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !at(stage, left).isEmpty());
            service.kill();
            List<String> killed = at(stage, left);
            for (String tenant : killed) {
                assertThat(statuses(tenant)).doesNotContain(ALL_COMPLETED);
            }
            left.removeAll(killed);
            startService();
        }
    }

    private static List<String> at(OnboardingStatus stage, List<String> tenants) throws Exception {
        List<String> there = new ArrayList<>();
        for (String tenant : tenants) {
            if (statuses(tenant).contains(stage)) {
                there.add(tenant);
            }
        }
        return there;
    }

    private static List<OnboardingStatus> statuses(String tenant) throws Exception {
        return Topic.statuses(kafka(), tenant);
    }

    private static void startService() throws InterruptedException {
        Map<String, String> environment = new HashMap<>();
        house.onboardingSettings()
                .forEach((name, value) ->
                        environment.put(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), value));
        environment.put("AWS_ACCESS_KEY_ID", "AKIATEST");
        environment.put("AWS_SECRET_ACCESS_KEY", "not-a-secret");
        service = directory.start(new Command(
                "onboarding-service",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()),
                environment,
                Set.of("JAVA_TOOL_OPTIONS"),
                EndSignal.TERM));
        service.awaitReady(KillTest::isReady, Duration.ofSeconds(60));
    }

    private static boolean isReady() {
        try {
            return api.isReady();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String kafka() {
        return house.broker().bootstrapServers();
    }
}
