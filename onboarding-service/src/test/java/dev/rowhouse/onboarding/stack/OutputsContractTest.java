package dev.rowhouse.onboarding.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.schema.FailureCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutputsContractTest {

    private static final String ACCOUNT = "123456789012";

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

    @Test
    void readsAllNine() {
        TenantEnvironment environment = OutputsContract.read(outputs, Map.of(), ACCOUNT);

        assertThat(environment.subnetIds()).containsExactly("subnet-1", "subnet-2");
        assertThat(environment.dbPort()).isEqualTo(5432);
        assertThat(environment.dbType()).isEqualTo(TenantEnvironment.DbType.POSTGRES);
        assertThat(environment.toString()).doesNotContain("s3cret");
    }

    @Test
    void takesAnAbsentOutputFromTheParameterOfItsName() {
        outputs.remove("DbPass");

        assertThat(OutputsContract.read(outputs, Map.of("DbPass", "ours"), ACCOUNT)
                        .dbPass())
                .isEqualTo("ours");
    }

    @Test
    void namesEveryProblemAtOnceAndNoSecret() {
        outputs.remove("DbHost");
        outputs.put("DbUser", "****");
        outputs.put("DbPort", "80");
        outputs.put("DbType", "oracle");
        outputs.put("AccountId", "999999999999");
        FailureException failed =
                catchThrowableOfType(FailureException.class, () -> OutputsContract.read(outputs, Map.of(), ACCOUNT));

        assertThat(failed.failure().code()).isEqualTo(FailureCode.OUTPUTS_INCOMPLETE);
        assertThat(failed.failure().message())
                .contains("DbHost is missing", "DbUser is masked", "DbPort", "DbType", "AccountId")
                .doesNotContain("s3cret");
    }

    @Test
    void aReferenceThatOnlyCloudFormationReadsIsNoPassword() {
        outputs.put("DbPass", "{{resolve:secretsmanager:x}}");
        FailureException failed =
                catchThrowableOfType(FailureException.class, () -> OutputsContract.read(outputs, Map.of(), ACCOUNT));

        assertThat(failed.failure().message()).contains("DbPass").doesNotContain("secretsmanager");
    }

    @Test
    void prefersWhatCloudFormationTellsOfAParameterUnlessItHidesIt() {
        outputs.remove("DbPass");
        outputs.remove("DbHost");
        TenantEnvironment environment = OutputsContract.read(
                new AccountAccess("arn:aws:iam::" + ACCOUNT + ":role/x", null, "eu-central-1"),
                new StackOutputs(outputs, Map.of("DbPass", "****", "DbHost", "resolved.example.com")),
                new StackParameters(Map.of("DbPass", "ours", "DbHost", "/ssm/name"), Set.of("DbPass")));

        assertThat(environment.dbPass()).isEqualTo("ours");
        assertThat(environment.dbHost()).isEqualTo("resolved.example.com");
    }
}
