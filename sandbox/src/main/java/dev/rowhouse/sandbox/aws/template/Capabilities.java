package dev.rowhouse.sandbox.aws.template;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which resources can change permissions, so that the caller must say that they may. */
final class Capabilities {
    /** The types, and the property that gives one a name of the template's choosing; empty where none does. */
    private static final Map<String, String> IAM = Map.of(
            "AWS::IAM::AccessKey", "",
            "AWS::IAM::Group", "GroupName",
            "AWS::IAM::InstanceProfile", "InstanceProfileName",
            "AWS::IAM::ManagedPolicy", "ManagedPolicyName",
            "AWS::IAM::Policy", "",
            "AWS::IAM::Role", "RoleName",
            "AWS::IAM::User", "UserName",
            "AWS::IAM::UserToGroupAddition", "");

    private Capabilities() {}

    static List<String> types(Collection<ResourceDeclaration> resources) {
        return resources.stream()
                .map(ResourceDeclaration::type)
                .filter(IAM::containsKey)
                .distinct()
                .toList();
    }

    static List<String> neededBy(Collection<ResourceDeclaration> resources) {
        if (types(resources).isEmpty()) {
            return List.of();
        }
        boolean named = resources.stream()
                .filter(r -> IAM.containsKey(r.type()))
                .anyMatch(r -> r.properties().containsKey(IAM.get(r.type())));
        return List.of(named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM");
    }
}
