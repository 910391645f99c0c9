/** The stand-in's security token service: which roles exist, who may assume them, and who calls with which key. */
package dev.rowhouse.sandbox.aws.sts;
