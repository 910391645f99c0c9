package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The nine Outputs that a builder's stack owes us. */
public final class OutputsContract {

    /** What CloudFormation answers where a value is {@code NoEcho}. */
    private static final String MASKED = "****";

    private static final String STEP = "check_outputs";

    private final Map<String, String> outputs;
    private final Map<String, String> parameters;
    private final List<String> problems = new ArrayList<>();

    private OutputsContract(Map<String, String> outputs, Map<String, String> parameters) {
        this.outputs = outputs;
        this.parameters = parameters;
    }

    /**
     * Reads the Outputs. One that is absent is taken from the parameter of the same name: we supplied it, so we know it even
     * where it is {@code NoEcho}.
     *
     * @param outputs as CloudFormation describes them
     * @param parameters as we supplied them
     * @param account of the role
     * @throws FailureException {@code outputs_incomplete}, naming every problem and no value of a secret
     */
    static TenantEnvironment read(Map<String, String> outputs, Map<String, String> parameters, String account) {
        OutputsContract contract = new OutputsContract(outputs, parameters);
        TenantEnvironment environment = contract.environment(account);
        if (!contract.problems.isEmpty()) {
            throw new FailureException(new Failure(
                    FailureCode.OUTPUTS_INCOMPLETE,
                    STEP,
                    "The stack's Outputs do not hold what is needed: " + String.join("; ", contract.problems),
                    false,
                    Map.of("problems", List.copyOf(contract.problems))));
        }
        return environment;
    }

    /**
     * Like {@link #read(Map, Map, String)}, of a stack as described. What CloudFormation tells of a parameter comes before
     * what we supplied: it knows what a name in the Parameter Store stands for.
     *
     * @param supplied the parameters that we gave the stack
     */
    public static TenantEnvironment read(AccountAccess access, StackOutputs stack, StackParameters supplied) {
        Map<String, String> parameters = new HashMap<>(supplied.values());
        stack.parameters().forEach((name, value) -> {
            if (!value.equals(MASKED)) {
                parameters.put(name, value);
            }
        });
        return read(stack.outputs(), parameters, access.accountId());
    }

    private TenantEnvironment environment(String account) {
        String accountId = value("AccountId");
        if (accountId != null && !accountId.equals(account)) {
            problems.add("AccountId is not the account of the role, " + account);
        }
        return new TenantEnvironment(
                accountId,
                list("SubnetIds"),
                list("SecurityGroupIds"),
                value("DbUser"),
                value("DbPass"),
                value("DbHost"),
                port(),
                value("DbName"),
                type());
    }

    private String value(String name) {
        String value = outputs.getOrDefault(name, parameters.get(name));
        if (value == null || value.isBlank()) {
            problems.add(name + " is missing: add it to the template's Outputs");
            return null;
        }
        if (value.equals(MASKED)) {
            problems.add(name + " is masked, since it comes from a NoEcho parameter: leave the Output out and name the"
                    + " parameter " + name);
            return null;
        }
        if (value.contains("{{resolve:")) {
            problems.add(name + " is a {{resolve:…}} reference, which CloudFormation alone can read: use"
                    + " {{generated_password}} or an Output that holds the value");
            return null;
        }
        return value.trim();
    }

    private List<String> list(String name) {
        String value = value(name);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(","))
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    private int port() {
        String value = value("DbPort");
        if (value == null) {
            return 0;
        }
        if (value.matches("\\d{1,5}")) {
            int port = Integer.parseInt(value);
            if (port >= 1024 && port <= 65535) {
                return port;
            }
        }
        problems.add("DbPort must be a number from 1024 to 65535");
        return 0;
    }

    private TenantEnvironment.DbType type() {
        String value = value("DbType");
        if (value == null) {
            return null;
        }
        if (value.equals("mysql") || value.equals("postgres")) {
            return TenantEnvironment.DbType.valueOf(value.toUpperCase(Locale.ROOT));
        }
        problems.add("DbType must be mysql or postgres");
        return null;
    }
}
