/**
 * Into the builder's AWS account and no faster than it bears: the role we assume there, its sessions, and the budget
 * that all calls to one account and region share. Knows nothing of Kafka and of JDBC.
 */
package dev.rowhouse.onboarding.account;
