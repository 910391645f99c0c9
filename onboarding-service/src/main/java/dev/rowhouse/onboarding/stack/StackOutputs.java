package dev.rowhouse.onboarding.stack;

import java.util.Map;

/**
 * What CloudFormation tells of a stack, by name. {@link #toString} hides the values: a password may be among them.
 *
 * @param outputs its Outputs
 * @param parameters its parameters, as given or by default; {@code ****} where {@code NoEcho}
 * @param resolved what those of them stand for that name an entry of the Parameter Store
 */
public record StackOutputs(Map<String, String> outputs, Map<String, String> parameters, Map<String, String> resolved) {

    public StackOutputs {
        outputs = Map.copyOf(outputs);
        parameters = Map.copyOf(parameters);
        resolved = Map.copyOf(resolved);
    }

    @Override
    public String toString() {
        return "StackOutputs[outputs=" + outputs.keySet() + ", parameters=" + parameters.keySet() + "]";
    }
}
