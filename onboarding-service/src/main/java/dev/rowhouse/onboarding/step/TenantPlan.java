package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.settings.Settings;
import dev.rowhouse.onboarding.stack.StackParameters;
import dev.rowhouse.onboarding.stack.Template;

/**
 * What an onboarding's pinned settings come to for its tenant. Worked out anew for each step, since it holds secrets.
 *
 * @param settings as pinned
 * @param access the way into the builder's account
 * @param templateText the body
 * @param template the same, read
 * @param parameters the stack's
 */
record TenantPlan(
        Settings settings, AccountAccess access, String templateText, Template template, StackParameters parameters) {}
