/** The routes of the status table; knows {@code query} and no store. */
package dev.rowhouse.status.http;
