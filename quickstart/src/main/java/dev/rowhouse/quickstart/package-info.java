/** Everything in one command. */
package dev.rowhouse.quickstart;
