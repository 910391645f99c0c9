package dev.rowhouse.sandbox.aws.resource;

import static dev.rowhouse.sandbox.aws.resource.BookEntries.ID;
import static dev.rowhouse.sandbox.aws.resource.BookEntries.arn;
import static dev.rowhouse.sandbox.aws.resource.BookEntries.named;

import dev.rowhouse.sandbox.aws.resource.BookEntry.Attribute;
import dev.rowhouse.sandbox.aws.wire.RandomText;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a tenant's application runs on and is reached by: none of it runs here. */
final class RuntimeEntries {
    private static final String BALANCER = "loadbalancer/";
    private static final String GROUP = "targetgroup/";

    private RuntimeEntries() {}

    static void into(Map<String, BookEntry> entries) {
        containers(entries);
        balancers(entries);
        names(entries);
        entries.put("AWS::Events::Rule", new BookEntry(named("Name"), Map.of("Arn", arn("events", "rule/"))));
        entries.put(
                "AWS::CloudWatch::Alarm",
                new BookEntry(named("AlarmName"), Map.of("Arn", arn("cloudwatch", "alarm:"))));
    }

    private static void containers(Map<String, BookEntry> entries) {
        entries.put(
                "AWS::ECR::Repository",
                new BookEntry(
                        named("RepositoryName"),
                        Map.of(
                                "Arn",
                                arn("ecr", "repository/"),
                                "RepositoryUri",
                                (request, id) ->
                                        request.account() + ".dkr.ecr." + request.region() + ".amazonaws.com/" + id)));
        entries.put("AWS::ECS::Cluster", new BookEntry(named("ClusterName"), Map.of("Arn", arn("ecs", "cluster/"))));
        entries.put(
                "AWS::ECS::TaskDefinition",
                new BookEntry(
                        request -> request.arn(
                                "ecs", "task-definition/" + named("Family").apply(request) + ":1"),
                        Map.of("TaskDefinitionArn", ID)));
        entries.put(
                "AWS::ECS::Service",
                new BookEntry(
                        request -> request.arn(
                                "ecs",
                                "service/" + request.text("Cluster").orElse("default") + "/"
                                        + named("ServiceName").apply(request)),
                        Map.of("ServiceArn", ID, "Name", (request, id) -> id.substring(id.lastIndexOf('/') + 1))));
    }

    private static void balancers(Map<String, BookEntry> entries) {
        entries.put(
                "AWS::ElasticLoadBalancingV2::LoadBalancer",
                new BookEntry(
                        request -> balancing(
                                request, BALANCER + "app/" + named("Name").apply(request)),
                        Map.of(
                                "LoadBalancerArn", ID,
                                "LoadBalancerFullName", after(BALANCER),
                                "LoadBalancerName", (request, id) -> id.split("/")[2],
                                "DNSName",
                                        (request, id) ->
                                                id.split("/")[2] + "." + request.region() + ".elb.amazonaws.com",
                                "CanonicalHostedZoneID", (request, id) -> "Z" + RandomText.upper(13))));
        entries.put(
                "AWS::ElasticLoadBalancingV2::TargetGroup",
                new BookEntry(
                        request -> balancing(request, GROUP + named("Name").apply(request)),
                        Map.of(
                                "TargetGroupArn", ID,
                                "TargetGroupFullName", (request, id) -> id.substring(id.indexOf(GROUP)),
                                "TargetGroupName", (request, id) -> id.split("/")[1])));
        entries.put(
                "AWS::ElasticLoadBalancingV2::Listener",
                new BookEntry(
                        request -> balancing(request, "listener/app/" + request.logicalId()),
                        Map.of("ListenerArn", ID)));
        entries.put(
                "AWS::ElasticLoadBalancingV2::ListenerRule",
                new BookEntry(
                        request -> balancing(request, "listener-rule/app/" + request.logicalId()),
                        Map.of("RuleArn", ID)));
    }

    private static String balancing(ResourceRequest request, String resource) {
        return request.arn("elasticloadbalancing", resource + "/" + RandomText.hex(16));
    }

    private static Attribute after(String mark) {
        return (request, id) -> id.substring(id.indexOf(mark) + mark.length());
    }

    private static void names(Map<String, BookEntry> entries) {
        entries.put(
                "AWS::CertificateManager::Certificate",
                new BookEntry(
                        request -> request.arn("acm", "certificate/" + UUID.randomUUID()),
                        Map.of("CertificateArn", ID)));
        entries.put(
                "AWS::Route53::HostedZone",
                new BookEntry(
                        request -> "Z" + RandomText.upper(20),
                        Map.of(
                                "Id",
                                ID,
                                "NameServers",
                                (request, id) -> List.of("ns-1.awsdns-01.org", "ns-2.awsdns-02.com"))));
        entries.put("AWS::Route53::RecordSet", new BookEntry(named("Name"), Map.of()));
    }
}
