/**
 * A tenant's CloudFormation stack: its name, its template and parameters, creating it, watching it, and what its Outputs
 * say. The AWS SDK's types do not leave this package and
 * {@code account}. Knows nothing of Kafka and of JDBC.
 */
package dev.rowhouse.onboarding.stack;
