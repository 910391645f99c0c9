package dev.rowhouse.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresEngineTest {

    private final PostgresEngine engine = new PostgresEngine();

    @ParameterizedTest
    @CsvSource(textBlock = """
            admin,    long-enough, app,       5432, reserved word
            rdsadmin, long-enough, app,       5432, reserved word
            pg_app,   long-enough, app,       5432, reserved word
            a-b,      long-enough, app,       5432, MasterUsername
            app,      short,       app,       5432, shorter than 8
            app,      with@an-at,  app,       5432, printable ASCII
            app,      long-enough, a-b,       5432, DBName
            app,      long-enough, template1, 5432, DBName
            app,      long-enough, app,       80,   1150-65535
            """)
    void refusesWhatRdsRefuses(String user, String password, String database, int port, String reason) {
        Instance instance = new Instance("postgres", "acme", user, password, database, port);

        assertThatThrownBy(() -> engine.check(instance))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void namesNoPasswordInItsReason() {
        Instance instance = new Instance("postgres", "acme", "app", "p@ssword-of-acme", "app", 5432);

        assertThatThrownBy(() -> engine.check(instance)).message().doesNotContain("p@ss");
    }
}
