package dev.rowhouse.sandbox.aws.resource;

import static dev.rowhouse.sandbox.aws.resource.BookEntries.ID;
import static dev.rowhouse.sandbox.aws.resource.BookEntries.derived;
import static dev.rowhouse.sandbox.aws.resource.BookEntries.hex;
import static dev.rowhouse.sandbox.aws.resource.BookEntries.named;
import static dev.rowhouse.sandbox.aws.resource.BookEntries.property;

import dev.rowhouse.sandbox.aws.wire.RandomText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** EC2, of which there is nothing but ids. */
final class NetworkEntries {
    private NetworkEntries() {}

    static void into(Map<String, BookEntry> entries) {
        vpc(entries);
        routing(entries);
        security(entries);
        machines(entries);
    }

    private static void vpc(Map<String, BookEntry> entries) {
        entries.put(
                "AWS::EC2::VPC",
                new BookEntry(
                        hex("vpc"),
                        Map.of(
                                "VpcId",
                                ID,
                                "CidrBlock",
                                property("CidrBlock", ""),
                                "CidrBlockAssociations",
                                (request, id) -> List.of("vpc-cidr-assoc" + id.substring(id.indexOf('-'))),
                                "Ipv6CidrBlocks",
                                (request, id) -> List.of("2001:db8:" + id.substring(id.length() - 4) + "::/56"),
                                "DefaultSecurityGroup",
                                derived("sg"),
                                "DefaultNetworkAcl",
                                derived("acl"))));
        entries.put("AWS::EC2::VPCCidrBlock", new BookEntry(hex("vpc-cidr-assoc"), Map.of("Id", ID)));
        entries.put(
                "AWS::EC2::Subnet",
                new BookEntry(
                        hex("subnet"),
                        Map.of(
                                "SubnetId",
                                ID,
                                "VpcId",
                                property("VpcId", ""),
                                "CidrBlock",
                                property("CidrBlock", ""),
                                "AvailabilityZone",
                                (request, id) ->
                                        request.text("AvailabilityZone").orElse(request.region() + "a"))));
        entries.put("AWS::EC2::SubnetCidrBlock", new BookEntry(hex("subnet-cidr-assoc"), Map.of("Id", ID)));
        entries.put("AWS::EC2::VPCEndpoint", new BookEntry(hex("vpce"), Map.of("Id", ID)));
        entries.put("AWS::EC2::VPCPeeringConnection", new BookEntry(hex("pcx"), Map.of("Id", ID)));
        entries.put("AWS::EC2::DHCPOptions", new BookEntry(hex("dopt"), Map.of("DhcpOptionsId", ID)));
        entries.put("AWS::EC2::FlowLog", new BookEntry(hex("fl"), Map.of("Id", ID)));
    }

    private static void routing(Map<String, BookEntry> entries) {
        entries.put("AWS::EC2::InternetGateway", new BookEntry(hex("igw"), Map.of("InternetGatewayId", ID)));
        entries.put("AWS::EC2::EgressOnlyInternetGateway", new BookEntry(hex("eigw"), Map.of("Id", ID)));
        entries.put("AWS::EC2::NatGateway", new BookEntry(hex("nat"), Map.of("NatGatewayId", ID)));
        entries.put("AWS::EC2::RouteTable", new BookEntry(hex("rtb"), Map.of("RouteTableId", ID)));
        entries.put("AWS::EC2::SubnetRouteTableAssociation", new BookEntry(hex("rtbassoc"), Map.of("Id", ID)));
        entries.put(
                "AWS::EC2::EIP",
                new BookEntry(
                        request -> "203.0.113." + ThreadLocalRandom.current().nextInt(1, 255),
                        Map.of("PublicIp", ID, "AllocationId", (request, id) -> "eipalloc-0" + RandomText.hex(16))));
        entries.put("AWS::EC2::EIPAssociation", new BookEntry(hex("eipassoc"), Map.of("Id", ID)));
    }

    private static void security(Map<String, BookEntry> entries) {
        entries.put(
                "AWS::EC2::SecurityGroup",
                new BookEntry(hex("sg"), Map.of("GroupId", ID, "Id", ID, "VpcId", property("VpcId", ""))));
        entries.put("AWS::EC2::SecurityGroupIngress", new BookEntry(hex("sgr"), Map.of("Id", ID)));
        entries.put("AWS::EC2::SecurityGroupEgress", new BookEntry(hex("sgr"), Map.of("Id", ID)));
        entries.put("AWS::EC2::NetworkAcl", new BookEntry(hex("acl"), Map.of("Id", ID)));
        entries.put(
                "AWS::EC2::SubnetNetworkAclAssociation", new BookEntry(hex("aclassoc"), Map.of("AssociationId", ID)));
    }

    private static void machines(Map<String, BookEntry> entries) {
        entries.put("AWS::EC2::Instance", new BookEntry(hex("i"), Map.of("InstanceId", ID)));
        entries.put("AWS::EC2::Volume", new BookEntry(hex("vol"), Map.of("VolumeId", ID)));
        entries.put(
                "AWS::EC2::KeyPair",
                new BookEntry(named("KeyName"), Map.of("KeyPairId", (request, id) -> "key-0" + RandomText.hex(16))));
        entries.put(
                "AWS::EC2::LaunchTemplate",
                new BookEntry(
                        hex("lt"),
                        Map.of(
                                "LaunchTemplateId", ID,
                                "DefaultVersionNumber", (request, id) -> "1",
                                "LatestVersionNumber", (request, id) -> "1")));
    }
}
