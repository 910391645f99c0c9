package dev.rowhouse.service.health;

import java.util.List;

/** Whether a service can work. Asked often and from any thread: answers at once, from what is known. */
@FunctionalInterface
public interface Health {

    /** Why the service is not ready, one sentence each; empty when it is. */
    List<String> notReady();

    /** Why nothing but a restart of the process can help, one sentence each; empty when that is not so. */
    default List<String> notAlive() {
        return List.of();
    }

    /** Several as one: it is ready when all are, and alive when all are. */
    static Health of(List<Health> parts) {
        List<Health> all = List.copyOf(parts);
        return new Health() {
            @Override
            public List<String> notReady() {
                return all.stream().flatMap(part -> part.notReady().stream()).toList();
            }

            @Override
            public List<String> notAlive() {
                return all.stream().flatMap(part -> part.notAlive().stream()).toList();
            }
        };
    }
}
