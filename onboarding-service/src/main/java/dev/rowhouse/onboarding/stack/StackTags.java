package dev.rowhouse.onboarding.stack;

import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whose a stack is: what tells our stack from another's of the same name, and this attempt's from an earlier one's.
 *
 * @param deployment of Rowhouse
 * @param saas whose tenant
 * @param tenant for whom
 * @param attempt 1, 2, …
 */
public record StackTags(String deployment, SaasId saas, TenantId tenant, int attempt) {

    Map<String, String> asMap() {
        return new TreeMap<>(Map.of(
                "rowhouse:deployment", deployment,
                "rowhouse:saas-id", saas.value(),
                "rowhouse:tenant-id", tenant.value(),
                "rowhouse:attempt", Integer.toString(attempt)));
    }

    /** The same for the same tags, so that CloudFormation knows a repeated request: letters, digits and hyphens. */
    String requestToken() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", asMap().values()).getBytes(StandardCharsets.UTF_8));
            return "rowhouse-" + HexFormat.of().formatHex(digest, 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
