package dev.rowhouse.sandbox.aws.template;

import dev.rowhouse.sandbox.aws.template.BoundTemplate.OutputValue;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A template bound in a stack whose resources all exist, and are called {@code <logical id>-id}. */
final class Stacks {
    private static final PseudoParameters PSEUDO = new PseudoParameters(
            "111122223333", "eu-west-1", "arn:aws:cloudformation:eu-west-1:111122223333:stack/acme/1", "acme");

    /** Knows every type of AWS but what is not made here, and a few attributes. */
    private static final ResourceCatalog CATALOG = new ResourceCatalog() {
        @Override
        public boolean hasType(String type) {
            return type.startsWith("AWS::") && !type.startsWith("AWS::Unknown::");
        }

        @Override
        public boolean hasAttribute(String type, String attribute) {
            return attributes(type).contains(attribute);
        }

        @Override
        public Set<String> attributes(String type) {
            return Set.of("Arn", "CidrBlock", "Endpoint.Address");
        }
    };

    private static final Attributes ATTRIBUTES = new Attributes() {
        @Override
        public String ref(String logicalId) {
            return logicalId + "-id";
        }

        @Override
        public Object attribute(String logicalId, String attribute) {
            return logicalId + "-" + attribute;
        }

        @Override
        public String imported(String exportName) {
            return "imported " + exportName;
        }
    };

    private Stacks() {}

    static Template parse(String text) {
        return Template.parse(text, CATALOG);
    }

    static BoundTemplate bind(String text, Map<String, String> parameters) {
        Template template = parse(text);
        return new BoundTemplate(template, new ParameterValues(template, parameters), PSEUDO);
    }

    static Map<String, Object> properties(BoundTemplate bound, String logicalId) {
        return bound.properties(logicalId, ATTRIBUTES);
    }

    /** The value of one property, written as YAML, in a template with the parameters P (x), L (a,b) and a topic T. */
    static Object value(String yaml) {
        BoundTemplate bound = bind("""
                Parameters:
                  P: {Type: String, Default: x}
                  L: {Type: CommaDelimitedList, Default: 'a, b'}
                Mappings:
                  Sizes: {eu-west-1: {small: t3, list: [one, two], other: Others}}
                  Others: {k: {s: found}}
                Conditions:
                  Yes: !Equals [!Ref P, x]
                  No: !Not [!Condition Yes]
                Resources:
                  T: {Type: AWS::SNS::Topic}
                  R:
                    Type: AWS::S3::Bucket
                    Properties:
                      V: %s
                """.formatted(yaml), Map.of());
        return properties(bound, "R").get("V");
    }

    static List<OutputValue> outputs(BoundTemplate bound) {
        return bound.outputs(ATTRIBUTES);
    }
}
