package dev.rowhouse.sandbox.aws.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One of a template's resources.
 *
 * @param condition null if it is always made
 * @param deletionPolicy such as {@code Retain}; null where the template does not say
 */
public record ResourceDeclaration(
        String logicalId,
        String type,
        Map<String, Expression> properties,
        List<String> dependsOn,
        String condition,
        String deletionPolicy) {
    private static final Pattern LOGICAL_ID = Pattern.compile("[A-Za-z0-9]{1,255}");
    private static final Set<String> ATTRIBUTES = Set.of(
            "Type",
            "Properties",
            "DependsOn",
            "Condition",
            "DeletionPolicy",
            "UpdateReplacePolicy",
            "UpdatePolicy",
            "Metadata");
    private static final Set<String> REPLACE_POLICIES = Set.of("Delete", "Retain", "Snapshot");
    private static final Pattern WITH_SNAPSHOTS = Pattern.compile(
            "AWS::(EC2::Volume|"
                    + "ElastiCache::(CacheCluster|ReplicationGroup)|(RDS|Neptune|DocDB)::DB(Cluster|Instance)|Redshift::Cluster)");
    private static final Set<String> DELETION_POLICIES = Set.of("Delete", "Retain", "RetainExceptOnCreate", "Snapshot");

    static ResourceDeclaration read(String logicalId, Object node) {
        if (!LOGICAL_ID.matcher(logicalId).matches()) {
            throw new TemplateException("Template format error: Resource name " + logicalId + " is non alphanumeric.");
        }
        String path = "/Resources/" + logicalId;
        if (!(node instanceof Map<?, ?> raw)) {
            throw new TemplateException("Template format error: [" + path + "] resource definition is malformed");
        }
        Map<String, Object> map = Nodes.map(raw);
        for (String attribute : map.keySet()) {
            if (attribute.equals("CreationPolicy")) {
                throw TemplateException.unsupported("CreationPolicy of resource " + logicalId);
            }
            if (!ATTRIBUTES.contains(attribute)) {
                throw new TemplateException("Invalid template resource property '" + attribute + "'");
            }
        }
        String type = Nodes.text(map, "Type", path);
        if (type == null) {
            throw new TemplateException(
                    "Template format error: [" + path + "] Every Resources object must contain a Type member.");
        }
        String deletionPolicy = Nodes.text(map, "DeletionPolicy", path);
        checkPolicy("DeletionPolicy", deletionPolicy, DELETION_POLICIES, logicalId, type);
        checkPolicy(
                "UpdateReplacePolicy", Nodes.text(map, "UpdateReplacePolicy", path), REPLACE_POLICIES, logicalId, type);
        Map<String, Expression> properties = new LinkedHashMap<>();
        Nodes.map(map.getOrDefault("Properties", Map.of()), path + "/Properties")
                .forEach((name, value) -> {
                    Functions.refuseInPlaceOfAName(name, "Properties of resource " + logicalId);
                    properties.put(name, Functions.read(value));
                });
        return new ResourceDeclaration(
                logicalId,
                type,
                properties,
                dependsOn(map.get("DependsOn"), path),
                Nodes.text(map, "Condition", path),
                deletionPolicy);
    }

    private static void checkPolicy(String attribute, String policy, Set<String> known, String logicalId, String type) {
        if (policy != null && !known.contains(policy)) {
            throw new TemplateException(
                    "Template error: Unrecognized " + attribute + " " + policy + " for resource " + logicalId);
        }
        if ("Snapshot".equals(policy) && !WITH_SNAPSHOTS.matcher(type).matches()) {
            throw new TemplateException(
                    "Template error: resource type " + type + " does not support deletion policy Snapshot");
        }
    }

    private static List<String> dependsOn(Object node, String path) {
        if (node == null) {
            return List.of();
        }
        if (node instanceof String one) {
            return List.of(one);
        }
        if (node instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new TemplateException(
                "Template format error: [" + path + "/DependsOn] must be a string or a list of strings");
    }

    void collect(References into) {
        properties.values().forEach(value -> value.collect(into));
    }
}
