package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

class DatabaseClusterTest {
    private static final String CLUSTER = """
            Resources:
              Cluster:
                Type: AWS::RDS::DBCluster
                Properties:
                  DBClusterIdentifier: acme
                  Engine: aurora-mysql
                  EngineVersion: 8.0.mysql_aurora.3.08.2
                  MasterUsername: acme
                  MasterUserPassword: long-enough
                  DatabaseName: shop
            """;
    private static final String TEMPLATE = CLUSTER + """
              Writer:
                Type: AWS::RDS::DBInstance
                Properties:
                  Engine: aurora-mysql
                  DBClusterIdentifier: !Ref Cluster
                  DBInstanceClass: db.t4g.medium
              Reader:
                Type: AWS::RDS::DBInstance
                Properties:
                  Engine: aurora-mysql
                  DBClusterIdentifier: !Ref Cluster
                  DBInstanceClass: db.t4g.medium
            Outputs:
              Id: {Value: !Ref Cluster}
              Host: {Value: !GetAtt Cluster.Endpoint.Address}
              Port: {Value: !GetAtt Cluster.Endpoint.Port}
              ReadHost: {Value: !GetAtt Cluster.ReadEndpoint.Address}
              Arn: {Value: !GetAtt Cluster.DBClusterArn}
              WriterHost: {Value: !GetAtt Writer.Endpoint.Address}
            """;

    private final InMemoryDatabases databases = new InMemoryDatabases();
    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new Cloud(Cloud.options().databases(Map.of("aurora-mysql", databases, "postgres", databases)));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void makesOneDatabaseForAllItsInstances() {
        cloud.create("one", TEMPLATE);
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        assertThat(databases.made.values())
                .containsExactly(new Instance("aurora-mysql", "cluster.acme", "acme", "long-enough", "shop", 3306));
    }

    @Test
    void tellsWhereTheDatabaseIs() {
        cloud.create("one", TEMPLATE);
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        assertThat(cloud.describe("one").outputs())
                .extracting(Output::outputValue)
                .containsExactly(
                        "acme",
                        "127.0.0.8",
                        "3306",
                        "127.0.0.8",
                        "arn:aws:rds:us-east-1:000000000000:cluster:acme",
                        "127.0.0.8");
    }

    @Test
    void listsTheClusterAndItsInstancesAsResources() {
        cloud.create("one", TEMPLATE);
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        assertThat(cloud.stacks.listStackResources(r -> r.stackName("one")).stackResourceSummaries())
                .extracting(StackResourceSummary::resourceType)
                .containsExactlyInAnyOrder("AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::RDS::DBInstance");
    }

    @Test
    void doesNotListenWithoutAnInstance() {
        cloud.create("one", CLUSTER);
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        assertThat(databases.shut).containsOnlyKeys("cluster.acme");
        assertThat(databases.made).isEmpty();
    }

    @Test
    void removesTheDatabaseWithItsStack() {
        String id = cloud.create("one", TEMPLATE);
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        cloud.stacks.deleteStack(r -> r.stackName("one"));

        cloud.awaitStatus(id, "DELETE_COMPLETE");
        assertThat(databases.made).isEmpty();
    }

    @Test
    void refusesAnInstanceOfAnotherEngine() {
        assertThat(reasonFor(
                        "AWS::RDS::DBInstance",
                        TEMPLATE.replace(
                                "Engine: aurora-mysql\n      DBClusterIdentifier: !Ref",
                                "Engine: mysql\n      DBClusterIdentifier: !Ref")))
                .contains(
                        "The engine name requested for your DB instance (mysql) doesn't match the engine name of your DB"
                                + " cluster (aurora-mysql).");
    }

    @Test
    void refusesAnInstanceWithAMasterUserOfItsOwn() {
        assertThat(reasonFor(
                        "AWS::RDS::DBInstance",
                        TEMPLATE.replace("db.t4g.medium", "db.t4g.medium\n      MasterUsername: acme")))
                .contains("Set master user name for the DB Cluster.");
    }

    @Test
    void refusesAnInstanceOfAClusterThatIsNotThere() {
        assertThat(reasonFor(
                        "AWS::RDS::DBInstance",
                        TEMPLATE.replace("!Ref Cluster\n      DBInstanceClass", "other\n      DBInstanceClass")))
                .contains("DBCluster other not found.");
    }

    @Test
    void refusesAnAuroraInstanceWithoutACluster() {
        assertThat(reasonFor("AWS::RDS::DBInstance", TEMPLATE.replace("      DBClusterIdentifier: !Ref Cluster\n", "")))
                .contains("DBClusterIdentifier must be provided.");
    }

    @Test
    void refusesAClusterOfAnEngineThatHasNone() {
        assertThat(reasonFor("AWS::RDS::DBCluster", CLUSTER.replace("aurora-mysql", "postgres")))
                .contains("Invalid DB engine: postgres; the sandbox has DB clusters for");
    }

    @Test
    void refusesAVersionThatTheEngineNeverHad() {
        assertThat(reasonFor("AWS::RDS::DBCluster", CLUSTER.replace("8.0.mysql_aurora.3.08.2", "16.4")))
                .contains("Cannot find version 16.4 for aurora-mysql");
    }

    @Test
    void refusesAMissingMasterUser() {
        assertThat(reasonFor("AWS::RDS::DBCluster", CLUSTER.replace("      MasterUsername: acme\n", "")))
                .contains("The parameter MasterUsername must be provided and must not be blank.");
    }

    @Test
    void refusesAPropertyThatItWouldNotObey() {
        assertThat(reasonFor(
                        "AWS::RDS::DBCluster", CLUSTER.replace("DatabaseName: shop", "SnapshotIdentifier: last-week")))
                .isEqualTo("Each of the properties [SnapshotIdentifier] of AWS::RDS::DBCluster"
                        + " is not supported by the sandbox's stand-in for AWS");
    }

    @Test
    void leavesADatabaseAloneThatItsHostHasFromBefore() throws IOException {
        databases.prepare(new Instance("aurora-mysql", "cluster.acme", "acme", "long-enough", "shop", 3306));

        assertThat(reasonFor("AWS::RDS::DBCluster", CLUSTER)).contains("DB Instance already exists");

        assertThat(databases.shut).containsOnlyKeys("cluster.acme");
    }

    @Test
    void keepsAProtectedClusterWithoutItsInstances() {
        cloud.create("one", TEMPLATE.replace("  DatabaseName", "  DeletionProtection: true\n      DatabaseName"));
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        cloud.stacks.deleteStack(r -> r.stackName("one"));

        cloud.awaitStatus("one", "DELETE_FAILED");
        assertThat(databases.made).containsOnlyKeys("cluster.acme");
        assertThat(cloud.describe("one").stackStatusReason())
                .contains("The following resource(s) failed to delete: [Cluster]. ");
    }

    /** Why the first resource of that type of a stack of this template could not be made. */
    private String reasonFor(String type, String template) {
        cloud.create("failing", template);
        cloud.awaitStatus("failing", "ROLLBACK_COMPLETE");
        return cloud.stacks.describeStackEvents(r -> r.stackName("failing")).stackEvents().stream()
                .filter(e -> e.resourceStatusAsString().equals("CREATE_FAILED"))
                .filter(e -> e.resourceType().equals(type))
                .map(StackEvent::resourceStatusReason)
                .filter(Objects::nonNull)
                .filter(reason -> !reason.contains("cancelled"))
                .findFirst()
                .orElseThrow();
    }
}
