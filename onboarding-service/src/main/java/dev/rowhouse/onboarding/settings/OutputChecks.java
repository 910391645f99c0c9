package dev.rowhouse.onboarding.settings;

import dev.rowhouse.onboarding.stack.ContractOutput;
import dev.rowhouse.onboarding.stack.Placeholders;
import dev.rowhouse.onboarding.stack.Template;
import dev.rowhouse.service.config.Similar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds what a template and the values for it already tell of its Outputs, so that nobody waits for a stack to hear it. What
 * CloudFormation works out is passed over, and so is what a template with macros states, since they may change it.
 */
final class OutputChecks {

    private final Template template;
    private final Map<String, String> registered;
    private final String account;
    private final List<SettingsProblem> problems = new ArrayList<>();
    private final List<String> inTemplate = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private OutputChecks(Template template, Map<String, String> registered, String account) {
        this.template = template;
        this.registered = registered;
        this.account = account;
    }

    /**
     * @param registered values by parameter name
     * @param account that stacks are made in; null where it is not known
     */
    static List<SettingsProblem> of(Template template, Map<String, String> registered, String account) {
        OutputChecks checks = new OutputChecks(template, registered, account);
        Stream.of(ContractOutput.values()).forEach(checks::check);
        return checks.all();
    }

    private void check(ContractOutput output) {
        String name = output.key();
        Template.Output declared = template.outputs().get(name);
        Template.Parameter parameter = template.parameters().get(name);
        if (parameter != null && declared == null) {
            check(output, parameter);
        } else if (template.macros()) {
            return;
        } else if (declared == null) {
            missing.add(name + similar(name));
        } else if (!isStoreReference(declared)) {
            check(output, declared.literal(), inTemplate);
        }
    }

    /** CloudFormation seems to read the plain Parameter Store for Outputs too: the stack shows it. */
    private static boolean isStoreReference(Template.Output declared) {
        return declared.literal() != null && Placeholders.hasStoreReference(declared.literal());
    }

    private void check(ContractOutput output, Template.Parameter parameter) {
        String value = registered.get(parameter.name());
        if (value != null && !parameter.isStoreEntry()) {
            List<String> found = new ArrayList<>();
            check(output, isKnown(value) ? value : null, found);
            found.forEach(problem -> problems.add(new SettingsProblem("parameters." + parameter.name(), problem)));
        } else if (!template.macros()) {
            checkAsDeclared(output, parameter);
        }
    }

    private void checkAsDeclared(ContractOutput output, Template.Parameter parameter) {
        String name = parameter.name();
        if (parameter.type().equals("AWS::SSM::Parameter::Name")) {
            inTemplate.add(name + " is no Output, and the parameter of that name is but the name of an entry of the"
                    + " Parameter Store: add it to the Outputs");
        } else if (parameter.isStoreEntry()) {
            return;
        } else if (parameter.noEcho() && parameter.defaultValue() != null) {
            problems.add(new SettingsProblem(
                    "parameters." + name,
                    "is missing, and CloudFormation does not tell the default of a NoEcho parameter; give"
                            + " {{generated_password}}"));
        } else {
            check(output, parameter.defaultValue(), inTemplate);
        }
    }

    /** A reference stays what it is; what else stands in braces is known once there is a tenant. */
    private static boolean isKnown(String value) {
        return !value.contains("{{") || Placeholders.hasReference(value);
    }

    private void check(ContractOutput output, String value, List<String> found) {
        if (value != null && (output != ContractOutput.ACCOUNT_ID || account != null)) {
            output.problem(value, account).ifPresent(found::add);
        }
    }

    private String similar(String name) {
        List<String> others = template.outputs().keySet().stream()
                .filter(other -> !ContractOutput.isKey(other))
                .toList();
        return Similar.to(name, others).map(near -> " (there is " + near + ")").orElse("");
    }

    private List<SettingsProblem> all() {
        if (!missing.isEmpty()) {
            inTemplate.add("has neither an Output nor a parameter " + String.join(", ", missing)
                    + ": add what is missing to its Outputs");
        }
        if (!inTemplate.isEmpty()) {
            problems.add(new SettingsProblem("template", String.join("; ", inTemplate)));
        }
        return problems;
    }
}
