package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeleteStackTest {
    private static final String TEMPLATE = """
            Resources:
              Topic: {Type: AWS::SNS::Topic}
              Kept: {Type: AWS::S3::Bucket, DeletionPolicy: RetainExceptOnCreate}
            Outputs:
              Topic: {Value: !Ref Topic, Export: {Name: topic}}
            """;

    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    private Cloud cloud;
    private String id;

    @BeforeEach
    void start() throws IOException {
        cloud = new Cloud(Cloud.options().faults(new Faults() {
            @Override
            public Optional<String> onResource(String stackName, String logicalId, Phase phase) {
                return phase == Phase.DELETE && stuck.contains(logicalId)
                        ? Optional.of("it is in use")
                        : Optional.empty();
            }
        }));
        id = cloud.create("one", TEMPLATE);
        cloud.awaitStatus(id, "CREATE_COMPLETE");
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void deletesById() {
        cloud.stacks.deleteStack(r -> r.stackName(id));

        cloud.awaitStatus(id, "DELETE_COMPLETE");
    }

    @Test
    void keepsWhatTheTemplateRetains() {
        cloud.stacks.deleteStack(r -> r.stackName(id));
        cloud.awaitStatus(id, "DELETE_COMPLETE");

        assertThat(cloud.aws.stacks().get(0).resources())
                .containsEntry("Kept", "DELETE_SKIPPED")
                .containsEntry("Topic", "DELETE_COMPLETE");
    }

    @Test
    void freesNameAndExports() {
        cloud.stacks.deleteStack(r -> r.stackName("one"));
        cloud.awaitStatus(id, "DELETE_COMPLETE");

        String again = cloud.create("one", TEMPLATE);

        cloud.awaitStatus(again, "CREATE_COMPLETE");
        assertThat(cloud.aws.stacksMade("one")).isEqualTo(2);
    }

    @Test
    void leavesASuccessorAloneWhenTheOldOneIsDeletedById() {
        cloud.stacks.deleteStack(r -> r.stackName(id));
        cloud.awaitStatus(id, "DELETE_COMPLETE");
        String successor = cloud.create("one", TEMPLATE);

        cloud.stacks.deleteStack(r -> r.stackName(id));

        cloud.awaitStatus(successor, "CREATE_COMPLETE");
    }

    @Test
    void refusesAProtectedStack() {
        cloud.stacks.updateTerminationProtection(r -> r.stackName("one").enableTerminationProtection(true));

        assertThatThrownBy(() -> cloud.stacks.deleteStack(r -> r.stackName("one")))
                .hasMessageContaining("Stack [one] cannot be deleted while TerminationProtection is enabled");
    }

    @Test
    void deletesAStackThatIsNoLongerProtected() {
        cloud.stacks.updateTerminationProtection(r -> r.stackName("one").enableTerminationProtection(true));
        cloud.stacks.updateTerminationProtection(r -> r.stackName("one").enableTerminationProtection(false));

        cloud.stacks.deleteStack(r -> r.stackName("one"));

        cloud.awaitStatus(id, "DELETE_COMPLETE");
    }

    @Test
    void refusesToProtectAnUnknownStack() {
        assertThatThrownBy(() -> cloud.stacks.updateTerminationProtection(
                        r -> r.stackName("nope").enableTerminationProtection(true)))
                .hasMessageContaining("Stack [nope] does not exist");
    }

    @Test
    void passesOverAnUnknownStack() {
        assertThatCode(() -> cloud.stacks.deleteStack(r -> r.stackName("nope"))).doesNotThrowAnyException();
    }

    @Test
    void namesWhatCannotBeDeleted() {
        stuck.add("Topic");

        cloud.stacks.deleteStack(r -> r.stackName("one"));

        assertThat(cloud.awaitStatus(id, "DELETE_FAILED").stackStatusReason())
                .isEqualTo("The following resource(s) failed to delete: [Topic]. ");
    }

    @Test
    void deletesOnASecondTryWhatWasInUse() {
        stuck.add("Topic");
        cloud.stacks.deleteStack(r -> r.stackName("one"));
        cloud.awaitStatus(id, "DELETE_FAILED");
        stuck.clear();

        cloud.stacks.deleteStack(r -> r.stackName("one"));

        cloud.awaitStatus(id, "DELETE_COMPLETE");
    }

    @Test
    void refusesWhatItWouldNotObey() {
        assertThatThrownBy(
                        () -> cloud.stacks.deleteStack(r -> r.stackName("one").retainResources("Topic")))
                .hasMessageContaining("RetainResources is not supported");
    }
}
