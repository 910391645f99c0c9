/** What a stack's resources become: real databases, and book entries shaped like AWS's for everything else. */
package dev.rowhouse.sandbox.aws.resource;
