package dev.rowhouse.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowhouse.schema.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Rowhouse's API as anybody would call it. */
final class Api {

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final String key;

    Api(String base, String key) {
        this.base = base;
        this.key = key;
    }

    void putSettings(String saas, Map<String, Object> document) throws IOException, InterruptedException {
        expect(200, send("PUT", "/api/v1/settings/" + saas, document));
    }

    void createTenant(Map<String, Object> tenant) throws IOException, InterruptedException {
        expect(202, send("POST", "/api/v1/tenants", tenant));
    }

    /** A tenant's row; empty while there is none, or the table is not ready. */
    Optional<JsonNode> tenant(String tenant) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", "/api/v1/tenants/" + tenant, null);
        return answer.statusCode() == 200 ? Optional.of(Json.mapper().readTree(answer.body())) : Optional.empty();
    }

    boolean isReady() throws InterruptedException {
        try {
            return send("GET", "/health/ready", null).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> send(String method, String path, Object body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + key)
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(body)))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static void expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.request().method() + " "
                    + answer.request().uri() + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }
}
