package dev.rowhouse.service.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** {@code /health/live} and {@code /health/ready}, without a key: whoever asks is a load balancer. */
final class HealthRoutes implements Routes {

    static final String PREFIX = "/health/";
    private static final String RETRY_SECONDS = "2";

    private final List<Health> services;

    HealthRoutes(List<Health> services) {
        this.services = List.copyOf(services);
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get(PREFIX + "live", context -> context.json(Map.of("status", "up")));
        routes.get(PREFIX + "ready", this::ready);
    }

    private void ready(Context context) {
        List<String> reasons = services.stream()
                .flatMap(service -> service.notReady().stream())
                .toList();
        if (!reasons.isEmpty()) {
            throw new ProblemException(
                            503, "Not ready", "This instance cannot work yet: see reasons.", Map.of("reasons", reasons))
                    .withHeader("Retry-After", RETRY_SECONDS);
        }
        context.json(Map.of("status", "up"));
    }
}
