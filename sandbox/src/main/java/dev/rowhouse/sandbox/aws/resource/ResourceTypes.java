package dev.rowhouse.sandbox.aws.resource;

import dev.rowhouse.sandbox.aws.DatabaseHost;
import dev.rowhouse.sandbox.aws.template.ResourceCatalog;
import java.util.Map;
import java.util.Set;

/** Every resource type there is. Thread-safe. */
public final class ResourceTypes implements ResourceCatalog {
    /** A stack within a stack, which CloudFormation makes itself: no provisioner does. */
    public static final String NESTED_STACK = "AWS::CloudFormation::Stack";

    /** With what the attributes of a nested stack begin; the rest is the name of an output. */
    public static final String OUTPUTS = "Outputs.";

    private static final int ENTRYS_WEIGHT = 1;
    private static final int NESTED_STACKS_WEIGHT = 6;

    private final Map<String, BookEntry> entries = BookEntries.all();
    private final Map<String, Real> real;

    /** Types with something behind them. */
    private record Real(Provisioner provisioner, Set<String> attributes, int weight) {}

    /** @param hosts by engine, as in the property {@code Engine} */
    public ResourceTypes(Map<String, DatabaseHost> hosts) {
        DatabaseClusters clusters = new DatabaseClusters(hosts);
        real = Map.of(
                "AWS::RDS::DBCluster", new Real(clusters, DatabaseClusters.ATTRIBUTES, 2),
                "AWS::RDS::DBInstance",
                        new Real(new DatabaseInstances(hosts, clusters), DatabaseInstances.ATTRIBUTES, 6));
    }

    @Override
    public boolean hasType(String type) {
        return type.equals(NESTED_STACK) || real.containsKey(type) || KnownProperties.has(type);
    }

    @Override
    public boolean hasAttribute(String type, String attribute) {
        if (type.equals(NESTED_STACK)) {
            return attribute.startsWith(OUTPUTS) && attribute.length() > OUTPUTS.length();
        }
        return attributes(type).contains(attribute);
    }

    @Override
    public Set<String> attributes(String type) {
        if (type.equals(NESTED_STACK)) {
            return Set.of(OUTPUTS + "<the name of an output>");
        }
        return real.containsKey(type)
                ? real.get(type).attributes()
                : entry(type).attributeNames();
    }

    public Provisioner provisioner(String type) {
        return real.containsKey(type) ? real.get(type).provisioner() : entry(type);
    }

    private BookEntry entry(String type) {
        return entries.getOrDefault(type, BookEntries.PLAIN);
    }

    /** How long one takes to make, relative to the others: a database takes the largest part of a stack's time. */
    public int weight(String type) {
        if (type.equals(NESTED_STACK)) {
            return NESTED_STACKS_WEIGHT;
        }
        return real.containsKey(type) ? real.get(type).weight() : ENTRYS_WEIGHT;
    }
}
