package dev.rowhouse.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rowhouse.schema.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every exception a handler can throw into a problem document. */
final class Problems {

    static final String CONTENT_TYPE = "application/problem+json";
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static void register(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, context) -> answer(context, e));
        routes.exception(HttpResponseException.class, (e, context) -> answer(context, of(context, e)));
        // The last line of defence of a request: what happened is for the log, not for the caller.
        routes.exception(Exception.class, (e, context) -> answer(context, unexpected(context, e)));
    }

    static ProblemException unexpected(Context context, Throwable e) {
        LOG.atError().setCause(e).log("{} {} failed", context.method(), context.path());
        return internal();
    }

    static void answer(Context context, ProblemException problem) {
        problem.headers().forEach(context::header);
        context.status(problem.status()).contentType(CONTENT_TYPE).result(bytes(problem));
    }

    /** An error below exceptions, such as a stack that is too deep. Without an answer the caller would wait for ever. */
    static void answer(HttpServletResponse response, Error error) {
        LOG.error("a request failed", error);
        ProblemException problem = internal();
        response.setStatus(problem.status());
        response.setContentType(CONTENT_TYPE);
        try {
            response.getOutputStream().write(bytes(problem));
        } catch (IOException e) {
            LOG.debug("the caller has gone", e);
        }
    }

    private static ProblemException internal() {
        return new ProblemException(
                500, "Internal error", "Something unexpected happened; the service's log says what.");
    }

    static byte[] bytes(ProblemException problem) {
        try {
            return Json.mapper().writeValueAsBytes(problem.document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem's extensions are not JSON values", e);
        }
    }

    private static ProblemException of(Context context, HttpResponseException e) {
        if (e instanceof MethodNotAllowedResponse) {
            ProblemException problem = new ProblemException(
                    405, "Method not allowed", context.path() + " does not answer " + context.method());
            String allowed = e.getDetails().get("availableMethods");
            return allowed == null ? problem : problem.withHeader("Allow", allowed);
        }
        if (e instanceof NotFoundResponse) {
            return new ProblemException(404, "Not found", "There is nothing at " + context.path());
        }
        String title = HttpStatus.forStatus(e.getStatus()).getMessage();
        return new ProblemException(e.getStatus(), title, e.getMessage() == null ? title : e.getMessage());
    }
}
