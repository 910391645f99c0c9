package dev.rowhouse.onboarding.stack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How long earlier stacks of a template took, the latest few of them. Forgotten with the process. Thread-safe. */
final class UsualDurations {

    private static final int KEPT = 20;
    private static final int TEMPLATES = 10_000;

    private final Map<String, Deque<Duration>> byTemplate = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Duration>> eldest) {
            return size() > TEMPLATES;
        }
    };

    synchronized void add(String template, Duration duration) {
        Deque<Duration> durations = byTemplate.computeIfAbsent(template, missing -> new ArrayDeque<>());
        durations.addLast(duration);
        if (durations.size() > KEPT) {
            durations.removeFirst();
        }
    }

    /** The median. */
    synchronized Optional<Duration> of(String template) {
        Deque<Duration> durations = byTemplate.get(template);
        return durations == null
                ? Optional.empty()
                : durations.stream().sorted().skip(durations.size() / 2).findFirst();
    }
}
