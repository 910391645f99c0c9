package dev.rowhouse.sandbox.aws.resource;

import dev.rowhouse.sandbox.aws.DatabaseHost;
import dev.rowhouse.sandbox.aws.DatabaseHost.Endpoint;
import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import dev.rowhouse.sandbox.aws.wire.RandomText;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code AWS::RDS::DBInstance}: a real database on the host of its engine. Identifiers are unique over all accounts and
 * regions here, since one host serves them all. Thread-safe.
 */
final class DatabaseInstances implements Provisioner {
    static final Set<String> ATTRIBUTES =
            Set.of("Endpoint.Address", "Endpoint.Port", "Endpoint.HostedZoneId", "DBInstanceArn", "DbiResourceId");

    private final Map<String, DatabaseHost> hosts;
    private final Map<String, DatabaseHost> made = new ConcurrentHashMap<>();

    DatabaseInstances(Map<String, DatabaseHost> hosts) {
        this.hosts = Map.copyOf(hosts);
    }

    @Override
    public String physicalId(ResourceRequest request) {
        return request.text("DBInstanceIdentifier")
                .orElseGet(() -> generated(request))
                .toLowerCase(Locale.ROOT);
    }

    /** RDS allows 63 characters, so CloudFormation cuts the stack's name; the random part stays. */
    private static String generated(ResourceRequest request) {
        String tail = "-" + cut(request.logicalId(), 24) + "-" + RandomText.lower(12);
        return cut(request.stackName(), 63 - tail.length()) + tail;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    @Override
    public Map<String, Object> create(ResourceRequest request, String identifier) throws ProvisioningException {
        Instance instance = new DatabaseProperties(request, hosts.keySet()).instance(identifier);
        DatabaseHost host = hosts.get(instance.engine());
        if (made.putIfAbsent(identifier, host) != null) {
            throw ProvisioningException.refused("Rds", "DB instance already exists", "AlreadyExists");
        }
        Endpoint endpoint = create(host, instance);
        return Map.of(
                "Endpoint.Address", endpoint.host(),
                "Endpoint.Port", Integer.toString(endpoint.port()),
                "Endpoint.HostedZoneId", "Z1" + RandomText.upper(12),
                "DBInstanceArn", request.arn("rds", "db:" + identifier),
                "DbiResourceId", "db-" + RandomText.upper(26));
    }

    private Endpoint create(DatabaseHost host, Instance instance) throws ProvisioningException {
        Endpoint endpoint = null;
        try {
            endpoint = host.create(instance);
            return endpoint;
        } catch (IOException e) {
            throw refused(e.getMessage());
        } finally {
            if (endpoint == null) {
                delete(instance.identifier());
            }
        }
    }

    static ProvisioningException refused(String message) {
        return ProvisioningException.refused("Rds", message, "InvalidRequest");
    }

    @Override
    public void delete(String identifier) {
        made.get(identifier).delete(identifier);
        made.remove(identifier);
    }
}
