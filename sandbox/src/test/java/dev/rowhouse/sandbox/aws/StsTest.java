package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

class StsTest {
    private static final Role PATIENT =
            new Role("arn:aws:iam::444455556666:role/team/patient", null, Duration.ofHours(12));

    private final SettableClock clock = new SettableClock();
    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new Cloud(Cloud.options()
                .clock(clock)
                .roles(Cloud.ROLE, PATIENT)
                .account("999988887777")
                .accessKeys("AKIAIOSFODNN7EXAMPLE"));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void tellsWhoCalls() {
        GetCallerIdentityResponse caller = cloud.sts.getCallerIdentity();

        assertThat(caller.account()).isEqualTo("999988887777");
        assertThat(caller.arn()).isEqualTo("arn:aws:iam::999988887777:user/sandbox");
    }

    @Test
    void givesCredentialsOfTheRolesAccount() {
        AwsSessionCredentials session = cloud.assume(PATIENT);

        GetCallerIdentityResponse caller = cloud.sts(session).getCallerIdentity();
        assertThat(caller.account()).isEqualTo("444455556666");
        assertThat(caller.arn()).isEqualTo("arn:aws:sts::444455556666:assumed-role/patient/test");
    }

    @Test
    void givesAnHourUnlessAskedOtherwise() {
        AssumeRoleResponse given =
                cloud.sts.assumeRole(Cloud.assumeRole(Cloud.ROLE).build());

        assertThat(given.credentials().expiration()).isEqualTo(clock.instant().plus(1, ChronoUnit.HOURS));
    }

    @Test
    void refusesAnUnknownRole() {
        refuses(r -> r.roleArn("arn:aws:iam::111122223333:role/other"), "AccessDenied", 403);
    }

    @Test
    void refusesAWrongExternalId() {
        refuses(r -> r.externalId("guess"), "AccessDenied", 403);
    }

    @Test
    void refusesAMissingExternalId() {
        refuses(r -> r.externalId(null), "AccessDenied", 403);
    }

    @Test
    void namesCallerAndRoleInTheRefusal() {
        assertThatThrownBy(() -> cloud.sts.assumeRole(
                        Cloud.assumeRole(Cloud.ROLE).externalId("guess").build()))
                .hasMessageContaining("User: arn:aws:iam::999988887777:user/sandbox is not authorized to perform: "
                        + "sts:AssumeRole on resource: arn:aws:iam::111122223333:role/rowhouse");
    }

    @Test
    void refusesLessThanAQuarterOfAnHour() {
        refuses(r -> r.durationSeconds(899), "ValidationError", 400);
    }

    @Test
    void refusesMoreThanTheRolesMaximum() {
        refuses(r -> r.durationSeconds(3601), "ValidationError", 400);
    }

    @Test
    void refusesASessionNameOfOneCharacter() {
        refuses(r -> r.roleSessionName("x"), "ValidationError", 400);
    }

    @Test
    void refusesWhatIsNoArn() {
        refuses(r -> r.roleArn("rowhouse-rowhouse-rowhouse"), "ValidationError", 400);
    }

    @Test
    void refusesAPolicyThatItWouldNotApply() {
        refuses(r -> r.policy("{}"), "ValidationError", 400);
    }

    private void refuses(Consumer<AssumeRoleRequest.Builder> change, String code, int status) {
        AssumeRoleRequest.Builder request = Cloud.assumeRole(Cloud.ROLE);
        change.accept(request);
        assertThatThrownBy(() -> cloud.sts.assumeRole(request.build()))
                .isInstanceOfSatisfying(AwsServiceException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                    assertThat(e.statusCode()).isEqualTo(status);
                    assertThat(e.requestId()).isNotBlank();
                });
    }

    @Test
    void givesTheRolesMaximumToAUser() {
        AssumeRoleResponse given = cloud.sts.assumeRole(
                Cloud.assumeRole(PATIENT).durationSeconds(43_200).build());

        assertThat(given.credentials().expiration()).isEqualTo(clock.instant().plus(12, ChronoUnit.HOURS));
    }

    @Test
    void givesAnotherRoleNoMoreThanAnHour() {
        AwsSessionCredentials session = cloud.assume(Cloud.ROLE);

        assertThatThrownBy(() -> cloud.sts(session)
                        .assumeRole(
                                Cloud.assumeRole(PATIENT).durationSeconds(3601).build()))
                .hasMessageContaining("1 hour session limit for roles assumed by role chaining");
    }

    @Test
    void refusesATokenThatHasExpired() {
        AwsSessionCredentials session = cloud.assume(Cloud.ROLE);

        clock.advance(Duration.ofHours(1));

        assertThatThrownBy(() -> cloud.sts(session).getCallerIdentity()).satisfies(e -> code(e, "ExpiredToken"));
    }

    @Test
    void refusesATemporaryKeyThatItNeverGave() {
        AwsSessionCredentials foreign = AwsSessionCredentials.create("ASIAIOSFODNN7EXAMPLE", "secret", "token");

        assertThatThrownBy(() -> cloud.sts(foreign).getCallerIdentity())
                .satisfies(e -> code(e, "InvalidClientTokenId"));
    }

    @Test
    void refusesATemporaryKeyWithoutItsToken() {
        AwsSessionCredentials session = cloud.assume(Cloud.ROLE);
        AwsBasicCredentials bare = AwsBasicCredentials.create(session.accessKeyId(), session.secretAccessKey());

        assertThatThrownBy(() -> cloud.sts(bare).getCallerIdentity()).satisfies(e -> code(e, "InvalidClientTokenId"));
    }

    @Test
    void refusesALongTermKeyThatIsNotOnItsList() {
        AwsBasicCredentials stranger = AwsBasicCredentials.create("AKIASTRANGER", "secret");

        assertThatThrownBy(() -> cloud.sts(stranger).getCallerIdentity())
                .satisfies(e -> code(e, "InvalidClientTokenId"));
    }

    @Test
    void learnsOfRolesLater() {
        Role late = new Role("arn:aws:iam::777766665555:role/late", "late-secret");

        cloud.aws.putRole(late);

        assertThat(cloud.assume(late).accessKeyId()).startsWith("ASIA");
    }

    @Test
    void letsNobodyAssumeARemovedRole() {
        cloud.aws.removeRole(Cloud.ROLE.arn());

        assertThatThrownBy(() -> cloud.assume(Cloud.ROLE)).satisfies(e -> code(e, "AccessDenied"));
    }

    private static void code(Throwable thrown, String code) {
        assertThat(((AwsServiceException) thrown).awsErrorDetails().errorCode()).isEqualTo(code);
    }
}
