package dev.rowhouse.onboarding.stack;

import static dev.rowhouse.onboarding.account.ScriptedAws.error;
import static dev.rowhouse.onboarding.account.ScriptedAws.ok;
import static dev.rowhouse.onboarding.stack.StackFixtures.STACK_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rowhouse.onboarding.account.CallBudget;
import dev.rowhouse.onboarding.account.RoleSessions;
import dev.rowhouse.onboarding.account.ScriptedAws;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackCreationTest {

    private final ScriptedAws aws = new ScriptedAws();
    private final Clock clock = Clock.systemUTC();
    private final RoleSessions sessions = new RoleSessions(aws.connection(), "prod", clock);
    private final CloudFormationStacks stacks = new CloudFormationStacks(
            aws.connection(), sessions, new CallBudget(1000, 1000, clock), WatchPace.QUICK, clock);

    @AfterEach
    void close() {
        stacks.close();
        sessions.close();
        aws.close();
    }

    @Test
    void ordersWhatWasRegisteredAndNothingElse() {
        aws.on("CreateStack", call -> ok("CreateStack", "<StackId>" + STACK_ID + "</StackId>"));

        String id = stacks.create(StackFixtures.order("arn:aws:iam::123456789012:role/cfn", Instant.now()));

        assertThat(id).isEqualTo(STACK_ID);
        ScriptedAws.Call call = aws.calls("CreateStack").get(0);
        assertThat(call.fields())
                .containsEntry("StackName", "rowhouse-prod-t1")
                .containsEntry("OnFailure", "ROLLBACK")
                .containsEntry("TimeoutInMinutes", "120")
                .containsEntry("RoleARN", "arn:aws:iam::123456789012:role/cfn")
                .containsEntry("Capabilities.member.1", "CAPABILITY_IAM")
                .doesNotContainKey("Capabilities.member.2")
                .containsEntry("Parameters.member.1.ParameterKey", "DbPass")
                .containsEntry("Parameters.member.1.ParameterValue", "very-secret")
                .containsEntry("Tags.member.1.Key", "rowhouse:attempt")
                .containsEntry("Tags.member.1.Value", "1")
                .containsEntry("ClientRequestToken", StackFixtures.tags(1).requestToken());
        assertThat(call.authorization()).contains("ASIASESSION/", "/eu-central-1/cloudformation/");
    }

    @Test
    void aRequestTokenIsLegalAndTheAttemptsOwn() {
        assertThat(StackFixtures.tags(1).requestToken())
                .matches("[a-zA-Z0-9][-a-zA-Z0-9]{0,127}")
                .isEqualTo(StackFixtures.tags(1).requestToken())
                .isNotEqualTo(StackFixtures.tags(2).requestToken());
    }

    @Test
    void takesOnTheStackThatALostAnswerLeft() {
        aws.on("CreateStack", call -> error(400, "AlreadyExistsException", "Stack [x] already exists"));
        describeWith(StackFixtures.tags(1));

        assertThat(stacks.create(StackFixtures.order(null, Instant.now()))).isEqualTo(STACK_ID);
    }

    @Test
    void takesOnTheStackOfARepeatedToken() {
        aws.on("CreateStack", call -> error(400, "TokenAlreadyExistsException", "the token was used"));
        describeWith(StackFixtures.tags(1));

        assertThat(stacks.create(StackFixtures.order(null, Instant.now()))).isEqualTo(STACK_ID);
    }

    @Test
    void doesNotTakeOnTheStackOfAnotherAttempt() {
        aws.on("CreateStack", call -> error(400, "AlreadyExistsException", "Stack [x] already exists"));
        describeWith(StackFixtures.tags(2));

        Failure failure = failure();

        assertThat(failure.code()).isEqualTo(FailureCode.STACK_NAME_TAKEN);
        assertThat(failure.message()).contains("rowhouse-prod-t1", "attempt 2");
    }

    @Test
    void waitsForAStackThatExistsAndCannotBeReadYet() {
        aws.on("CreateStack", call -> error(400, "AlreadyExistsException", "Stack [x] already exists"));
        aws.on("DescribeStacks", call -> error(400, "ValidationError", "Stack with id x does not exist"));

        assertThat(passing().retryAfter()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ValidationError                   | Template format error: Unresolved resource dependencies         | template_rejected
            ValidationError                   | Parameters: [Vpc] must have values                              | parameters_invalid
            ValidationError                   | Parameter 'DbPass' must be one of AllowedValues                 | parameters_invalid
            InsufficientCapabilitiesException | Requires capabilities : [CAPABILITY_NAMED_IAM]                  | template_rejected
            AccessDenied                      | User: x is not authorized to perform: iam:PassRole on resource  | access_denied
            InvalidAction                     | The action CreateStack is not valid                             | internal
            """)
    void saysNoInPlainWords(String awsCode, String awsMessage, String code) {
        aws.on("CreateStack", call -> error(400, awsCode, awsMessage));

        Failure failure = failure();

        assertThat(failure.code().wire()).isEqualTo(code);
        assertThat(failure.message()).contains(awsMessage);
        assertThat(failure.step()).isEqualTo("create_stack");
    }

    @Test
    void namesTheActionThatIsNotAllowed() {
        aws.on(
                "CreateStack",
                call -> error(403, "AccessDenied", "User: x is not authorized to perform: iam:PassRole on y"));

        assertThat(failure().details()).containsEntry("action", "iam:PassRole");
    }

    @Test
    void neverRepeatsASecretThatAwsQuotes() {
        aws.on("CreateStack", call -> error(400, "ValidationError", "Parameter value very-secret is too short"));

        Failure failure = failure();

        assertThat(failure.message()).contains("Parameter value *** is too short");
        assertThat(failure.details().toString()).doesNotContain("very-secret");
    }

    @Test
    void aServiceRoleThatWasJustMadeMayStillSpread() {
        aws.on("CreateStack", call -> error(400, "ValidationError", "Role arn:x is invalid or cannot be assumed"));

        assertThat(passing()).hasMessageContaining("cannot use its role yet");
    }

    @Test
    void aServiceRoleThatNeverWorksIsNamed() {
        aws.on("CreateStack", call -> error(400, "ValidationError", "Role arn:x is invalid or cannot be assumed"));

        FailureException failed = catchThrowableOfType(
                FailureException.class,
                () -> stacks.create(StackFixtures.order("arn:x", Instant.now().minus(Duration.ofMinutes(6)))));

        assertThat(failed.failure().code()).isEqualTo(FailureCode.ROLE_NOT_ASSUMABLE);
        assertThat(failed.failure().message()).contains("arn:x", "cloudformation.amazonaws.com");
    }

    @Test
    void waitsWhereTheAccountMayHaveNoMoreStacks() {
        aws.on("CreateStack", call -> error(400, "LimitExceededException", "Limit for stack has been exceeded"));

        assertThat(passing().retryAfter()).contains(Duration.ofMinutes(1));
    }

    @Test
    void throttlingPassesAndIsNotRepeatedAtOnce() {
        aws.on("CreateStack", call -> error(400, "Throttling", "Rate exceeded"));

        passing();

        assertThat(aws.calls("CreateStack")).hasSize(1);
    }

    @Test
    void throttlingMakesTheNextCallOfThatAccountWait() {
        aws.on("CreateStack", call -> error(400, "Throttling", "Rate exceeded"));
        passing();

        assertThat(passing())
                .hasMessageContaining("used up")
                .satisfies(e -> assertThat(e.retryAfter()).isPresent());
    }

    @Test
    void aPageInsteadOfAnAnswerPasses() {
        aws.on("CreateStack", call -> new ScriptedAws.Answer(500, "<html><body>very-secret</body></html>"));

        assertThat(passing()).hasMessageNotContaining("very-secret");
    }

    @Test
    void aServerThatIsGonePasses() {
        aws.on("CreateStack", call -> ok("CreateStack", ""));
        sessions.session(
                ScriptedAws.ACCESS, StackFixtures.order(null, Instant.now()).step());
        aws.close();

        passing();
    }

    @Test
    void anExpiredSessionIsReplaced() {
        aws.on("CreateStack", call -> error(403, "ExpiredToken", "The security token included is expired"));
        passing();
        aws.on("CreateStack", call -> ok("CreateStack", "<StackId>" + STACK_ID + "</StackId>"));

        stacks.create(StackFixtures.order(null, Instant.now()));

        assertThat(aws.calls("AssumeRole")).hasSize(2);
    }

    @Test
    void anOrderDoesNotShowItsParameters() {
        assertThat(StackFixtures.order(null, Instant.now()).toString()).doesNotContain("very-secret");
    }

    private void describeWith(StackTags tags) {
        String members = tags.asMap().entrySet().stream()
                .map(tag -> "<member><Key>" + tag.getKey() + "</Key><Value>" + tag.getValue() + "</Value></member>")
                .collect(Collectors.joining());
        aws.on(
                "DescribeStacks",
                call -> ok(
                        "DescribeStacks",
                        "<Stacks><member><StackId>" + STACK_ID
                                + "</StackId><StackStatus>CREATE_IN_PROGRESS</StackStatus>" + "<Tags>" + members
                                + "</Tags></member></Stacks>"));
    }

    private Failure failure() {
        return catchThrowableOfType(
                        FailureException.class, () -> stacks.create(StackFixtures.order(null, Instant.now())))
                .failure();
    }

    private PassingFaultException passing() {
        return catchThrowableOfType(
                PassingFaultException.class, () -> stacks.create(StackFixtures.order(null, Instant.now())));
    }
}
