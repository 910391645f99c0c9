package dev.rowhouse.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.conf.PropertyDefinitions;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.JdbcPropertySetImpl;
import dev.rowhouse.sql.Engine;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.TlsMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MySqlPropertiesTest {

    private static HostInfo host(TlsMode tls) {
        return new MySqlProperties(Duration.ofSeconds(10))
                .of(
                        new Database(Engine.MYSQL, "db.example", 3306, "app", tls),
                        new Credentials("u", "Pa55word"),
                        "token");
    }

    @ParameterizedTest
    @EnumSource(TlsMode.class)
    void areAllKnownToTheDriver(TlsMode tls) {
        assertThat(host(tls).getHostProperties().keySet())
                .contains(MySqlSocketFactory.TOKEN)
                .filteredOn(name -> !name.equals(MySqlSocketFactory.TOKEN))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(PropertyDefinitions.getPropertyDefinition(PropertyKey.fromValue(name)))
                        .as(name)
                        .satisfiesAnyOf(
                                definition -> assertThat(definition).isNotNull(),
                                definition -> assertThat(name).isEqualTo(PropertyKey.DBNAME.getKeyName())));
    }

    /** The driver checks values when it takes them. */
    @ParameterizedTest
    @EnumSource(TlsMode.class)
    void haveValuesThatTheDriverTakes(TlsMode tls) {
        JdbcPropertySetImpl properties = new JdbcPropertySetImpl();

        properties.initializeProperties(host(tls).exposeAsProperties());

        assertThat(properties.getBooleanProperty(PropertyKey.paranoid).getValue())
                .isTrue();
        assertThat(properties.getStringProperty(MySqlSocketFactory.TOKEN).getValue())
                .isEqualTo("token");
    }

    @Test
    void loadNoClassButOurSocketFactoryAndASilentLog() {
        assertThat(host(TlsMode.VERIFY_FULL).getHostProperties())
                .containsEntry("socketFactory", MySqlSocketFactory.class.getName())
                .containsEntry("logger", "com.mysql.cj.log.NullLogger")
                .doesNotContainKeys(
                        "propertiesTransform",
                        "useConfigs",
                        "queryInterceptors",
                        "connectionLifecycleInterceptors",
                        "exceptionInterceptors",
                        "authenticationPlugins",
                        "clientInfoProvider",
                        "profilerEventHandler",
                        "queryInfoCacheFactory",
                        "serverConfigCacheFactory",
                        "customCharsetMapping",
                        "sessionVariables");
        assertThat(host(TlsMode.VERIFY_FULL).getHostProperties().keySet())
                .noneMatch(name ->
                        name.toLowerCase(Locale.ROOT).matches(".*(keystore(url|type|password)|provider|proxy).*"));
    }

    @Test
    void askForNothingThatAHostileServerCouldUse() {
        assertThat(host(TlsMode.VERIFY_FULL).getHostProperties())
                .containsEntry("allowLoadLocalInfile", "false")
                .containsEntry("allowUrlInLocalInfile", "false")
                .containsEntry("allowMultiQueries", "false")
                .containsEntry("allowPublicKeyRetrieval", "false")
                .containsEntry("dnsSrv", "false")
                .containsEntry("autoReconnect", "false")
                .containsEntry("paranoid", "true")
                .doesNotContainKeys("allowLoadLocalInfileInPath", "serverRSAPublicKeyFile");
    }

    /** So that a way to log in that a later driver knows is looked at before it is let be. */
    @Test
    void allowNoOtherLoginThanByThreeMethods() throws Exception {
        assertThat(host(TlsMode.VERIFY_FULL)
                        .getHostProperties()
                        .get("disabledAuthenticationPlugins")
                        .split(","))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(
                        "mysql_clear_password",
                        "mysql_old_password",
                        "authentication_ldap_sasl_client",
                        "authentication_kerberos_client",
                        "authentication_oci_client",
                        "authentication_webauthn_client",
                        "authentication_openid_connect_client"));
    }

    @ParameterizedTest
    @CsvSource({
        "VERIFY_FULL, VERIFY_IDENTITY",
        "VERIFY_CA, VERIFY_CA",
        "REQUIRE, REQUIRED",
        "OFF, DISABLED",
    })
    void askForTlsWhereItIsWanted(TlsMode tls, String sslMode) {
        assertThat(host(tls).getHostProperties()).containsEntry("sslMode", sslMode);
    }

    @Test
    void reachTheDriverWithoutAUrl() {
        HostInfo host = host(TlsMode.OFF);

        assertThat(host.getDatabaseUrl()).isEmpty();
        assertThat(host.getHost()).isEqualTo("db.example");
        assertThat(host.getPort()).isEqualTo(3306);
        assertThat(host.getDatabase()).isEqualTo("app");
        assertThat(host.toString()).doesNotContain("Pa55word");
    }
}
