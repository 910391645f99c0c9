package dev.rowhouse.onboarding.stack;

/**
 * What earlier stacks taught.
 *
 * @param databases from a stack's begin until its databases were complete
 * @param stacks from a stack's begin until it was complete
 */
record WatchMemory(UsualDurations databases, UsualDurations stacks) {

    static WatchMemory empty() {
        return new WatchMemory(new UsualDurations(), new UsualDurations());
    }
}
