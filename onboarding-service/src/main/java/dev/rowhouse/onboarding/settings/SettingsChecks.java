package dev.rowhouse.onboarding.settings;

import dev.rowhouse.onboarding.stack.InvalidTemplateException;
import dev.rowhouse.onboarding.stack.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the mistakes in a registration, all at once, without asking anybody. */
public final class SettingsChecks {

    /** What CloudFormation takes as a template's body, in bytes. */
    static final int MAX_TEMPLATE = 51_200;

    /** What CloudFormation takes as a parameter's value, in bytes. */
    static final int MAX_PARAMETER = 4_096;

    private static final Pattern ROLE_ARN =
            Pattern.compile("arn:(aws|aws-cn|aws-us-gov):iam::\\d{12}:role/[\\w+=,.@/-]{1,512}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+){1,3}-\\d{1,2}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)}}");
    private static final Pattern KNOWN_PLACEHOLDER =
            Pattern.compile("tenant_id|tenant_name|saas_id|generated_password|attributes\\.[A-Za-z0-9_.-]+|resolve:.+");
    private static final Set<String> CAPABILITIES =
            Set.of("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND");
    private static final Set<String> TLS = Set.of("verify-full", "verify-ca", "require", "off");

    private final SettingsDocument document;
    private final List<SettingsProblem> problems = new ArrayList<>();

    private SettingsChecks(SettingsDocument document) {
        this.document = document;
    }

    /** Every mistake; empty when the document may be registered. */
    public static List<SettingsProblem> of(SettingsDocument document) {
        SettingsChecks checks = new SettingsChecks(document);
        checks.role();
        checks.template().ifPresent(checks::parameters);
        checks.sql();
        checks.database();
        return List.copyOf(checks.problems);
    }

    private void role() {
        form("role_arn", document.roleArn(), ROLE_ARN, "arn:aws:iam::<12 digits>:role/<name>");
        form("region", document.region(), REGION, "a region such as eu-central-1");
        if (document.roleExternalId() != null) {
            form(
                    "role_external_id",
                    document.roleExternalId(),
                    EXTERNAL_ID,
                    "2 to 1224 of A-Z a-z 0-9 _ + = , . @ : / -");
        }
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

    private Optional<Template> template() {
        String text = document.template();
        if (text == null || text.isBlank()) {
            problem("template", "is missing; give a CloudFormation template in YAML or JSON");
            return Optional.empty();
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
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
        document.parameters().forEach((name, value) -> {
            String field = "parameters." + name;
            Template.Parameter declared = template.parameters().get(name);
            if (declared == null && !template.macros()) {
                problem(
                        field,
                        "is no parameter of the template; it has "
                                + template.parameters().keySet());
            }
            if (value.getBytes(StandardCharsets.UTF_8).length > MAX_PARAMETER) {
                problem(field, "is longer than the " + MAX_PARAMETER + " bytes CloudFormation takes");
            }
            Matcher placeholders = PLACEHOLDER.matcher(value);
            while (placeholders.find()) {
                if (!KNOWN_PLACEHOLDER.matcher(placeholders.group(1)).matches()) {
                    problem(
                            field,
                            "has the unknown placeholder " + placeholders.group()
                                    + "; known are {{tenant_id}}, {{tenant_name}}, {{saas_id}}, {{attributes.<name>}},"
                                    + " {{generated_password}} and {{resolve:…}}");
                }
            }
            if (declared != null
                    && declared.noEcho()
                    && !PLACEHOLDER.matcher(value).replaceAll("").isEmpty()) {
                problem(
                        field,
                        "is NoEcho in the template, and a literal secret would be kept on a topic;"
                                + " give {{generated_password}} or {{resolve:secretsmanager:…}}");
            }
        });
    }

    private void sql() {
        int bytes = document.sql().getBytes(StandardCharsets.UTF_8).length;
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
