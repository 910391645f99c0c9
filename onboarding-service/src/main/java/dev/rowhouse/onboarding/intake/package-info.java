/**
 * From the public topics to the inbox: reads what anyone may have written, turns away what cannot be read, and re-keys the
 * rest. Knows nothing of onboardings.
 */
package dev.rowhouse.onboarding.intake;
