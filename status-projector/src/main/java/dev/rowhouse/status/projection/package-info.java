/** From transitions to rows: the fold and the topology around it. Knows nothing of HTTP. */
package dev.rowhouse.status.projection;
