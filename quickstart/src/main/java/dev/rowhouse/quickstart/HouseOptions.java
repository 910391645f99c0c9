package dev.rowhouse.quickstart;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a house stands and how fast its cloud is. Everything listens on 127.0.0.1.
 *
 * @param dataDir of all servers
 * @param apiKey opens the API
 * @param httpPort of the API
 * @param kafkaPort of the broker
 * @param awsPort of the stand-in for AWS
 * @param stackTime how long a stack takes
 */
record HouseOptions(Path dataDir, String apiKey, int httpPort, int kafkaPort, int awsPort, Duration stackTime) {}
