/**
 * What an onboarding is and how it advances: states, facts, decisions. Pure; imports no Kafka, no AWS, no JDBC.
 */
package dev.rowhouse.onboarding.lifecycle;
