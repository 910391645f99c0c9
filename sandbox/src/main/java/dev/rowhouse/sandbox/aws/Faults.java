package dev.rowhouse.sandbox.aws;

import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.Call;
import java.util.Optional;

/** What goes wrong on purpose, for tests. Called from several threads at once. */
public interface Faults {
    /** Everything works. */
    Faults NONE = new Faults() {};

    /**
     * Sees each call before it is answered.
     *
     * @throws AwsException to answer with that, as AWS does for {@code Throttling}
     */
    default void onCall(Call call) {}

    /** The reason why a stack's resource cannot be made or removed; empty if it can. Asked when its turn comes. */
    default Optional<String> onResource(String stackName, String logicalId, Phase phase) {
        return Optional.empty();
    }

    /** One resource that cannot be made, in every stack that has it. */
    static Faults creating(String failingId, String reason) {
        return new Faults() {
            @Override
            public Optional<String> onResource(String stackName, String logicalId, Phase phase) {
                return phase == Phase.CREATE && logicalId.equals(failingId) ? Optional.of(reason) : Optional.empty();
            }
        };
    }

    /** What is being done to the resource. */
    enum Phase {
        CREATE,
        DELETE
    }
}
