package dev.rowhouse.sandbox.aws.template;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One of a template's parameters.
 *
 * @param defaultValue null if the caller must give a value
 * @param noEcho whether describing the stack masks it
 */
public record ParameterDeclaration(
        String name, String type, String defaultValue, boolean noEcho, String description, Constraints constraints) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,255}");
    private static final Set<String> PROPERTIES = Set.of(
            "Type",
            "Default",
            "AllowedValues",
            "AllowedPattern",
            "ConstraintDescription",
            "Description",
            "MinLength",
            "MaxLength",
            "MinValue",
            "MaxValue",
            "NoEcho");
    private static final Pattern AWS_TYPE = Pattern.compile("AWS::(EC2::(AvailabilityZone::Name|Image::Id|Instance::Id|"
            + "KeyPair::KeyName|SecurityGroup::(GroupName|Id)|Subnet::Id|Volume::Id|VPC::Id)|Route53::HostedZone::Id)");

    static ParameterDeclaration read(String name, Object node) {
        if (!NAME.matcher(name).matches()) {
            throw new TemplateException("Template format error: Parameter name " + name + " is non alphanumeric.");
        }
        String path = "/Parameters/" + name;
        Map<String, Object> map = Nodes.map(node, path);
        for (String property : map.keySet()) {
            if (!PROPERTIES.contains(property)) {
                throw new TemplateException("Invalid template parameter property '" + property + "'");
            }
        }
        String type = Nodes.text(map, "Type", path);
        if (type == null) {
            throw new TemplateException("Template format error: Every Parameters object must contain a Type member.");
        }
        checkType(name, type);
        return new ParameterDeclaration(
                name,
                type,
                Nodes.text(map, "Default", path),
                "true".equalsIgnoreCase(Nodes.text(map, "NoEcho", path)),
                Nodes.text(map, "Description", path),
                Constraints.read(name, map, path));
    }

    private static void checkType(String name, String type) {
        if (type.startsWith("AWS::SSM::Parameter::Value<")) {
            throw TemplateException.unsupported("the type " + type + " of parameter " + name);
        }
        String element = type.startsWith("List<") && type.endsWith(">") ? type.substring(5, type.length() - 1) : type;
        boolean known = Set.of("String", "Number", "CommaDelimitedList", "List<Number>", "AWS::SSM::Parameter::Name")
                        .contains(type)
                || AWS_TYPE.matcher(element).matches();
        if (!known) {
            throw new TemplateException("Template format error: Unrecognized parameter type: " + type);
        }
    }

    /** The value as functions see it: a string, or a list of strings. */
    Object value(String given) {
        List<String> elements = isList() ? split(given) : List.of(given);
        for (String element : elements) {
            if (isNumber() && !isNumber(element)) {
                throw new TemplateException("Parameter '" + name + "' must be a number.");
            }
            constraints.check(name, element, isNumber());
        }
        return isList() ? elements : given;
    }

    /** Null where the template allows any. */
    public List<String> allowedValues() {
        return constraints.allowedValues();
    }

    private boolean isList() {
        return type.equals("CommaDelimitedList") || type.startsWith("List<");
    }

    private boolean isNumber() {
        return type.equals("Number") || type.equals("List<Number>");
    }

    private static List<String> split(String given) {
        return given.isEmpty()
                ? List.of()
                : Arrays.stream(given.split(",", -1)).map(String::strip).toList();
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][-+]?\\d{1,3})?");
    }

    /** What a value must satisfy; null where the template does not say. */
    record Constraints(
            List<String> allowedValues,
            Pattern allowedPattern,
            String description,
            Integer minLength,
            Integer maxLength,
            BigDecimal minValue,
            BigDecimal maxValue) {
        private static Constraints read(String name, Map<String, Object> map, String path) {
            return new Constraints(
                    allowedValues(map, path),
                    pattern(name, Nodes.text(map, "AllowedPattern", path)),
                    Nodes.text(map, "ConstraintDescription", path),
                    length(name, map, "MinLength", path),
                    length(name, map, "MaxLength", path),
                    number(name, map, "MinValue", path),
                    number(name, map, "MaxValue", path));
        }

        private static List<String> allowedValues(Map<String, Object> map, String path) {
            Object values = map.get("AllowedValues");
            if (values == null) {
                return null;
            }
            if (values instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(String.class::cast).toList();
            }
            throw new TemplateException(
                    "Template format error: Every AllowedValues member must be a list of strings: " + path);
        }

        private static Pattern pattern(String name, String regex) {
            try {
                return regex == null ? null : Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                throw new TemplateException(
                        "Template format error: AllowedPattern of parameter " + name + " is no regular expression");
            }
        }

        private static Integer length(String name, Map<String, Object> map, String property, String path) {
            BigDecimal number = number(name, map, property, path);
            return number == null ? null : number.intValue();
        }

        private static BigDecimal number(String name, Map<String, Object> map, String property, String path) {
            String text = Nodes.text(map, property, path);
            if (text != null && !isNumber(text)) {
                throw new TemplateException(
                        "Template format error: " + property + " of parameter " + name + " must be a number");
            }
            return text == null ? null : new BigDecimal(text);
        }

        private void check(String name, String value, boolean numeric) {
            String wrong = null;
            if (allowedValues != null && !allowedValues.contains(value)) {
                wrong = "must be one of AllowedValues";
            } else if (allowedPattern != null && !allowedPattern.matcher(value).matches()) {
                wrong = "must match pattern " + allowedPattern.pattern();
            } else if (minLength != null && value.length() < minLength) {
                wrong = "must contain at least " + minLength + " characters";
            } else if (maxLength != null && value.length() > maxLength) {
                wrong = "must contain at most " + maxLength + " characters";
            } else if (minValue != null && numeric && new BigDecimal(value).compareTo(minValue) < 0) {
                wrong = "must be a number not less than " + minValue.toPlainString();
            } else if (maxValue != null && numeric && new BigDecimal(value).compareTo(maxValue) > 0) {
                wrong = "must be a number not greater than " + maxValue.toPlainString();
            }
            if (wrong != null) {
                throw new TemplateException(
                        description == null
                                ? "Parameter '" + name + "' " + wrong
                                : "Parameter " + name + " failed to satisfy constraint: " + description);
            }
        }
    }
}
