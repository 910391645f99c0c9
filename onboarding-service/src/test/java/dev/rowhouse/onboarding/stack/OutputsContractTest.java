package dev.rowhouse.onboarding.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputsContractTest {

    private static final String ACCOUNT = "123456789012";
    private static final AccountAccess ACCESS =
            new AccountAccess("arn:aws:iam::" + ACCOUNT + ":role/x", null, "eu-central-1");
    private static final Template TEMPLATE = Template.parse("""
            Parameters:
              DbPass: {Type: String, NoEcho: true}
              DbHost: {Type: 'AWS::SSM::Parameter::Value<String>'}
              SubnetIds: {Type: 'AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>'}
            Resources:
              Topic: {Type: 'AWS::SNS::Topic'}
            """);

    private final Map<String, String> outputs = new HashMap<>(Map.of(
            "AccountId", ACCOUNT,
            "SubnetIds", "subnet-1, subnet-2",
            "SecurityGroupIds", "sg-1",
            "DbUser", "app",
            "DbPass", "s3cret-s3cret",
            "DbHost", "db.example.com",
            "DbPort", "5432",
            "DbName", "app",
            "DbType", "postgres"));
    private final Map<String, String> described = new HashMap<>();
    private final Map<String, String> resolved = new HashMap<>();
    private final Map<String, String> supplied = new HashMap<>();

    @Test
    void readsAllNine() {
        TenantEnvironment environment = read();

        assertThat(environment.subnetIds()).containsExactly("subnet-1", "subnet-2");
        assertThat(environment.dbPort()).isEqualTo(5432);
        assertThat(environment.dbType()).isEqualTo(TenantEnvironment.DbType.POSTGRES);
        assertThat(environment.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"****", "*****"})
    void whatCloudFormationHidesOfAParameterWeKnow(String mask) {
        outputs.remove("DbPass");
        described.put("DbPass", mask);
        supplied.put("DbPass", "ours");

        assertThat(read().dbPass()).isEqualTo("ours");
    }

    @Test
    void whatCloudFormationTellsOfAParameterComesBeforeWhatWeSupplied() {
        outputs.remove("DbName");
        described.put("DbName", "mended");
        supplied.put("DbName", "ours");

        assertThat(read().dbName()).isEqualTo("mended");
    }

    @Test
    void aParameterThatNamesAnEntryIsWhatItStandsFor() {
        outputs.remove("DbHost");
        outputs.remove("SubnetIds");
        described.putAll(Map.of("DbHost", "/crm/host", "SubnetIds", "/crm/subnets"));
        supplied.putAll(described);
        resolved.putAll(Map.of("DbHost", "resolved.example.com", "SubnetIds", "subnet-7,subnet-8"));

        assertThat(read().dbHost()).isEqualTo("resolved.example.com");
        assertThat(read().subnetIds()).containsExactly("subnet-7", "subnet-8");
    }

    @Test
    void theNameOfAnEntryIsNoValue() {
        outputs.remove("DbHost");
        described.put("DbHost", "****");
        resolved.put("DbHost", "****");
        supplied.put("DbHost", "/crm/host");

        assertThat(failure().message()).contains("DbHost is an entry of the Parameter Store");
    }

    @Test
    void namesEveryProblemAtOnceAndNoSecret() {
        outputs.remove("DbHost");
        outputs.remove("DbName");
        outputs.put("DbUser", "****");
        outputs.put("DbPort", "80");
        outputs.put("DbType", "oracle");
        outputs.put("AccountId", "999999999999");

        assertThat(failure().code()).isEqualTo(FailureCode.OUTPUTS_INCOMPLETE);
        assertThat(failure().message())
                .contains("DbHost is", "DbName is missing", "DbUser is masked", "DbPort", "DbType", "AccountId")
                .doesNotContain("s3cret");
    }

    @Test
    void aReferenceThatOnlyCloudFormationReadsIsNoPassword() {
        outputs.put("DbPass", "{{resolve:secretsmanager:x}}");

        assertThat(failure().message()).contains("DbPass").doesNotContain("secretsmanager");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "subnet-1,", "subnet-1, ,subnet-2"})
    void anEmptyEntryOfAListIsAProblem(String list) {
        outputs.put("SubnetIds", list);

        assertThat(failure().message()).endsWith("SubnetIds has an empty entry: take out the comma that is too many");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1023", "65536", "99999", "3306.0", "-3306", "0x1fff", "three"})
    void aPortIsAWholeNumberInItsRange(String port) {
        outputs.put("DbPort", port);

        assertThat(failure().message()).endsWith("DbPort must be a whole number from 1024 to 65535");
    }

    @ParameterizedTest
    @CsvSource({
        "MySQL, DbType is MySQL: write mysql",
        "mariadb, DbType is mariadb: write mysql",
        "aurora-mysql, DbType is aurora-mysql: write mysql",
        "postgresql, DbType is postgresql: write postgres",
        "aurora-postgresql, DbType is aurora-postgresql: write postgres",
        "oracle-ee, DbType must be mysql or postgres",
    })
    void anEngineIsNamedAsTheContractDoes(String type, String problem) {
        outputs.put("DbType", type);

        assertThat(failure().message()).endsWith(problem);
    }

    private Failure failure() {
        return catchThrowableOfType(FailureException.class, this::read).failure();
    }

    private TenantEnvironment read() {
        return OutputsContract.read(
                ACCESS,
                new StackOutputs(outputs, described, resolved),
                new StackParameters(supplied, Set.of("DbPass")),
                TEMPLATE);
    }
}
