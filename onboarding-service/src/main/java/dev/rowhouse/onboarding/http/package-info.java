/** The onboarding service's routes: settings, and tenants to create. */
package dev.rowhouse.onboarding.http;
