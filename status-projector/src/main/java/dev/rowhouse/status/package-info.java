/** The status projector: its composition root and its configuration. */
package dev.rowhouse.status;
