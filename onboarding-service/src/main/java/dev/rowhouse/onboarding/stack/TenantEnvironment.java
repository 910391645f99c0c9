package dev.rowhouse.onboarding.stack;

import java.util.List;

/**
 * What a stack's Outputs say of the tenant's environment. {@link #toString} hides the password.
 *
 * @param accountId 12 digits
 * @param subnetIds where the database is reached from
 * @param securityGroupIds likewise
 * @param dbUser the master user
 * @param dbPass its password
 * @param dbHost name or address; not vetted
 * @param dbPort 1024 to 65535
 * @param dbName the database
 * @param dbType its engine
 */
public record TenantEnvironment(
        String accountId,
        List<String> subnetIds,
        List<String> securityGroupIds,
        String dbUser,
        String dbPass,
        String dbHost,
        int dbPort,
        String dbName,
        DbType dbType) {

    /** The engines of the contract. */
    public enum DbType {
        MYSQL,
        POSTGRES
    }

    public TenantEnvironment {
        subnetIds = List.copyOf(subnetIds);
        securityGroupIds = List.copyOf(securityGroupIds);
    }

    @Override
    public String toString() {
        return "TenantEnvironment[accountId=" + accountId + ", dbHost=" + dbHost + ", dbPort=" + dbPort + ", dbName="
                + dbName + ", dbType=" + dbType + ", dbPass=***]";
    }
}
