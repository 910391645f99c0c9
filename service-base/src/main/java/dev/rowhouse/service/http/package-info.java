/**
 * The HTTP server both services run: keys, problems, health, bounded bodies.
 *
 * <p>Knows Javalin; each service's routes register themselves through {@link dev.rowhouse.service.http.Routes}, so that one
 * server can serve both.
 */
package dev.rowhouse.service.http;
