/** What Rowhouse costs on top of what it is built on: ratios, each of one run, never times. */
package dev.rowhouse.benchmarks;
