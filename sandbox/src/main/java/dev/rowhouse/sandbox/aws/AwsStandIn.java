package dev.rowhouse.sandbox.aws;

import dev.rowhouse.sandbox.aws.cloudformation.CloudFormation;
import dev.rowhouse.sandbox.aws.cloudformation.SeenStack;
import dev.rowhouse.sandbox.aws.resource.ResourceTypes;
import dev.rowhouse.sandbox.aws.s3.BucketHandler;
import dev.rowhouse.sandbox.aws.s3.Buckets;
import dev.rowhouse.sandbox.aws.sts.Callers;
import dev.rowhouse.sandbox.aws.sts.Sts;
import dev.rowhouse.sandbox.aws.wire.Call;
import dev.rowhouse.sandbox.aws.wire.QueryServer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * AWS, as far as Rowhouse needs it, on one HTTP port of 127.0.0.1: point {@code AWS_ENDPOINT_URL} at {@link #endpoint()}. All
 * state is in memory: a stand-in that stops forgets its stacks, roles and sessions, and whatever its {@link DatabaseHost}s have
 * made stays with them. Thread-safe.
 */
public final class AwsStandIn implements AutoCloseable {
    private final Buckets buckets = new Buckets();
    private final Sts sts;
    private final CloudFormation cloudFormation;
    private final QueryServer server;
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

    private AwsStandIn(Options options) throws IOException {
        Callers callers = new Callers(options.account(), options.accessKeys(), options.clock());
        sts = new Sts(callers, options.clock());
        options.roles().forEach(sts::put);
        cloudFormation = new CloudFormation(
                callers,
                new ResourceTypes(options.databases()),
                buckets,
                this::endpoint,
                options.faults(),
                options.clock(),
                options.stackPace(),
                options.stackLimit());
        try {
            server = QueryServer.start(
                    options.port(),
                    List.of(sts, cloudFormation),
                    call -> admit(call, options.faults()),
                    new BucketHandler(buckets));
        } catch (IOException e) {
            cloudFormation.close();
            throw e;
        }
    }

    /** @throws java.net.BindException if the port is taken */
    public static AwsStandIn start(Options options) throws IOException {
        return new AwsStandIn(options);
    }

    private void admit(Call call, Faults faults) {
        calls.computeIfAbsent(call.action(), action -> new LongAdder()).increment();
        faults.onCall(call);
    }

    /** Such as {@code http://127.0.0.1:4566}. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Makes a role known, or changes one of the same ARN. */
    public void putRole(Role role) {
        sts.put(role);
    }

    /** From now on nobody may assume the role. */
    public void removeRole(String arn) {
        sts.remove(arn);
    }

    /**
     * Puts a text such as a template into a bucket, which is made if there is none of that name.
     *
     * @return where it can be got, and what {@code TemplateURL} may name
     */
    public URI putObject(String bucket, String key, String text) {
        buckets.make(bucket);
        buckets.put(bucket, key, text.getBytes(StandardCharsets.UTF_8));
        try {
            URI own = endpoint();
            return new URI(own.getScheme(), null, own.getHost(), own.getPort(), "/" + bucket + "/" + key, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + key + "' makes no URL", e);
        }
    }

    /** Every stack there is or was, in all accounts and regions, the oldest first. */
    public List<SeenStack> stacks() {
        return cloudFormation.stacks();
    }

    /** How many {@code CreateStack} calls have made a stack of that name; repeats answered by their token do not count. */
    public int stacksMade(String name) {
        return cloudFormation.created(name);
    }

    /** How often the action was called, refused calls included. */
    public long calls(String action) {
        LongAdder count = calls.get(action);
        return count == null ? 0 : count.sum();
    }

    @Override
    public void close() {
        server.close();
        cloudFormation.close();
    }

    /**
     * How the stand-in is to be.
     *
     * @param port 0 for a free one
     * @param account of callers with long-term credentials, twelve digits
     * @param accessKeys their access key ids; empty to take any that is not a temporary one
     * @param roles known from the start
     * @param stackPace how long a stack takes to make, real databases aside; zero for as fast as can be
     * @param stackLimit how many stacks an account may have in a region
     * @param databases by the {@code Engine} of the template, such as {@code postgres}
     * @param clock by which stacks and sessions live
     * @param faults what goes wrong on purpose
     */
    public record Options(
            int port,
            String account,
            Set<String> accessKeys,
            List<Role> roles,
            Duration stackPace,
            int stackLimit,
            Map<String, DatabaseHost> databases,
            Clock clock,
            Faults faults) {
        public Options {
            if (!account.matches("\\d{12}")) {
                throw new IllegalArgumentException("An account has twelve digits, not '" + account + "'");
            }
            if (stackPace.isNegative()) {
                throw new IllegalArgumentException("A stack cannot take " + stackPace);
            }
            accessKeys = Set.copyOf(accessKeys);
            roles = List.copyOf(roles);
            databases = Map.copyOf(databases);
        }

        /** A free port, account 000000000000, any access key, no roles, no databases, six seconds a stack. */
        public static Options defaults() {
            return new Options(
                    0,
                    "000000000000",
                    Set.of(),
                    List.of(),
                    Duration.ofSeconds(6),
                    2000,
                    Map.of(),
                    Clock.systemUTC(),
                    Faults.NONE);
        }

        public Options port(int value) {
            return new Options(value, account, accessKeys, roles, stackPace, stackLimit, databases, clock, faults);
        }

        public Options account(String value) {
            return new Options(port, value, accessKeys, roles, stackPace, stackLimit, databases, clock, faults);
        }

        public Options accessKeys(String... values) {
            return new Options(port, account, Set.of(values), roles, stackPace, stackLimit, databases, clock, faults);
        }

        public Options roles(Role... values) {
            return new Options(
                    port, account, accessKeys, List.of(values), stackPace, stackLimit, databases, clock, faults);
        }

        public Options stackPace(Duration value) {
            return new Options(port, account, accessKeys, roles, value, stackLimit, databases, clock, faults);
        }

        public Options stackLimit(int value) {
            return new Options(port, account, accessKeys, roles, stackPace, value, databases, clock, faults);
        }

        public Options databases(Map<String, DatabaseHost> value) {
            return new Options(port, account, accessKeys, roles, stackPace, stackLimit, value, clock, faults);
        }

        public Options clock(Clock value) {
            return new Options(port, account, accessKeys, roles, stackPace, stackLimit, databases, value, faults);
        }

        public Options faults(Faults value) {
            return new Options(port, account, accessKeys, roles, stackPace, stackLimit, databases, clock, value);
        }
    }
}
