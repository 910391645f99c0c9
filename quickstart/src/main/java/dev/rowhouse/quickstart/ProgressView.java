package dev.rowhouse.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowhouse.schema.OnboardingStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows how far tenants have come: a line for each that changes in place on a terminal, a line a change elsewhere. */
final class ProgressView {

    /** Where the lines go. */
    enum Screen {
        TERMINAL,
        PLAIN
    }

    private final PrintStream out;
    private final Screen screen;
    private final Instant start;
    private final int width;
    private final Map<String, Shown> shown = new LinkedHashMap<>();
    private boolean drawn;

    private record Shown(String status, int changes) {}

    ProgressView(PrintStream out, Screen screen, Instant start, List<String> tenants) {
        this.out = out;
        this.screen = screen;
        this.start = start;
        this.width = tenants.stream().mapToInt(String::length).max().orElse(0);
        tenants.forEach(tenant -> shown.put(tenant, new Shown("waiting", 0)));
    }

    /** @param row as the API tells it */
    void update(String tenant, JsonNode row, Instant now) {
        JsonNode history = row.get("history");
        int known = shown.get(tenant).changes();
        if (screen == Screen.PLAIN) {
            for (int i = known; i < history.size(); i++) {
                out.printf(
                        "%6.1f s  %-" + width + "s  %s%n",
                        seconds(now),
                        tenant,
                        history.get(i).get("status").asText());
            }
        }
        shown.put(tenant, new Shown(row.get("tenant_onboarding_status").asText(), history.size()));
    }

    /** Draws the lines anew; nothing on a plain screen. */
    void draw(Instant now) {
        if (screen == Screen.PLAIN) {
            return;
        }
        if (drawn) {
            out.print("\u001b[" + shown.size() + "A");
        }
        drawn = true;
        shown.forEach((tenant, state) -> out.printf(
                "\u001b[2K  %-" + width + "s  %s  %s  %.0f s%n", tenant, bar(state), state.status(), seconds(now)));
        out.flush();
    }

    /** A filled box for each of the statuses an onboarding passes; a cross where it ended in error. */
    private static String bar(Shown state) {
        int passed = OnboardingStatus.ALL_COMPLETED.ordinal() + 1;
        boolean error = state.status().equals(OnboardingStatus.ERROR.wire());
        int full = error ? state.changes() - 1 : state.changes();
        return "■".repeat(full) + (error ? "✗" : "") + "·".repeat(Math.max(0, passed - full - (error ? 1 : 0)));
    }

    private double seconds(Instant now) {
        return Duration.between(start, now).toMillis() / 1000.0;
    }
}
