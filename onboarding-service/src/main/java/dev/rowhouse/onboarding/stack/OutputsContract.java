package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what a builder's stack owes us: the nine {@link ContractOutput}s. */
public final class OutputsContract {

    private static final String STEP = "check_outputs";

    private final StackOutputs stack;
    private final StackParameters supplied;
    private final Template template;
    private final List<String> problems = new ArrayList<>();

    private OutputsContract(StackOutputs stack, StackParameters supplied, Template template) {
        this.stack = stack;
        this.supplied = supplied;
        this.template = template;
    }

    /**
     * Reads the Outputs. One that is absent is taken from the parameter of the same name: we supplied it, so we know it even
     * where it is {@code NoEcho}. Otherwise what CloudFormation tells of a parameter comes first: a builder may have mended
     * the stack with other values, and it knows what a name in the Parameter Store stands for.
     *
     * @param supplied the parameters that we gave the stack
     * @param template that it was made from
     * @throws FailureException {@code outputs_incomplete}, naming every problem and no value of a secret
     */
    public static TenantEnvironment read(
            AccountAccess access, StackOutputs stack, StackParameters supplied, Template template) {
        OutputsContract contract = new OutputsContract(stack, supplied, template);
        Map<ContractOutput, String> values = contract.values(access.accountId());
        if (!contract.problems.isEmpty()) {
            throw new FailureException(new Failure(
                    FailureCode.OUTPUTS_INCOMPLETE,
                    STEP,
                    "The stack's Outputs do not hold what is needed: " + String.join("; ", contract.problems),
                    false,
                    Map.of("problems", List.copyOf(contract.problems))));
        }
        return environment(values);
    }

    private Map<ContractOutput, String> values(String account) {
        Map<ContractOutput, String> values = new EnumMap<>(ContractOutput.class);
        for (ContractOutput output : ContractOutput.values()) {
            String value = value(output.key());
            Optional<String> problem =
                    value == null ? Optional.of(absent(output.key())) : output.problem(value, account);
            problem.ifPresentOrElse(problems::add, () -> values.put(output, value.trim()));
        }
        return values;
    }

    /** Null where nobody knows it. */
    private String value(String name) {
        String output = stack.outputs().get(name);
        if (output != null) {
            return output;
        }
        if (isStoreEntry(name)) {
            String resolved = stack.resolved().get(name);
            return resolved == null || ContractOutput.isMasked(resolved) ? null : resolved;
        }
        String described = stack.parameters().get(name);
        return described == null || ContractOutput.isMasked(described)
                ? supplied.values().get(name)
                : described;
    }

    private boolean isStoreEntry(String name) {
        Template.Parameter parameter = template.parameters().get(name);
        return parameter != null && parameter.isStoreEntry();
    }

    private String absent(String name) {
        if (isStoreEntry(name)) {
            return name + " is an entry of the Parameter Store, whose value CloudFormation does not tell: add " + name
                    + " to the template's Outputs";
        }
        if (stack.parameters().containsKey(name)) {
            return name + " is the default of a NoEcho parameter, which CloudFormation does not tell: register a value"
                    + " for it, {{generated_password}}";
        }
        return name + " is missing: add it to the template's Outputs";
    }

    private static TenantEnvironment environment(Map<ContractOutput, String> values) {
        return new TenantEnvironment(
                values.get(ContractOutput.ACCOUNT_ID),
                ContractOutput.entries(values.get(ContractOutput.SUBNET_IDS)),
                ContractOutput.entries(values.get(ContractOutput.SECURITY_GROUP_IDS)),
                values.get(ContractOutput.DB_USER),
                values.get(ContractOutput.DB_PASS),
                values.get(ContractOutput.DB_HOST),
                Integer.parseInt(values.get(ContractOutput.DB_PORT)),
                values.get(ContractOutput.DB_NAME),
                TenantEnvironment.DbType.valueOf(
                        values.get(ContractOutput.DB_TYPE).toUpperCase(Locale.ROOT)));
    }
}
