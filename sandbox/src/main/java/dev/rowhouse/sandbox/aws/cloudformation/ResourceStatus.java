package dev.rowhouse.sandbox.aws.cloudformation;

/** Where a resource stands; {@link #NOT_BEGUN} is the stand-in's own, and never shown. */
enum ResourceStatus {
    NOT_BEGUN,
    CREATE_IN_PROGRESS,
    CREATE_FAILED,
    CREATE_COMPLETE,
    DELETE_IN_PROGRESS,
    DELETE_FAILED,
    DELETE_COMPLETE,
    DELETE_SKIPPED
}
