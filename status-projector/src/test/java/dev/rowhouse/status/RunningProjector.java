package dev.rowhouse.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.rowhouse.schema.Json;
import dev.rowhouse.service.config.ConfigSources;
import dev.rowhouse.service.http.ApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A projector with a server of its own, asked over HTTP. */
final class RunningProjector implements AutoCloseable {

    static final int PARTITIONS = 3;
    private static final String KEY = "a-test-key";

    private final HttpClient client = HttpClient.newHttpClient();
    private final StatusProjector projector;
    private final ApiServer server;

    private RunningProjector(StatusProjector projector, ApiServer server) {
        this.projector = projector;
        this.server = server;
    }

    static RunningProjector start(String bootstrapServers, Path state) throws InterruptedException {
        return start(bootstrapServers, state, "rowhouse-status-projector");
    }

    static RunningProjector start(String bootstrapServers, Path state, String applicationId)
            throws InterruptedException {
        ProjectorConfig config = ProjectorConfig.read(ConfigSources.explicitly(Map.of(
                "rowhouse.kafka.bootstrap.servers",
                bootstrapServers,
                "rowhouse.api-keys",
                KEY,
                "rowhouse.http.port",
                "0",
                "rowhouse.topics.partitions",
                Integer.toString(PARTITIONS),
                "rowhouse.projector.application-id",
                applicationId,
                "rowhouse.projector.state-directory",
                state.toString(),
                "rowhouse.projector.advertised-address",
                state.getFileName() + ".internal:8081")));
        StatusProjector projector = StatusProjector.start(config);
        return new RunningProjector(
                projector,
                ApiServer.start(
                        config.http(), config.keys(), List.of(projector.routes()), List.of(projector.health())));
    }

    boolean isReady() throws IOException, InterruptedException {
        return get("/health/ready").statusCode() == 200;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Authorization", "Bearer " + KEY)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> tenant(String tenant) throws IOException, InterruptedException {
        return get("/api/v1/tenants/" + tenant);
    }

    /** The row's sequence; 0 where there is no row, or no answer. */
    int sequence(String tenant) throws IOException, InterruptedException {
        return row(tenant).path("sequence").asInt();
    }

    /** The row; missing where there is none, or no answer. */
    JsonNode row(String tenant) throws IOException, InterruptedException {
        HttpResponse<String> answer = tenant(tenant);
        return answer.statusCode() == 200 ? Json.mapper().readTree(answer.body()) : MissingNode.getInstance();
    }

    List<String> tenants() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode row :
                Json.mapper().readTree(get("/api/v1/tenants").body()).withArray("tenants")) {
            ids.add(row.get("tenant_id").asText());
        }
        return ids;
    }

    @Override
    public void close() {
        server.close();
        projector.close();
    }
}
