/** Runs the topology from start to shutdown. */
package dev.rowhouse.status.runtime;
