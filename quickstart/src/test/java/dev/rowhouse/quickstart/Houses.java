package dev.rowhouse.quickstart;

import dev.rowhouse.sandbox.process.Ports;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;

/** Houses for tests: on free ports. */
final class Houses {

    static final String KEY = "a-test-key";

    private Houses() {}

    static HouseOptions options(Path dataDir, Duration stackTime) {
        InetAddress here = Ports.ipv4("127.0.0.1");
        return new HouseOptions(dataDir, KEY, Ports.free(here), Ports.free(here), Ports.free(here), stackTime);
    }
}
