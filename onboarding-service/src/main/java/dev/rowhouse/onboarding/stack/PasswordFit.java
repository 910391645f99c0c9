package dev.rowhouse.onboarding.stack;

import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Whether a parameter takes whatever password may be generated for it. */
public final class PasswordFit {

    /**
     * Enough that an expression for the first letter, which every sixth password does not begin with, cannot pass by luck,
     * and the same at each try.
     */
    private static final List<String> SAMPLES = IntStream.range(0, 100)
            .mapToObj(i -> GeneratedPassword.of(
                    new byte[32], "samples", new SaasId("samples"), new TenantId("t" + i), "DbPass", "samples"))
            .toList();

    private PasswordFit() {}

    /**
     * Why CloudFormation would refuse the parameter for some tenants or all of them; empty where it would not. Only of a value
     * of text and generated passwords: what else it is made of is known once there is a tenant.
     *
     * @param value as registered
     */
    public static Optional<String> misfit(Template.Parameter parameter, String value) {
        if (!value.contains(Placeholders.GENERATED_PASSWORD)) {
            return Optional.empty();
        }
        if (!parameter.type().equals("String")) {
            return Optional.of(
                    "is of type " + parameter.type() + ": " + Placeholders.GENERATED_PASSWORD + " needs a String");
        }
        if (value.replace(Placeholders.GENERATED_PASSWORD, "").contains("{{")) {
            return Optional.empty();
        }
        return SAMPLES.stream()
                .flatMap(sample ->
                        parameter
                                .constraints()
                                .violatedBy(value.replace(Placeholders.GENERATED_PASSWORD, sample))
                                .stream())
                .findFirst()
                .map(violated -> "does not take every generated password, which is " + GeneratedPassword.LENGTH
                        + " letters and digits: " + violated + ". Mend the template's constraint");
    }
}
