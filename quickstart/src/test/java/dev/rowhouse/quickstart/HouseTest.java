package dev.rowhouse.quickstart;

import static dev.rowhouse.schema.OnboardingStatus.ALL_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.ERROR;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_DB_READY;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_IN_PROGRESS;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_DB_IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Everything together, once: event in, stack built, database loaded, status visible. */
@Tag("slow")
class HouseTest {

    private static final String LOG = "house.log";
    private static final String QUOTING_SAAS = "whose-password-aws-quotes";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path data;

    private static House house;
    private static Api api;

    @BeforeAll
    static void open() throws Exception {
        LogFile.open(data.resolve(LOG));
        HouseOptions options = Houses.options(data, Duration.ofSeconds(3));
        house = House.open(options);
        api = new Api("http://127.0.0.1:" + options.httpPort(), Houses.KEY);
        await().atMost(PATIENCE).until(api::isReady);
        for (String saas : List.of(Samples.GOOD_SAAS, Samples.MYSQL_SAAS, Samples.BROKEN_SAAS)) {
            api.putSettings(saas, Samples.settings(saas));
        }
        Map<String, Object> quoting = new HashMap<>(Samples.settings(Samples.GOOD_SAAS));
        quoting.computeIfPresent(
                "template", (name, template) -> ((String) template).replace("Port: 5432", "Port: !Ref DbPass"));
        api.putSettings(QUOTING_SAAS, quoting);
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new ContextInitializer(context).autoConfig();
    }

    @Test
    void aTenantCreatedOverHttpGetsItsDatabase() throws Exception {
        api.createTenant(Samples.tenant("by-http", "By HTTP", Samples.GOOD_SAAS));
        awaitStatus("by-http", "all_completed");

        assertThat(Topic.statuses(kafka(), "by-http"))
                .containsExactly(
                        SETUP_CFN_IN_PROGRESS,
                        SETUP_CFN_DB_READY,
                        SETUP_CFN_COMPLETED,
                        SETUP_DB_IN_PROGRESS,
                        ALL_COMPLETED);
        // Told beside the statuses, and so perhaps a moment after the last of them.
        await().atMost(PATIENCE)
                .until(() -> api.tenant("by-http")
                        .filter(row -> row.at("/sql_progress/statement").asInt() == 5)
                        .isPresent());
        assertThat(api.tenant("by-http")
                        .orElseThrow()
                        .at("/sql_progress/statements")
                        .asInt())
                .isEqualTo(5);
        assertThat(Topic.types(kafka(), Topics.TENANT_STATUS_CHANGED.name()))
                .containsOnly(EventType.TENANT_STATUS_CHANGED.type());
        assertThat(Topic.types(kafka(), Topics.ONBOARDING_PROGRESS.name()))
                .containsOnly(EventType.ONBOARDING_PROGRESS.type());
        assertThat(house.databases().tables(Samples.database("by-http")))
                .isEqualTo(Map.of("customer", 2L, "invoice", 2L));
        assertThat(house.aws().stacksMade("rowhouse-quickstart-by-http")).isEqualTo(1);
    }

    @Test
    void aTenantOnMySqlGetsItsDatabase() throws Exception {
        api.createTenant(Samples.tenant("on-mysql", "On MySQL", Samples.MYSQL_SAAS));
        awaitStatus("on-mysql", "all_completed");

        assertThat(Topic.statuses(kafka(), "on-mysql")).hasSize(5);
        assertThat(house.databases().tables(Samples.database("on-mysql")))
                .isEqualTo(Map.of("customer", 2L, "invoice", 2L));
    }

    @Test
    void bareJsonOnAnyPartitionWithAnyKeyIsOnboarded() throws Exception {
        send(3, null, "{\"tenant_id\":\"bare\",\"tenant_name\":\"Bare\",\"saas_id\":\"sample\"}");
        send(0, "some key", "{\"tenant_id\":\"bare\",\"tenant_name\":\"Bare\",\"saas_id\":\"sample\"}");
        awaitStatus("bare", "all_completed");

        assertThat(Topic.statuses(kafka(), "bare")).hasSize(5);
        assertThat(house.aws().stacksMade("rowhouse-quickstart-bare")).isEqualTo(1);
    }

    @Test
    void aMistakeInTheSqlIsNamedWithStatementAndLine() throws Exception {
        api.createTenant(Samples.tenant("mistaken", "Mistaken", Samples.BROKEN_SAAS));
        JsonNode failure = awaitStatus("mistaken", "error").get("failure");

        assertThat(Topic.statuses(kafka(), "mistaken"))
                .containsExactly(
                        SETUP_CFN_IN_PROGRESS, SETUP_CFN_DB_READY, SETUP_CFN_COMPLETED, SETUP_DB_IN_PROGRESS, ERROR);
        assertThat(failure.get("code").asText()).isEqualTo("sql_failed");
        assertThat(failure.at("/details/statement_index").asInt()).isEqualTo(2);
        assertThat(failure.at("/details/line").asInt()).isEqualTo(6);
        assertThat(failure.at("/details/sqlstate").asText()).isEqualTo("42P01");
        assertThat(failure.toString()).doesNotContain("Nobody finds this table");
        assertThat(house.databases().tables(Samples.database("mistaken"))).isEmpty();
    }

    @Test
    void aTenantOfASaasNobodyRegisteredEndsInError() throws Exception {
        api.createTenant(Samples.tenant("stray", "Stray", "nobodys"));

        assertThat(awaitStatus("stray", "error").at("/failure/code").asText()).isEqualTo("settings_missing");
    }

    @Test
    void noPasswordIsFoundInAnyTopicLogOrStore() throws Exception {
        api.createTenant(Samples.tenant("secretive", "Secretive", Samples.GOOD_SAAS));
        api.createTenant(Samples.tenant("secretive-2", "Secretive", Samples.BROKEN_SAAS));
        api.createTenant(Samples.tenant("secretive-4", "Secretive", Samples.MYSQL_SAAS));
        awaitStatus("secretive", "all_completed");
        awaitStatus("secretive-2", "error");
        awaitStatus("secretive-4", "all_completed");
        api.createTenant(Samples.tenant("secretive-3", "Secretive", QUOTING_SAAS));
        JsonNode failure = awaitStatus("secretive-3", "error").get("failure");
        List<String> passwords = new ArrayList<>(house.databases().made().values().stream()
                .map(made -> made.instance().masterPassword())
                .toList());
        passwords.add(passwordThatAwsQuoted("secretive-3"));

        assertThat(failure.get("message").asText()).contains("Invalid value for the port: ***");
        assertThat(passwords).hasSizeGreaterThanOrEqualTo(4).allMatch(password -> password.length() == 32);
        String quoted = "Invalid value for the port: ***";
        List<String> texts = new ArrayList<>(passwords);
        texts.addAll(List.of("secretive-2", "current=1", quoted));
        Map<String, Set<String>> topics = topicsWith(texts);
        Map<String, Set<String>> files = filesWith(texts);
        assertThat(topics).doesNotContainKeys(passwords.toArray(String[]::new));
        assertThat(files).doesNotContainKeys(passwords.toArray(String[]::new));
        // The search itself finds what is there.
        assertThat(topics.get("secretive-2")).contains(Topics.TENANT_STATUS_CHANGED.name(), "onboarding-journal");
        assertThat(files.get("current=1")).containsExactly("keys.properties");
        assertThat(files.get(quoted)).contains(LOG);
    }

    /** Asks the stand-in itself, as whoever owns the account may. */
    private static String passwordThatAwsQuoted(String tenant) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(house.aws().endpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAOWNER/20260101/" + House.REGION
                                + "/cloudformation/aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "Action=DescribeStackEvents&Version=2010-05-15&StackName=" + "rowhouse-quickstart-" + tenant))
                .build();
        String events = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher quoted =
                Pattern.compile("Invalid value for the port: (\\w{32})").matcher(events);
        assertThat(quoted.find()).as(events).isTrue();
        return quoted.group(1);
    }

    /** The names of the topics by what is found in them; everything is read once, since there is much of it. */
    private static Map<String, Set<String>> topicsWith(List<String> texts) throws Exception {
        Map<String, Set<String>> found = new HashMap<>();
        for (String name : Topic.names(kafka())) {
            for (ConsumerRecord<byte[], byte[]> record : new Topic(kafka(), name).read("read_uncommitted")) {
                Stream.concat(
                                Stream.of(record.key(), record.value()),
                                Arrays.stream(record.headers().toArray()).map(Header::value))
                        .forEach(bytes -> search(bytes, texts, name, found));
            }
        }
        return found;
    }

    /** Logs, key files, the servers' and the projector's stores; files that vanish while we look are nobody's. */
    private static Map<String, Set<String>> filesWith(List<String> texts) throws IOException {
        Map<String, Set<String>> found = new HashMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(data)) {
            // To open a lock's file here gives the lock up, and another sandbox would take us for dead.
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("owner.lock"))
                    .toList();
        }
        for (Path file : files) {
            try {
                search(Files.readAllBytes(file), texts, file.getFileName().toString(), found);
            } catch (NoSuchFileException e) {
                continue;
            }
        }
        return found;
    }

    private static void search(byte[] bytes, List<String> texts, String place, Map<String, Set<String>> found) {
        String content = bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
        texts.stream()
                .filter(content::contains)
                .forEach(text ->
                        found.computeIfAbsent(text, t -> new TreeSet<>()).add(place));
    }

    private static JsonNode awaitStatus(String tenant, String status) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> api.tenant(tenant)
                        .filter(row ->
                                row.get("tenant_onboarding_status").asText().equals(status))
                        .isPresent());
        return api.tenant(tenant).orElseThrow();
    }

    private static void send(int partition, String key, String json) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.TENANT_CREATED.name(),
                            partition,
                            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                            json.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static String kafka() {
        return house.broker().bootstrapServers();
    }
}
