package dev.rowhouse.service.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that cannot be answered as asked; becomes {@code application/problem+json} (RFC 9457). */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;
    private final transient Map<String, Object> extensions;
    private final transient Map<String, String> headers;

    /** @param detail what went wrong and how to mend it, for the caller's eyes */
    public ProblemException(int status, String title, String detail) {
        this(status, title, detail, Map.of());
    }

    /** @param extensions members beside the standard ones, such as {@code problems}; JSON values by snake_case name */
    public ProblemException(int status, String title, String detail, Map<String, Object> extensions) {
        this(status, title, detail, extensions, Map.of());
    }

    private ProblemException(
            int status, String title, String detail, Map<String, Object> extensions, Map<String, String> headers) {
        // Without stack trace: it is an answer, not a fault, and strangers can cause any number of them.
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.extensions = Map.copyOf(extensions);
        this.headers = Map.copyOf(headers);
    }

    /** The same problem, answered with one header more. */
    public ProblemException withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new ProblemException(status, title, getMessage(), extensions, all);
    }

    public int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The document, its members in the order people read them. */
    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "about:blank");
        document.put("title", title);
        document.put("status", status);
        document.put("detail", getMessage());
        document.putAll(extensions);
        return document;
    }
}
