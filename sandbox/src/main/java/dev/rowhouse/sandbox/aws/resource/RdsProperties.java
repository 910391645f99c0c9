package dev.rowhouse.sandbox.aws.resource;

import dev.rowhouse.sandbox.aws.DatabaseHost;
import dev.rowhouse.sandbox.aws.wire.RandomText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the properties of a database resource, and refuses in RDS's words. What user, password and database may be is for
 * the engine's host to say, which knows its engine.
 */
final class RdsProperties {
    private static final int LONGEST_IDENTIFIER = 63;
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z](-?[A-Za-z0-9])*");

    private final ResourceRequest request;

    /** @param supported obeyed or book-keeping; any other would make another database than was asked for */
    RdsProperties(ResourceRequest request, Set<String> supported) throws ProvisioningException {
        this.request = request;
        Set<String> unknown = new TreeSet<>(request.properties().keySet());
        unknown.removeAll(KnownProperties.names(request.type()));
        if (!unknown.isEmpty()) {
            throw new ProvisioningException("Encountered unsupported property " + String.join(", ", unknown));
        }
        Set<String> unsupported = new TreeSet<>(request.properties().keySet());
        unsupported.removeAll(supported);
        if (!unsupported.isEmpty()) {
            throw new ProvisioningException("Each of the properties " + unsupported + " of " + request.type()
                    + " is not supported by the sandbox's stand-in for AWS");
        }
    }

    /** The name that the property gives, or one as CloudFormation makes it: 63 characters, so it cuts the stack's name. */
    static String identifier(ResourceRequest request, String property) {
        return request.text(property).orElseGet(() -> generated(request)).toLowerCase(Locale.ROOT);
    }

    private static String generated(ResourceRequest request) {
        String tail = "-" + cut(request.logicalId(), 24) + "-" + RandomText.lower(12);
        return cut(request.stackName(), LONGEST_IDENTIFIER - tail.length()) + tail;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    static void checkIdentifier(String property, String identifier) throws ProvisioningException {
        if (identifier.length() > LONGEST_IDENTIFIER
                || !IDENTIFIER.matcher(identifier).matches()) {
            throw refused(
                    "The parameter " + property + " is not a valid identifier. Identifiers must begin with a letter;"
                            + " must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two"
                            + " consecutive hyphens.");
        }
    }

    static ProvisioningException refused(String message) {
        return ProvisioningException.refused("Rds", message, "InvalidRequest");
    }

    /** The engine, if it comes in that form, has a host and has had the version. */
    RdsEngine engine(RdsEngine.Form form, Map<String, DatabaseHost> hosts) throws ProvisioningException {
        String name = required("Engine");
        Optional<RdsEngine> engine = RdsEngine.named(name).filter(known -> hosts.containsKey(known.toString()));
        if (engine.isEmpty()) {
            throw refused(
                    "Invalid DB engine: " + name + "; the sandbox has servers for " + new TreeSet<>(hosts.keySet()));
        }
        if (!engine.get().is(form)) {
            throw refused(
                    form == RdsEngine.Form.INSTANCE
                            ? "The engine " + name + " runs in a DB cluster: DBClusterIdentifier must be provided."
                            : "Invalid DB engine: " + name + "; the sandbox has DB clusters for " + RdsEngine.of(form));
        }
        Optional<String> version = text("EngineVersion");
        if (version.isPresent() && !engine.get().hasVersion(version.get())) {
            throw refused("Cannot find version " + version.get() + " for " + engine.get());
        }
        return engine.get();
    }

    int port(RdsEngine engine) throws ProvisioningException {
        Optional<String> port = text("Port");
        if (port.isPresent() && !port.get().matches("\\d{1,5}")) {
            throw refused("Invalid value for the port: " + port.get());
        }
        return port.map(Integer::valueOf).orElse(engine.standardPort());
    }

    /** @param properties the first of those that are there is refused, for the reason beside it */
    void refuse(List<Map.Entry<String, String>> properties) throws ProvisioningException {
        for (Map.Entry<String, String> property : properties) {
            if (request.properties().containsKey(property.getKey())) {
                throw refused(property.getValue());
            }
        }
    }

    /** Whether it may not be deleted. */
    boolean deletionProtection() {
        return text("DeletionProtection").filter("true"::equalsIgnoreCase).isPresent();
    }

    Optional<String> text(String property) {
        return request.text(property).filter(value -> !value.isBlank());
    }

    String required(String property) throws ProvisioningException {
        Optional<String> value = text(property);
        if (value.isEmpty()) {
            throw refused("The parameter " + property + " must be provided and must not be blank.");
        }
        return value.get();
    }
}
