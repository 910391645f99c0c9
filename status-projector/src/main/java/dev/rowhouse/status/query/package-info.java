/** Answers questions about rows; hides where and how they are stored. */
package dev.rowhouse.status.query;
