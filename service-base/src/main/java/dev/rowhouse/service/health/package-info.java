/** What the parts of a service tell of their health; how it is answered over HTTP is not their business. */
package dev.rowhouse.service.health;
