/** The onboarding service: its composition root and its configuration. */
package dev.rowhouse.onboarding;
