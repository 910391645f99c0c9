package dev.rowhouse.service.http;

import io.javalin.config.RoutesConfig;

/** A feature's routes. Handlers run on many threads at once. */
@FunctionalInterface
public interface Routes {

    void register(RoutesConfig routes);
}
