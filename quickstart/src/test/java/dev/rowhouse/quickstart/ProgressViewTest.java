package dev.rowhouse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowhouse.schema.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressViewTest {

    private static final Instant START = Instant.EPOCH;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);

    @Test
    void aPlainScreenShowsEachStatementThatItIsToldOnce() throws IOException {
        ProgressView view = new ProgressView(out, ProgressView.Screen.PLAIN, START, List.of("acme"));
        view.update("acme", row("setup_db_in_progress", "null"), START.plusSeconds(1));
        view.update("acme", row("setup_db_in_progress", progress(3)), START.plusSeconds(2));
        view.update("acme", row("setup_db_in_progress", progress(3)), START.plusSeconds(3));
        view.update("acme", row("setup_db_in_progress", progress(7)), START.plusSeconds(4));
        view.update("acme", row("all_completed", progress(20)), START.plusSeconds(5));

        assertThat(screen.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "   1.0 s  acme  setup_db_in_progress",
                        "   2.0 s  acme  setup_db_in_progress, statement 3 of 20",
                        "   4.0 s  acme  setup_db_in_progress, statement 7 of 20");
    }

    @Test
    void aTerminalShowsTheStatementWhileTheScriptRuns() throws IOException {
        ProgressView view = new ProgressView(out, ProgressView.Screen.TERMINAL, START, List.of("acme"));
        view.update("acme", row("setup_db_in_progress", progress(3)), START);
        view.draw(START.plusSeconds(2));
        view.update("acme", row("all_completed", progress(20)), START);
        view.draw(START.plusSeconds(3));

        assertThat(screen.toString(StandardCharsets.UTF_8))
                .contains("setup_db_in_progress, statement 3 of 20  2 s")
                .contains("all_completed  3 s");
    }

    private static String progress(int statement) {
        return "{\"statement\": " + statement + ", \"statements\": 20, \"occurred_at\": \"1970-01-01T00:00:01Z\"}";
    }

    private static JsonNode row(String status, String progress) throws IOException {
        return Json.mapper().readTree("""
                {"tenant_onboarding_status": "%s", "sql_progress": %s, "history": [{"status": "setup_db_in_progress"}]}
                """.formatted(status, progress));
    }
}
