package dev.rowhouse.onboarding.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import dev.rowhouse.schema.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoleSessionsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final StepRun STEP = new StepRun(Step.CREATE_STACK, 2, START);

    private final ScriptedAws aws = new ScriptedAws();
    private final SettableClock clock = new SettableClock(START);
    private final RoleSessions sessions = new RoleSessions(aws.connection(), "prod eu", clock);

    @AfterEach
    void close() {
        sessions.close();
        aws.close();
    }

    @Test
    void assumesTheRoleWithItsExternalIdAndALegalSessionName() {
        expiringAfter(Duration.ofHours(1));

        sessions.session(ScriptedAws.ACCESS, STEP);

        ScriptedAws.Call call = aws.calls("AssumeRole").get(0);
        assertThat(call.fields())
                .containsEntry("RoleArn", ScriptedAws.ACCESS.roleArn())
                .containsEntry("ExternalId", "ext-1234")
                .containsEntry("RoleSessionName", "rowhouse-prod-eu");
        assertThat(call.authorization()).contains("AKIAOURS/", "/eu-west-1/sts/");
    }

    @Test
    void keepsASessionUntilFiveMinutesBeforeItExpires() {
        expiringAfter(Duration.ofHours(1));
        sessions.session(ScriptedAws.ACCESS, STEP);
        clock.pass(Duration.ofMinutes(54));
        sessions.session(ScriptedAws.ACCESS, STEP);
        assertThat(aws.calls("AssumeRole")).hasSize(1);

        clock.pass(Duration.ofMinutes(2));
        sessions.session(ScriptedAws.ACCESS, STEP);

        assertThat(aws.calls("AssumeRole")).hasSize(2);
    }

    @Test
    void aFreshSessionIsUnderFiveMinutesOld() {
        expiringAfter(Duration.ofHours(1));
        sessions.session(ScriptedAws.ACCESS, STEP);
        clock.pass(Duration.ofMinutes(4));
        sessions.freshSession(ScriptedAws.ACCESS, STEP);
        assertThat(aws.calls("AssumeRole")).hasSize(1);

        clock.pass(Duration.ofMinutes(2));
        sessions.freshSession(ScriptedAws.ACCESS, STEP);

        assertThat(aws.calls("AssumeRole")).hasSize(2);
    }

    @Test
    void assumesAnewWhatAwsNoLongerAccepts() {
        expiringAfter(Duration.ofHours(1));
        sessions.session(ScriptedAws.ACCESS, STEP);

        sessions.forget(ScriptedAws.ACCESS);
        sessions.session(ScriptedAws.ACCESS, STEP);

        assertThat(aws.calls("AssumeRole")).hasSize(2);
    }

    @Test
    void aRefusedRoleMayStillBeSpreading() {
        aws.on(
                "AssumeRole",
                call -> ScriptedAws.error(403, "AccessDenied", "not authorized to perform: sts:AssumeRole"));
        clock.pass(Duration.ofMinutes(4));

        assertThatThrownBy(() -> sessions.session(ScriptedAws.ACCESS, STEP))
                .isInstanceOf(PassingFaultException.class)
                .hasMessageContaining("cannot be assumed yet");
    }

    @Test
    void afterFiveMinutesARefusedRoleIsAFailureThatSaysWhatToCheck() {
        aws.on(
                "AssumeRole",
                call -> ScriptedAws.error(403, "AccessDenied", "not authorized to perform: sts:AssumeRole"));
        clock.pass(Duration.ofMinutes(5));

        FailureException failed =
                catchThrowableOfType(FailureException.class, () -> sessions.session(ScriptedAws.ACCESS, STEP));

        assertThat(failed.failure().code()).isEqualTo(FailureCode.ROLE_NOT_ASSUMABLE);
        assertThat(failed.failure().step()).isEqualTo("create_stack");
        assertThat(failed.failure().message())
                .contains(ScriptedAws.ACCESS.roleArn(), "trust policy", "sts:ExternalId", "not authorized");
    }

    @Test
    void ourOwnBadCredentialsAreNotTheBuildersFault() {
        aws.on("AssumeRole", call -> ScriptedAws.error(403, "InvalidClientTokenId", "The security token is invalid"));
        clock.pass(Duration.ofHours(1));

        assertThatThrownBy(() -> sessions.session(ScriptedAws.ACCESS, STEP))
                .isInstanceOf(PassingFaultException.class)
                .hasMessageContaining("our own credentials");
    }

    @Test
    void aServersPageIsAPassingFaultAfterThreeTries() {
        aws.on("AssumeRole", call -> new ScriptedAws.Answer(500, "<html>Internal Server Error</html>"));

        assertThatThrownBy(() -> sessions.session(ScriptedAws.ACCESS, STEP)).isInstanceOf(PassingFaultException.class);
        assertThat(aws.calls("AssumeRole")).hasSize(3);
    }

    @Test
    void throttlingIsNotRepeatedWhileAThreadIsHeld() {
        aws.on("AssumeRole", call -> ScriptedAws.error(400, "Throttling", "Rate exceeded"));

        assertThatThrownBy(() -> sessions.session(ScriptedAws.ACCESS, STEP)).isInstanceOf(PassingFaultException.class);
        assertThat(aws.calls("AssumeRole")).hasSize(1);
    }

    @Test
    void honoursTheSdksOwnEndpointSetting() {
        expiringAfter(Duration.ofHours(1));
        String setting = "aws.endpointUrl";
        String before = System.setProperty(setting, aws.endpoint().toString());
        try (RoleSessions own = new RoleSessions(
                new AwsConnection(
                        Optional.of("eu-west-1"),
                        Optional.empty(),
                        aws.connection().login()),
                "prod",
                clock)) {
            own.session(ScriptedAws.ACCESS, STEP);
        } finally {
            if (before == null) {
                System.clearProperty(setting);
            } else {
                System.setProperty(setting, before);
            }
        }

        assertThat(aws.calls("AssumeRole")).hasSize(1);
    }

    private void expiringAfter(Duration life) {
        aws.on("AssumeRole", call -> ScriptedAws.session(clock.instant().plus(life)));
    }
}
