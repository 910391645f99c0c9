package dev.rowhouse.sandbox.aws.template;

import java.util.List;
import java.util.Set;

/** What CloudFormation itself knows about a stack. */
public record PseudoParameters(String account, String region, String stackId, String stackName) {
    static final Set<String> NAMES = Set.of(
            "AWS::AccountId",
            "AWS::Region",
            "AWS::StackId",
            "AWS::StackName",
            "AWS::Partition",
            "AWS::URLSuffix",
            "AWS::NotificationARNs",
            "AWS::NoValue");

    /** @param name one of {@link #NAMES} */
    Object value(String name) {
        return switch (name) {
            case "AWS::AccountId" -> account;
            case "AWS::Region" -> region;
            case "AWS::StackId" -> stackId;
            case "AWS::StackName" -> stackName;
            case "AWS::Partition" -> partition(region);
            case "AWS::URLSuffix" -> region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
            case "AWS::NotificationARNs" -> List.of();
            case "AWS::NoValue" -> Expression.NO_VALUE;
            default -> throw new IllegalStateException(name + " is no pseudo parameter");
        };
    }

    /** The partition that a region belongs to, as in the second part of an ARN. */
    public static String partition(String region) {
        return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
