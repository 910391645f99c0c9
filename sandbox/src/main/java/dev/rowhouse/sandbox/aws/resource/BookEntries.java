package dev.rowhouse.sandbox.aws.resource;

import dev.rowhouse.sandbox.aws.resource.BookEntry.Attribute;
import dev.rowhouse.sandbox.aws.wire.RandomText;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The resource types whose ids and attributes are shaped as AWS shapes them. */
final class BookEntries {
    static final Attribute ID = (request, id) -> id;

    /** Any known type without an entry of its own: a generated name, no attributes. */
    static final BookEntry PLAIN = new BookEntry(BookEntries::generated, Map.of());

    private BookEntries() {}

    static Map<String, BookEntry> all() {
        Map<String, BookEntry> entries = new HashMap<>();
        NetworkEntries.into(entries);
        identity(entries);
        storage(entries);
        services(entries);
        RuntimeEntries.into(entries);
        return Map.copyOf(entries);
    }

    private static void identity(Map<String, BookEntry> entries) {
        entries.put(
                "AWS::IAM::Role",
                new BookEntry(
                        named("RoleName"),
                        Map.of("Arn", iam("role/"), "RoleId", (request, id) -> "AROA" + stable(id))));
        entries.put("AWS::IAM::Group", new BookEntry(named("GroupName"), Map.of("Arn", iam("group/"))));
        entries.put(
                "AWS::IAM::AccessKey",
                new BookEntry(
                        request -> "AKIA" + RandomText.upper(16),
                        Map.of("Id", ID, "SecretAccessKey", (request, id) -> RandomText.secret(40))));
        entries.put("AWS::IAM::User", new BookEntry(named("UserName"), Map.of("Arn", iam("user/"))));
        entries.put(
                "AWS::IAM::InstanceProfile",
                new BookEntry(named("InstanceProfileName"), Map.of("Arn", iam("instance-profile/"))));
        entries.put(
                "AWS::IAM::ManagedPolicy",
                new BookEntry(
                        request -> "arn:" + request.partition() + ":iam::" + request.account() + ":policy/"
                                + named("ManagedPolicyName").apply(request),
                        Map.of("PolicyArn", ID)));
        entries.put(
                "AWS::KMS::Key",
                new BookEntry(request -> UUID.randomUUID().toString(), Map.of("KeyId", ID, "Arn", arn("kms", "key/"))));
        entries.put("AWS::KMS::Alias", new BookEntry(named("AliasName"), Map.of()));
        entries.put(
                "AWS::SecretsManager::Secret",
                new BookEntry(
                        request -> request.arn(
                                "secretsmanager", "secret:" + named("Name").apply(request) + "-" + RandomText.lower(6)),
                        Map.of("Id", ID)));
    }

    private static void storage(Map<String, BookEntry> entries) {
        entries.put(
                "AWS::S3::Bucket",
                new BookEntry(
                        request -> request.text("BucketName")
                                .orElseGet(() -> generated(request).toLowerCase(Locale.ROOT)),
                        Map.of(
                                "Arn", (request, id) -> "arn:" + request.partition() + ":s3:::" + id,
                                "DomainName", (request, id) -> id + ".s3.amazonaws.com",
                                "RegionalDomainName",
                                        (request, id) -> id + ".s3." + request.region() + ".amazonaws.com")));
        entries.put(
                "AWS::DynamoDB::Table", new BookEntry(named("TableName"), Map.of("Arn", arn("dynamodb", "table/"))));
        entries.put("AWS::RDS::DBSubnetGroup", new BookEntry(lower("DBSubnetGroupName"), Map.of()));
        entries.put("AWS::RDS::DBParameterGroup", new BookEntry(lower("DBParameterGroupName"), Map.of()));
        entries.put("AWS::RDS::DBClusterParameterGroup", new BookEntry(lower("DBClusterParameterGroupName"), Map.of()));
    }

    private static void services(Map<String, BookEntry> entries) {
        entries.put(
                "AWS::SSM::Parameter",
                new BookEntry(named("Name"), Map.of("Type", property("Type", ""), "Value", property("Value", ""))));
        entries.put(
                "AWS::Logs::LogGroup",
                new BookEntry(
                        named("LogGroupName"),
                        Map.of("Arn", (request, id) -> request.arn("logs", "log-group:" + id + ":*"))));
        entries.put(
                "AWS::SNS::Topic",
                new BookEntry(
                        request -> request.arn("sns", named("TopicName").apply(request)),
                        Map.of("TopicArn", ID, "TopicName", (request, id) -> id.substring(id.lastIndexOf(':') + 1))));
        entries.put(
                "AWS::SQS::Queue",
                new BookEntry(
                        request -> "https://sqs." + request.region() + ".amazonaws.com/" + request.account() + "/"
                                + named("QueueName").apply(request),
                        Map.of(
                                "QueueUrl", ID,
                                "QueueName", (request, id) -> id.substring(id.lastIndexOf('/') + 1),
                                "Arn", (request, id) -> request.arn("sqs", id.substring(id.lastIndexOf('/') + 1)))));
        entries.put(
                "AWS::Lambda::Function",
                new BookEntry(named("FunctionName"), Map.of("Arn", arn("lambda", "function:"))));
    }

    /** As CloudFormation generates names: stack, logical id, twelve characters. */
    static String generated(ResourceRequest request) {
        return request.stackName() + "-" + request.logicalId() + "-" + RandomText.upper(12);
    }

    static Function<ResourceRequest, String> named(String property) {
        return request -> request.text(property).orElseGet(() -> generated(request));
    }

    private static Function<ResourceRequest, String> lower(String property) {
        return request -> named(property).apply(request).toLowerCase(Locale.ROOT);
    }

    static Function<ResourceRequest, String> hex(String prefix) {
        return request -> prefix + "-0" + RandomText.hex(16);
    }

    static Attribute property(String name, String otherwise) {
        return (request, id) -> request.text(name).orElse(otherwise);
    }

    /** An id that always goes with this one, such as a VPC's own security group. */
    static Attribute derived(String prefix) {
        return (request, id) -> prefix + id.substring(id.indexOf('-'));
    }

    static Attribute arn(String service, String kind) {
        return (request, id) -> request.arn(service, kind + id);
    }

    private static Attribute iam(String kind) {
        return (request, id) -> "arn:" + request.partition() + ":iam::" + request.account() + ":" + kind + id;
    }

    private static String stable(String id) {
        return String.format("%017X", Math.abs((long) id.hashCode()) * 0x9E3779B97L);
    }
}
