/**
 * Lets people see how far scripts have come. Best effort: nothing that decides an onboarding waits for it or rests on it, and
 * it knows nothing of loop and steps.
 */
package dev.rowhouse.onboarding.progress;
