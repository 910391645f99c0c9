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
        Map<String, Object> settings = new HashMap<>(Samples.settings(Samples.GOOD_SAAS));
        // Long enough to be killed in, and each statement's effect can be counted.
        settings.put(
                "sql",
                "CREATE TABLE once (n int); INSERT INTO once VALUES (1); SELECT pg_sleep(4);"
                        + " INSERT INTO once VALUES (2)");
        api.putSettings(Samples.GOOD_SAAS, settings);
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
    void finishesTheOnboardingEachStatusOnce(OnboardingStatus stage) throws Exception {
        String tenant = "killed-at-" + stage.ordinal();
        api.createTenant(Samples.tenant(tenant, tenant, Samples.GOOD_SAAS));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Topic.statuses(kafka(), tenant).contains(stage));

        service.kill();
        assertThat(Topic.statuses(kafka(), tenant)).doesNotContain(ALL_COMPLETED);
        startService();

        await().atMost(PATIENCE).until(() -> Topic.statuses(kafka(), tenant).contains(ALL_COMPLETED));
        assertThat(Topic.statuses(kafka(), tenant)).isEqualTo(STORY);
        assertThat(house.aws().stacksMade("rowhouse-quickstart-" + tenant)).isEqualTo(1);
        assertThat(house.databases().tables(Samples.database(tenant))).isEqualTo(Map.of("once", 2L));
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
