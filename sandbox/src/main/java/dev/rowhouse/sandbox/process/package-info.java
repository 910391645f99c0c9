/**
 * Child processes that do not outlive the sandbox that started them. A directory is claimed before anything is started
 * in it; children are recorded there; whoever claims it next, or starts any sandbox as the same user, ends what a dead
 * owner left. Knows nothing of what the children are.
 */
package dev.rowhouse.sandbox.process;
