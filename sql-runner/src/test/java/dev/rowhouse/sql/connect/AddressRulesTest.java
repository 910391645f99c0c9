package dev.rowhouse.sql.connect;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sql.Engine;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.TlsMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    private static final AddressRules STRICT = new AddressRules(Set.of(), AddressRules.Loopback.REFUSED);
    private static final AddressRules LENIENT = new AddressRules(
            Set.of(AddressRange.parse("10.1.0.0/16"), AddressRange.parse("fd12:3456::/32")),
            AddressRules.Loopback.ALLOWED);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "169.254.169.254",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "fe80::1",
                "ff02::1",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "::a9fe:a9fe",
                "2002:a9fe:a9fe::",
                "2001:0:1::1",
                "2002:7f00:1::",
                "2002:808:808::1",
                "fec0::1",
                "100::1",
                "64:ff9b:1::808:808"
            })
    void neverConnectsThere(String address) {
        assertForbidden(STRICT, address);
        assertForbidden(LENIENT, address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.77.1.2", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"})
    void connectsToThisMachineOnlyWhereThatIsAllowed(String address) {
        assertForbidden(STRICT, address);
        assertAllowed(LENIENT, address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.2.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "fc00::1",
                "fd99::1",
                "::ffff:10.2.0.1",
                "64:ff9b::a02:1"
            })
    void connectsToNoPrivateAddressOutsideTheAllowedRanges(String address) {
        assertForbidden(STRICT, address);
        assertForbidden(LENIENT, address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.1", "10.1.255.255", "fd12:3456::1", "::ffff:10.1.0.1"})
    void connectsToPrivateAddressesInsideTheAllowedRanges(String address) {
        assertForbidden(STRICT, address);
        assertAllowed(LENIENT, address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2600::1", "64:ff9b::808:808"})
    void connectsToPublicAddresses(String address) {
        assertAllowed(STRICT, address);
    }

    @Test
    void refusesARangeThatIsNone() {
        for (String range : List.of("10.0.0.0", "localhost/8", "10.0.0.0/33", "10.0.0.0/x")) {
            assertThatThrownBy(() -> AddressRange.parse(range))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(range);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db?allowLoadLocalInfile=true",
                "a@b",
                "a;b",
                "a b",
                "a\nb",
                "db/x",
                "[::1]",
                "-a.example",
                "2130706433",
                "0x7f000001",
                "127.1",
                "a..b",
                "a,b",
                "a\u0000b",
                "fe80::1%eth0",
                "1.2.3.4.5",
                "010.0.0.1"
            })
    void aHostIsANameOrAnAddressAndNothingElse(String host) {
        assertThatThrownBy(() -> Endpoints.check(database(host, 5432, "app"), login("app")))
                .isInstanceOf(ForbiddenEndpointException.class)
                .hasMessageContaining("host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"db.example.com", "x.abc123.eu-central-1.rds.amazonaws.com", "localhost", "127.0.0.1", "::1"})
    void takesHostsAsTheyAre(String host) {
        assertThatCode(() -> Endpoints.check(database(host, 5432, "app"), login("app")))
                .doesNotThrowAnyException();
    }

    @Test
    void portNameAndUserHaveTheirForms() {
        assertThatThrownBy(() -> Endpoints.check(database("db", 80, "app"), login("app")))
                .hasMessageContaining("port");
        assertThatThrownBy(() -> Endpoints.check(database("db", 5432, "a?b=c"), login("app")))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> Endpoints.check(database("db", 5432, "app"), login("a b")))
                .hasMessageContaining("user");
    }

    private static Database database(String host, int port, String name) {
        return new Database(Engine.POSTGRES, host, port, name, TlsMode.VERIFY_FULL);
    }

    private static Credentials login(String user) {
        return new Credentials(user, "secret");
    }

    private static void assertForbidden(AddressRules rules, String address) {
        assertThatThrownBy(() -> rules.check(address(address)))
                .as(address)
                .isInstanceOf(ForbiddenEndpointException.class);
    }

    private static void assertAllowed(AddressRules rules, String address) {
        assertThatCode(() -> rules.check(address(address))).as(address).doesNotThrowAnyException();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
