package dev.rowhouse.onboarding;

import dev.rowhouse.onboarding.account.AwsConnection;
import dev.rowhouse.onboarding.account.CallBudget;
import dev.rowhouse.onboarding.account.RoleSessions;
import dev.rowhouse.onboarding.http.SettingsRoutes;
import dev.rowhouse.onboarding.http.TenantRoutes;
import dev.rowhouse.onboarding.intake.Inbox;
import dev.rowhouse.onboarding.intake.Intake;
import dev.rowhouse.onboarding.intake.IntakeClients;
import dev.rowhouse.onboarding.loop.Journal;
import dev.rowhouse.onboarding.loop.LoopClients;
import dev.rowhouse.onboarding.loop.OnboardingLoop;
import dev.rowhouse.onboarding.progress.KafkaSqlProgress;
import dev.rowhouse.onboarding.settings.KafkaSettingsStore;
import dev.rowhouse.onboarding.settings.SettingsTopics;
import dev.rowhouse.onboarding.stack.CloudFormationStacks;
import dev.rowhouse.onboarding.stack.KeyRing;
import dev.rowhouse.onboarding.step.Scripts;
import dev.rowhouse.onboarding.step.Steps;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.service.health.Health;
import dev.rowhouse.service.http.Routes;
import dev.rowhouse.service.kafka.TopicPlan;
import dev.rowhouse.service.kafka.TopicSetup;
import dev.rowhouse.sql.LocalSqlRunner;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: everything but the HTTP server, which may serve other services' routes too. Thread-safe. */
public final class OnboardingService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OnboardingService.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int CALLS_AT_ONCE = 10;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Routes> routes;
    private final Health health;

    private OnboardingService(OnboardingConfig config) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        KeyRing keys = KeyRing.read(config.keyRingFile());
        Map<String, Integer> partitions = createTopics(config);
        Map<String, Object> kafka = config.kafka().clientProperties("rowhouse-" + config.deployment());

        KafkaSettingsStore settings = part(new KafkaSettingsStore(kafka));
        settings.start();
        LocalSqlRunner runner = part(new LocalSqlRunner(config.databases().policy(), clock));
        KafkaSqlProgress progress =
                part(new KafkaSqlProgress(kafka, partitions.get(Topics.ONBOARDING_PROGRESS.name()), clock));
        AwsConnection aws = config.aws().connection();
        RoleSessions sessions = part(new RoleSessions(aws, config.deployment(), clock));
        CloudFormationStacks stacks = part(new CloudFormationStacks(
                aws,
                sessions,
                new CallBudget(config.aws().callsPerSecond(), CALLS_AT_ONCE, clock),
                config.aws().pace(),
                clock));
        OnboardingConfig.Deadlines deadlines = config.deadlines();
        Scripts scripts = new Scripts(runner, progress, deadlines.database(), deadlines.sql());
        Steps steps = part(new Steps(config.deployment(), deadlines.stack(), settings, keys, stacks, scripts, clock));
        OnboardingLoop loop =
                part(new OnboardingLoop(new LoopClients(kafka, group(config, "onboarding")), steps.all(), clock));
        Intake intake = part(new Intake(new IntakeClients(kafka, group(config, "intake")), clock));
        Producer<byte[], byte[]> tenants = part(tenantsProducer(kafka));
        this.routes = List.of(new SettingsRoutes(settings), new TenantRoutes(tenants, clock, UUID::randomUUID));
        this.health = Health.of(List.of(settings::notReady, loop.health(), intake.health()));
        loop.start();
        intake.start();
    }

    /**
     * Creates the topics that are missing and starts working.
     *
     * @throws dev.rowhouse.onboarding.stack.UnusableKeyRingException when the key ring cannot be used
     * @throws dev.rowhouse.sql.connect.UnusableCaFileException when the CA file cannot be used
     * @throws dev.rowhouse.service.kafka.KafkaUnreachableException when no broker answers
     * @throws dev.rowhouse.service.kafka.KafkaRefusedException when one answers and refuses us
     * @throws dev.rowhouse.onboarding.settings.SettingsUnavailableException when the settings cannot be read
     * @throws dev.rowhouse.service.kafka.UnusableTopicsException when an existing topic cannot work
     */
    public static OnboardingService start(OnboardingConfig config) throws InterruptedException {
        return new OnboardingService(config);
    }

    public List<Routes> routes() {
        return routes;
    }

    public Health health() {
        return health;
    }

    private static Map<String, Integer> createTopics(OnboardingConfig config) throws InterruptedException {
        int partitions = config.topics().partitions();
        return new TopicSetup(config.kafka(), config.topics(), PATIENCE)
                .ensure(List.of(
                        TopicPlan.shared(Topics.TENANT_CREATED, partitions),
                        TopicPlan.shared(Topics.ONBOARDING_COMMANDS, partitions),
                        TopicPlan.shared(Topics.DEAD_LETTERS, partitions),
                        TopicPlan.own(Topics.TENANT_STATUS_CHANGED, partitions),
                        TopicPlan.own(Topics.ONBOARDING_PROGRESS, partitions),
                        TopicPlan.own(Inbox.TOPIC, partitions),
                        TopicPlan.own(Journal.TOPIC, partitions),
                        TopicPlan.own(SettingsTopics.SETTINGS, 1),
                        TopicPlan.own(SettingsTopics.ARTIFACTS, 1)));
    }

    private static String group(OnboardingConfig config, String role) {
        return "rowhouse-" + config.deployment() + "-" + role;
    }

    private static Producer<byte[], byte[]> tenantsProducer(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("max.block.ms", 8_000);
        settings.put("request.timeout.ms", 5_000);
        settings.put("delivery.timeout.ms", 10_000);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** The last started first: the loop leaves its group before what its steps use is closed. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                // One part that cannot be closed must not keep the others open.
                LOG.warn("{} was not closed in good order", part.getClass().getSimpleName(), e);
            }
        }
    }
}
