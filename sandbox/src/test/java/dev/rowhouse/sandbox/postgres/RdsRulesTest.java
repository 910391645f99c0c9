package dev.rowhouse.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RdsRulesTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            mysql,    acme,   app,      long-enough, app,       5432, Invalid DB engine
            postgres, acme--, app,      long-enough, app,       5432, DBInstanceIdentifier
            postgres, acme,   admin,    long-enough, app,       5432, reserved word
            postgres, acme,   rdsadmin, long-enough, app,       5432, reserved word
            postgres, acme,   a-b,      long-enough, app,       5432, MasterUsername
            postgres, acme,   app,      short,       app,       5432, shorter than 8
            postgres, acme,   app,      with@an-at,  app,       5432, printable ASCII
            postgres, acme,   app,      long-enough, a-b,       5432, DBName
            postgres, acme,   app,      long-enough, template1, 5432, DBName
            postgres, acme,   app,      long-enough, app,       80,   1150-65535
            """)
    void refusesWhatRdsRefuses(
            String engine, String identifier, String user, String password, String database, int port, String reason) {
        Instance instance = new Instance(engine, identifier, user, password, database, port);

        assertThatThrownBy(() -> RdsRules.check(instance))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void namesNoPasswordInItsReason() {
        Instance instance = new Instance("postgres", "acme", "app", "p@ssword-of-acme", "app", 5432);

        assertThatThrownBy(() -> RdsRules.check(instance)).message().doesNotContain("p@ss");
    }
}
