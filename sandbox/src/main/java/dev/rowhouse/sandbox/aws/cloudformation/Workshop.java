package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.Faults;
import dev.rowhouse.sandbox.aws.resource.ResourceTypes;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What making and removing stacks needs.
 *
 * @param workers where provisioners run, since they may take long
 * @param pace how long one stack takes
 */
record Workshop(Timeline timeline, Executor workers, ResourceTypes types, Faults faults, Duration pace) {}
