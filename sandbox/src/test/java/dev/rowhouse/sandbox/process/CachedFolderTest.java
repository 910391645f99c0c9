package dev.rowhouse.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CachedFolderTest {

    private final String kind = "test-" + UUID.randomUUID();
    private Path cache;

    @BeforeEach
    void makeOne() throws Exception {
        cache = CachedFolder.of(kind, "made", folder -> {}).getParent();
    }

    @AfterEach
    void deleteAll() throws Exception {
        Directories.delete(cache);
    }

    @Test
    void deletesWhatWasAbandonedAlthoughAllIsMade() throws Exception {
        Path abandoned = unfinished(Duration.ofHours(2));

        CachedFolder.of(kind, "made", folder -> {});

        assertThat(abandoned).doesNotExist();
    }

    @Test
    void leavesWhatAnotherProcessMayBeMaking() throws Exception {
        Path young = unfinished(Duration.ofMinutes(5));

        CachedFolder.of(kind, "made", folder -> {});

        assertThat(young).exists();
    }

    private Path unfinished(Duration age) throws Exception {
        Path folder = Files.createDirectory(cache.resolve(UUID.randomUUID() + ".new"));
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
        return folder;
    }
}
