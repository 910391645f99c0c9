/**
 * Carries out the steps of an onboarding: joins the settings, the tenant's stack and its database. Nothing here decides what
 * follows; steps report facts.
 */
package dev.rowhouse.onboarding.step;
