package dev.rowhouse.sandbox.aws.resource;

import dev.rowhouse.sandbox.aws.DatabaseHost;
import dev.rowhouse.sandbox.aws.template.ResourceCatalog;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Every resource type there is. Thread-safe. */
public final class ResourceTypes implements ResourceCatalog {
    private static final Pattern NAME = Pattern.compile("AWS::\\w+::\\w+|Custom::[\\w@-]{1,60}");
    private static final int ENTRYS_WEIGHT = 1;

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
        return NAME.matcher(type).matches();
    }

    @Override
    public boolean hasAttribute(String type, String attribute) {
        return real.containsKey(type)
                ? real.get(type).attributes().contains(attribute)
                : entry(type).attributeNames().contains(attribute);
    }

    public Provisioner provisioner(String type) {
        return real.containsKey(type) ? real.get(type).provisioner() : entry(type);
    }

    private BookEntry entry(String type) {
        return entries.getOrDefault(type, BookEntries.PLAIN);
    }

    /** How long one takes to make, relative to the others: a database takes the largest part of a stack's time. */
    public int weight(String type) {
        return real.containsKey(type) ? real.get(type).weight() : ENTRYS_WEIGHT;
    }
}
