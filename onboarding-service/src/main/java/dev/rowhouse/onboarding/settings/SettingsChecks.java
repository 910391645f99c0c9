package dev.rowhouse.onboarding.settings;

import dev.rowhouse.onboarding.stack.InvalidTemplateException;
import dev.rowhouse.onboarding.stack.PasswordFit;
import dev.rowhouse.onboarding.stack.Placeholders;
import dev.rowhouse.onboarding.stack.Template;
import dev.rowhouse.service.config.Similar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the mistakes in a registration, all at once, without asking anybody. */
final class SettingsChecks {

    /** What CloudFormation takes as a template's body, in bytes. */
    static final int MAX_TEMPLATE = 51_200;

    /** What CloudFormation takes as a parameter's value, in bytes. */
    static final int MAX_PARAMETER = 4_096;

    /** All parameters together, in bytes: they share one record. */
    static final int MAX_PARAMETERS = 256 * 1024;

    private static final Pattern ROLE_ARN =
            Pattern.compile("arn:(aws|aws-cn|aws-us-gov):iam::(?<account>\\d{12}):role/[\\w+=,.@/-]{1,512}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+){1,3}-\\d{1,2}");
    private static final Pattern KNOWN_PLACEHOLDER =
            Pattern.compile("tenant_id|tenant_name|saas_id|generated_password|attributes\\..+|resolve:.+");
    private static final String PLACEHOLDERS = "{{tenant_id}}, {{tenant_name}}, {{saas_id}}, {{attributes.<name>}},"
            + " {{generated_password}} and {{resolve:…}}";
    private static final Set<String> CAPABILITIES =
            Set.of("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND");
    private static final Set<String> TLS = Set.of("verify-full", "verify-ca", "require", "off");

    private final SettingsDocument document;
    private final List<SettingsProblem> problems = new ArrayList<>();

    private SettingsChecks(SettingsDocument document) {
        this.document = document;
    }

    /** Every mistake; empty when the document may be registered. */
    static List<SettingsProblem> of(SettingsDocument document) {
        SettingsChecks checks = new SettingsChecks(document);
        checks.enabled();
        checks.role();
        checks.template().ifPresent(template -> {
            checks.parameters(template);
            checks.problems.addAll(OutputChecks.of(template, document.parameters(), checks.account()));
        });
        checks.sql();
        checks.database();
        return List.copyOf(checks.problems);
    }

    private void enabled() {
        if (document.enabled() == null) {
            problem("enabled", "is missing; give true or false");
        }
    }

    private void role() {
        form("role_arn", document.roleArn(), ROLE_ARN, "arn:aws:iam::<12 digits>:role/<name>");
        form("region", document.region(), REGION, "a region such as eu-central-1");
        form("role_external_id", document.roleExternalId(), EXTERNAL_ID, "2 to 1224 of A-Z a-z 0-9 _ + = , . @ : / -");
        if (document.cloudformationRoleArn() != null) {
            form(
                    "cloudformation_role_arn",
                    document.cloudformationRoleArn(),
                    ROLE_ARN,
                    "arn:aws:iam::<12 digits>:role/<name>");
        }
        document.capabilities().stream()
                .filter(capability -> !CAPABILITIES.contains(capability))
                .forEach(capability -> problem(
                        "capabilities",
                        "'" + capability + "' is none of "
                                + CAPABILITIES.stream().sorted().toList()));
    }

    /** Null where the role has none to tell. */
    private String account() {
        Matcher role = ROLE_ARN.matcher(document.roleArn() == null ? "" : document.roleArn());
        return role.matches() ? role.group("account") : null;
    }

    private Optional<Template> template() {
        String text = document.template();
        if (text == null || text.isBlank()) {
            problem("template", "is missing; give a CloudFormation template in YAML or JSON");
            return Optional.empty();
        }
        int bytes = size(text);
        if (bytes > MAX_TEMPLATE) {
            problem(
                    "template",
                    "has " + bytes + " bytes, CloudFormation takes " + MAX_TEMPLATE
                            + "; move resources into nested stacks");
            return Optional.empty();
        }
        try {
            return Optional.of(Template.parse(text));
        } catch (InvalidTemplateException e) {
            problem("template", e.getMessage());
            return Optional.empty();
        }
    }

    private void parameters(Template template) {
        int bytes = document.parameters().entrySet().stream()
                .mapToInt(entry -> size(entry.getKey()) + size(entry.getValue()))
                .sum();
        if (bytes > MAX_PARAMETERS) {
            problem("parameters", "have " + bytes + " bytes together, at most " + MAX_PARAMETERS + " are taken");
        }
        document.parameters().forEach((name, value) -> parameter(template, name, value));
    }

    private void parameter(Template template, String name, String value) {
        String field = "parameters." + name;
        Template.Parameter declared = template.parameters().get(name);
        if (declared == null && !template.macros()) {
            problem(
                    field,
                    "is no parameter of the template"
                            + Similar.to(name, template.parameters().keySet())
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("; it has " + template.parameters().keySet()));
        }
        if (size(value) > MAX_PARAMETER) {
            problem(field, "has " + size(value) + " bytes, CloudFormation takes " + MAX_PARAMETER);
        }
        placeholders(field, value);
        if (declared != null && declared.noEcho() && !withoutPlaceholders(value).isEmpty()) {
            problem(
                    field,
                    "is NoEcho in the template, and a literal secret would be kept on a topic;"
                            + " give {{generated_password}} or {{resolve:secretsmanager:…}}");
        }
        if (declared != null) {
            PasswordFit.misfit(declared, value).ifPresent(misfit -> problem(field, misfit));
        }
    }

    private void placeholders(String field, String value) {
        Matcher placeholders = Placeholders.ANY.matcher(value);
        while (placeholders.find()) {
            if (!KNOWN_PLACEHOLDER.matcher(placeholders.group(1)).matches()) {
                problem(field, "has the unknown placeholder " + placeholders.group() + "; known are " + PLACEHOLDERS);
            }
        }
        if (withoutPlaceholders(value).contains("{{")) {
            problem(field, "has '{{' without '}}' after it; placeholders are " + PLACEHOLDERS);
        }
    }

    private static String withoutPlaceholders(String value) {
        return Placeholders.ANY.matcher(value).replaceAll("");
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void sql() {
        if (document.sql() == null) {
            problem("sql", "is missing; give the script for a new tenant's database, or \"\" for none");
            return;
        }
        int bytes = size(document.sql());
        if (bytes > ArtifactParts.MAX_SIZE) {
            problem("sql", "has " + bytes + " bytes, at most " + ArtifactParts.MAX_SIZE + " are taken");
        }
    }

    private void database() {
        if (!TLS.contains(document.database().tls())) {
            problem("database.tls", "must be verify-full, verify-ca, require or off");
        }
        if (!document.database().access().equals("direct")) {
            problem("database.access", "must be direct");
        }
    }

    private void form(String field, String value, Pattern form, String allowed) {
        if (value == null || value.isEmpty()) {
            problem(field, "is missing; give " + allowed);
        } else if (!form.matcher(value).matches()) {
            problem(field, "is not of the form " + allowed);
        }
    }

    private void problem(String field, String message) {
        problems.add(new SettingsProblem(field, message));
    }
}
