package dev.rowhouse.onboarding.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowhouse.onboarding.settings.CheckedDocument;
import dev.rowhouse.onboarding.settings.Settings;
import dev.rowhouse.onboarding.settings.SettingsDocument;
import dev.rowhouse.onboarding.settings.SettingsRegister;
import dev.rowhouse.onboarding.settings.SettingsUnavailableException;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.service.http.Body;
import dev.rowhouse.service.http.ProblemException;
import dev.rowhouse.service.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code PUT} and {@code GET /api/v1/settings/{saas_id}}. */
public final class SettingsRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsRoutes.class);

    /** In bytes: a script of 20 MB, each letter of two bytes escaped as six ASCII ones, and the rest of the document. */
    private static final int LIMIT = 64 * 1024 * 1024;

    /** Such a document takes some 200 MB while it is handled. */
    private static final int AT_ONCE = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PATH = "/api/v1/settings/{saas_id}";

    /** For trees, as strict as the rest of the API. Jackson's own limit for a text is below 20 MB. */
    private static final ObjectMapper LONG_TEXTS = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LIMIT)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final SettingsRegister register;

    public SettingsRoutes(SettingsRegister register) {
        this.register = register;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.put(PATH, this::put);
        routes.get(PATH, this::get);
    }

    private void put(Context context) throws IOException, InterruptedException {
        SaasId saas = saasId(context);
        if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw unavailable("Others are registering settings just now.");
        }
        try {
            context.json(SettingsView.of(put(saas, Body.bytes(context, LIMIT))));
        } catch (SettingsUnavailableException e) {
            LOG.atWarn().addKeyValue("saas", saas).setCause(e).log("settings could not be registered");
            throw unavailable("Kafka did not answer in time; the settings may have been registered all the same, and"
                    + " sending the same document again is harmless.");
        } finally {
            turns.release();
        }
    }

    private Settings put(SaasId saas, byte[] body) throws IOException {
        CheckedDocument checked = CheckedDocument.of(Body.json(body, JsonNode.class, LONG_TEXTS));
        if (!checked.problems().isEmpty()) {
            throw new ProblemException(
                    400,
                    "Invalid settings",
                    "Nothing was registered: mend every one of the problems and send the document again.",
                    Map.of("problems", checked.problems()));
        }
        SettingsDocument document = checked.document();
        return register.put(document.settings(saas), document.template(), document.sql());
    }

    private static ProblemException unavailable(String detail) {
        return new ProblemException(503, "Not available", detail).withHeader("Retry-After", "5");
    }

    private void get(Context context) {
        SaasId saas = saasId(context);
        context.json(SettingsView.of(register.current(saas)
                .orElseThrow(() -> new ProblemException(404, "Not found", "No settings are registered for " + saas))));
    }

    private static SaasId saasId(Context context) {
        try {
            return new SaasId(context.pathParam("saas_id"));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(400, "Invalid saas_id", e.getMessage());
        }
    }
}
