package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.s3.Buckets;
import dev.rowhouse.sandbox.aws.s3.S3Exception;
import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.Parameters;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a template's text comes from. Every URL of S3 leads to the stand-in's own buckets, whatever host it names: nothing is
 * fetched from the network. Thread-safe.
 */
final class Templates {
    /** What a request may say about its template. */
    static final Set<String> MEMBERS = Set.of("TemplateBody", "TemplateURL");

    private static final int MAX_BODY_BYTES = 51_200;
    private static final int MAX_OBJECT_BYTES = 1_000_000;
    private static final int MAX_URL = 5120;
    private static final Pattern ANYTHING = Pattern.compile("(?s).*");

    /** By path and by host, with a region, with the dash of old, or with neither. */
    private static final Pattern S3 = Pattern.compile(
            "(?:([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\\.)?s3(?:[.-](?:dualstack\\.)?[a-z]{2}(?:-[a-z]+)+-\\d)?"
                    + "\\.amazonaws\\.com(?:\\.cn)?");

    private final Buckets buckets;
    private final Supplier<URI> endpoint;

    /** @param endpoint the stand-in's own address, under which its buckets are too */
    Templates(Buckets buckets, Supplier<URI> endpoint) {
        this.buckets = buckets;
        this.endpoint = endpoint;
    }

    /** The template that a request brings, or says where it is. */
    String of(Parameters parameters) {
        return given(parameters)
                .orElseThrow(
                        () -> AwsException.validationError("Either Template URL or Template Body must be specified."));
    }

    /** Empty if the request speaks of none. */
    Optional<String> given(Parameters parameters) {
        Optional<String> url = parameters.text("TemplateURL", 1, MAX_URL, ANYTHING);
        Optional<String> body = parameters.text("TemplateBody");
        if (url.isPresent() && body.isPresent()) {
            throw AwsException.validationError("Either Template URL or Template Body must be specified, but not both.");
        }
        body.ifPresent(Templates::checkBody);
        return url.map(this::at).or(() -> body);
    }

    private static void checkBody(String body) {
        int bytes = body.getBytes(StandardCharsets.UTF_8).length;
        if (body.isEmpty() || bytes > MAX_BODY_BYTES) {
            // AWS repeats the whole template here, which helps nobody.
            throw AwsException.constraint(
                    body.substring(0, Math.min(body.length(), 100)),
                    "templateBody",
                    body.isEmpty()
                            ? "Member must have length greater than or equal to 1"
                            : "Member must have length less than or equal to " + MAX_BODY_BYTES);
        }
    }

    /**
     * The text of the object at a URL.
     *
     * @throws AwsException if there is none, or it is too large
     */
    String at(String url) {
        URI address = uri(url);
        checkQuery(address);
        String path = path(address);
        int slash = path.indexOf('/');
        if (slash <= 0 || slash == path.length() - 1) {
            throw unsupported();
        }
        byte[] content = content(path.substring(0, slash), path.substring(slash + 1));
        if (content.length > MAX_OBJECT_BYTES) {
            throw AwsException.validationError("Template may not exceed " + MAX_OBJECT_BYTES + " bytes in size.");
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private byte[] content(String bucket, String key) {
        try {
            return buckets.get(bucket, key);
        } catch (S3Exception e) {
            throw AwsException.validationError(
                    "S3 error: " + e.getMessage()
                            + "\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
        }
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw unsupported();
        }
    }

    /** A signed address is as good as its object; a version would be another object. */
    private static void checkQuery(URI address) {
        if (address.getRawQuery() != null
                && !Arrays.stream(address.getRawQuery().split("&")).allMatch(part -> part.startsWith("X-Amz-"))) {
            throw AwsException.notServed("The query of the TemplateURL " + address);
        }
    }

    /** Bucket and key. */
    private String path(URI address) {
        String host = address.getHost() == null ? "" : address.getHost();
        String key = address.getPath() == null || address.getPath().isEmpty()
                ? ""
                : address.getPath().substring(1);
        if (isOwn(address, host)) {
            return key;
        }
        Matcher s3 = S3.matcher(host);
        if (!"https".equals(address.getScheme()) || !s3.matches()) {
            throw unsupported();
        }
        return s3.group(1) == null ? key : s3.group(1) + "/" + key;
    }

    private boolean isOwn(URI address, String host) {
        return "http".equals(address.getScheme())
                && Set.of("127.0.0.1", "localhost").contains(host)
                && address.getPort() == endpoint.get().getPort();
    }

    private static AwsException unsupported() {
        return AwsException.validationError("TemplateURL must be a supported URL.");
    }
}
