package dev.rowhouse.service.http;

import dev.rowhouse.schema.Json;
import dev.rowhouse.service.config.HttpSettings;
import dev.rowhouse.service.health.Health;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinBindException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A running HTTP server; one of them can serve several services' routes. Thread-safe. */
public final class ApiServer implements AutoCloseable {

    private static final int THREADS = 100;

    private final Javalin javalin;

    private ApiServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts listening.
     *
     * @param keys needed for every address but {@code /health/…}
     * @param routes of all services it serves
     * @param services asked for readiness; it is ready when all are
     * @throws PortTakenException when somebody else has the port
     */
    public static ApiServer start(HttpSettings settings, ApiKeys keys, List<Routes> routes, List<Health> services) {
        List<Routes> all = new ArrayList<>(routes);
        all.add(new HealthRoutes(services));
        Javalin javalin = Javalin.create(config -> {
            quietly(config);
            config.jetty.host = settings.host();
            config.jetty.port = settings.port();
            config.routes.before(context -> authorize(context, keys));
            Problems.register(config.routes);
            all.forEach(each -> each.register(config.routes));
        });
        try {
            return new ApiServer(javalin.start());
        } catch (JavalinBindException e) {
            throw new PortTakenException(settings.host(), settings.port(), e);
        }
    }

    private static void quietly(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = "application/json";
        config.jsonMapper(new JavalinJackson(Json.mapper(), false));
        config.jetty.threadPool = threads();
        config.jetty.modifyServer(server -> server.setErrorHandler(new BelowRoutes()));
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.router.javaLangErrorHandler(Problems::answer);
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("http");
        return threads;
    }

    private static void authorize(Context context, ApiKeys keys) {
        if (!context.path().startsWith(HealthRoutes.PREFIX) && !keys.accept(context.header("Authorization"))) {
            throw new ProblemException(
                            401, "Unauthorized", "Send a key of this deployment: Authorization: Bearer <key>")
                    .withHeader("WWW-Authenticate", "Bearer realm=\"rowhouse\"");
        }
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
