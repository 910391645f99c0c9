package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A stand-in, and the unmodified SDK's clients of it. */
final class Cloud implements AutoCloseable {
    static final Role ROLE = new Role("arn:aws:iam::111122223333:role/rowhouse", "shared-secret");
    static final AwsCredentials BASE = AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "secret");

    final AwsStandIn aws;
    final StsClient sts;
    final CloudFormationClient stacks;

    Cloud(AwsStandIn.Options options) throws IOException {
        aws = AwsStandIn.start(options);
        sts = sts(BASE);
        stacks = stacks(BASE, Region.US_EAST_1);
    }

    /** At full speed. */
    static Cloud fast() throws IOException {
        return new Cloud(options());
    }

    static AwsStandIn.Options options() {
        return AwsStandIn.Options.defaults().roles(ROLE).stackPace(Duration.ZERO);
    }

    StsClient sts(AwsCredentials credentials) {
        return configured(StsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), credentials)
                .region(Region.US_EAST_1)
                .build();
    }

    CloudFormationClient stacks(AwsCredentials credentials, Region region) {
        return configured(
                        CloudFormationClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()),
                        credentials)
                .region(region)
                .build();
    }

    private <B extends AwsClientBuilder<B, ?>> B configured(B builder, AwsCredentials credentials) {
        return builder.endpointOverride(aws.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)));
    }

    AwsSessionCredentials assume(Role role) {
        Credentials given = sts.assumeRole(assumeRole(role).build()).credentials();
        return AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }

    static AssumeRoleRequest.Builder assumeRole(Role role) {
        return AssumeRoleRequest.builder()
                .roleArn(role.arn())
                .roleSessionName("test")
                .externalId(role.externalId());
    }

    /** Makes a stack and answers its id. */
    String create(String name, String template) {
        return stacks.createStack(request(name, template).build()).stackId();
    }

    static CreateStackRequest.Builder request(String name, String template) {
        return CreateStackRequest.builder().stackName(name).templateBody(template);
    }

    static Parameter parameter(String key, String value) {
        return Parameter.builder().parameterKey(key).parameterValue(value).build();
    }

    Stack describe(String nameOrId) {
        return stacks.describeStacks(r -> r.stackName(nameOrId)).stacks().get(0);
    }

    /** Waits until the stack has that status, and describes it. */
    Stack awaitStatus(String nameOrId, String status) {
        await().untilAsserted(() ->
                assertThat(describe(nameOrId).stackStatusAsString()).isEqualTo(status));
        return describe(nameOrId);
    }

    /** Long enough to unpack an engine, which its first database does. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10));
    }

    @Override
    public void close() {
        stacks.close();
        sts.close();
        aws.close();
    }
}
