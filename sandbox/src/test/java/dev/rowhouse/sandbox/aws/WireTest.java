package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.Call;
import java.io.IOException;
import java.net.BindException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** The protocol by hand, where the SDK would not let us send it. */
class WireTest {
    private static final String SCOPE =
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/%s/aws4_request, SignedHeaders=host, "
                    + "Signature=none";
    private static final String IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15";

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean throttled = new AtomicBoolean();
    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new Cloud(Cloud.options().faults(new Faults() {
            @Override
            public void onCall(Call call) {
                if (throttled.get()) {
                    throw new AwsException(400, "Throttling", "Rate exceeded");
                }
            }
        }));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void answersInTheServicesNamespaceWithARequestId() throws Exception {
        HttpResponse<String> answer = post(SCOPE.formatted("sts"), IDENTITY);

        String requestId = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
        assertThat(answer.body())
                .isEqualTo("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                        + "<GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:user/sandbox</Arn>"
                        + "<UserId>AIDASANDBOXSANDBOXSAN</UserId><Account>000000000000</Account>"
                        + "</GetCallerIdentityResult><ResponseMetadata><RequestId>" + requestId
                        + "</RequestId></ResponseMetadata></GetCallerIdentityResponse>");
    }

    @Test
    void refusesWithAwsErrorDocument() throws Exception {
        HttpResponse<String> answer =
                post(SCOPE.formatted("cloudformation"), "Action=DescribeStacks&Version=2010-05-15&StackName=nope");

        String requestId = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("<ErrorResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><Error>"
                        + "<Type>Sender</Type><Code>ValidationError</Code>"
                        + "<Message>Stack with id nope does not exist</Message></Error><RequestId>" + requestId
                        + "</RequestId></ErrorResponse>");
    }

    @Test
    void refusesACallWithoutCredentials() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(cloud.aws.endpoint())
                .POST(HttpRequest.BodyPublishers.ofString(IDENTITY))
                .build();

        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>MissingAuthenticationToken</Code>");
    }

    @Test
    void refusesAnotherKindOfAuthorization() throws Exception {
        assertThat(post("Bearer quickstart", IDENTITY).body()).contains("<Code>IncompleteSignature</Code>");
    }

    @Test
    void namesTheServicesItHas() throws Exception {
        assertThat(post(SCOPE.formatted("s3"), "").body()).contains("does not serve 's3', only [cloudformation, sts]");
    }

    @Test
    void refusesAnActionThatItDoesNotServe() throws Exception {
        assertThat(post(SCOPE.formatted("cloudformation"), "Action=UpdateStack&Version=2010-05-15")
                        .body())
                .contains("<Code>InvalidAction</Code>")
                .contains("cloudformation:UpdateStack");
    }

    @Test
    void refusesAnotherVersion() throws Exception {
        assertThat(post(SCOPE.formatted("sts"), "Action=GetCallerIdentity&Version=2012-10-17")
                        .body())
                .contains("Could not find operation GetCallerIdentity for version 2012-10-17");
    }

    @Test
    void refusesARequestWithoutAction() throws Exception {
        assertThat(post(SCOPE.formatted("sts"), "Version=2011-06-15").body()).contains("<Code>MissingAction</Code>");
    }

    @Test
    void refusesAFormThatIsNotWellFormed() throws Exception {
        assertThat(post(SCOPE.formatted("sts"), IDENTITY + "&X=%zz").body())
                .contains("<Code>MalformedQueryString</Code>");
    }

    @Test
    void answersWithTheFaultThatATestAsksFor() {
        throttled.set(true);

        assertThatThrownBy(() -> cloud.stacks.listStacks()).isInstanceOfSatisfying(CloudFormationException.class, e -> {
            assertThat(e.isThrottlingException()).isTrue();
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
        });
    }

    @Test
    void countsCallsByAction() throws Exception {
        post(SCOPE.formatted("sts"), IDENTITY);
        post(SCOPE.formatted("sts"), IDENTITY);

        assertThat(cloud.aws.calls("GetCallerIdentity")).isEqualTo(2);
        assertThat(cloud.aws.calls("AssumeRole")).isZero();
    }

    @Test
    void saysWhenItsPortIsTaken() {
        AwsStandIn.Options taken = Cloud.options().port(cloud.aws.endpoint().getPort());

        assertThatThrownBy(() -> AwsStandIn.start(taken)).isInstanceOf(BindException.class);
    }

    private HttpResponse<String> post(String authorization, String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(cloud.aws.endpoint())
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
