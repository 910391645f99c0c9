package dev.rowhouse.sandbox.aws.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP port on 127.0.0.1 in front of the services. Thread-safe. */
public final class QueryServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryServer.class);
    private static final int THREADS = 8;

    static {
        // The JDK's server sends head and body apart; without this each answer waits 40 ms for the client's delayed
        // acknowledgement (https://bugs.openjdk.org/browse/JDK-8294610). It is read once, before the first server.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "aws-stand-in-http");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Service> services;
    private final Consumer<Call> gate;
    private final HttpHandler elsewhere;

    private QueryServer(HttpServer http, List<Service> services, Consumer<Call> gate, HttpHandler elsewhere) {
        this.http = http;
        this.services = services.stream().collect(Collectors.toUnmodifiableMap(Service::name, Function.identity()));
        this.gate = gate;
        this.elsewhere = elsewhere;
    }

    /**
     * Listens.
     *
     * @param port 0 for a free one
     * @param gate sees each call before its service does, and may throw {@link AwsException} instead of it
     * @param elsewhere serves every path but {@code /}, which the services share
     * @throws java.net.BindException if the port is taken
     */
    public static QueryServer start(int port, List<Service> services, Consumer<Call> gate, HttpHandler elsewhere)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        QueryServer server = new QueryServer(HttpServer.create(address, 128), services, gate, elsewhere);
        server.http.setExecutor(server.threads);
        server.http.createContext("/", server::handle);
        server.http.start();
        return server;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/")) {
            query(exchange);
        } else {
            elsewhere.handle(exchange);
        }
    }

    private void query(HttpExchange exchange) throws IOException {
        String requestId = UUID.randomUUID().toString();
        try (exchange) {
            Answer answer = answer(exchange, requestId);
            byte[] body = answer.xml().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange, String requestId) throws IOException {
        Service service = null;
        try {
            Call call = CallReader.read(exchange, requestId);
            service = serviceOf(call);
            gate.accept(call);
            return new Answer(200, success(call, service, service.answer(call)));
        } catch (AwsException e) {
            return new Answer(e.status(), failure(requestId, service, e));
        } catch (RuntimeException e) {
            // The last line of defence: without an answer the client would wait for its timeout, and retry.
            LOG.error("The stand-in for AWS failed at request {}", requestId, e);
            AwsException fault = new AwsException(
                    500, "InternalFailure", "The stand-in for AWS failed at this request; its log says why");
            return new Answer(fault.status(), failure(requestId, service, fault));
        }
    }

    private Service serviceOf(Call call) {
        Service service = services.get(call.service());
        if (service == null) {
            throw new AwsException(
                    400,
                    "UnknownService",
                    "The sandbox's stand-in for AWS does not serve '" + call.service() + "', only "
                            + services.keySet().stream().sorted().toList());
        }
        if (call.action().isEmpty()) {
            throw new AwsException(400, "MissingAction", "The request names no Action");
        }
        if (!call.version().equals(service.version())) {
            throw new AwsException(
                    400,
                    "InvalidAction",
                    "Could not find operation " + call.action() + " for version " + call.version());
        }
        return service;
    }

    private static String success(Call call, Service service, String result) {
        Xml content = new Xml();
        if (!result.isEmpty()) {
            content.element(call.action() + "Result", xml -> xml.raw(result));
        }
        content.element("ResponseMetadata", xml -> xml.text("RequestId", call.requestId()));
        String name = call.action() + "Response";
        return "<" + name + " xmlns=\"" + service.namespace() + "\">" + content + "</" + name + ">";
    }

    private static String failure(String requestId, Service service, AwsException e) {
        Xml content = new Xml();
        content.element(
                "Error",
                error -> error.text("Type", e.status() < 500 ? "Sender" : "Receiver")
                        .text("Code", e.code())
                        .text("Message", e.getMessage()));
        content.text("RequestId", requestId);
        String namespace = service == null ? "" : " xmlns=\"" + service.namespace() + "\"";
        return "<ErrorResponse" + namespace + ">" + content + "</ErrorResponse>";
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private record Answer(int status, String xml) {}
}
