package dev.rowhouse.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowhouse.schema.Json;
import dev.rowhouse.schema.RetryOnboarding;
import dev.rowhouse.service.config.HttpSettings;
import dev.rowhouse.service.health.Health;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerTest {

    private static final ApiKeys KEYS = new ApiKeys(List.of("first-key", "second-key"));

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> notReady = new ArrayList<>();
    private final List<String> notAlive = new ArrayList<>();
    private ApiServer server;

    @BeforeEach
    void start() {
        Routes routes = config -> {
            config.get("/hello", context -> context.json(Map.of("hello", "you")));
            config.get("/broken", context -> {
                throw new IllegalStateException("a secret of ours");
            });
            config.get("/endless", context -> {
                throw new StackOverflowError("a secret of ours");
            });
            config.post("/echo", context -> context.json(Body.json(context, RetryOnboarding.class)));
        };
        server = ApiServer.start(new HttpSettings("127.0.0.1", 0), KEYS, List.of(routes), List.of(health()));
    }

    private Health health() {
        return new Health() {
            @Override
            public List<String> notReady() {
                return notReady;
            }

            @Override
            public List<String> notAlive() {
                return notAlive;
            }
        };
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersWhoeverSendsAnyOfTheKeys() throws Exception {
        assertThat(get("/hello", "first-key").statusCode()).isEqualTo(200);
        assertThat(get("/hello", "second-key").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhoeverSendsNoKeyOrAnother() throws Exception {
        for (String key : new String[] {null, "third-key", ""}) {
            HttpResponse<String> answer = get("/hello", key);

            assertProblem(answer, 401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"rowhouse\"");
        }
    }

    @Test
    void tellsNothingOfAnAddressToWhoeverHasNoKey() throws Exception {
        assertProblem(get("/nothing-here", null), 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/../hello",
                "/health/%2e%2e/hello",
                "/health/..;/hello",
                "/health/..%2fhello",
                "//hello",
                "/health//../hello",
                "/HEALTH/../hello"
            })
    void noDetourReachesAnAddressWithoutAKey(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).containsPattern("^HTTP/1.1 4\\d\\d ").contains("application/problem+json");
    }

    @Test
    void evenWhatIsNoRequestIsAnsweredWithAProblem() throws Exception {
        assertThat(raw("GET /hello HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json");
        assertThat(raw("GET /hello HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("application/problem+json");
    }

    @Test
    void anInstanceThatHangsIsNotAlive() throws Exception {
        assertThat(get("/health/live", null).statusCode()).isEqualTo(200);
        notAlive.add("the loop has not come round");

        HttpResponse<String> answer = get("/health/live", null);

        assertProblem(answer, 503);
        assertThat(answer.body()).contains("the loop has not come round");
    }

    @Test
    void answersUnknownAddressesAndMethodsWithAProblem() throws Exception {
        assertProblem(get("/nothing-here", "first-key"), 404);
        assertProblem(send(request("/hello", "first-key").DELETE()), 405);
    }

    @Test
    void keepsWhatWentWrongInsideToItself() throws Exception {
        for (String path : List.of("/broken", "/endless")) {
            HttpResponse<String> answer = get(path, "first-key");

            assertProblem(answer, 500);
            assertThat(answer.body()).doesNotContain("secret");
        }
    }

    @Test
    void saysWhichMethodsAnAddressAnswers() throws Exception {
        HttpResponse<String> answer = send(request("/echo", "first-key").DELETE());

        assertProblem(answer, 405);
        assertThat(answer.headers().firstValue("Allow"))
                .hasValueSatisfying(allowed -> assertThat(allowed).contains("POST"));
    }

    @Test
    void saysWhereABodyIsNoJson() throws Exception {
        HttpResponse<String> answer =
                send(request("/echo", "first-key").POST(HttpRequest.BodyPublishers.ofString("{\n  \"attempt\" 1}")));

        assertProblem(answer, 400);
        assertThat(answer.body()).contains("line 2");
    }

    @Test
    void refusesABodyWithoutLengthThatIsTooLarge() throws Exception {
        byte[] tooLarge = new byte[Body.DEFAULT_LIMIT + 1];

        assertProblem(
                send(request("/echo", "first-key")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge)))),
                413);
    }

    @Test
    void saysWhereABodyIsWrong() throws Exception {
        HttpResponse<String> answer = send(request("/echo", "first-key")
                .POST(HttpRequest.BodyPublishers.ofString("{\"tenant_id\":\"a\",\n \"attempt\":0}")));

        assertProblem(answer, 400);
        assertThat(answer.body()).contains("attempt must be 1 or more").contains("line 2");
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        assertProblem(
                send(request("/echo", "first-key")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[Body.DEFAULT_LIMIT + 1]))),
                413);
    }

    @Test
    void isReadyWhenNothingSpeaksAgainstIt() throws Exception {
        assertThat(get("/health/ready", null).statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhyItIsNotReadyAndWhenToAskAgain() throws Exception {
        notReady.add("the store is being restored");
        HttpResponse<String> answer = get("/health/ready", null);

        assertProblem(answer, 503);
        assertThat(answer.body()).contains("the store is being restored");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(get("/health/live", null).statusCode()).isEqualTo(200);
    }

    @Test
    void namesAPortThatIsTaken() {
        assertThatThrownBy(
                        () -> ApiServer.start(new HttpSettings("127.0.0.1", server.port()), KEYS, List.of(), List.of()))
                .isInstanceOf(PortTakenException.class)
                .hasMessageContaining(String.valueOf(server.port()));
    }

    /** What no proper client would send. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout((int) ANSWERS_WITHIN.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        JsonNode problem = Json.mapper().readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).isNotBlank();
    }

    private HttpResponse<String> get(String path, String key) throws Exception {
        return send(request(path, key).GET());
    }

    private HttpRequest.Builder request(String path, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(ANSWERS_WITHIN).build(), HttpResponse.BodyHandlers.ofString());
    }
}
