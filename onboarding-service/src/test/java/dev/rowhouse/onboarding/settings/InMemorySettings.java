package dev.rowhouse.onboarding.settings;

import dev.rowhouse.schema.SaasId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings in memory, for tests of what uses them. Thread-safe. */
public final class InMemorySettings implements SettingsRegister {

    private final Map<SaasId, List<Settings>> versions = new HashMap<>();
    private final Map<String, String> artifacts = new HashMap<>();

    @Override
    public synchronized Settings put(Settings wanted, String template, String sql) {
        Settings described = wanted.with(keep(template), keep(sql));
        List<Settings> known = versions.computeIfAbsent(wanted.saasId(), saas -> new ArrayList<>());
        Settings before = known.isEmpty() ? null : known.get(known.size() - 1);
        if (before == null || !described.saysTheSameAs(before)) {
            known.add(Settings.after(before, SettingsChange.to(described)));
        }
        return known.get(known.size() - 1);
    }

    private Settings.Artifact keep(String text) {
        Settings.Artifact artifact = ArtifactParts.of(text).artifact();
        artifacts.put(artifact.sha256(), text);
        return artifact;
    }

    @Override
    public synchronized Optional<Settings> current(SaasId saas) {
        List<Settings> known = versions.getOrDefault(saas, List.of());
        return version(saas, known.size());
    }

    @Override
    public Optional<Settings> freshest(SaasId saas) {
        return current(saas);
    }

    @Override
    public synchronized Optional<Settings> version(SaasId saas, long version) {
        return versions.getOrDefault(saas, List.of()).stream()
                .filter(settings -> settings.version() == version)
                .findFirst();
    }

    @Override
    public synchronized String artifact(Settings.Artifact artifact) {
        String text = artifacts.get(artifact.sha256());
        if (text == null) {
            throw new IllegalStateException("artifact " + artifact.sha256() + " is not there; register it again");
        }
        return text;
    }
}
