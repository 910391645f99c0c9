package dev.rowhouse.sandbox.kafka;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The jars a broker needs, out of those the sandbox itself runs with. The rest stays out: the services and
 * their logging settings are none of the broker's business.
 */
final class BrokerClassPath {

    /** One class of each jar, at least; the broker's own log names a class that is missing here. */
    private static final List<String> ONE_CLASS_OF_EACH = List.of(
            "kafka.Kafka",
            "org.apache.kafka.clients.admin.Admin",
            "org.apache.kafka.server.config.AbstractKafkaConfig",
            "org.apache.kafka.server.common.MetadataVersion",
            "org.apache.kafka.controller.QuorumController",
            "org.apache.kafka.raft.KafkaRaftClient",
            "org.apache.kafka.storage.internals.log.UnifiedLog",
            "org.apache.kafka.server.log.remote.storage.RemoteStorageManager",
            "org.apache.kafka.coordinator.common.runtime.CoordinatorRuntime",
            "org.apache.kafka.coordinator.group.GroupCoordinator",
            "org.apache.kafka.coordinator.group.api.assignor.PartitionAssignor",
            "org.apache.kafka.coordinator.share.ShareCoordinatorService",
            "org.apache.kafka.coordinator.transaction.TransactionLogConfig",
            "scala.Option",
            "com.typesafe.scalalogging.Logger",
            "com.yammer.metrics.core.MetricsRegistry",
            "joptsimple.OptionParser",
            "org.HdrHistogram.Histogram",
            "org.pcollections.HashTreePMap",
            "com.dynatrace.hash4j.hashing.Hashing",
            "com.google.re2j.Pattern",
            "com.github.benmanes.caffeine.cache.Cache",
            "org.apache.commons.validator.routines.InetAddressValidator",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "com.fasterxml.jackson.datatype.jdk8.Jdk8Module",
            "com.github.luben.zstd.Zstd",
            "net.jpountz.lz4.LZ4Factory",
            "org.xerial.snappy.Snappy",
            // Nothing logs through Log4j here, but the broker's main class offers its levels over JMX.
            "org.apache.logging.log4j.LogManager",
            "org.apache.logging.log4j.core.LoggerContext",
            "org.slf4j.Logger",
            "ch.qos.logback.classic.Logger",
            "ch.qos.logback.core.Context");

    private BrokerClassPath() {}

    static String find() {
        Set<String> places = new LinkedHashSet<>();
        for (String name : ONE_CLASS_OF_EACH) {
            places.add(placeOf(name));
        }
        return String.join(File.pathSeparator, places);
    }

    private static String placeOf(String className) {
        try {
            Class<?> found = Class.forName(className, false, BrokerClassPath.class.getClassLoader());
            return Path.of(found.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(
                    "the class path lacks " + className + ", which a Kafka broker needs; is every org.apache.kafka"
                            + " artifact of one version?",
                    e);
        }
    }
}
