package dev.rowhouse.service.http;

import dev.rowhouse.service.health.Health;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** {@code /health/live} and {@code /health/ready}, without a key: whoever asks is a load balancer. */
final class HealthRoutes implements Routes {

    static final String PREFIX = "/health/";
    private static final String RETRY_SECONDS = "2";

    private final Health services;

    HealthRoutes(List<Health> services) {
        this.services = Health.of(services);
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get(
                PREFIX + "live",
                context -> answer(context, "Wedged", "Restart this instance: see reasons.", services.notAlive()));
        routes.get(
                PREFIX + "ready",
                context -> answer(
                        context, "Not ready", "This instance cannot work yet: see reasons.", services.notReady()));
    }

    private static void answer(Context context, String title, String detail, List<String> reasons) {
        if (!reasons.isEmpty()) {
            throw new ProblemException(503, title, detail, Map.of("reasons", reasons))
                    .withHeader("Retry-After", RETRY_SECONDS);
        }
        context.json(Map.of("status", "up"));
    }
}
