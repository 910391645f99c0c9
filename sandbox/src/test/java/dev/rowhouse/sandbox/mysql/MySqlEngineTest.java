package dev.rowhouse.sandbox.mysql;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MySqlEngineTest {

    private final MySqlEngine engine = new MySqlEngine(Product.MYSQL, Service.RDS);

    @ParameterizedTest
    @CsvSource(textBlock = """
            rdsadmin,          long-enough, app,   3306, reserved word
            seventeen_letters, long-enough, app,   3306, MasterUsername
            a-b,               long-enough, app,   3306, MasterUsername
            app,               short,       app,   3306, shorter than 8
            app,               0123456789012345678901234567890123456789ab, app, 3306, longer than 41
            app,               long-enough, a-b,   3306, DBName
            app,               long-enough, MySQL, 3306, DBName
            app,               long-enough, app,   80,   1150-65535
            """)
    void refusesWhatRdsRefuses(String user, String password, String database, int port, String reason) {
        Instance instance = new Instance("mysql", "acme", user, password, database, port);

        assertThatThrownBy(() -> engine.check(instance))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void takesTheUserThatTheConsoleProposes() {
        Instance instance = new Instance("mysql", "acme", "admin", "long-enough", null, 3306);

        assertThatCode(() -> engine.check(instance)).doesNotThrowAnyException();
    }
}
