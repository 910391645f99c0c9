/** Answers questions about rows, or says that it cannot; hides where and how they are stored. */
package dev.rowhouse.status.query;
