package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.Tenant;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the placeholders of a SaaS's parameters for one tenant, in one pass: nothing filled in is looked at again.
 *
 * <p>What the builder wrote as {@code {{resolve:…}}} passes through to CloudFormation. What came with an event must not look
 * like a placeholder: a tenant's name would read the builder's secrets. Nor may it add entries to a list.
 */
public final class ParameterValues {

    private static final Pattern REFERENCE = Pattern.compile("(?=\\{\\{resolve:)");
    private static final String RESOLVE = "resolve:";
    private static final String ATTRIBUTE = "attributes.";
    private static final String STEP = "create_stack";

    private final Template template;
    private final Tenant tenant;
    private final UnaryOperator<String> passwords;
    private final List<String> problems = new ArrayList<>();

    private ParameterValues(Template template, Tenant tenant, UnaryOperator<String> passwords) {
        this.template = template;
        this.tenant = tenant;
        this.passwords = passwords;
    }

    /**
     * @param registered values by parameter name
     * @param passwords the generated password for a parameter's name
     * @return the stack's parameters
     * @throws FailureException {@code parameters_invalid} or {@code parameters_missing}, naming every problem
     */
    public static StackParameters fill(
            Template template, Map<String, String> registered, Tenant tenant, UnaryOperator<String> passwords) {
        ParameterValues values = new ParameterValues(template, tenant, passwords);
        Map<String, String> all = new HashMap<>(registered);
        template.parameters().keySet().forEach(name -> {
            if (name.equals("TenantId")) {
                all.putIfAbsent(name, "{{tenant_id}}");
            } else if (name.equals("TenantName")) {
                all.putIfAbsent(name, "{{tenant_name}}");
            }
        });
        Map<String, String> filled = new TreeMap<>();
        all.forEach((name, value) -> filled.put(name, values.fill(name, value)));
        refuse(FailureCode.PARAMETERS_INVALID, values.problems);
        refuse(
                FailureCode.PARAMETERS_MISSING,
                template.requiredParameters().stream()
                        .map(Template.Parameter::name)
                        .filter(name -> !filled.containsKey(name))
                        .map(name -> name + " has no default in the template and no registered value")
                        .toList());
        return new StackParameters(filled, secrets(template, registered));
    }

    private static Set<String> secrets(Template template, Map<String, String> registered) {
        Set<String> secrets = new HashSet<>();
        registered.forEach((name, value) -> {
            if (value.contains(Placeholders.GENERATED_PASSWORD)) {
                secrets.add(name);
            }
        });
        template.parameters().values().stream()
                .filter(Template.Parameter::noEcho)
                .map(Template.Parameter::name)
                .forEach(secrets::add);
        return secrets;
    }

    private String fill(String parameter, String value) {
        Matcher placeholders = Placeholders.ANY.matcher(value);
        StringBuilder filled = new StringBuilder();
        while (placeholders.find()) {
            placeholders.appendReplacement(
                    filled, Matcher.quoteReplacement(replacement(parameter, placeholders.group(1))));
        }
        placeholders.appendTail(filled);
        // Two halves may meet: a brace that the builder wrote, or another value brought, and one that opens this value.
        if (references(filled) > references(value)) {
            problems.add(parameter
                    + " would take a value from the event that makes a {{…}} together with what is beside it");
        }
        return filled.toString();
    }

    private static long references(CharSequence text) {
        return REFERENCE.matcher(text).results().count();
    }

    private String replacement(String parameter, String placeholder) {
        if (placeholder.contains("{{")) {
            problems.add(parameter + " has a placeholder inside another: " + placeholder);
            return "";
        }
        if (placeholder.startsWith(RESOLVE)) {
            return "{{" + placeholder + "}}";
        }
        return switch (placeholder) {
            case "tenant_id" -> tenant.id().value();
            case "saas_id" -> tenant.saasId().value();
            case "tenant_name" -> fromEvent(parameter, "tenant_name", tenant.name());
            case "generated_password" -> passwords.apply(parameter);
            default -> attribute(parameter, placeholder);
        };
    }

    private String attribute(String parameter, String placeholder) {
        if (!placeholder.startsWith(ATTRIBUTE)) {
            problems.add(parameter + " has the unknown placeholder {{" + placeholder + "}}");
            return "";
        }
        Object value = tenant.attributes().get(placeholder.substring(ATTRIBUTE.length()));
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return fromEvent(parameter, placeholder, value.toString());
        }
        problems.add(parameter + " needs " + placeholder + ", which the event "
                + (value == null ? "does not give" : "gives as a list or an object"));
        return "";
    }

    private String fromEvent(String parameter, String source, String value) {
        if (value.contains("{{") || value.chars().anyMatch(Character::isISOControl)) {
            problems.add(parameter + " would take " + source + ", which holds '{{' or control characters");
            return "";
        }
        if (value.contains(",") && isList(parameter)) {
            problems.add(
                    parameter + " is a list, and " + source + " holds a comma, which would make two entries of it");
            return "";
        }
        return value;
    }

    private boolean isList(String parameter) {
        Template.Parameter declared = template.parameters().get(parameter);
        return declared != null && declared.isList();
    }

    private static void refuse(FailureCode code, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new FailureException(new Failure(
                    code, STEP, String.join("; ", problems), false, Map.of("problems", List.copyOf(problems))));
        }
    }
}
