package dev.rowhouse.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowhouse.sandbox.process.Ports;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import dev.rowhouse.schema.OnboardingStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs everything on this machine and onboards three tenants, so that one can see what Rowhouse does. */
@Command(
        name = "quickstart",
        description =
                "Starts everything on 127.0.0.1, registers three sample SaaSes and onboards a tenant of each: one on"
                        + " PostgreSQL and one on MySQL complete, the third one's SQL has a mistake.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class QuickstartCommand implements Callable<Integer> {

    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    @Option(
            names = "--once",
            description = "End once all tenants have; exit code 0 exactly when each ended as expected.")
    private boolean once;

    @Option(names = "--data-dir", description = "Keep the data here; without it, it goes when the quickstart ends.")
    private Path dataDir;

    @Option(names = "--api-key", description = "Opens the API; 8 characters or more.", defaultValue = "quickstart")
    private String apiKey;

    @Option(names = "--http-port", defaultValue = "8080")
    private int httpPort;

    @Option(names = "--kafka-port", defaultValue = "9092")
    private int kafkaPort;

    @Option(names = "--aws-port", description = "Of the stand-in for AWS.", defaultValue = "4566")
    private int awsPort;

    @Option(names = "--stack-seconds", description = "How long a stack takes.", defaultValue = "6")
    private int stackSeconds;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final String suffix =
            Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
    private final String onPostgres = "acme-" + suffix;
    private final String onMySql = "initech-" + suffix;
    private final String broken = "globex-" + suffix;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        // Claimed before the ports are looked at: this ends what a quickstart left that was killed, ports and all.
        try (SandboxDirectory directory =
                dataDir == null ? SandboxDirectory.temporary("quickstart") : SandboxDirectory.claim(dataDir)) {
            Optional<String> taken = takenPort();
            if (taken.isPresent()) {
                System.err.println("rowhouse: " + taken.get());
                return 1;
            }
            Path data = directory.path().toAbsolutePath();
            LogFile.open(data.resolve("rowhouse.log"));
            out.println("Starting Kafka, a stand-in for AWS with its databases, and both services; their log is "
                    + data.resolve("rowhouse.log"));
            CountDownLatch ended = new CountDownLatch(1);
            Instant start = Instant.now();
            try (House house = House.open(
                    new HouseOptions(data, apiKey, httpPort, kafkaPort, awsPort, Duration.ofSeconds(stackSeconds)))) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(house, directory, ended), "shutdown"));
                // Until here each part ended itself.
                house.endedInOrder();
                directory.endedByOwnHook();
                int outcome = show(house, start);
                if (!once) {
                    out.print(Hints.text(
                            httpPort,
                            house.broker().bootstrapServers(),
                            house.aws().endpoint(),
                            apiKey));
                    ended.await();
                }
                return outcome;
            }
        }
    }

    /** On Ctrl-C: in order, the services before the servers they use. */
    private static void end(House house, SandboxDirectory directory, CountDownLatch ended) {
        house.close();
        directory.close();
        ended.countDown();
    }

    private int show(House house, Instant start) throws IOException, InterruptedException, SQLException {
        Api api = new Api("http://127.0.0.1:" + httpPort, apiKey);
        await(api::isReady, READY_WITHIN, "the services were not ready");
        out.printf("Ready after %.0f s. Onboarding three tenants:%n", seconds(start));
        for (String saas : List.of(Samples.GOOD_SAAS, Samples.MYSQL_SAAS, Samples.BROKEN_SAAS)) {
            api.putSettings(saas, Samples.settings(saas));
        }
        api.createTenant(Samples.tenant(onPostgres, "Acme Ltd", Samples.GOOD_SAAS));
        api.createTenant(Samples.tenant(onMySql, "Initech Inc", Samples.MYSQL_SAAS));
        api.createTenant(Samples.tenant(broken, "Globex Corp", Samples.BROKEN_SAAS));
        Map<String, JsonNode> rows = follow(api);
        return report(house, rows) ? 0 : 1;
    }

    private Map<String, JsonNode> follow(Api api) throws IOException, InterruptedException {
        List<String> tenants = List.of(onPostgres, onMySql, broken);
        ProgressView view = new ProgressView(
                out,
                System.console() == null || !isTerminal() ? ProgressView.Screen.PLAIN : ProgressView.Screen.TERMINAL,
                Instant.now(),
                tenants);
        Map<String, JsonNode> rows = new HashMap<>();
        await(
                () -> {
                    for (String tenant : tenants) {
                        Optional<JsonNode> row = api.tenant(tenant);
                        if (row.isPresent()) {
                            rows.put(tenant, row.get());
                            view.update(tenant, row.get(), Instant.now());
                        }
                    }
                    view.draw(Instant.now());
                    return rows.size() == tenants.size()
                            && rows.values().stream().allMatch(QuickstartCommand::hasEnded);
                },
                ENDS_WITHIN,
                "the tenants did not end");
        return rows;
    }

    private boolean report(House house, Map<String, JsonNode> rows) throws SQLException {
        out.println();
        boolean postgres = reportCompleted(house, onPostgres, "PostgreSQL", rows.get(onPostgres));
        boolean mySql = reportCompleted(house, onMySql, "MySQL", rows.get(onMySql));
        boolean failed = reportFailed(rows.get(broken));
        return postgres && mySql && failed;
    }

    /** Answers whether it was as expected. */
    private boolean reportCompleted(House house, String tenant, String engine, JsonNode row) throws SQLException {
        if (statusOf(row) != OnboardingStatus.ALL_COMPLETED) {
            out.println(tenant + " was to complete, but ended otherwise: " + row.get("failure"));
            return false;
        }
        out.println(tenant + " is complete. Its own database, on " + engine + ", now has:");
        Map<String, Long> tables = house.databases().tables(Samples.database(tenant));
        tables.forEach((table, count) -> out.printf("  table %-10s %d rows%n", table, count));
        return tables.equals(Map.of("customer", 2L, "invoice", 2L));
    }

    /** Answers whether it was as expected. */
    private boolean reportFailed(JsonNode row) {
        JsonNode failure = row.get("failure");
        if (statusOf(row) != OnboardingStatus.ERROR
                || !failure.get("code").asText().equals("sql_failed")) {
            out.println(broken + " was to fail at its SQL, but ended otherwise: " + row);
            return false;
        }
        out.println(broken + " failed, as it was to: " + failure.get("message").asText());
        out.println("  statement " + failure.at("/details/statement_index").asText() + ", line "
                + failure.at("/details/line").asText() + ": "
                + failure.at("/details/statement").asText());
        return true;
    }

    private Optional<String> takenPort() {
        Map<String, Integer> ports = Map.of("--http-port", httpPort, "--kafka-port", kafkaPort, "--aws-port", awsPort);
        InetAddress here = Ports.ipv4("127.0.0.1");
        return ports.entrySet().stream()
                .filter(port -> !Ports.isFree(here, port.getValue()))
                .map(port -> "port " + port.getValue() + " on 127.0.0.1 is taken: choose another with " + port.getKey())
                .findFirst();
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(Condition condition, Duration atMost, String otherwise)
            throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(atMost);
        while (!condition.holds()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(otherwise + " within " + atMost.toSeconds() + " s; the log says why");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    /** Since Java 22 there may be a console where nobody looks at it. */
    private static boolean isTerminal() {
        String term = System.getenv("TERM");
        return term != null && !term.equals("dumb");
    }

    private static boolean hasEnded(JsonNode row) {
        return statusOf(row).isFinal();
    }

    private static OnboardingStatus statusOf(JsonNode row) {
        return OnboardingStatus.of(row.get("tenant_onboarding_status").asText());
    }

    private static double seconds(Instant start) {
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }
}
