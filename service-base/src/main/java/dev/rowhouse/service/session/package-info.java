/** Work on a thread of its own that starts anew after whatever it cannot mend. */
package dev.rowhouse.service.session;
