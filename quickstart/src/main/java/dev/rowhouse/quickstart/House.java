package dev.rowhouse.quickstart;

import dev.rowhouse.onboarding.OnboardingConfig;
import dev.rowhouse.onboarding.OnboardingService;
import dev.rowhouse.sandbox.aws.AwsStandIn;
import dev.rowhouse.sandbox.aws.DatabaseHost;
import dev.rowhouse.sandbox.aws.Role;
import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.sandbox.rds.RdsInstances;
import dev.rowhouse.sandbox.tls.SandboxCa;
import dev.rowhouse.service.config.ConfigSources;
import dev.rowhouse.service.http.ApiServer;
import dev.rowhouse.service.http.Routes;
import dev.rowhouse.status.ProjectorConfig;
import dev.rowhouse.status.StatusProjector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything there is, running on this machine: a broker, databases, a stand-in for AWS, and both services on one port. */
final class House implements AutoCloseable {

    /** The builder's side of the stand-in: the account and the role that a builder would have made there. */
    private static final String ACCOUNT = "123456789012";

    static final String ROLE_ARN = "arn:aws:iam::" + ACCOUNT + ":role/rowhouse-access";

    static final String EXTERNAL_ID = "quickstart-external-id";
    static final String REGION = "eu-central-1";

    private static final int PARTITIONS = 4;

    private final HouseOptions options;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private KafkaBroker broker;
    private RdsInstances instances;
    private AwsStandIn aws;
    private TenantDatabases databases;
    private Path caFile;

    private House(HouseOptions options) {
        this.options = options;
    }

    /** Starts the servers, and the services with them. */
    static House open(HouseOptions options) throws IOException, InterruptedException {
        House house = openServers(options);
        try {
            house.startServices();
            return house;
        } catch (RuntimeException | InterruptedException e) {
            house.close();
            throw e;
        }
    }

    /** Starts the servers alone. */
    static House openServers(HouseOptions options) throws IOException, InterruptedException {
        House house = new House(options);
        try {
            house.startServers();
            return house;
        } catch (IOException | RuntimeException | InterruptedException e) {
            house.close();
            throw e;
        }
    }

    private void startServers() throws IOException, InterruptedException {
        // The SDK's own place for credentials; the stand-in takes any.
        System.setProperty("aws.accessKeyId", "AKIAQUICKSTART");
        System.setProperty("aws.secretAccessKey", "not-a-secret");
        broker = part(KafkaBroker.start(
                new KafkaBroker.Options(options.dataDir().resolve("kafka"), options.kafkaPort(), Map.of())));
        SandboxCa ca = SandboxCa.in(options.dataDir().resolve("ca"), Clock.systemUTC());
        instances = part(RdsInstances.open(options.dataDir().resolve("databases"), ca));
        caFile = instances.caFile();
        databases = new TenantDatabases(instances, caFile);
        aws = part(AwsStandIn.start(AwsStandIn.Options.defaults()
                .port(options.awsPort())
                // Ours and the builder's are one account here, so that whoever looks with any key sees the stacks.
                .account(ACCOUNT)
                .roles(new Role(ROLE_ARN, EXTERNAL_ID))
                .stackPace(options.stackTime())
                .databases(byEngine(databases))));
    }

    private Map<String, DatabaseHost> byEngine(DatabaseHost host) {
        return instances.byEngine().keySet().stream().collect(Collectors.toMap(engine -> engine, engine -> host));
    }

    private void startServices() throws InterruptedException {
        OnboardingService onboarding =
                part(OnboardingService.start(OnboardingConfig.read(ConfigSources.explicitly(onboardingSettings()))));
        ProjectorConfig projectorConfig = ProjectorConfig.read(ConfigSources.explicitly(projectorSettings()));
        StatusProjector projector = part(StatusProjector.start(projectorConfig));
        List<Routes> routes = new ArrayList<>(onboarding.routes());
        routes.add(projector.routes());
        part(ApiServer.start(
                projectorConfig.http(),
                projectorConfig.keys(),
                routes,
                List.of(onboarding.health(), projector.health())));
    }

    /** What the onboarding service is told, by the names of its configuration. */
    Map<String, String> onboardingSettings() {
        Map<String, String> settings = new HashMap<>(commonSettings());
        settings.put("rowhouse.deployment", "quickstart");
        settings.put("rowhouse.key-ring-file", keyRing().toString());
        settings.put("rowhouse.aws.region", REGION);
        settings.put("rowhouse.aws.endpoint-url", aws.endpoint().toString());
        settings.put("rowhouse.aws.watch-pace", "quick");
        settings.put("rowhouse.aws.calls-per-second", "100");
        settings.put("rowhouse.databases.loopback", "allowed");
        settings.put("rowhouse.databases.ca-file", caFile.toString());
        return settings;
    }

    /** What the status projector is told. */
    Map<String, String> projectorSettings() {
        Map<String, String> settings = new HashMap<>(commonSettings());
        settings.put(
                "rowhouse.projector.state-directory",
                options.dataDir().resolve("projector").toString());
        return settings;
    }

    private Map<String, String> commonSettings() {
        return Map.of(
                "rowhouse.kafka.bootstrap.servers", broker.bootstrapServers(),
                "rowhouse.api-keys", options.apiKey(),
                "rowhouse.http.port", String.valueOf(options.httpPort()),
                "rowhouse.topics.partitions", String.valueOf(PARTITIONS));
    }

    /** Made once: passwords that were derived from it must be derived again. */
    private Path keyRing() {
        Path file = options.dataDir().resolve("keys.properties");
        if (Files.notExists(file)) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            String ring = "current=1\nkey.1=" + Base64.getEncoder().encodeToString(key) + "\n";
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.write(file, ring.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException("the key ring " + file + " cannot be written: " + e, e);
            }
        }
        return file;
    }

    /** Leaves the end at the JVM's exit to the caller, who has a shutdown hook that closes this. */
    void endedInOrder() {
        broker.endedByOwnHook();
        instances.endedByOwnHook();
    }

    KafkaBroker broker() {
        return broker;
    }

    AwsStandIn aws() {
        return aws;
    }

    TenantDatabases databases() {
        return databases;
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** The last started first: services before the servers they use. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                // One part that cannot be closed must not keep the others running.
                System.err.println(
                        "rowhouse: " + part.getClass().getSimpleName() + " was not closed in good order: " + e);
            }
        }
    }
}
