package dev.rowhouse.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void endsItsChildrenWhenClosed() throws Exception {
        SandboxDirectory directory = SandboxDirectory.claim(temporary);
        ChildProcess child = directory.start(Sleeper.COMMAND);

        directory.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(temporary).exists();
    }

    @Test
    void takesATemporaryDirectoryAwayWhenClosed() throws Exception {
        SandboxDirectory directory = SandboxDirectory.temporary("test");
        directory.start(Sleeper.COMMAND);

        directory.close();

        assertThat(directory.path()).doesNotExist();
    }

    @Test
    void endsItsChildrenWhenTheJvmEnds() throws Exception {
        try (OtherJvm owner = OtherJvm.run(Sleeper.class)) {
            Path directory = Path.of(owner.await("directory"));
            long child = Long.parseLong(owner.await("pid"));

            owner.terminate();

            assertThat(RunningProcess.hasPid(child)).isFalse();
            assertThat(directory).doesNotExist();
        }
    }

    @Test
    void endsWhatAKilledOwnerLeftInTheSameDirectory() throws Exception {
        long child;
        try (OtherJvm owner = OtherJvm.run(Sleeper.class, temporary.toString())) {
            child = Long.parseLong(owner.await("pid"));
            owner.kill();
        }

        SandboxDirectory.claim(temporary).close();

        assertThat(RunningProcess.hasPid(child)).isFalse();
        assertThat(temporary).exists();
    }

    @Test
    void deletesWhatAKilledOwnerLeftInATemporaryDirectoryNobodyKnows() throws Exception {
        long child;
        Path directory;
        try (OtherJvm owner = OtherJvm.run(Sleeper.class)) {
            directory = Path.of(owner.await("directory"));
            child = Long.parseLong(owner.await("pid"));
            owner.kill();
        }

        SandboxDirectory.claim(temporary).close();

        // Another sandbox of this user that starts now may be quicker to clean up, and not done yet.
        await().untilAsserted(() -> {
            assertThat(RunningProcess.hasPid(child)).isFalse();
            assertThat(directory).doesNotExist();
        });
    }

    /** Taken away first, the outer directory would take the records of the inner ones' children with it. */
    @Test
    void endsTheChildrenOfDirectoriesWithinATemporaryOne() throws Exception {
        List<Long> children = new ArrayList<>();
        Path directory;
        try (OtherJvm owner = OtherJvm.run(Sleeper.class, Sleeper.WITHIN_TEMPORARY)) {
            directory = Path.of(owner.await("directory"));
            for (int i = 0; i < Sleeper.NESTED; i++) {
                children.add(Long.parseLong(owner.await("pid")));
            }
            owner.kill();
        }

        SandboxDirectory.claim(temporary).close();

        await().untilAsserted(() -> {
            assertThat(children).noneMatch(RunningProcess::hasPid);
            assertThat(directory).doesNotExist();
        });
    }

    @Test
    void leavesTheChildrenOfALivingOwnerAlone() throws Exception {
        try (OtherJvm owner = OtherJvm.run(Sleeper.class)) {
            long child = Long.parseLong(owner.await("pid"));

            SandboxDirectory.claim(temporary).close();

            assertThat(RunningProcess.hasPid(child)).isTrue();
            owner.terminate();
        }
    }

    @Test
    void leavesAStrangerAloneThatWasGivenTheSamePid() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.createDirectories(temporary.resolve("processes"));
            String birth = ProcessIdentity.of(stranger.pid()).orElseThrow().birth();
            new ChildRecord(
                            ChildRecord.fileFor(temporary, "gone"),
                            new ProcessIdentity(stranger.pid(), birth + "1"),
                            EndSignal.TERM)
                    .write();

            SandboxDirectory.claim(temporary).close();

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void endsAChildThatItsOwnerLeftSuspended() throws Exception {
        long child;
        try (OtherJvm owner = OtherJvm.run(Sleeper.class, temporary.toString())) {
            child = Long.parseLong(owner.await("pid"));
            Signals.send("STOP", child);
            owner.kill();
        }

        SandboxDirectory.claim(temporary).close();

        assertThat(RunningProcess.hasPid(child)).isFalse();
    }

    @Test
    void quotesTheLogOfAChildThatEndsWhileStarting() throws Exception {
        Command broken = new Command(
                "broken", List.of("sh", "-c", "echo no such disk; exit 3"), Map.of(), Set.of(), EndSignal.TERM);
        try (SandboxDirectory directory = SandboxDirectory.claim(temporary)) {
            ChildProcess child = directory.start(broken);

            assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofSeconds(10)))
                    .isInstanceOf(ChildFailedException.class)
                    .hasMessageContaining("broken ended with exit code 3 while starting")
                    .hasMessageContaining(
                            temporary.toRealPath().resolve("broken.log").toString())
                    .hasMessageEndingWith("no such disk");
        }
    }

    @Test
    void showsNoLinesOfAnEarlierChildOfTheSameName() throws Exception {
        Command talker = new Command("talker", List.of("echo", "hello"), Map.of(), Set.of(), EndSignal.TERM);
        try (SandboxDirectory directory = SandboxDirectory.claim(temporary)) {
            directory.start(talker).awaitSuccess(Duration.ofSeconds(10));

            ChildProcess second = directory.start(talker);

            second.awaitSuccess(Duration.ofSeconds(10));
            assertThat(second.output()).isEqualTo("hello\n");
        }
    }
}
