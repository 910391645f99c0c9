package dev.rowhouse.service.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rowhouse.schema.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** Reads a request's body, never more of it than the route allows. */
public final class Body {

    /** What a route allows unless it has reason for more, in bytes. */
    public static final int DEFAULT_LIMIT = 256 * 1024;

    private Body() {}

    /**
     * The body as a record, read as {@link Json} reads.
     *
     * @throws ProblemException 413 over {@link #DEFAULT_LIMIT}, 400 where it is not such a document
     */
    public static <T> T json(Context context, Class<T> type) throws IOException {
        return json(bytes(context, DEFAULT_LIMIT), type, Json.mapper());
    }

    /** A document as a record; 400 where it is not one. */
    public static <T> T json(byte[] document, Class<T> type, ObjectMapper mapper) throws IOException {
        try {
            T value = mapper.readValue(document, type);
            if (value == null) {
                throw new ProblemException(400, "Invalid JSON", "The body is null; send a JSON object.");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new ProblemException(400, "Invalid JSON", reason(e));
        }
    }

    /**
     * The body.
     *
     * @param limit in bytes
     * @throws ProblemException 413 over it
     */
    public static byte[] bytes(Context context, int limit) throws IOException {
        if (context.req().getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        InputStream stream = context.req().getInputStream();
        byte[] bytes = stream.readNBytes(limit);
        // Without a Content-Length only one byte more tells whether that was all.
        if (bytes.length == limit && stream.read() >= 0) {
            throw tooLarge(limit);
        }
        return bytes;
    }

    private static ProblemException tooLarge(int limit) {
        return new ProblemException(
                413, "Content too large", "The body has more than the " + limit + " bytes that this address reads.");
    }

    /** Jackson's message without the excerpt of the source, which may hold what must not be repeated. */
    private static String reason(JsonProcessingException e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String text = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        JsonLocation at = e.getLocation();
        return at == null ? text : text + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
