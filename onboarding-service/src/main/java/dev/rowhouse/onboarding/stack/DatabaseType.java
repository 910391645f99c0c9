package dev.rowhouse.onboarding.stack;

import java.util.Arrays;
import java.util.Optional;

/** The resource types that are databases. */
enum DatabaseType {
    INSTANCE("AWS::RDS::DBInstance"),
    CLUSTER("AWS::RDS::DBCluster");

    private final String resourceType;

    DatabaseType(String resourceType) {
        this.resourceType = resourceType;
    }

    static Optional<DatabaseType> of(String resourceType) {
        return Arrays.stream(values())
                .filter(type -> type.resourceType.equals(resourceType))
                .findFirst();
    }
}
