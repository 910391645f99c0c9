package dev.rowhouse.sandbox.aws.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A resource that is a name and some attributes, and nothing behind them. Immutable.
 *
 * @param id names one
 * @param attributes what {@code Fn::GetAtt} may ask for
 */
record BookEntry(Function<ResourceRequest, String> id, Map<String, Attribute> attributes) implements Provisioner {
    @Override
    public String physicalId(ResourceRequest request) {
        return id.apply(request);
    }

    @Override
    public Map<String, Object> create(ResourceRequest request, String physicalId) throws ProvisioningException {
        KnownProperties.check(request);
        Map<String, Object> values = new LinkedHashMap<>();
        attributes.forEach((name, attribute) -> values.put(name, attribute.of(request, physicalId)));
        return values;
    }

    @Override
    public void delete(String physicalId) {
        // Nothing was made.
    }

    Set<String> attributeNames() {
        return attributes.keySet();
    }

    /** Computes an attribute's value, a string or a list of strings. */
    interface Attribute {
        Object of(ResourceRequest request, String physicalId);
    }
}
