package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import java.time.Duration;
import java.util.List;

/**
 * The stack to create. {@link #toString} leaves the template out and hides the parameters.
 *
 * @param access the way into the account
 * @param name fixed by deployment and tenant
 * @param tags whose it is
 * @param template the body, YAML or JSON
 * @param parameters its values
 * @param capabilities acknowledged by the builder, none other
 * @param cloudformationRoleArn what CloudFormation acts as; null for the session that calls it
 * @param timeout after which CloudFormation gives up and rolls back; whole minutes, at least one
 * @param step that asks for it
 */
public record StackOrder(
        AccountAccess access,
        StackName name,
        StackTags tags,
        String template,
        StackParameters parameters,
        List<String> capabilities,
        String cloudformationRoleArn,
        Duration timeout,
        StepRun step) {

    public StackOrder {
        capabilities = List.copyOf(capabilities);
    }

    @Override
    public String toString() {
        return "StackOrder[access=" + access + ", name=" + name + ", tags=" + tags + ", parameters=" + parameters + "]";
    }
}
