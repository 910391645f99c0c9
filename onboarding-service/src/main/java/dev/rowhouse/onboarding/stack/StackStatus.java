package dev.rowhouse.onboarding.stack;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** What CloudFormation's statuses mean to us. */
enum StackStatus {
    UNDER_WAY,
    COMPLETE,
    FAILED;

    private static final Set<String> FAILURES =
            Set.of("CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_COMPLETE", "DELETE_FAILED");

    /** The statuses that a stack under way may have: what a list is asked for. */
    static final List<String> IN_PROGRESS = Arrays.stream(
                    software.amazon.awssdk.services.cloudformation.model.StackStatus.values())
            .map(software.amazon.awssdk.services.cloudformation.model.StackStatus::toString)
            .filter(StackStatus::isInProgress)
            .toList();

    static StackStatus of(String status) {
        if (status.equals("CREATE_COMPLETE")) {
            return COMPLETE;
        }
        if (FAILURES.contains(status)) {
            return FAILED;
        }
        // An end of an update or an import, good or bad, means that there is a stack: a builder mends one by updating
        // it.
        boolean mended = status.startsWith("UPDATE_") || status.startsWith("IMPORT_");
        return mended && !isInProgress(status) ? COMPLETE : UNDER_WAY;
    }

    static boolean isInProgress(String status) {
        return status != null && status.endsWith("_IN_PROGRESS");
    }

    static boolean isComplete(StackResourceSummary resource) {
        String status = resource.resourceStatusAsString();
        return status != null && status.endsWith("_COMPLETE") && !status.startsWith("DELETE_");
    }
}
