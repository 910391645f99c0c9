package dev.rowhouse.onboarding.account;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A server that answers AWS's query protocol with what a test wrote down, odd answers above all. */
public final class ScriptedAws implements AutoCloseable {

    /** The role that every test assumes. */
    public static final AccountAccess ACCESS =
            new AccountAccess("arn:aws:iam::123456789012:role/RowhouseAccess", "ext-1234", "eu-central-1");

    /** What is answered to a call. */
    public record Answer(int status, String body) {}

    /** A call as it came: its form fields by name, and the header that signs it. */
    public record Call(Map<String, String> fields, String authorization) {
        public String action() {
            return fields.get("Action");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Map<String, Function<Call, Answer>> scripts = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    public ScriptedAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        on("AssumeRole", call -> session(Instant.now().plusSeconds(3600)));
    }

    /** From now on {@code action} is answered so. */
    public ScriptedAws on(String action, Function<Call, Answer> script) {
        scripts.put(action, script);
        return this;
    }

    public AwsConnection connection() {
        return new AwsConnection(
                Optional.of("eu-west-1"),
                Optional.of(endpoint()),
                Optional.of(new AwsConnection.Login("AKIAOURS", "our-secret")));
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Call> calls(String action) {
        return calls.stream().filter(call -> action.equals(call.action())).toList();
    }

    public static Answer ok(String action, String result) {
        return new Answer(200, "<%1$sResponse><%1$sResult>%2$s</%1$sResult></%1$sResponse>".formatted(action, result));
    }

    public static Answer error(int status, String code, String message) {
        return new Answer(
                status,
                "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
                        .formatted(code, message));
    }

    public static Answer session(Instant expires) {
        return ok("AssumeRole", """
                <Credentials><AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
                <SessionToken>token</SessionToken><Expiration>%s</Expiration></Credentials>""".formatted(expires));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Call call = new Call(fields(body), exchange.getRequestHeaders().getFirst("Authorization"));
            calls.add(call);
            Answer answer = scripts.getOrDefault(
                            call.action(), unknown -> error(400, "InvalidAction", "not scripted: " + unknown.action()))
                    .apply(call);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> fields(String body) {
        return Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> URLDecoder.decode(field[0], StandardCharsets.UTF_8),
                        field -> field.length == 1 ? "" : URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }
}
