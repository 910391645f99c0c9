package dev.rowhouse.onboarding.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.schema.SaasId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every register of settings does; a SaaS of its own for each test. */
abstract class SettingsRegisterContract {

    static final String TEMPLATE = "Resources: {}";

    final SaasId saas = new SaasId(UUID.randomUUID().toString());

    /** Its own, since artifacts are shared by content. */
    final String sql = "SELECT '" + saas + "'";

    abstract SettingsRegister register();

    @Test
    void whatWasPutIsInForceRightAfter() {
        Settings put = register().put(settings("eu-west-1"), TEMPLATE, sql);

        assertThat(register().current(saas)).contains(put);
        assertThat(register().freshest(saas)).contains(put);
        assertThat(put.version()).isEqualTo(1);
        assertThat(put.role()).isEqualTo(settings("eu-west-1").role());
        assertThat(register().artifact(put.template())).isEqualTo(TEMPLATE);
        assertThat(register().artifact(put.sql())).isEqualTo(sql);
    }

    @Test
    void aPutThatChangesNothingMakesNoVersion() {
        register().put(settings("eu-west-1"), TEMPLATE, sql);

        assertThat(register().put(settings("eu-west-1"), TEMPLATE, sql).version())
                .isEqualTo(1);
    }

    @Test
    void anEarlierVersionStaysAsItWas() {
        Settings first = register().put(settings("eu-west-1"), TEMPLATE, sql);
        register().put(settings("eu-central-1"), TEMPLATE, sql + " -- more");

        assertThat(register().version(saas, 1)).contains(first);
        assertThat(register().artifact(first.sql())).isEqualTo(sql);
        assertThat(register().version(saas, 2)).isEqualTo(register().current(saas));
        assertThat(register().version(saas, 3)).isEmpty();
    }

    @Test
    void knowsNothingOfASaasNobodyRegistered() {
        assertThat(register().current(saas)).isEmpty();
        assertThat(register().freshest(saas)).isEmpty();
        assertThat(register().version(saas, 1)).isEmpty();
    }

    @Test
    void namesAnArtifactThatIsNotThere() {
        Settings.Artifact nowhere = new Settings.Artifact("0".repeat(64), 1);

        assertThatThrownBy(() -> register().artifact(nowhere))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(nowhere.sha256());
    }

    @Test
    void anEmptyTextIsAnArtifactToo() {
        Settings put = register().put(settings("eu-west-1"), TEMPLATE, "");

        assertThat(register().artifact(put.sql())).isEmpty();
    }

    final Settings settings(String region) {
        return new Settings(
                saas,
                0,
                true,
                new Settings.Role("arn:aws:iam::123456789012:role/rowhouse", "external", null, region, List.of()),
                null,
                Map.of("DbName", "app"),
                null,
                new Settings.Database(null, null));
    }
}
