package dev.rowhouse.sandbox.aws;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A database host whose databases are entries in a map. */
final class InMemoryDatabases implements DatabaseHost {
    final Map<String, Instance> made = new ConcurrentHashMap<>();
    final Map<String, Instance> shut = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** From now on making a database takes until {@link #open}. */
    void shut() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    @Override
    public Endpoint create(Instance instance) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (instance.masterUser().equals("admin")) {
            throw new IOException("MasterUsername admin cannot be used as it is a reserved word used by the engine");
        }
        if (made.putIfAbsent(instance.identifier(), instance) != null) {
            throw new IOException("DB Instance already exists");
        }
        return new Endpoint("127.0.0.9", instance.port());
    }

    @Override
    public Endpoint prepare(Instance instance) throws IOException {
        if (shut.putIfAbsent(instance.identifier(), instance) != null) {
            throw new IOException("DB Instance already exists");
        }
        return new Endpoint("127.0.0.8", instance.port());
    }

    @Override
    public void open(String identifier) {
        Instance instance = shut.remove(identifier);
        if (instance != null) {
            made.put(identifier, instance);
        }
    }

    @Override
    public void delete(String identifier) {
        made.remove(identifier);
        shut.remove(identifier);
    }
}
