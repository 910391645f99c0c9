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

    /** @param script how far it has come, in words; empty but while it runs */
    private record Shown(String status, int changes, String script) {}

    ProgressView(PrintStream out, Screen screen, Instant start, List<String> tenants) {
        this.out = out;
        this.screen = screen;
        this.start = start;
        this.width = tenants.stream().mapToInt(String::length).max().orElse(0);
        tenants.forEach(tenant -> shown.put(tenant, new Shown("waiting", 0, "")));
    }

    /** @param row as the API tells it */
    void update(String tenant, JsonNode row, Instant now) {
        JsonNode history = row.get("history");
        Shown before = shown.get(tenant);
        Shown after = new Shown(row.get("tenant_onboarding_status").asText(), history.size(), script(row));
        if (screen == Screen.PLAIN) {
            for (int i = before.changes(); i < history.size(); i++) {
                print(now, tenant, history.get(i).get("status").asText());
            }
            if (!after.script().isEmpty() && !after.script().equals(before.script())) {
                print(now, tenant, after.status() + after.script());
            }
        }
        shown.put(tenant, after);
    }

    private void print(Instant now, String tenant, String what) {
        out.printf("%6.1f s  %-" + width + "s  %s%n", seconds(now), tenant, what);
    }

    private static String script(JsonNode row) {
        JsonNode progress = row.path("sql_progress");
        boolean runs =
                row.get("tenant_onboarding_status").asText().equals(OnboardingStatus.SETUP_DB_IN_PROGRESS.wire());
        return runs && progress.isObject()
                ? ", statement " + progress.get("statement") + " of " + progress.get("statements")
                : "";
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
                "\u001b[2K  %-" + width + "s  %s  %s  %.0f s%n",
                tenant,
                bar(state),
                state.status() + state.script(),
                seconds(now)));
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
