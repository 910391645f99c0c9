package dev.rowhouse.sandbox.aws.resource;

import dev.rowhouse.sandbox.aws.DatabaseHost;
import dev.rowhouse.sandbox.aws.DatabaseHost.Endpoint;
import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import dev.rowhouse.sandbox.aws.wire.RandomText;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code AWS::RDS::DBCluster}: one real database on the host of its engine, which listens once the cluster has an
 * instance. Its writer's and its readers' endpoint are the same. Thread-safe.
 */
final class DatabaseClusters implements Provisioner {
    static final Set<String> ATTRIBUTES =
            Set.of("Endpoint.Address", "Endpoint.Port", "ReadEndpoint.Address", "DBClusterArn", "DBClusterResourceId");

    private static final Set<String> SUPPORTED = Set.of(
            "AutoMinorVersionUpgrade",
            "AvailabilityZones",
            "BackupRetentionPeriod",
            "CopyTagsToSnapshot",
            "DBClusterIdentifier",
            "DBClusterParameterGroupName",
            "DBSubnetGroupName",
            "DatabaseName",
            "DeleteAutomatedBackups",
            "DeletionProtection",
            "EnableCloudwatchLogsExports",
            "Engine",
            "EngineMode",
            "EngineVersion",
            "KmsKeyId",
            "MasterUserPassword",
            "MasterUsername",
            "MonitoringInterval",
            "MonitoringRoleArn",
            "NetworkType",
            "Port",
            "PreferredBackupWindow",
            "PreferredMaintenanceWindow",
            "ServerlessV2ScalingConfiguration",
            "StorageEncrypted",
            "StorageType",
            "Tags",
            "VpcSecurityGroupIds");

    private final Map<String, DatabaseHost> hosts;
    private final Map<String, Cluster> clusters = new ConcurrentHashMap<>();

    DatabaseClusters(Map<String, DatabaseHost> hosts) {
        this.hosts = Map.copyOf(hosts);
    }

    /** @param endpoint null while the cluster is being made */
    private record Cluster(RdsEngine engine, DatabaseHost host, boolean deletionProtection, Endpoint endpoint) {
        Cluster at(Endpoint place) {
            return new Cluster(engine, host, deletionProtection, place);
        }
    }

    @Override
    public String physicalId(ResourceRequest request) {
        return RdsProperties.identifier(request, "DBClusterIdentifier");
    }

    @Override
    public Map<String, Object> create(ResourceRequest request, String identifier) throws ProvisioningException {
        RdsProperties properties = new RdsProperties(request, SUPPORTED);
        RdsProperties.checkIdentifier("DBClusterIdentifier", identifier);
        RdsEngine engine = properties.engine(RdsEngine.Form.CLUSTER, hosts);
        Optional<String> mode = properties.text("EngineMode").filter(text -> !text.equals("provisioned"));
        if (mode.isPresent()) {
            throw RdsProperties.refused("The engine mode " + mode.get() + " you requested is currently unavailable.");
        }
        Instance instance = new Instance(
                engine.toString(),
                DatabaseHost.ofCluster(identifier),
                properties.required("MasterUsername"),
                properties.required("MasterUserPassword"),
                properties.text("DatabaseName").orElse(null),
                properties.port(engine));
        DatabaseHost host = hosts.get(engine.toString());
        Cluster cluster = new Cluster(engine, host, properties.deletionProtection(), null);
        if (clusters.putIfAbsent(identifier, cluster) != null) {
            throw ProvisioningException.refused("Rds", "DB Cluster already exists", "AlreadyExists");
        }
        Endpoint endpoint = prepare(host, instance, identifier);
        clusters.put(identifier, cluster.at(endpoint));
        return Map.of(
                "Endpoint.Address", endpoint.host(),
                "Endpoint.Port", Integer.toString(endpoint.port()),
                "ReadEndpoint.Address", endpoint.host(),
                "DBClusterArn", request.arn("rds", "cluster:" + identifier),
                "DBClusterResourceId", "cluster-" + RandomText.upper(26));
    }

    /** A host leaves nothing of what it could not make: what it has under the name was there before. */
    private Endpoint prepare(DatabaseHost host, Instance instance, String identifier) throws ProvisioningException {
        Endpoint endpoint = null;
        try {
            endpoint = host.prepare(instance);
            return endpoint;
        } catch (IOException e) {
            throw RdsProperties.refused(e.getMessage());
        } finally {
            if (endpoint == null) {
                clusters.remove(identifier);
            }
        }
    }

    /**
     * Lets the cluster's database listen, now that it has an instance, and answers where.
     *
     * @param engine the instance's
     */
    Endpoint join(String identifier, String engine) throws ProvisioningException {
        Cluster cluster = clusters.get(identifier);
        if (cluster == null || cluster.endpoint() == null) {
            throw ProvisioningException.refused("Rds", "DBCluster " + identifier + " not found.", "NotFound");
        }
        if (!cluster.engine().toString().equalsIgnoreCase(engine)) {
            throw RdsProperties.refused("The engine name requested for your DB instance (" + engine
                    + ") doesn't match the engine name of your DB cluster (" + cluster.engine() + ").");
        }
        try {
            cluster.host().open(DatabaseHost.ofCluster(identifier));
            return cluster.endpoint();
        } catch (IOException e) {
            throw RdsProperties.refused(e.getMessage());
        }
    }

    @Override
    public void delete(String identifier) throws ProvisioningException {
        Cluster cluster = clusters.get(identifier);
        if (cluster.deletionProtection()) {
            throw RdsProperties.refused(
                    "Cannot delete protected Cluster, please disable deletion protection and try again.");
        }
        cluster.host().delete(DatabaseHost.ofCluster(identifier));
        clusters.remove(identifier);
    }
}
