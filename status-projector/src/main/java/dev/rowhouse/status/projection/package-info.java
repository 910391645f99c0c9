/** Folds transitions into rows and counts, as a Streams topology; knows nothing of who asks for them. */
package dev.rowhouse.status.projection;
