package dev.rowhouse.onboarding.stack;

import java.util.Map;

/**
 * What CloudFormation tells of a stack, by name. {@link #toString} hides the values: a password may be among them.
 *
 * @param outputs its Outputs
 * @param parameters its parameters, as resolved; {@code ****} where {@code NoEcho}
 */
public record StackOutputs(Map<String, String> outputs, Map<String, String> parameters) {

    public StackOutputs {
        outputs = Map.copyOf(outputs);
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        return "StackOutputs[outputs=" + outputs.keySet() + ", parameters=" + parameters.keySet() + "]";
    }
}
