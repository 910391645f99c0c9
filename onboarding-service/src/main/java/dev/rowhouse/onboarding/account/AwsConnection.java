package dev.rowhouse.onboarding.account;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;

/**
 * How this process reaches AWS.
 *
 * @param region whose STS is asked; empty for what the SDK finds ({@code AWS_REGION}, profile, instance)
 * @param endpoint one address for every service; empty for {@code AWS_ENDPOINT_URL}, else AWS itself
 * @param login our own credentials; empty for what the SDK finds (environment, profile, container, instance)
 */
public record AwsConnection(Optional<String> region, Optional<URI> endpoint, Optional<Login> login) {

    /** Our own credentials. {@link #toString} hides the secret. */
    public record Login(String accessKeyId, String secretAccessKey) {
        @Override
        public String toString() {
            return "Login[accessKeyId=" + accessKeyId + ", secretAccessKey=***]";
        }
    }

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(100);

    /** One pool of sockets, to be closed by whoever opens it. */
    public static SdkHttpClient openHttp() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(READ_TIMEOUT)
                .build();
    }

    /**
     * Sets a client up to use this connection.
     *
     * <p>The retry mode is STANDARD (the SDK's default is LEGACY) for lost connections and server errors. Being throttled
     * is not retried in there: the thread would sleep, and {@link CallBudget} would not learn of it.
     */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(
            B builder, SdkHttpClient http) {
        builder.httpClient(http)
                .overrideConfiguration(overrides -> overrides
                        .retryStrategy(StandardRetryStrategy.builder()
                                .useClientDefaults(false)
                                .retryOnException(AwsFault::isWorthRepeatingAtOnce)
                                .build())
                        .apiCallTimeout(CALL_TIMEOUT));
        endpoint.ifPresent(builder::endpointOverride);
        return builder;
    }

    /** Like {@link #configure}, for a service that we call as ourselves in our own region. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configureOwn(B builder, SdkHttpClient http) {
        region.map(Region::of).ifPresent(builder::region);
        return configure(builder, http).credentialsProvider(credentials());
    }

    private AwsCredentialsProvider credentials() {
        return login.<AwsCredentialsProvider>map(own -> StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(own.accessKeyId(), own.secretAccessKey())))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }
}
