/**
 * A SaaS's registration: role, template, parameters, SQL. Kept on two private topics, folded in every instance's memory.
 *
 * <p>Knows nothing of onboardings and nothing of AWS beyond the forms of its names.
 */
package dev.rowhouse.onboarding.settings;
