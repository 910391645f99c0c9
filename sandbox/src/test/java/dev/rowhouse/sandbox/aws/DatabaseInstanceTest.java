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

class DatabaseInstanceTest {
    private static final String TEMPLATE = """
            Resources:
              Db:
                Type: AWS::RDS::DBInstance
                Properties:
                  Engine: postgres
                  DBInstanceClass: db.t4g.micro
                  AllocatedStorage: 20
                  MasterUsername: acme
                  MasterUserPassword: long-enough
                  DBName: shop
            Outputs:
              Id: {Value: !Ref Db}
              Host: {Value: !GetAtt Db.Endpoint.Address}
              Port: {Value: !GetAtt Db.Endpoint.Port}
              Arn: {Value: !GetAtt Db.DBInstanceArn}
            """;

    private final InMemoryDatabases databases = new InMemoryDatabases();
    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new Cloud(Cloud.options().databases(Map.of("postgres", databases)));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void makesWhatTheTemplateAsksFor() {
        cloud.create("one", TEMPLATE.replace("  DBName", "  DBInstanceIdentifier: Acme-Shop\n      DBName"));
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        assertThat(databases.made.values())
                .containsExactly(new Instance("postgres", "acme-shop", "acme", "long-enough", "shop", 5432));
    }

    @Test
    void tellsWhereTheDatabaseIs() {
        cloud.create("one", TEMPLATE);
        String id = databasesId();

        assertThat(cloud.describe("one").outputs())
                .extracting(Output::outputValue)
                .containsExactly(id, "127.0.0.9", "5432", "arn:aws:rds:us-east-1:000000000000:db:" + id);
    }

    @Test
    void namesADatabaseWithinRdsLimits() {
        cloud.create("n".repeat(128), TEMPLATE);
        cloud.awaitStatus("n".repeat(128), "CREATE_COMPLETE");

        assertThat(databases.made.keySet())
                .singleElement()
                .satisfies(id -> assertThat(id).hasSize(63).matches("n+-db-[a-z0-9]{12}"));
    }

    @Test
    void listensWhereTheTemplateSays() {
        cloud.create("one", TEMPLATE.replace("  DBName", "  Port: '6543'\n      DBName"));
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        assertThat(databases.made.values()).extracting(Instance::port).containsExactly(6543);
    }

    @Test
    void removesTheDatabaseWithItsStack() {
        String id = cloud.create("one", TEMPLATE);
        databasesId();

        cloud.stacks.deleteStack(r -> r.stackName("one"));

        cloud.awaitStatus(id, "DELETE_COMPLETE");
        assertThat(databases.made).isEmpty();
    }

    @Test
    void passesOnTheHostsReason() {
        assertThat(reasonFor(TEMPLATE.replace("MasterUsername: acme", "MasterUsername: admin")))
                .contains(
                        "MasterUsername admin cannot be used as it is a reserved word used by the engine (Service: Rds,")
                .contains("HandlerErrorCode: InvalidRequest");
    }

    @Test
    void refusesAnEngineWithoutAHost() {
        assertThat(reasonFor(TEMPLATE.replace("Engine: postgres", "Engine: oracle-ee")))
                .contains("Invalid DB engine: oracle-ee");
    }

    @Test
    void refusesAVersionThatTheEngineNeverHad() {
        assertThat(reasonFor(TEMPLATE.replace("Engine: postgres", "Engine: postgres\n      EngineVersion: 8.0.35")))
                .contains("Cannot find version 8.0.35 for postgres");
    }

    @Test
    void refusesAnIdentifierThatRdsWouldNotTake() {
        assertThat(reasonFor(TEMPLATE.replace("  DBName", "  DBInstanceIdentifier: acme--shop\n      DBName")))
                .contains("The parameter DBInstanceIdentifier is not a valid identifier.");
    }

    @Test
    void refusesAMissingPassword() {
        assertThat(reasonFor(TEMPLATE.replace("      MasterUserPassword: long-enough\n", "")))
                .contains("The parameter MasterUserPassword must be provided and must not be blank.");
    }

    @Test
    void refusesAPropertyThatItWouldNotObey() {
        assertThat(reasonFor(TEMPLATE.replace("MasterUserPassword: long-enough", "ManageMasterUserPassword: true")))
                .isEqualTo("Each of the properties [ManageMasterUserPassword] of AWS::RDS::DBInstance"
                        + " is not supported by the sandbox's stand-in for AWS");
    }

    @Test
    void refusesADynamicReference() {
        assertThat(reasonFor(TEMPLATE.replace("long-enough", "'{{resolve:secretsmanager:db}}'")))
                .contains("Dynamic references ({{resolve:...}}) are not supported");
    }

    @Test
    void refusesAnIdentifierThatIsTaken() {
        String named = TEMPLATE.replace("  DBName", "  DBInstanceIdentifier: shop\n      DBName");
        cloud.create("first", named);
        cloud.awaitStatus("first", "CREATE_COMPLETE");

        assertThat(reasonFor(named)).contains("DB instance already exists").contains("HandlerErrorCode: AlreadyExists");
    }

    @Test
    void leavesAForeignDatabaseAloneWhenItRollsBack() {
        String named = TEMPLATE.replace("  DBName", "  DBInstanceIdentifier: shop\n      DBName");
        cloud.create("first", named);
        cloud.awaitStatus("first", "CREATE_COMPLETE");

        cloud.create("second", named);

        cloud.awaitStatus("second", "ROLLBACK_COMPLETE");
        assertThat(databases.made).containsOnlyKeys("shop");
    }

    @Test
    void leavesADatabaseAloneThatItsHostHasFromBefore() throws IOException {
        databases.create(new Instance("postgres", "shop", "acme", "long-enough", "shop", 5432));

        assertThat(reasonFor(TEMPLATE.replace("  DBName", "  DBInstanceIdentifier: shop\n      DBName")))
                .contains("DB Instance already exists");

        assertThat(databases.made).containsOnlyKeys("shop");
    }

    @Test
    void keepsAProtectedDatabase() {
        cloud.create("one", TEMPLATE.replace("  DBName", "  DeletionProtection: true\n      DBName"));
        String id = databasesId();

        cloud.stacks.deleteStack(r -> r.stackName("one"));

        cloud.awaitStatus("one", "DELETE_FAILED");
        assertThat(databases.made).containsOnlyKeys(id);
        assertThat(cloud.stacks.describeStackEvents(r -> r.stackName("one")).stackEvents())
                .extracting(StackEvent::resourceStatusReason)
                .filteredOn(Objects::nonNull)
                .anyMatch(reason -> reason.contains("Cannot delete protected DB Instance, please disable deletion"
                        + " protection and try again. (Service: Rds,"));
    }

    private String databasesId() {
        cloud.awaitStatus("one", "CREATE_COMPLETE");
        return databases.made.keySet().iterator().next();
    }

    /** Why the database of a stack of this template could not be made. */
    private String reasonFor(String template) {
        cloud.create("failing", template);
        cloud.awaitStatus("failing", "ROLLBACK_COMPLETE");
        return cloud.stacks.describeStackEvents(r -> r.stackName("failing")).stackEvents().stream()
                .filter(e -> e.logicalResourceId().equals("Db"))
                .map(StackEvent::resourceStatusReason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }
}
