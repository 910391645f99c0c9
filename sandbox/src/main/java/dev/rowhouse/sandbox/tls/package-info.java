/**
 * The sandbox's own certificate authority, so that clients check its servers' certificates as they would check a cloud's.
 * The JDK has no public API that makes certificates, hence the few lines of DER here.
 */
package dev.rowhouse.sandbox.tls;
