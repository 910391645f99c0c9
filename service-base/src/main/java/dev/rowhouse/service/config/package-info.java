/**
 * Reading a service's configuration once, at start, with every problem reported together.
 *
 * <p>Knows SmallRye Config and the names' grammar; what the names mean is each service's own record.
 */
package dev.rowhouse.service.config;
