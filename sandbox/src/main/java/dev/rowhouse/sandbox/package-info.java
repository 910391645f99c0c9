/** Real servers from Maven artifacts as child processes, and a stand-in for AWS; knows nothing of the services. */
package dev.rowhouse.sandbox;
