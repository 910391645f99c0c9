package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.Queries;
import dev.rowhouse.sandbox.mysql.Logins;
import dev.rowhouse.sandbox.rds.RdsInstances;
import dev.rowhouse.sandbox.tls.SandboxCa;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** A stack's databases, with real servers behind them. */
class RealDatabaseTest {
    private static final String TEMPLATE = """
            Parameters:
              User: {Type: String, Default: shop_owner}
              Password: {Type: String, NoEcho: true}
            Resources:
              Db:
                Type: AWS::RDS::DBInstance
                Properties:
                  Engine: postgres
                  DBInstanceClass: db.t4g.micro
                  AllocatedStorage: 20
                  MasterUsername: !Ref User
                  MasterUserPassword: !Ref Password
                  DBName: shop
            Outputs:
              Host: {Value: !GetAtt Db.Endpoint.Address}
              Port: {Value: !GetAtt Db.Endpoint.Port}
            """;

    private static final String EVERY_OTHER_ENGINE = """
            Resources:
              MySql:
                Type: AWS::RDS::DBInstance
                Properties:
                  Engine: mysql
                  EngineVersion: "8.0"
                  DBInstanceClass: db.t4g.micro
                  AllocatedStorage: 20
                  MasterUsername: admin
                  MasterUserPassword: swordfish
                  DBName: shop
              MariaDb:
                Type: AWS::RDS::DBInstance
                Properties:
                  Engine: mariadb
                  EngineVersion: "11.4"
                  DBInstanceClass: db.t4g.micro
                  AllocatedStorage: 20
                  MasterUsername: admin
                  MasterUserPassword: swordfish
                  DBName: shop
              AuroraMySql:
                Type: AWS::RDS::DBCluster
                Properties:
                  Engine: aurora-mysql
                  MasterUsername: admin
                  MasterUserPassword: swordfish
                  DatabaseName: shop
              AuroraMySqlWriter:
                Type: AWS::RDS::DBInstance
                Properties:
                  Engine: aurora-mysql
                  DBInstanceClass: db.t4g.medium
                  DBClusterIdentifier: !Ref AuroraMySql
              AuroraPostgres:
                Type: AWS::RDS::DBCluster
                Properties:
                  Engine: aurora-postgresql
                  MasterUsername: shop_owner
                  MasterUserPassword: swordfish
                  DatabaseName: shop
              AuroraPostgresWriter:
                Type: AWS::RDS::DBInstance
                Properties:
                  Engine: aurora-postgresql
                  DBInstanceClass: db.t4g.medium
                  DBClusterIdentifier: !Ref AuroraPostgres
            Outputs:
              MySqlHost: {Value: !GetAtt MySql.Endpoint.Address}
              MariaDbHost: {Value: !GetAtt MariaDb.Endpoint.Address}
              AuroraMySqlHost: {Value: !GetAtt AuroraMySql.Endpoint.Address}
              Host: {Value: !GetAtt AuroraPostgres.Endpoint.Address}
              Port: {Value: !GetAtt AuroraPostgres.Endpoint.Port}
            """;

    @TempDir
    private Path temporary;

    private RdsInstances databases;
    private Cloud cloud;

    @BeforeEach
    void start() throws Exception {
        databases =
                RdsInstances.open(temporary.resolve("data"), SandboxCa.in(temporary.resolve("tls"), Clock.systemUTC()));
        cloud = new Cloud(Cloud.options().databases(databases.byEngine()));
    }

    @AfterEach
    void stop() {
        cloud.close();
        databases.close();
    }

    @Test
    void letsItsMasterUserInWhereTheOutputsSay() throws Exception {
        Map<String, String> outputs = createStack("acme");

        try (Connection connection = connect(outputs, "swordfish")) {
            assertThat(connection.getCatalog()).isEqualTo("shop");
            assertThat(connection.getMetaData().getUserName()).isEqualTo("shop_owner");
        }
        assertThat(outputs).containsEntry("Port", "5432");
    }

    @Test
    void runsEveryOtherEngineAsWell() throws Exception {
        cloud.create("acme", EVERY_OTHER_ENGINE);

        Map<String, String> outputs = outputs(cloud.awaitStatus("acme", "CREATE_COMPLETE"));

        for (String name : List.of("MySqlHost", "MariaDbHost", "AuroraMySqlHost")) {
            String url = Logins.checkedUrl(outputs.get(name), 3306, "shop", databases.caFile(), temporary);
            try (Connection connection = DriverManager.getConnection(url, "admin", "swordfish")) {
                assertThat(Queries.one(connection, "SELECT VERSION()"))
                        .contains(name.equals("MariaDbHost") ? "MariaDB" : "8.0.");
            }
        }
        connect(outputs, "swordfish").close();
    }

    @Test
    void isGoneWithItsStack() {
        Map<String, String> outputs = createStack("acme");
        String id = cloud.describe("acme").stackId();

        cloud.stacks.deleteStack(r -> r.stackName("acme"));

        cloud.awaitStatus(id, "DELETE_COMPLETE");
        assertThatThrownBy(() -> connect(outputs, "swordfish")).hasMessageContaining("refused");
    }

    @Test
    void tellsWhyRdsWouldNotMakeIt() {
        cloud.stacks.createStack(Cloud.request("acme", TEMPLATE)
                .parameters(Cloud.parameter("Password", "short"))
                .build());

        cloud.awaitStatus("acme", "ROLLBACK_COMPLETE");
        assertThat(cloud.stacks.describeStackEvents(r -> r.stackName("acme")).stackEvents())
                .anyMatch(e -> e.resourceStatusReason() != null
                        && e.resourceStatusReason()
                                .contains(
                                        "The parameter MasterUserPassword is not a valid password because it is shorter "
                                                + "than 8 characters. (Service: Rds, Status Code: 400,"));
    }

    private Map<String, String> createStack(String name) {
        cloud.stacks.createStack(Cloud.request(name, TEMPLATE)
                .parameters(Cloud.parameter("Password", "swordfish"))
                .build());
        return outputs(cloud.awaitStatus(name, "CREATE_COMPLETE"));
    }

    private static Map<String, String> outputs(Stack stack) {
        return stack.outputs().stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue));
    }

    private Connection connect(Map<String, String> outputs, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "shop_owner");
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "verify-ca");
        properties.setProperty("sslrootcert", databases.caFile().toString());
        return DriverManager.getConnection(
                "jdbc:postgresql://" + outputs.get("Host") + ":" + outputs.get("Port") + "/shop", properties);
    }
}
