package dev.rowhouse.onboarding;

import dev.rowhouse.onboarding.account.AwsConnection;
import dev.rowhouse.onboarding.stack.WatchPace;
import dev.rowhouse.service.config.ConfigReader;
import dev.rowhouse.service.config.ConfigSources;
import dev.rowhouse.service.config.HttpSettings;
import dev.rowhouse.service.config.KafkaSettings;
import dev.rowhouse.service.config.TopicDefaults;
import dev.rowhouse.service.http.ApiKeys;
import dev.rowhouse.sql.DatabasePolicy;
import dev.rowhouse.sql.connect.AddressRange;
import dev.rowhouse.sql.connect.AddressRules;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The onboarding service's configuration.
 *
 * @param deployment names this deployment in stack names and tags: two deployments in one AWS account must differ
 * @param kafka how to reach Kafka
 * @param topics how missing topics are created
 * @param http where to listen
 * @param keys that open the API
 * @param keyRingFile the keys that {@code {{generated_password}}} is derived from
 * @param aws how to reach AWS
 * @param databases which tenants' databases may be connected to
 * @param deadlines how long each stage may take
 */
public record OnboardingConfig(
        String deployment,
        KafkaSettings kafka,
        TopicDefaults topics,
        HttpSettings http,
        ApiKeys keys,
        Path keyRingFile,
        Aws aws,
        Databases databases,
        Deadlines deadlines) {

    /**
     * @param region whose STS is asked; empty for what the AWS SDK finds by itself ({@code AWS_REGION}, profile, instance)
     * @param endpoint an address to use instead of AWS's; empty for {@code AWS_ENDPOINT_URL}, or AWS itself
     * @param pace how often stacks are looked at
     * @param callsPerSecond for each account and region, which their owners' own tools use too
     */
    public record Aws(Optional<String> region, Optional<URI> endpoint, WatchPace pace, int callsPerSecond) {

        AwsConnection connection() {
            return new AwsConnection(region, endpoint, Optional.empty());
        }
    }

    /**
     * @param allowedPrivateCidrs the private networks whose addresses a template's output may name
     * @param loopback whether it may name this machine
     * @param caFile certificates in PEM that sign the databases' own; empty for AWS's
     */
    public record Databases(List<String> allowedPrivateCidrs, Loopback loopback, Optional<Path> caFile) {
        public Databases {
            allowedPrivateCidrs = List.copyOf(allowedPrivateCidrs);
        }

        DatabasePolicy policy() {
            DatabasePolicy policy = DatabasePolicy.standard()
                    .withAllowedPrivateCidrs(allowedPrivateCidrs.stream()
                            .map(AddressRange::parse)
                            .collect(Collectors.toSet()))
                    .withLoopback(
                            loopback == Loopback.ALLOWED
                                    ? AddressRules.Loopback.ALLOWED
                                    : AddressRules.Loopback.REFUSED);
            return caFile.map(policy::withCaFile).orElse(policy);
        }
    }

    /** Whether a tenant's database may be on this machine: only where the "cloud" is. */
    public enum Loopback {
        REFUSED,
        ALLOWED
    }

    /**
     * How long each stage may take, from when its first call is accepted.
     *
     * @param stack until the stack is complete
     * @param database until the database answers
     * @param sql until the script is done
     */
    public record Deadlines(Duration stack, Duration database, Duration sql) {}

    private static final Pattern DEPLOYMENT = Pattern.compile("[a-z0-9-]{1,20}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d{1,2}");
    private static final Pattern CIDR = Pattern.compile("([0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/(\\d{1,3})");

    /** @throws dev.rowhouse.service.config.ConfigurationException naming every problem */
    public static OnboardingConfig read(ConfigSources sources) {
        ConfigReader reader = new ConfigReader(sources);
        OnboardingConfig config = new OnboardingConfig(
                reader.text("rowhouse.deployment", "default", "1 to 20 of a-z 0-9 -", DEPLOYMENT.asMatchPredicate()),
                KafkaSettings.read(reader),
                TopicDefaults.read(reader),
                HttpSettings.read(reader, 8080),
                ApiKeys.read(reader),
                reader.parsed("rowhouse.key-ring-file", null, "the path of a readable file", OnboardingConfig::file),
                aws(reader),
                databases(reader),
                deadlines(reader));
        reader.refuseProblems();
        return config;
    }

    private static Aws aws(ConfigReader reader) {
        return new Aws(
                reader.parsed("rowhouse.aws.region", Optional.empty(), "a region such as eu-central-1", text -> {
                    if (!REGION.matcher(text).matches()) {
                        throw new IllegalArgumentException();
                    }
                    return Optional.of(text);
                }),
                reader.parsed("rowhouse.aws.endpoint-url", Optional.empty(), "an http or https URL", text -> {
                    URI endpoint = URI.create(text);
                    if (endpoint.getHost() == null || !endpoint.getScheme().matches("https?")) {
                        throw new IllegalArgumentException();
                    }
                    return Optional.of(endpoint);
                }),
                reader.parsed(
                        "rowhouse.aws.watch-pace", WatchPace.PRODUCTION, "production or quick", text -> switch (text) {
                            case "production" -> WatchPace.PRODUCTION;
                            case "quick" -> WatchPace.QUICK;
                            default -> throw new IllegalArgumentException();
                        }),
                reader.integer("rowhouse.aws.calls-per-second", 1, 1000, 3));
    }

    private static Databases databases(ConfigReader reader) {
        String cidrs = "rowhouse.databases.allowed-private-cidrs";
        reader.list(cidrs).stream()
                .filter(cidr -> !isCidr(cidr))
                .forEach(cidr -> reader.problem(
                        cidrs, "has '" + cidr + "'; allowed are networks such as 10.20.0.0/16, separated by commas"));
        return new Databases(
                reader.list(cidrs),
                reader.parsed(
                        "rowhouse.databases.loopback", Loopback.REFUSED, "refused or allowed", text -> switch (text) {
                            case "refused" -> Loopback.REFUSED;
                            case "allowed" -> Loopback.ALLOWED;
                            default -> throw new IllegalArgumentException();
                        }),
                reader.parsed(
                        "rowhouse.databases.ca-file",
                        Optional.empty(),
                        "the path of a readable file of certificates in PEM",
                        text -> Optional.of(file(text))));
    }

    private static Deadlines deadlines(ConfigReader reader) {
        return new Deadlines(
                reader.duration("rowhouse.deadlines.stack", Duration.ofHours(2)),
                reader.duration("rowhouse.deadlines.database", Duration.ofMinutes(15)),
                reader.duration("rowhouse.deadlines.sql", Duration.ofHours(1)));
    }

    private static Path file(String text) {
        Path file = Path.of(text);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException();
        }
        return file;
    }

    /** The form keeps names out, so that nothing is looked up. */
    private static boolean isCidr(String text) {
        var parts = CIDR.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        try {
            int bits = InetAddress.getByName(parts.group(1)).getAddress().length * 8;
            return Integer.parseInt(parts.group(2)) <= bits;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
