/**
 * The stand-in's CloudFormation: its calls, and stacks that live through time as on AWS. All state is guarded by one lock, the
 * {@link dev.rowhouse.sandbox.aws.cloudformation.Timeline}'s; nothing slow happens under it.
 */
package dev.rowhouse.sandbox.aws.cloudformation;
