/** AWS's query protocol over HTTP: form in, XML out. Knows nothing of what the services behind it do. */
package dev.rowhouse.sandbox.aws.wire;
