package dev.rowhouse.onboarding.stack;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What we need to know of a builder's CloudFormation template, without evaluating it. Each part is in the template's
 * order.
 *
 * @param parameters by name
 * @param resources by logical id
 * @param outputs by logical id
 * @param macros whether it has a {@code Transform} or a {@code Fn::ForEach}, so that CloudFormation may add more of each
 *     and change what is there
 */
public record Template(
        Map<String, Parameter> parameters,
        Map<String, Resource> resources,
        Map<String, Output> outputs,
        boolean macros) {

    /** The most resources CloudFormation takes in one template. */
    public static final int MAX_RESOURCES = 500;

    /** How deep a template may nest, and how many aliases it may use. */
    public static final int MAX_DEPTH = 50;

    /** The longest template that is read at all, in characters. */
    public static final int MAX_LENGTH = 1_000_000;

    public Template {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /**
     * Reads a template in YAML, short tags such as {@code !Ref} included, or in JSON.
     *
     * @throws InvalidTemplateException where it cannot be read, or is no template, or is too large
     */
    public static Template parse(String text) {
        return TemplateParser.parse(text);
    }

    /** The resources that are databases. */
    public List<Resource> databases() {
        return resources.values().stream()
                .filter(resource -> DatabaseType.of(resource.type()).isPresent())
                .toList();
    }

    /** The resources that are stacks of their own. */
    public List<Resource> nestedStacks() {
        return resources.values().stream()
                .filter(resource -> resource.type().equals(Resource.NESTED_STACK))
                .toList();
    }

    /** The parameters that a stack cannot be created without. */
    public Collection<Parameter> requiredParameters() {
        return parameters.values().stream()
                .filter(parameter -> parameter.defaultValue() == null)
                .toList();
    }

    /**
     * One parameter.
     *
     * @param name as declared
     * @param type for example {@code String}, {@code List<AWS::EC2::Subnet::Id>}
     * @param noEcho whether CloudFormation hides its value
     * @param defaultValue what a stack has that is given no value for it; null where it must be given one
     * @param constraints what its values must satisfy
     */
    public record Parameter(
            String name, String type, boolean noEcho, String defaultValue, ParameterConstraints constraints) {

        /** Whether its value is a list, its entries separated by commas. */
        public boolean isList() {
            return type.equals("CommaDelimitedList") || type.startsWith("List<");
        }

        /** Whether its value names an entry of the Parameter Store, instead of being what the template gets to see. */
        public boolean isStoreEntry() {
            return type.startsWith("AWS::SSM::Parameter::");
        }
    }

    /**
     * One Output.
     *
     * @param literal its value, where the template states it; null where it is known once there is a stack
     */
    public record Output(String literal) {}

    /**
     * One resource.
     *
     * @param logicalId its name in the template
     * @param type for example {@code AWS::RDS::DBInstance}
     * @param conditional whether a stack may be without it
     * @param selfContained of a database cluster: whether it is complete without instances of its own in a template
     */
    public record Resource(String logicalId, String type, boolean conditional, boolean selfContained) {

        static final String NESTED_STACK = "AWS::CloudFormation::Stack";
    }
}
