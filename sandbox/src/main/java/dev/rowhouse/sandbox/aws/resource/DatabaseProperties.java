package dev.rowhouse.sandbox.aws.resource;

import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the properties of a DB instance. What the values may be is for the engine's host to say, which knows its engine;
 * here it is only whether they are there.
 */
final class DatabaseProperties {
    private static final Map<String, Integer> STANDARD_PORTS = Map.of("postgres", 5432, "mysql", 3306, "mariadb", 3306);

    /** Obeyed where it shows in the database, and book-keeping otherwise. Whatever would make another database is missing. */
    private static final Set<String> KNOWN = Set.of(
            "AllocatedStorage",
            "AllowMajorVersionUpgrade",
            "ApplyImmediately",
            "AutoMinorVersionUpgrade",
            "AvailabilityZone",
            "BackupRetentionPeriod",
            "CACertificateIdentifier",
            "CopyTagsToSnapshot",
            "DBInstanceClass",
            "DBInstanceIdentifier",
            "DBName",
            "DBParameterGroupName",
            "DBSubnetGroupName",
            "DeleteAutomatedBackups",
            "DeletionProtection",
            "EnableCloudwatchLogsExports",
            "EnablePerformanceInsights",
            "Engine",
            "EngineVersion",
            "Iops",
            "KmsKeyId",
            "MasterUserPassword",
            "MasterUsername",
            "MaxAllocatedStorage",
            "MonitoringInterval",
            "MonitoringRoleArn",
            "MultiAZ",
            "NetworkType",
            "PerformanceInsightsRetentionPeriod",
            "Port",
            "PreferredBackupWindow",
            "PreferredMaintenanceWindow",
            "PubliclyAccessible",
            "StorageEncrypted",
            "StorageThroughput",
            "StorageType",
            "Tags",
            "VPCSecurityGroups");

    private final ResourceRequest request;
    private final Set<String> engines;

    /** @param engines those that a host is there for */
    DatabaseProperties(ResourceRequest request, Set<String> engines) {
        this.request = request;
        this.engines = engines;
    }

    Instance instance(String identifier) throws ProvisioningException {
        checkNames();
        String engine = engine();
        required("DBInstanceClass");
        required("AllocatedStorage");
        return new Instance(
                engine,
                identifier,
                required("MasterUsername"),
                required("MasterUserPassword"),
                text("DBName").orElse(null),
                port(engine));
    }

    private void checkNames() throws ProvisioningException {
        Set<String> unknown = new TreeSet<>(request.properties().keySet());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new ProvisioningException("Encountered unsupported property " + String.join(", ", unknown));
        }
    }

    private String engine() throws ProvisioningException {
        String engine = required("Engine").toLowerCase(Locale.ROOT);
        if (!engines.contains(engine)) {
            throw DatabaseInstances.refused(
                    "Invalid DB engine: " + engine + "; the sandbox has servers for " + new TreeSet<>(engines));
        }
        return engine;
    }

    private int port(String engine) throws ProvisioningException {
        Optional<String> port = text("Port");
        if (port.isPresent() && !port.get().matches("\\d{1,5}")) {
            throw DatabaseInstances.refused("Invalid value for the port: " + port.get());
        }
        return port.map(Integer::valueOf).orElse(STANDARD_PORTS.getOrDefault(engine, 5432));
    }

    private Optional<String> text(String property) {
        return request.text(property).filter(value -> !value.isBlank());
    }

    private String required(String property) throws ProvisioningException {
        Optional<String> value = text(property);
        if (value.isEmpty()) {
            throw DatabaseInstances.refused("The parameter " + property + " must be provided and must not be blank.");
        }
        return value.get();
    }
}
