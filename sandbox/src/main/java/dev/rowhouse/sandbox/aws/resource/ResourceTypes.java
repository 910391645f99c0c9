package dev.rowhouse.sandbox.aws.resource;

import dev.rowhouse.sandbox.aws.DatabaseHost;
import dev.rowhouse.sandbox.aws.template.ResourceCatalog;
import java.util.Map;
import java.util.regex.Pattern;

/** Every resource type there is. Thread-safe. */
public final class ResourceTypes implements ResourceCatalog {
    private static final String DATABASE = "AWS::RDS::DBInstance";
    private static final Pattern NAME = Pattern.compile("AWS::\\w+::\\w+|Custom::[\\w@-]{1,60}");

    private final Map<String, BookEntry> entries = BookEntries.all();
    private final DatabaseInstances databases;

    /** @param hosts by engine, as in the property {@code Engine} */
    public ResourceTypes(Map<String, DatabaseHost> hosts) {
        databases = new DatabaseInstances(hosts);
    }

    @Override
    public boolean hasType(String type) {
        return NAME.matcher(type).matches();
    }

    @Override
    public boolean hasAttribute(String type, String attribute) {
        return type.equals(DATABASE)
                ? DatabaseInstances.ATTRIBUTES.contains(attribute)
                : entries.getOrDefault(type, BookEntries.PLAIN).attributeNames().contains(attribute);
    }

    public Provisioner provisioner(String type) {
        return type.equals(DATABASE) ? databases : entries.getOrDefault(type, BookEntries.PLAIN);
    }

    /** How long one takes to make, relative to the others: a database takes the largest part of a stack's time. */
    public int weight(String type) {
        return type.equals(DATABASE) ? 6 : 1;
    }
}
