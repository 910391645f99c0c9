/** What both services share: configuration, HTTP, topic creation. */
package dev.rowhouse.service;
