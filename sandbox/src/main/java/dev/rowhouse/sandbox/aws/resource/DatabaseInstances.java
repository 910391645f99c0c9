package dev.rowhouse.sandbox.aws.resource;

import dev.rowhouse.sandbox.aws.DatabaseHost;
import dev.rowhouse.sandbox.aws.DatabaseHost.Endpoint;
import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import dev.rowhouse.sandbox.aws.wire.RandomText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code AWS::RDS::DBInstance}: a real database on the host of its engine, or a member of a cluster, through which the
 * cluster's database is reached. Identifiers are unique over all accounts and regions here, since one host serves them all.
 * Thread-safe.
 */
final class DatabaseInstances implements Provisioner {
    static final Set<String> ATTRIBUTES =
            Set.of("Endpoint.Address", "Endpoint.Port", "Endpoint.HostedZoneId", "DBInstanceArn", "DbiResourceId");

    private static final Set<String> SUPPORTED = Set.of(
            "AllocatedStorage",
            "AllowMajorVersionUpgrade",
            "ApplyImmediately",
            "AutoMinorVersionUpgrade",
            "AvailabilityZone",
            "BackupRetentionPeriod",
            "CACertificateIdentifier",
            "CopyTagsToSnapshot",
            "DBClusterIdentifier",
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
            "LicenseModel",
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
            "PromotionTier",
            "PubliclyAccessible",
            "StorageEncrypted",
            "StorageThroughput",
            "StorageType",
            "Tags",
            "VPCSecurityGroups");

    private static final String MEMBER = "The requested DB Instance will be a member of a DB Cluster. Set ";
    private static final List<Map.Entry<String, String>> THE_CLUSTERS = List.of(
            Map.entry("MasterUsername", MEMBER + "master user name for the DB Cluster."),
            Map.entry("MasterUserPassword", MEMBER + "master user password for the DB Cluster."),
            Map.entry("DBName", MEMBER + "database name for the DB Cluster."),
            Map.entry("Port", MEMBER + "database endpoint port for the DB Cluster."));

    private final Map<String, DatabaseHost> hosts;
    private final DatabaseClusters clusters;

    private final Map<String, Claim> made = new ConcurrentHashMap<>();

    DatabaseInstances(Map<String, DatabaseHost> hosts, DatabaseClusters clusters) {
        this.hosts = Map.copyOf(hosts);
        this.clusters = clusters;
    }

    /** @param host whose it is; a cluster's member is nobody's */
    private record Claim(Optional<DatabaseHost> host, boolean deletionProtection) {}

    @Override
    public String physicalId(ResourceRequest request) {
        return RdsProperties.identifier(request, "DBInstanceIdentifier");
    }

    @Override
    public Map<String, Object> create(ResourceRequest request, String identifier) throws ProvisioningException {
        RdsProperties properties = new RdsProperties(request, SUPPORTED);
        RdsProperties.checkIdentifier("DBInstanceIdentifier", identifier);
        properties.required("DBInstanceClass");
        Optional<String> cluster = properties.text("DBClusterIdentifier");
        Endpoint endpoint =
                cluster.isPresent() ? join(cluster.get(), properties, identifier) : standAlone(properties, identifier);
        return Map.of(
                "Endpoint.Address", endpoint.host(),
                "Endpoint.Port", Integer.toString(endpoint.port()),
                "Endpoint.HostedZoneId", "Z1" + RandomText.upper(12),
                "DBInstanceArn", request.arn("rds", "db:" + identifier),
                "DbiResourceId", "db-" + RandomText.upper(26));
    }

    private Endpoint join(String cluster, RdsProperties properties, String identifier) throws ProvisioningException {
        properties.refuse(THE_CLUSTERS);
        String engine = properties.required("Engine");
        // RDS protects clusters as a whole.
        claim(identifier, new Claim(Optional.empty(), false));
        return unlessItFails(identifier, () -> clusters.join(cluster.toLowerCase(Locale.ROOT), engine));
    }

    private Endpoint standAlone(RdsProperties properties, String identifier) throws ProvisioningException {
        RdsEngine engine = properties.engine(RdsEngine.Form.INSTANCE, hosts);
        properties.required("AllocatedStorage");
        Instance instance = new Instance(
                engine.toString(),
                identifier,
                properties.required("MasterUsername"),
                properties.required("MasterUserPassword"),
                properties.text("DBName").orElse(null),
                properties.port(engine));
        DatabaseHost host = hosts.get(engine.toString());
        claim(identifier, new Claim(Optional.of(host), properties.deletionProtection()));
        return unlessItFails(identifier, () -> {
            try {
                return host.create(instance);
            } catch (IOException e) {
                throw RdsProperties.refused(e.getMessage());
            }
        });
    }

    private void claim(String identifier, Claim claim) throws ProvisioningException {
        if (made.putIfAbsent(identifier, claim) != null) {
            throw ProvisioningException.refused("Rds", "DB instance already exists", "AlreadyExists");
        }
    }

    /** Makes an instance. */
    private interface Making {
        Endpoint make() throws ProvisioningException;
    }

    /** A host leaves nothing of what it could not make: what it has under the name was there before. */
    private Endpoint unlessItFails(String identifier, Making making) throws ProvisioningException {
        Endpoint endpoint = null;
        try {
            endpoint = making.make();
            return endpoint;
        } finally {
            if (endpoint == null) {
                made.remove(identifier);
            }
        }
    }

    @Override
    public void delete(String identifier) throws ProvisioningException {
        Claim claim = made.get(identifier);
        if (claim.deletionProtection()) {
            throw RdsProperties.refused(
                    "Cannot delete protected DB Instance, please disable deletion protection and try again.");
        }
        claim.host().ifPresent(host -> host.delete(identifier));
        made.remove(identifier);
    }
}
