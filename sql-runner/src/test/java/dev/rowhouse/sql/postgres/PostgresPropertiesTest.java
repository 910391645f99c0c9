package dev.rowhouse.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.sql.Engine;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.TlsMode;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

class PostgresPropertiesTest {

    private static Properties properties(String host, TlsMode tls) {
        return new PostgresProperties(Duration.ofSeconds(10))
                .of(new Database(Engine.POSTGRES, host, 5432, "app", tls), new Credentials("u", "p"), "token");
    }

    @ParameterizedTest
    @EnumSource(TlsMode.class)
    void areAllKnownToTheDriver(TlsMode tls) {
        assertThat(properties("db.example", tls).stringPropertyNames())
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(PGProperty.forName(name)).as(name).isNotNull());
    }

    @Test
    void loadNoClassButOurSocketFactory() {
        assertThat(properties("db.example", TlsMode.VERIFY_FULL))
                .doesNotContainKeys(
                        "service",
                        "options",
                        "sslfactory",
                        "sslfactoryarg",
                        "sslhostnameverifier",
                        "sslpasswordcallback",
                        "authenticationPluginClassName",
                        "connectExecutor",
                        "xmlFactoryFactory");
    }

    @Test
    void takeNothingFromTheHomeDirectory() {
        assertThat(properties("db.example", TlsMode.VERIFY_FULL))
                .containsEntry("sslmode", "disable")
                .containsKey("password");
    }

    @Test
    void allowNoOtherLoginThanByScramOrMd5() {
        assertThat(properties("db.example", TlsMode.VERIFY_FULL))
                .containsEntry("requireAuth", "scram-sha-256,md5")
                .containsEntry("gssEncMode", "disable")
                .containsEntry("jaasLogin", "false")
                .containsEntry("logServerErrorDetail", "false")
                .containsKeys("scramMaxIterations", "maxResultBuffer");
    }

    @ParameterizedTest
    @CsvSource({
        "db.example, VERIFY_FULL, verify-full",
        "10.0.0.1, VERIFY_FULL, verify-ca",
        "2600::1, VERIFY_FULL, verify-ca",
        "db.example, VERIFY_CA, verify-ca",
        "db.example, REQUIRE, require",
        "db.example, OFF, disable",
    })
    void askForTheTlsThatIsWanted(String host, TlsMode tls, String sslMode) {
        assertThat(PostgresWire.sslMode(new Database(Engine.POSTGRES, host, 5432, "app", tls)).value)
                .isEqualTo(sslMode);
    }

    @Test
    void reachTheDriverWithoutAUrl() {
        Properties parsed = Driver.parseURL(PostgresProperties.EMPTY_URL, properties("db.example", TlsMode.OFF));

        assertThat(parsed)
                .containsEntry("PGHOST", "db.example")
                .containsEntry("PGPORT", "5432")
                .containsEntry("PGDBNAME", "app");
    }
}
