package dev.rowhouse.sandbox.aws.wire;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a request: the form in the body (or the URL), and who calls which service from the Authorization header. */
final class CallReader {
    /** Far over any legal request: a template and its parameters fit in a tenth, even URL-encoded. */
    private static final int MAX_BODY = 4 << 20;

    private static final Pattern AUTHORIZATION =
            Pattern.compile("AWS4-HMAC-SHA256 .*?Credential=([^/,]+)/\\d{8}/([^/,]+)/([^/,]+)/aws4_request,.*");

    private CallReader() {}

    static Call read(HttpExchange exchange, String requestId) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        decode(exchange.getRequestURI().getRawQuery(), form);
        decode(body(exchange), form);
        Headers headers = exchange.getRequestHeaders();
        String authorization = headers.getFirst("Authorization");
        if (authorization == null) {
            throw new AwsException(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
        }
        Matcher scope = AUTHORIZATION.matcher(authorization);
        if (!scope.matches()) {
            throw new AwsException(
                    400, "IncompleteSignature", "Authorization header requires a Credential of Signature Version 4");
        }
        String action = form.remove("Action");
        String version = form.remove("Version");
        return new Call(
                requestId,
                scope.group(3),
                scope.group(2),
                action == null ? "" : action,
                version == null ? "" : version,
                scope.group(1),
                Optional.ofNullable(headers.getFirst("X-Amz-Security-Token")),
                new Parameters(form));
    }

    private static String body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new AwsException(413, "RequestEntityTooLarge", "The request is larger than " + MAX_BODY + " bytes");
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static void decode(String form, Map<String, String> into) {
        if (form == null || form.isEmpty()) {
            return;
        }
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            into.put(plain(name), plain(value));
        }
    }

    private static String plain(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AwsException(400, "MalformedQueryString", "The request's form is not well-formed");
        }
    }
}
