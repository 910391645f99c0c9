package dev.rowhouse.service.http;

import java.util.List;

/** Whether a service can work. Asked often and from any thread: answers at once, from what is known. */
@FunctionalInterface
public interface Health {

    /** Why the service is not ready, one sentence each; empty when it is. */
    List<String> notReady();
}
