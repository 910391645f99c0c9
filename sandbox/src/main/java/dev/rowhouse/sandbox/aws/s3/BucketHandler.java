package dev.rowhouse.sandbox.aws.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.rowhouse.sandbox.aws.wire.Xml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * {@code PUT /bucket}, and {@code PUT}, {@code GET} and {@code HEAD} of {@code /bucket/key}. Whoever reaches the port may: signatures
 * are not looked at. Thread-safe.
 */
public final class BucketHandler implements HttpHandler {
    private static final int MAX_OBJECT = 8 << 20;

    /** What goes with a signature, or clients send by default and asks for nothing. */
    private static final Set<String> OF_EVERY_CLIENT = Set.of(
            "x-amz-content-sha256",
            "x-amz-date",
            "x-amz-security-token",
            "x-amz-user-agent",
            "x-amz-decoded-content-length",
            "x-amz-trailer",
            "x-amz-sdk-checksum-algorithm",
            // Checksums to be shown where there are any: none is kept here.
            "x-amz-checksum-mode");

    private final Buckets buckets;

    public BucketHandler(Buckets buckets) {
        this.buckets = buckets;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String requestId = UUID.randomUUID().toString();
        exchange.getResponseHeaders().set("x-amz-request-id", requestId);
        try (exchange) {
            try {
                serve(exchange);
            } catch (S3Exception e) {
                exchange.getResponseHeaders().set("Content-Type", "application/xml");
                answer(exchange, e.status(), failure(e, exchange.getRequestURI().getPath(), requestId));
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        refuseWhatIsNotObeyed(exchange);
        String path = exchange.getRequestURI().getPath().substring(1);
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        switch (exchange.getRequestMethod() + (key.isEmpty() ? " bucket" : "")) {
            case "PUT bucket" -> {
                buckets.make(bucket);
                exchange.getResponseHeaders().set("Location", "/" + bucket);
                answer(exchange, 200, new byte[0]);
            }
            case "PUT" -> {
                byte[] content = content(exchange);
                buckets.put(bucket, key, content);
                exchange.getResponseHeaders().set("ETag", tag(content));
                answer(exchange, 200, new byte[0]);
            }
            case "GET", "HEAD" -> {
                byte[] content = buckets.get(bucket, key);
                exchange.getResponseHeaders().set("Content-Type", "binary/octet-stream");
                exchange.getResponseHeaders().set("ETag", tag(content));
                answer(exchange, 200, content);
            }
            default -> throw S3Exception.notServed(exchange.getRequestMethod() + " of /" + path);
        }
    }

    /** A subresource such as {@code ?acl}, or a copy, must not look as if it were done. */
    private static void refuseWhatIsNotObeyed(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        if (query != null) {
            Arrays.stream(query.split("&"))
                    .map(part -> part.split("=", 2)[0])
                    .filter(name -> !name.equals("x-id") && !name.startsWith("X-Amz-"))
                    .findFirst()
                    .ifPresent(name -> {
                        throw S3Exception.notServed("The query parameter " + name);
                    });
        }
        exchange.getRequestHeaders().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(BucketHandler::asksForMore)
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw S3Exception.notServed("The header " + name);
                });
    }

    private static boolean asksForMore(String header) {
        return header.startsWith("if-")
                || header.equals("range")
                || header.startsWith("x-amz-") && !OF_EVERY_CLIENT.contains(header) && !Checksums.knows(header);
    }

    private static byte[] content(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_OBJECT + 1);
        if (body.length > MAX_OBJECT) {
            throw new S3Exception(
                    400,
                    "EntityTooLarge",
                    "Your proposed upload exceeds the maximum allowed size, here " + MAX_OBJECT + " bytes");
        }
        String signed = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
        byte[] content = signed != null && signed.startsWith("STREAMING-") ? AwsChunked.decode(body) : body;
        exchange.getRequestHeaders().forEach((name, values) -> Checksums.check(name, values.get(0), content));
        return content;
    }

    private static String tag(byte[] content) {
        return '"' + HexFormat.of().formatHex(Checksums.digest("MD5", content)) + '"';
    }

    private static byte[] failure(S3Exception e, String path, String requestId) {
        String xml = new Xml()
                .element(
                        "Error",
                        error -> error.text("Code", e.code())
                                .text("Message", e.getMessage())
                                .text("Resource", path)
                                .text("RequestId", requestId))
                .toString();
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml).getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
